"""Reads and checks a file of estimates with DuckDB, which streams, so that memory stays small whatever the file."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from forecasts.models import Category
from forecasts.rules.cells import line_of
from forecasts.rules.errors import InvalidImport

REQUIRED = ("forecast", "analyst", "made_at", "probability", "opens_at", "closes_at")
OPTIONAL = ("title", "category", "outcome", "known_at")
COLUMNS = (*REQUIRED, *OPTIONAL)
OUTCOMES = {"1": "yes", "0": "no", "annulled": "annulled", "ambiguous": "ambiguous"}
TIMES = ("made_at", "opens_at", "closes_at", "known_at")
MEMORY = "300MB"
MOST_SHOWN = 10

# A date, a time of day, and a zone; DuckDB reads offsets only with a colon.
_INSTANT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)? ?(Z|[+-]\d\d(:?\d\d)?)$"


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A scratch database with the file's rows in a table `estimate`, each with its number `n` from 1.

    Raises InvalidImport where the file is none, or lacks a column.
    """
    if not path.is_file():
        raise InvalidImport(f"{path}: there is no such file.")
    with TemporaryDirectory(prefix="reckoner-import-") as folder:
        scratch = duckdb.connect(str(Path(folder) / "scratch.duckdb"))
        try:
            scratch.execute(f"SET memory_limit = '{MEMORY}'; SET threads = 2; SET TimeZone = 'UTC'")
            _load(scratch, path)
            yield scratch
        finally:
            scratch.close()


def check(scratch: duckdb.DuckDBPyConnection, path: Path, at: datetime) -> None:
    """Make the table `forecast`, one row for each. Raises InvalidImport, naming the lines of what is wrong."""
    _refuse(scratch, path, _PROBLEMS, {"at": at, "categories": list(Category.values), "outcomes": list(OUTCOMES)})
    _refuse(scratch, path, _CONTRADICTIONS)
    _refuse(scratch, path, _REPEATS)
    scratch.execute(_FORECASTS)


def _load(scratch: duckdb.DuckDBPyConnection, path: Path) -> None:
    is_parquet = path.suffix.lower() in (".parquet", ".pq")
    try:
        kinds = _parquet_columns(scratch, path) if is_parquet else dict.fromkeys(_csv_columns(path), "VARCHAR")
        _check_columns(list(kinds), path)
        source = "read_parquet($path)" if is_parquet else _read_csv(list(kinds))
        values = {name: _typed(name, kinds) for name in COLUMNS}
        known_text = "trim(coalesce(known_at::VARCHAR, ''))" if "known_at" in kinds else "''"
        scratch.execute(_TYPED.format(source=source, known_text=known_text, **values), {"path": str(path)})
    except duckdb.Error as error:
        raise InvalidImport(f"{path.name}, {_first_lines(str(error))}") from error


def _typed(name: str, kinds: dict[str, str]) -> str:
    """SQL: a column's value as we keep it; times as microseconds since 1970, or NULL where they are none."""
    if name not in kinds:
        return "NULL::BIGINT" if name in TIMES else "''"
    if name == "probability":
        return "TRY_CAST(probability AS DOUBLE)"
    if name not in TIMES:
        return f"trim(coalesce({name}::VARCHAR, ''))"
    if kinds[name] != "VARCHAR":
        return f"epoch_us({name})"
    colon = rf"regexp_replace(trim({name}), ' ?([+-]\d\d)(\d\d)$', '\1:\2')"
    return f"CASE WHEN regexp_matches(trim({name}), '{_INSTANT}') THEN epoch_us(TRY_CAST({colon} AS TIMESTAMPTZ)) END"


def _read_csv(given: list[str]) -> str:
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in given)
    return (
        f"read_csv($path, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        f"columns = {{{columns}}})"
    )


def _csv_columns(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except UnicodeDecodeError as error:
        raise InvalidImport(f"{path.name}: the file is not UTF-8 text.") from error


def _parquet_columns(scratch: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    found = scratch.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}).fetchall()
    for name, kind, *_ in found:
        if name in TIMES and kind not in ("TIMESTAMP WITH TIME ZONE", "VARCHAR"):
            raise InvalidImport(f"{path.name}: the column {name} has no time zone.")
    return {name: kind for name, kind, *_ in found}


def _check_columns(given: list[str], path: Path) -> None:
    if missing := [name for name in REQUIRED if name not in given]:
        raise InvalidImport(f"{path.name}: the file lacks the columns {', '.join(missing)}.")
    if unknown := [name for name in given if name not in COLUMNS]:
        raise InvalidImport(f"{path.name}: unknown columns {', '.join(unknown)}. Allowed: {', '.join(COLUMNS)}.")


