"""The statements of this package that are written by hand."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Func
from django.db.models.expressions import RawSQL

# Forecast and settlement are both locked: an estimate waits, and a settlement done meanwhile is not due any more.
DUE = """
    SELECT s.forecast_id FROM forecasts_settlement s JOIN forecasts_forecast f ON f.id = s.forecast_id
    WHERE s.due_at <= %s ORDER BY s.due_at DESC, s.forecast_id DESC LIMIT %s
    FOR UPDATE SKIP LOCKED
"""
MARK_DUE = """
    INSERT INTO forecasts_settlement (forecast_id, rules_version, due_at)
    SELECT f, 0, %s FROM unnest(%s::bigint[]) f ORDER BY f
    ON CONFLICT (forecast_id) DO UPDATE SET due_at = LEAST(forecasts_settlement.due_at, excluded.due_at)
"""
_MOMENTS = (
    ("forecasts_forecast", "published_at"),
    ("forecasts_forecast", "opens_at"),
    ("forecasts_forecast", "closes_at"),
    ("forecasts_forecast", "resolves_at"),
    ("forecasts_verdict", "recorded_at"),
)
# One look into an index for each column: an OR over all of them would read every forecast.
_PASSED = """
    EXISTS (SELECT 1 FROM {table} WHERE {column} > %(since)s AND {column} <= %(at)s)
    OR EXISTS (SELECT 1 FROM {table} WHERE {column} > %(late_since)s AND {column} <= %(late_at)s)
"""
_CHANGED = " OR ".join(_PASSED.format(table=table, column=column) for table, column in _MOMENTS)
STATES_CHANGED = f"SELECT {_CHANGED} AS changed"
# Whoever left the scenario, unless named on the forecast, or closed the account.
LEFT = """
    SELECT e.forecast_id AS forecast, r.id AS forecaster,
        array_agg(DISTINCT (EXTRACT(EPOCH FROM d.made_at) * 1000000)::bigint) AS moments
    FROM forecasts_departure d JOIN forecasts_forecaster r ON r.user_id = d.user_id
    JOIN forecasts_estimate e ON e.forecaster_id = r.id JOIN forecasts_forecast f ON f.id = e.forecast_id
    WHERE d.made_at <= %(at)s AND e.forecast_id = ANY(%(forecasts)s) AND (d.scenario_id IS NULL
        OR d.scenario_id = f.scenario_id AND NOT EXISTS (SELECT 1 FROM forecasts_forecast_assignees a
            WHERE a.forecast_id = f.id AND a.user_id = d.user_id))
    GROUP BY 1, 2
"""
FAMILIES = """
    SELECT DISTINCT 'quarter:' || f.scenario_id || ':' || to_char(f.opens_at AT TIME ZONE 'UTC', 'YYYY"Q"Q') AS quarter,
        'article:' || s.article_id AS article
    FROM forecasts_forecast f JOIN forecasts_statement s ON s.id = f.statement_id
    JOIN forecasts_scenario c ON c.id = f.scenario_id
    WHERE f.published_at IS NOT NULL AND f.situation = '' AND NOT c.is_pool
    UNION ALL
    SELECT DISTINCT 'article:' || s.article_id, 'article:' || o.article_id
    FROM forecasts_statement s JOIN forecasts_statement o ON o.id = s.duplicate_of_id
    WHERE s.article_id <> o.article_id
"""
OF_QUARTERS = """
    SELECT f.id FROM forecasts_forecast f JOIN forecasts_settlement s ON s.forecast_id = f.id
    WHERE s.settled_at IS NOT NULL AND f.situation = '' AND f.scenario_id = ANY(%s)
        AND 'quarter:' || f.scenario_id || ':' || to_char(f.opens_at AT TIME ZONE 'UTC', 'YYYY"Q"Q') = ANY(%s)
"""
AFTER_OTHERS = "SELECT pg_advisory_xact_lock(%s)"
SETTLED = """
    UPDATE forecasts_settlement s SET verdict_id = d.verdict, last_estimate_id = d.estimate, rules_version = %s,
        settled_at = %s, due_at = d.due
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[])
        d (forecast, verdict, estimate, due)
    WHERE s.forecast_id = d.forecast
