"""Reads the sums of a slice: from its tallies, or, for a combination of filters, from the contributions in it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from forecasts.models import Contribution, Estimand, Forecaster, Group
from forecasts.models.sql import rows
from forecasts.scores.scorekeeping import Row, rows_from
from forecasts.scores.scorekeeping.contributing import LEAD_BANDS
from forecasts.scores.scorekeeping.contribution_rows import ESTIMANDS
from forecasts.scores.scorekeeping.tallying import GroupKey, LinearSums, TotalSums, add_linear, tally
from forecasts.scores.statistics import sql
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
    found = _from_tallies(slice_, slice_.dimension, "0") if slice_.is_tallied else _from_rows(slice_, _whole)
    return next(iter(found.values()), nothing())


def _whole(_: Row) -> str:
    return ""


def read_by(slice_: Slice, group_by: str) -> dict[str, Sums]:
    """The sums of a slice split by one dimension; what the slice is narrowed to in others stays narrowed."""
    dimension = {"analyst": Dimension.FORECASTER, "scenario": slice_.dimension}.get(group_by, group_by)
    if slice_.is_tallied and slice_.dimension in (Dimension.ALL, dimension):
        return _from_tallies(slice_, dimension, "scenario_id::text" if group_by == "scenario" else "value")
    if group_by == "lead_time":
        return _by_lead(slice_)
    return _from_rows(slice_, _KEYS[group_by])


_KEYS: dict[str, Callable[[Row], str | None]] = {
    "analyst": lambda row: str(row.forecaster),
    "scenario": lambda row: str(row.scenario),
    "category": lambda row: row.category,
    "source": lambda row: None if row.source is None else str(row.source),
    "month": lambda row: f"{row.month:%Y-%m}",
}


def contributed(slice_: Slice, estimands: Iterable[str], *, every_end: bool = False) -> Iterator[Row]:
    """The contributions in a slice; of sources only the middle of their bands, unless every end is asked for."""
    return rows_from(contributions(slice_, every_end=every_end).filter(estimand__in=list(estimands)))


def contributions(slice_: Slice, *, every_end: bool = False) -> QuerySet[Contribution]:
    """The contributions of the slice's forecasters under every estimand."""
    filters = slice_.filters
    asked = narrowed(slice_) & Q(forecaster_kind=filters.forecaster_kind)
    if filters.analyst is not None:
        asked &= Q(forecaster=filters.analyst)
    elif filters.forecaster_kind == Forecaster.Kind.SOURCE and not every_end:
        asked &= Q(forecaster__method="middle")
    return Contribution.objects.filter(asked)


def narrowed(slice_: Slice) -> Q:
    """The condition on contributions that the filters on forecasts make."""
    filters = slice_.filters
    asked = Q(scenario__in=slice_.scenarios)
    if filters.category is not None:
        asked &= Q(category=filters.category)
    if filters.source is not None:
        asked &= Q(source_id=filters.source)
    if filters.since is not None:
        asked &= Q(matured_at__gte=datetime.combine(filters.since, time(), UTC))
    if filters.until is not None:
        asked &= Q(matured_at__lt=datetime.combine(filters.until, time(), UTC))
    return asked


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


def _from_rows(slice_: Slice, key: Callable[[Row], str | None]) -> dict[str, Sums]:
    ends = key is _KEYS["analyst"]
    given = list(contributed(slice_, {slice_.estimand, Estimand.FIRST}, every_end=ends))
    return _tallied(given, slice_.estimand, _keyed(key))


def _keyed(key: Callable[[Row], str | None]) -> Callable[[Row], list[GroupKey]]:
    def keys(row: Row) -> list[GroupKey]:
        value = key(row)
        return [] if value is None else [GroupKey(0, row.kind, "slice", value)]

    return keys


def _by_lead(slice_: Slice) -> dict[str, Sums]:
    """Each row once for each band it has points in, with those points only."""
    found: dict[str, Sums] = {}
    given = list(contributed(slice_, [slice_.estimand]))
    for band, name in enumerate(LEAD_BANDS):
        within = [part for row in given if (part := _in_band(row, band)).probabilities]
        if within:
            found[name] = _tallied(within, slice_.estimand, _keyed(_whole))[""]
    return found


def _in_band(row: Row, band: int) -> Row:
    kept = [place for place, at in enumerate(row.lead_times) if at == band]
    return row._replace(
        probabilities=tuple(row.probabilities[place] for place in kept),
        weights=tuple(row.weights[place] for place in kept),
        lead_times=(),
    )


def _tallied(given: list[Row], estimand: str, keys: Callable[[Row], list[GroupKey]]) -> dict[str, Sums]:
    place = ESTIMANDS.index(estimand)
    found = tally(given, keys)
    found.fold()
    cells: dict[str, list[tuple[int, int, int]]] = {}
    for (group, at, probability), (n, k) in sorted(found.cells.items()):
        if at == place:
            cells.setdefault(group.value, []).append((probability, n, k))
    return {
        group.value: Sums(_cells(cells.get(group.value, [])), total)
        for (group, at), total in sorted(found.totals.items(), key=lambda item: item[0])
        if at == place
    }


def _cells(triples: list[tuple[int, int, int]]) -> Cells:
    return Cells(*np.array(triples, dtype=np.int64).reshape(-1, 3).T)
