"""The denominator: how many forecasts of a slice are in which state, as of the last completed settle."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import orjson

from forecasts.models import standing
from forecasts.models.sql import row, rows
from forecasts.rules.kept import kept
from forecasts.scores.scorekeeping.tallying import TotalSums
from forecasts.scores.statistics import sql
from forecasts.scores.statistics.contributed import contributions
from forecasts.scores.statistics.shapes import Counts
from forecasts.scores.statistics.slices import Dimension, Slice
from forecasts.scores.statistics.visibility import Moment


def states(slice_: Slice, at: datetime, group_by: str = "") -> dict[str, Counts]:
    """Counts of forecasts by state; where split by a dimension, by its values, else under the empty one.

    With an analyst, those forecasts are counted that the analyst answered. A split by analyst or lead time has no
    counts of forecasts of its own.
    """
    if group_by not in sql.KEYS:
        return {}
    filters = slice_.filters
    given: dict[str, Any] = {
        "category": filters.category,
        "source": filters.source,
        "analyst": filters.analyst,
        "since": filters.since and datetime.combine(filters.since, time(), UTC),
        "until": filters.until and datetime.combine(filters.until, time(), UTC),
    }
    narrowed = " ".join(sql.NARROWED[name] for name, value in given.items() if value is not None)
    found = rows(
        sql.STATES.format(key=sql.KEYS[group_by], narrowed=narrowed, complete=standing.complete()),
        {**given, "scenarios": list(slice_.scenarios), "at": at},
    )
    return {one.pop("key"): Counts(**one) for one in found if one["key"] is not None}


def kept_states(slice_: Slice, now: Moment, group_by: str = "") -> dict[str, Counts]:
    """The same as of the last settle, counted once per snapshot: whatever moves a count makes a new one.

    Only what one analyst answered moves with every answer, and is counted afresh.
    """
    if now.as_of is None:
        return {}
    at = now.as_of
    if slice_.filters.analyst is not None:
        return states(slice_, at, group_by)
    plain = replace(slice_.filters, bins=10, forecaster_kind="")
    tag = repr((now.key, slice_.scenarios, plain, group_by))
    counted = orjson.loads(kept("states", tag, lambda: orjson.dumps(states(slice_, at, group_by))))
    return {key: Counts(**numbers) for key, numbers in counted.items()}


def counted(slice_: Slice, now: Moment, total: TotalSums) -> Counts:
    """All counts of a slice with these sums."""
    states = kept_states(slice_, now).get("", Counts())
    return with_scores(states, total, forecasters(slice_) if total.pairs else 0)


def with_scores(counts: Counts, total: TotalSums, forecasters: int) -> Counts:
    return replace(
        counts,
        withdrawn=total.withdrawn,
        scored_forecasts=total.forecasts,
        forecasters=forecasters,
        scored_pairs=total.pairs,
    )


def forecasters(slice_: Slice) -> int:
    """How many distinct forecasters have a scored estimate in the slice."""
    if slice_.dimensions == [Dimension.FORECASTER]:
        return 1
    if not slice_.dimensions:
        asked = [list(slice_.scenarios), slice_.filters.forecaster_kind, slice_.estimand]
        return int(row(sql.FORECASTERS, asked)["n"])
    scored = contributions(slice_).filter(estimand=slice_.estimand)
    return scored.values("forecaster").distinct().count()


def forecasters_by(slice_: Slice, group_by: str) -> dict[str, int]:
    """The same for each value of a dimension."""
    if group_by in ("analyst", "lead_time"):
        return {}
    column = {"scenario": "scenario_id", "source": "source_id"}.get(group_by, group_by)
    scored: Any = contributions(slice_).filter(estimand=slice_.estimand)
    pairs = scored.values_list(column, "forecaster").distinct()
    found: dict[str, int] = {}
    for value, _ in pairs:
        key = f"{value:%Y-%m}" if group_by == "month" else str(value)
        found[key] = found.get(key, 0) + 1
    return found
