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
            TIMESTAMPTZ 'epoch' + closes * INTERVAL '1 microsecond' AS closes_at
        FROM json_to_recordset(%s) d (n bigint, key text, title text, category text, opens bigint, closes bigint)
    ) given ORDER BY n
    ON CONFLICT (scenario_id, key) DO NOTHING RETURNING id
"""
VERDICTS = f"""
    WITH given AS (
        SELECT forecast, outcome, TIMESTAMPTZ 'epoch' + known * INTERVAL '1 microsecond' AS known_at
        FROM json_to_recordset(%(given)s) d (forecast bigint, outcome text, known bigint)
    ), newest AS (
        SELECT DISTINCT ON (forecast_id) forecast_id, outcome, known_at FROM {standing.complete()} v
        WHERE forecast_id IN (SELECT forecast FROM given) ORDER BY forecast_id, round DESC
    ), rounds AS (
        SELECT forecast_id, max(round) AS round FROM forecasts_verdict
        WHERE forecast_id IN (SELECT forecast FROM given) GROUP BY forecast_id
    )
    INSERT INTO forecasts_verdict (forecast_id, round, act, outcome, known_at, recorded_at, takes_effect_at,
        annulled_because, note, is_imported)
    SELECT g.forecast, coalesce(r.round, 0) + 1, CASE WHEN n.forecast_id IS NULL THEN 'propose' ELSE 'supersede' END,
        g.outcome, g.known_at, %(at)s, %(at)s, '', %(note)s, true
    FROM given g LEFT JOIN newest n ON n.forecast_id = g.forecast LEFT JOIN rounds r ON r.forecast_id = g.forecast
    WHERE n.forecast_id IS NULL OR (n.outcome, n.known_at) IS DISTINCT FROM (g.outcome, g.known_at)
    ORDER BY g.forecast
    RETURNING forecast_id
"""  # noqa: S608 - texts of ours
READY = """
    CREATE TABLE ready AS
    SELECT f.id AS forecast, p.id AS forecaster, e.made_at, round(e.probability * $grid)::BIGINT AS probability, e.n
    FROM estimate e JOIN numbered f USING (key) JOIN person p ON p.name = e.analyst
    ORDER BY f.id, p.id, e.made_at
"""
CONTRADICTED = """
    SELECT y.n, r.probability FROM ready y JOIN recorded r USING (forecast, forecaster, made_at)
    WHERE y.probability <> r.probability ORDER BY y.n
"""
UNRECORDED = """
    CREATE TABLE fresh AS SELECT y.* FROM ready y ANTI JOIN recorded r USING (forecast, forecaster, made_at)
"""
