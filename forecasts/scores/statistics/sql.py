"""The statements of this package that are written by hand."""

# One statement, so that cells and totals are of one moment.
TALLIES = """
    WITH chosen AS MATERIALIZED (
        SELECT id, {key} AS key FROM forecasts_group
        WHERE scenario_id = ANY(%(scenarios)s) AND forecaster_kind = %(kind)s AND dimension = %(dimension)s {narrowed}
    ), cell AS (
        SELECT key, probability, sum(n)::bigint AS n, sum(k)::bigint AS k
        FROM forecasts_cell JOIN chosen ON group_id = chosen.id WHERE estimand = %(estimand)s GROUP BY 1, 2
    ), cells AS (
        SELECT key, array_agg(probability ORDER BY probability) AS p, array_agg(n ORDER BY probability) AS n,
            array_agg(k ORDER BY probability) AS k FROM cell GROUP BY key
    ), totals AS (
        SELECT key, json_agg(json_build_array(pairs, forecasts, withdrawn, left_out, sums, other_sums, situation_sums,
            other_situation_sums))::text AS totals
        FROM forecasts_total JOIN chosen ON group_id = chosen.id WHERE estimand = %(estimand)s GROUP BY key
    ), several AS (
        SELECT key, json_agg(sums) AS parts FROM forecasts_situationsum JOIN chosen ON group_id = chosen.id
        WHERE estimand = %(estimand)s GROUP BY key, situation HAVING count(*) > 1
    ), shared AS (SELECT key, json_agg(parts)::text AS shared FROM several GROUP BY key)
    SELECT key, p, n, k, totals, shared
    FROM totals LEFT JOIN cells USING (key) LEFT JOIN shared USING (key) ORDER BY key
"""
# Half of what a small report costs is asking. Scenarios come as one row, so that none leave the rest standing.
SEEN = """
    SELECT s.id AS snapshot, s.made_at, w.finished_at AS as_of, (SELECT max(id) FROM forecasts_keptbands) AS bands,
        (SELECT json_object_agg(id, method) FROM forecasts_forecaster WHERE kind = 'reference') AS rules,
        v.slugs, v.ids
    FROM (SELECT array_agg(slug ORDER BY slug) AS slugs, array_agg(pk ORDER BY slug) AS ids FROM ({visible}) one) v
    LEFT JOIN (SELECT id, made_at FROM forecasts_snapshot ORDER BY id DESC LIMIT 1) s ON true
    LEFT JOIN forecasts_sweep w ON w.name = 'settle'
"""
NONE_SEEN = "SELECT NULL::text AS slug, NULL::bigint AS pk WHERE false"
STATES = """
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
    SELECT key, count(*) AS published,
        count(*) FILTER (WHERE NOT resolved AND opens_at <= %(at)s AND closes_at > %(at)s) AS open,
        count(*) FILTER (WHERE NOT resolved AND closes_at <= %(at)s) AS awaiting_resolution,
        count(*) FILTER (WHERE NOT resolved AND resolves_at <= %(at)s) AS overdue,
        count(*) FILTER (WHERE resolved) AS resolved,
        count(*) FILTER (WHERE outcome = 'annulled') AS annulled,
        count(*) FILTER (WHERE outcome = 'ambiguous') AS ambiguous,
        count(*) FILTER (WHERE known_before) AS known_before_opening,
        count(*) FILTER (WHERE waits AND NOT known_before AND outcome NOT IN ('annulled', 'ambiguous'))
            AS awaiting_maturity
    FROM state GROUP BY key
"""
KEYS = {
    "": "''",
    "scenario": "f.scenario_id::text",
    "category": "f.category",
    "source": "a.source_id::text",
    "month": "to_char(GREATEST(f.closes_at, f.resolves_at) AT TIME ZONE 'UTC', 'YYYY-MM')",
}
NARROWED = {
    "category": "AND f.category = %(category)s",
    "source": "AND a.source_id = %(source)s",
    "analyst": "AND f.id IN (SELECT e.forecast_id FROM forecasts_estimate e WHERE e.forecaster_id = %(analyst)s)",
    "since": "AND GREATEST(f.closes_at, f.resolves_at) >= %(since)s",
    "until": "AND GREATEST(f.closes_at, f.resolves_at) < %(until)s",
}
FORECASTERS = """
    SELECT count(DISTINCT g.value) AS n FROM forecasts_group g JOIN forecasts_total t ON t.group_id = g.id
    WHERE g.scenario_id = ANY(%s) AND g.forecaster_kind = %s AND g.dimension = 'forecaster' AND t.estimand = %s
        AND t.pairs > 0
"""
KEPT_BANDS = "SELECT snapshot_id, bands FROM forecasts_keptbands WHERE slice = %s ORDER BY snapshot_id DESC LIMIT 2"
# Columns of a slice's points as bytes, which numpy reads at once. A situation of several forecasts has a number below
# 0, one that is a forecast that forecast's id.
PAIRS = """
    WITH given AS MATERIALIZED (SELECT *, {key} AS key, row_number() OVER () AS pair FROM ({contributions}) c),
    place AS (
        SELECT key, row_number() OVER (ORDER BY key) - 1 AS number
        FROM (SELECT DISTINCT key FROM given WHERE key IS NOT NULL) k
    ), together AS (
        SELECT situation, -row_number() OVER () AS number
        FROM (SELECT DISTINCT situation FROM given WHERE NOT starts_with(situation, 'forecast:')) s
    ), point AS (
        SELECT {place} AS place, g.pair, g.forecast_id, coalesce(t.number, g.forecast_id) AS situation, u.p, u.w,
            g.outcome::int AS y
        FROM given g JOIN place USING (key) LEFT JOIN together t USING (situation)
        CROSS JOIN unnest(g.probabilities, g.weights, g.lead_times) u (p, w, lead)
        WHERE g.estimand = %s AND g.outcome IS NOT NULL
    ), first AS (
        SELECT place.number, count(*) AS n, count(*) FILTER (WHERE withdrawn) AS withdrawn
        FROM given JOIN place USING (key) WHERE estimand = 'first' GROUP BY 1
    )
    SELECT (SELECT array_agg(key ORDER BY number) FROM place) AS keys,
        (SELECT json_object_agg(number, json_build_array(n, withdrawn)) FROM first) AS first,
        EXISTS (SELECT FROM given WHERE estimand = %s AND outcome IS NULL) AS has_others,
        string_agg(int8send(place), '') AS place, string_agg(int8send(pair), '') AS pair,
        string_agg(int8send(forecast_id), '') AS forecast, string_agg(int8send(situation), '') AS situation,
        string_agg(int8send(p), '') AS probability, string_agg(int8send(w), '') AS weight,
        string_agg(int8send(y), '') AS outcome
    FROM point WHERE place IS NOT NULL
"""
