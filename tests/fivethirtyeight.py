"""FiveThirtyEight's dated forecasts as files that `import_estimates` reads."""

import os
from pathlib import Path

import duckdb

from forecasts.scoring.arrays import Ints

DATA = Path(os.environ.get("RECKONER_REFERENCE_DATA") or Path(__file__).parents[2] / "shared" / "data") / "forecasts"
SOURCE = DATA / "fivethirtyeight.parquet"
SUMMARY = DATA / "fivethirtyeight_summary.csv"

# Some dates carry a time and an offset without a colon; the others are whole days.
_PREPARED = r"""
    COPY (
        WITH dated AS (
            SELECT project || '|' || question AS forecast, coalesce(nullif(forecaster, ''), '538') AS analyst,
                CASE WHEN length(forecast_date) = 10 THEN (forecast_date || ' 00:00:00+00')::TIMESTAMPTZ
                ELSE regexp_replace(forecast_date, ' ([+-]\d\d)(\d\d)$', '\1:\2')::TIMESTAMPTZ END AS made_at,
                p AS probability, outcome
            FROM read_parquet($source) WHERE forecast_date IS NOT NULL AND list_contains($projects, project)
        ), bounds AS (
            SELECT forecast, date_trunc('day', min(made_at)) AS opens_at,
                date_trunc('day', max(made_at)) + INTERVAL 1 DAY AS closes_at
            FROM dated GROUP BY forecast
        )
        SELECT forecast, analyst, made_at, probability, opens_at, closes_at, outcome
        FROM dated JOIN bounds USING (forecast) ORDER BY forecast, analyst, made_at
    ) TO {target}
"""


def projects() -> dict[str, tuple[int, float, float]]:
    """The projects whose forecasts are dated: number of rows, base rate and mean Brier score of the summary."""
    rows = duckdb.execute(
        """
        SELECT s.project, n, base, brier FROM read_csv($summary) s WHERE project IN (
            SELECT project FROM read_parquet($source) WHERE forecast_date IS NOT NULL
        ) ORDER BY n
        """,
        {"summary": str(SUMMARY), "source": str(SOURCE)},
    ).fetchall()
    return {project: (n, base, brier) for project, n, base, brier in rows}


def prepare(names: list[str], target: Path) -> Path:
    """Write the rows of these projects to a Parquet file in the form of `import_estimates`."""
    with duckdb.connect() as scratch:
        scratch.execute("SET TimeZone = 'UTC'; SET threads = 2; SET memory_limit = '300MB'")
        scratch.execute(_PREPARED.format(target=f"'{target}'"), {"source": str(SOURCE), "projects": names})
    return target


def rounded(name: str) -> tuple[Ints, Ints]:
    """Probabilities of a project's dated rows on our grid, in 1/10,000, and outcomes of 1 or 0."""
    found = duckdb.execute(
        "SELECT round(p * 10000)::BIGINT AS p, outcome::BIGINT AS y FROM read_parquet($source) "
        "WHERE forecast_date IS NOT NULL AND project = $project",
        {"source": str(SOURCE), "project": name},
    ).fetchnumpy()
    return found["p"], found["y"]
