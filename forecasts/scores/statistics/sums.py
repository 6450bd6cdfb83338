"""Reads the sums of a slice: from its tallies, or, for a combination of filters, from the contributions in it."""

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from forecasts.models import Group
from forecasts.models.sql import rows
from forecasts.scores.scorekeeping.tallying import LinearSums, TotalSums, add_linear
from forecasts.scores.statistics import sql
from forecasts.scores.statistics.pairs import WHOLE, from_pairs
from forecasts.scores.statistics.slices import Slice
from forecasts.scoring.cells import Cells

Dimension = Group.Dimension


@dataclass(slots=True)
class Sums:
    """Everything that a report is computed from."""

    cells: Cells
    total: TotalSums = field(default_factory=TotalSums)


def nothing() -> Sums:
    none = np.array([], dtype=np.int64)
    return Sums(Cells(none, none, none))


def read(slice_: Slice) -> Sums:
    """The sums of one slice."""
    # A number sorts faster than a text, and all cells are sorted by it.
    found = _from_tallies(slice_, slice_.dimension, "0") if slice_.is_tallied else _from_pairs(slice_, WHOLE)
    return next(iter(found.values()), nothing())


def read_by(slice_: Slice, group_by: str) -> dict[str, Sums]:
    """The sums of a slice split by one dimension; what the slice is narrowed to in others stays narrowed."""
    dimension = {"analyst": Dimension.FORECASTER, "scenario": slice_.dimension}.get(group_by, group_by)
    if slice_.is_tallied and slice_.dimension in (Dimension.ALL, dimension):
        return _from_tallies(slice_, dimension, "scenario_id::text" if group_by == "scenario" else "value")
    return _from_pairs(slice_, group_by)


def _from_pairs(slice_: Slice, group_by: str) -> dict[str, Sums]:
    return {key: Sums(*held) for key, held in from_pairs(slice_, group_by).items()}


def _from_tallies(slice_: Slice, dimension: str, key: str) -> dict[str, Sums]:
    values, filters = "", slice_.filters
    if dimension == slice_.dimension and slice_.value is not None:
        values = "AND value = %(value)s"
    if filters.since is not None:
        values += " AND value >= %(since)s"
    if filters.until is not None:
        values += " AND value < %(until)s"
    asked = {
        "scenarios": list(slice_.scenarios),
        "kind": filters.forecaster_kind,
        "dimension": dimension,
        "estimand": slice_.estimand,
        "value": slice_.value,
        "since": f"{filters.since:%Y-%m}" if filters.since else "",
        "until": f"{filters.until:%Y-%m}" if filters.until else "",
    }
    return {one["key"]: _sums(one) for one in rows(sql.TALLIES.format(key=key, narrowed=values), asked)}


def _sums(tallied: dict[str, Any]) -> Sums:
    total = TotalSums()
    for columns in json.loads(tallied["totals"]):
        total.add(TotalSums(*columns))
    for parts in json.loads(tallied["shared"] or "[]"):
        _join(total, parts)
    p, n, k = (np.array(tallied[column] or [], dtype=np.int64) for column in ("p", "n", "k"))
    return Sums(Cells(p, n, k), total)


def _join(total: TotalSums, parts: list[LinearSums]) -> None:
    """Count a situation once that several of the summed groups have a part of."""
    whole: LinearSums = {}
    for part in parts:
        total.add_situation(part, -1)
        add_linear(whole, part)
    total.add_situation(whole)