"""
COPY = """
    COPY forecasts_contribution (forecast_id, forecaster_id, estimand, probabilities, weights, lead_times, outcome,
        score_sums, withdrawn, scenario_id, category, source_id, month, matured_at, forecaster_kind, situation)
    FROM STDIN
"""
# A conflict finds the row by its key, whatever the planner believes of a table that fills meanwhile.
ADD_CELLS = """
    INSERT INTO forecasts_cell AS c (group_id, estimand, probability, n, k)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::bigint[], %s::bigint[])
    ON CONFLICT (group_id, estimand, probability) DO UPDATE SET n = c.n + excluded.n, k = c.k + excluded.k
"""
# What takes back is no valid row by itself; the one that it takes from is there.
TAKE_CELLS = """
    UPDATE forecasts_cell c SET n = c.n + d.n, k = c.k + d.k
    FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::bigint[], %s::bigint[]) d (g, e, p, n, k)
    WHERE c.group_id = d.g AND c.estimand = d.e AND c.probability = d.p
"""
REMOVE_CELLS = """
    DELETE FROM forecasts_cell c USING unnest(%s::bigint[], %s::text[], %s::int[]) d (g, e, p)
    WHERE c.group_id = d.g AND c.estimand = d.e AND c.probability = d.p AND c.n = 0
"""
ADD_TOTALS = """
    INSERT INTO forecasts_total AS t (group_id, estimand, pairs, forecasts, withdrawn, left_out, sums, other_sums,
        situation_sums, other_situation_sums)
    SELECT g, e, pairs, forecasts, withdrawn, left_out, sums::numeric[], other::jsonb, situations::numeric[],
        others::jsonb
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[],
        %s::text[], %s::text[], %s::text[])
        d (g, e, pairs, forecasts, withdrawn, left_out, sums, other, situations, others)
    ON CONFLICT (group_id, estimand) DO UPDATE SET
        pairs = t.pairs + excluded.pairs, forecasts = t.forecasts + excluded.forecasts,
        withdrawn = t.withdrawn + excluded.withdrawn, left_out = t.left_out + excluded.left_out,
        sums = (SELECT array_agg(a + b ORDER BY i) FROM unnest(t.sums, excluded.sums) WITH ORDINALITY u (a, b, i)),
        other_sums = excluded.other_sums,
        situation_sums = (SELECT array_agg(a + b ORDER BY i)
            FROM unnest(t.situation_sums, excluded.situation_sums) WITH ORDINALITY u (a, b, i)),
        other_situation_sums = excluded.other_situation_sums
"""
HELD_SITUATIONS = """
    SELECT s.group_id, s.estimand, s.situation, s.sums::text FROM forecasts_situationsum s
    JOIN unnest(%s::bigint[], %s::text[], %s::text[]) d (g, e, name)
        ON s.group_id = d.g AND s.estimand = d.e AND s.situation = d.name
"""
REPLACE_SITUATIONS = """
    INSERT INTO forecasts_situationsum (group_id, estimand, situation, sums)
    SELECT g, e, name, sums::jsonb FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) d (g, e, name, sums)
    ON CONFLICT (group_id, estimand, situation) DO UPDATE SET sums = excluded.sums
"""
REMOVE_SITUATIONS = "DELETE FROM forecasts_situationsum WHERE group_id = ANY(%s) AND sums = '{}'"
REMOVE_TOTALS = """
    DELETE FROM forecasts_total
    WHERE group_id = ANY(%s::bigint[]) AND pairs = 0 AND forecasts = 0 AND withdrawn = 0 AND left_out = 0
"""
# Held against those who lock rows of it too: workers that settle, people who resolve.
HOLD_SETTLEMENTS = "LOCK TABLE forecasts_settlement IN EXCLUSIVE MODE"
EMPTY_TALLIES = ";".join(
    f"DELETE FROM forecasts_{table}"  # noqa: S608 - names of ours
    for table in ("contribution", "cell", "total", "situationsum", "group")
)
ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"


class Microseconds(Func):
    """A timestamp as whole microseconds since 1970, UTC, exactly."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()


def among(ids: Iterable[int]) -> RawSQL:
    """What `__in` takes, written out: a thousand parameters cost more than to find what they name.

    No subquery: of that the planner may look through a table that it believes small once for each id.
    """
    return RawSQL(",".join(map(str, map(int, ids))) or "NULL", [])  # noqa: S611 -- whole numbers
