"""The denominator: how many forecasts of a slice are in which state, as of the last completed settle."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import orjson
from django.db import connection

from forecasts.models import standing
from forecasts.rules.kept import kept
from forecasts.scores.scorekeeping.tallying import TotalSums
from forecasts.scores.statistics.shapes import Counts
from forecasts.scores.statistics.slices import Dimension, Slice
from forecasts.scores.statistics.sums import contributions
from forecasts.scores.statistics.visibility import Moment

_STATES = """
    WITH chosen AS (
        SELECT f.id, {key} AS key, f.opens_at, f.closes_at, f.resolves_at,
            GREATEST(f.closes_at, f.resolves_at) AS matures_at
        FROM forecasts_forecast f
        LEFT JOIN forecasts_statement s ON s.id = f.statement_id
        LEFT JOIN forecasts_article a ON a.id = s.article_id
        WHERE f.scenario_id = ANY(%(scenarios)s) AND f.published_at <= %(at)s {narrowed}
    ), newest AS (
        SELECT DISTINCT ON (v.forecast_id) v.forecast_id, v.outcome, v.known_at, v.takes_effect_at
        FROM {complete} v JOIN chosen ON chosen.id = v.forecast_id
        ORDER BY v.forecast_id, v.round DESC
    ), state AS (
        SELECT c.*, n.outcome, n.forecast_id IS NOT NULL AS resolved,
            n.known_at <= c.opens_at AND n.outcome NOT IN ('annulled', 'ambiguous') AS known_before,
            GREATEST(n.takes_effect_at, c.matures_at) > %(at)s AS waits
        FROM chosen c LEFT JOIN newest n ON n.forecast_id = c.id
    )
    SELECT key, count(*),
        count(*) FILTER (WHERE NOT resolved AND opens_at <= %(at)s AND closes_at > %(at)s),
        count(*) FILTER (WHERE NOT resolved AND closes_at <= %(at)s),
        count(*) FILTER (WHERE NOT resolved AND resolves_at <= %(at)s),
        count(*) FILTER (WHERE resolved),
        count(*) FILTER (WHERE outcome = 'annulled'),
        count(*) FILTER (WHERE outcome = 'ambiguous'),
        count(*) FILTER (WHERE known_before),
        count(*) FILTER (WHERE waits AND NOT known_before AND outcome NOT IN ('annulled', 'ambiguous'))
    FROM state GROUP BY key
"""
_KEYS = {
    "": "''",
    "scenario": "f.scenario_id::text",
    "category": "f.category",
    "source": "a.source_id::text",
    "month": "to_char(GREATEST(f.closes_at, f.resolves_at) AT TIME ZONE 'UTC', 'YYYY-MM')",
}
_NARROWED = {
    "category": "AND f.category = %(category)s",
    "source": "AND a.source_id = %(source)s",
    "analyst": "AND f.id IN (SELECT e.forecast_id FROM forecasts_estimate e WHERE e.forecaster_id = %(analyst)s)",
    "since": "AND GREATEST(f.closes_at, f.resolves_at) >= %(since)s",
    "until": "AND GREATEST(f.closes_at, f.resolves_at) < %(until)s",
}
_FORECASTERS = """
    SELECT count(DISTINCT g.value) FROM forecasts_group g JOIN forecasts_total t ON t.group_id = g.id
    WHERE g.scenario_id = ANY(%s) AND g.forecaster_kind = %s AND g.dimension = 'forecaster' AND t.estimand = %s
        AND t.pairs > 0
"""


def states(slice_: Slice, at: datetime, group_by: str = "") -> dict[str, Counts]:
    """Counts of forecasts by state; where split by a dimension, by its values, else under the empty one.

    With an analyst, those forecasts are counted that the analyst answered. A split by analyst or lead time has no
    counts of forecasts of its own.
    """
    if group_by not in _KEYS:
        return {}
    filters = slice_.filters
    given: dict[str, Any] = {
        "category": filters.category,
        "source": filters.source,
        "analyst": filters.analyst,
        "since": filters.since and datetime.combine(filters.since, time(), UTC),
        "until": filters.until and datetime.combine(filters.until, time(), UTC),
    }
    narrowed = " ".join(_NARROWED[name] for name, value in given.items() if value is not None)
    with connection.cursor() as cursor:
        cursor.execute(
            _STATES.format(key=_KEYS[group_by], narrowed=narrowed, complete=standing.complete()),
            {**given, "scenarios": list(slice_.scenarios), "at": at},
        )
        return {key: Counts(*numbers) for key, *numbers in cursor.fetchall() if key is not None}


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
        with connection.cursor() as cursor:
            cursor.execute(_FORECASTERS, [list(slice_.scenarios), slice_.filters.forecaster_kind, slice_.estimand])
            return int(cursor.fetchone()[0])
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