def _first_lines(message: str) -> str:
    """What DuckDB says of a row it could not read, without its advice."""
    line = re.search(r"Line: (\d+)", message)
    columns = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    reason = f"{columns[1]} columns were expected, {columns[2]} found." if columns else message.partition("\n")[0]
    return f"line {line[1]}: {reason}" if line else reason


_TYPED = """
    CREATE TABLE estimate AS
    SELECT row_number() OVER () AS n, {forecast} AS key, {analyst} AS analyst, {made_at} AS made_at,
        {probability} AS probability, coalesce(nullif({title}, ''), {forecast}) AS title,
        coalesce(nullif({category}, ''), 'other') AS category, {opens_at} AS opens_at, {closes_at} AS closes_at,
        lower({outcome}) AS outcome, {known_at} AS known_given, coalesce(known_given, {closes_at}) AS known_at,
        known_given IS NULL AND {known_text} <> '' AS known_unread
    FROM {source}
"""
_PROBLEMS = """
    SELECT n, CASE
        WHEN key = '' THEN 'forecast: it is empty.'
        WHEN length(key) > 200 THEN 'forecast: it has more than 200 characters.'
        WHEN analyst = '' THEN 'analyst: it is empty.'
        WHEN length(analyst) > 200 THEN 'analyst: it has more than 200 characters.'
        WHEN length(title) > 500 THEN 'title: it has more than 500 characters.'
        WHEN concat(key, analyst, title) LIKE '%' || chr(0) || '%' THEN 'forecast: it holds a NUL character.'
        WHEN probability IS NULL OR NOT isfinite(probability) THEN 'probability: it is no number.'
        WHEN probability < 0 OR probability > 1 THEN 'probability: it lies between 0 and 1; got ' || probability || '.'
        WHEN made_at IS NULL THEN 'made_at: it is no date and time with a zone.'
        WHEN opens_at IS NULL THEN 'opens_at: it is no date and time with a zone.'
        WHEN closes_at IS NULL THEN 'closes_at: it is no date and time with a zone.'
        WHEN known_unread THEN 'known_at: it is no date and time with a zone.'
        WHEN opens_at >= closes_at THEN 'closes_at: a forecast opens before it closes.'
        WHEN made_at < opens_at THEN 'made_at: the forecast was not open yet.'
        WHEN made_at >= closes_at THEN 'made_at: the forecast had closed.'
        WHEN NOT list_contains($categories, category) THEN 'category: unknown value “' || category || '”.'
        WHEN outcome <> '' AND NOT list_contains($outcomes, outcome)
            THEN 'outcome: it is 1, 0, annulled, ambiguous or empty; got “' || outcome || '”.'
        WHEN outcome <> '' AND known_at > epoch_us($at::TIMESTAMPTZ)
            THEN 'known_at: the answer cannot have become known in the future.'
        END AS problem
    FROM estimate WHERE problem IS NOT NULL ORDER BY n
"""
_CONTRADICTIONS = """
    WITH first AS (
        SELECT key, arg_min(row(title, category, opens_at, closes_at, outcome, known_at), n) AS held
        FROM estimate GROUP BY key
    )
    SELECT n, 'forecast: “' || key || '” has other dates, title, category or outcome than before.' AS problem
    FROM estimate JOIN first USING (key)
    WHERE row(title, category, opens_at, closes_at, outcome, known_at) IS DISTINCT FROM held ORDER BY n
"""
_REPEATS = """
    SELECT n, 'made_at: the analyst has another estimate of that time.' AS problem
    FROM (SELECT n, row_number() OVER (PARTITION BY key, analyst, made_at ORDER BY n) AS place FROM estimate)
    WHERE place > 1 ORDER BY n
"""
_FORECASTS = """
    CREATE TABLE forecast AS
    SELECT key, any_value(title) AS title, any_value(category) AS category, any_value(opens_at) AS opens_at,
        any_value(closes_at) AS closes_at, any_value(outcome) AS outcome, any_value(known_at) AS known_at, min(n) AS n
    FROM estimate GROUP BY key ORDER BY n
"""


def _refuse(
    scratch: duckdb.DuckDBPyConnection, path: Path, problems: str, values: dict[str, object] | None = None
) -> None:
    """Raise InvalidImport with the first rows that a query finds."""
    found = scratch.execute(problems, values or {}).fetchmany(MOST_SHOWN)
    if found:
        raise InvalidImport("\n".join(said(path, number, problem) for number, problem in found))


def said(path: Path, row: int, problem: str) -> str:
    """A problem with where it stands: the line of a text, the row of a Parquet file."""
    where = f"line {line_of(path, row)}" if path.suffix.lower() not in (".parquet", ".pq") else f"row {row}"
    return f"{path.name}, {where}: {problem}"
