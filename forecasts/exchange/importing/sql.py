"""The statements of the import that are written by hand: PostgreSQL's, and those on the file's rows in DuckDB."""

from forecasts.exchange.importing.binary_copy import Layout
from forecasts.models import standing

ESTIMATES = Layout(
    {
        "forecast_id": ">i8",
        "forecaster_id": ">i8",
        "made_at": ">i8",
        "recorded_at": ">i8",
        "probability": ">i2",
        "event": "S6",
        "channel": "S6",
        "criteria_version": ">i2",
        "is_demo": "?",
        "word": "",
        "word_scale": "",
        "word_scale_edition": "",
        "rationale": "",
    }
)
COPY_ESTIMATES = f"COPY forecasts_estimate ({', '.join(ESTIMATES.columns)}) FROM STDIN (FORMAT BINARY)"

REST = (
    "forecast_id", "forecaster_id", "made_at", "recorded_at", "event", "channel", "criteria_version", "is_demo", "word",
    "word_scale", "word_scale_edition", "probability", "probabilities", "quantiles", "rationale",
)  # fmt: skip
COPY_REST = f"COPY forecasts_estimate ({', '.join(REST)}) FROM STDIN"

RECORDED = Layout({"forecast": ">i8", "forecaster": ">i8", "made_at": ">i8", "probability": ">i2"})
COPY_RECORDED = """
    COPY (SELECT forecast_id, forecaster_id, made_at, probability FROM forecasts_estimate
        WHERE forecast_id IN (SELECT id FROM forecasts_forecast WHERE scenario_id = {scenario} AND is_imported)
            AND probability IS NOT NULL)
    TO STDOUT (FORMAT BINARY)
"""
FORECASTS = """
    INSERT INTO forecasts_forecast ({columns})
    SELECT {values} FROM (
        SELECT n, key, title, category, TIMESTAMPTZ 'epoch' + opens * INTERVAL '1 microsecond' AS opens_at,
            TIMESTAMPTZ 'epoch' + closes * INTERVAL '1 microsecond' AS closes_at,
            TIMESTAMPTZ 'epoch' + coalesce(resolves_at, closes) * INTERVAL '1 microsecond' AS resolves_at,
            coalesce(kind, 'binary') AS kind, coalesce(criteria, '') AS criteria, coalesce(unit, '') AS unit,
            coalesce(is_ordered, false) AS options_are_ordered, lower AS range_lower, upper AS range_upper,
            coalesce(lower_open, false) AS lower_is_open, coalesce(upper_open, false) AS upper_is_open,
            coalesce(levels, '{{}}') AS quantile_levels
        FROM json_to_recordset(%s) d (n bigint, key text, title text, category text, opens bigint, closes bigint,
            resolves_at bigint, kind text, criteria text, unit text, is_ordered boolean, lower float8, upper float8,
            lower_open boolean, upper_open boolean, levels smallint[])
    ) given ORDER BY n
    ON CONFLICT (scenario_id, key) DO NOTHING RETURNING id
"""
VERDICTS = f"""
    WITH given AS (
        SELECT forecast, outcome, TIMESTAMPTZ 'epoch' + known * INTERVAL '1 microsecond' AS known_at, o.id AS option_id,
            CASE WHEN outcome = 'value' THEN value END AS value
        FROM json_to_recordset(%(given)s) d (forecast bigint, outcome text, known bigint, value float8)
        LEFT JOIN forecasts_option o ON outcome = 'option' AND o.forecast_id = forecast AND o.position = value
    ), newest AS (
        SELECT DISTINCT ON (v.forecast_id) v.forecast_id, v.outcome, v.known_at, w.option_id, w.value
        FROM {standing.complete()} v JOIN forecasts_verdict w USING (id)
        WHERE v.forecast_id IN (SELECT forecast FROM given) ORDER BY v.forecast_id, v.round DESC
    ), rounds AS (
        SELECT forecast_id, max(round) AS round FROM forecasts_verdict
        WHERE forecast_id IN (SELECT forecast FROM given) GROUP BY forecast_id
    )
    INSERT INTO forecasts_verdict (forecast_id, round, person_id, act, outcome, option_id, value, known_at, recorded_at,
        takes_effect_at, annulled_because, note, is_imported)
    SELECT g.forecast, coalesce(r.round, 0) + 1, %(person)s,
        CASE WHEN n.forecast_id IS NULL THEN 'propose' ELSE 'supersede' END,
        g.outcome, g.option_id, g.value, g.known_at, %(at)s, %(at)s, '', %(note)s, true
    FROM given g LEFT JOIN newest n ON n.forecast_id = g.forecast LEFT JOIN rounds r ON r.forecast_id = g.forecast
    WHERE n.forecast_id IS NULL OR (n.outcome, n.known_at, n.option_id, n.value)
        IS DISTINCT FROM (g.outcome, g.known_at, g.option_id, g.value)
    ORDER BY g.forecast
    RETURNING forecast_id
"""  # noqa: S608 - texts of ours
OPTIONS = """
    INSERT INTO forecasts_option (forecast_id, position, label, added_at)
    SELECT f.id, o.place - 1, o.label, f.opens_at
    FROM json_to_recordset(%(given)s) d (key text, options text[]), unnest(options) WITH ORDINALITY o (label, place),
        forecasts_forecast f
    WHERE f.scenario_id = %(scenario)s AND f.key = d.key
    ON CONFLICT DO NOTHING
"""
STANDING = f"""
    SELECT DISTINCT ON (v.forecast_id) v.forecast_id, v.outcome, v.known_at, o.position, w.value
    FROM {standing.complete()} v JOIN forecasts_verdict w USING (id) LEFT JOIN forecasts_option o ON o.id = w.option_id
    WHERE v.forecast_id IN (SELECT id FROM forecasts_forecast WHERE scenario_id = %(scenario)s AND is_imported)
    ORDER BY v.forecast_id, v.round DESC
"""  # noqa: S608 - texts of ours
READY = """
    CREATE TABLE ready AS
    SELECT f.id AS forecast, p.id AS forecaster, e.made_at, round(e.probability * $grid)::BIGINT AS probability, e.line
    FROM estimate e JOIN numbered f USING (key) JOIN person p ON p.name = e.analyst
    WHERE e.probability IS NOT NULL AND e.event = 'update' AND e.rationale = ''
    ORDER BY f.id, p.id, e.made_at
"""
REST_READY = """
    SELECT f.id, p.id, e.made_at, e.event, round(e.probability * $grid)::BIGINT, e.rationale,
        e.numbers, f.rest, e.line
    FROM estimate e JOIN numbered f USING (key) JOIN person p ON p.name = e.analyst
    WHERE e.probability IS NULL OR e.event <> 'update' OR e.rationale <> ''
    ORDER BY f.id, p.id, e.made_at
"""
CONTRADICTED = """
    SELECT y.line, r.probability FROM ready y JOIN recorded r USING (forecast, forecaster, made_at)
    WHERE y.probability <> r.probability ORDER BY y.line
"""
UNRECORDED = """
    CREATE TABLE fresh AS SELECT y.* FROM ready y ANTI JOIN recorded r USING (forecast, forecaster, made_at)
"""
COUNTED = """
    SELECT count(*) FILTER (WHERE made_at >= closes_at), count(DISTINCT key), count(*) FROM estimate
"""
