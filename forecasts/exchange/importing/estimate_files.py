"""Reads and checks a file of estimates with DuckDB, which streams, so that memory stays small whatever the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from forecasts.exchange.importing.choices import Choices
from forecasts.exchange.importing.formats import GENERAL, format_of
from forecasts.exchange.importing.formats.general import REQUIRED, TIMES
from forecasts.exchange.importing.reading import COLUMNS, MOST_LISTED, Reading, is_parquet, kept
from forecasts.models import Category
from forecasts.rules.errors import InvalidImport

PARQUET = (*REQUIRED, "title", "category", "outcome", "known_at")
MEMORY = "300MB"

# A date, a time of day, and a zone; DuckDB reads offsets only with a colon.
_INSTANT = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)? ?(Z|[+-]\d\d(:?\d\d)?)$"


@dataclass(slots=True)
class Opened:
    """A file in a scratch database: its rows in the table `estimate`, one row a forecast in the table `forecast`."""

    scratch: duckdb.DuckDBPyConnection
    reading: Reading
    format: str

    @property
    def path(self) -> Path:
        return self.reading.path

    def said(self, line: int, problem: str) -> str:
        """A problem with where it stands: the line of a text, the row of a Parquet file."""
        is_text = not is_parquet(self.path) and self.path.suffix.lower() != ".json"
        return f"{self.path.name}, {'line' if is_text else 'row'} {line}: {problem}"

    def problems(self) -> list[str]:
        """All that is wrong with its rows by their lines: a hundred, and how many more there are."""
        found = sorted(self.reading.problems)
        told = [self.said(line, problem) for line, problem in found[:MOST_LISTED]]
        more = self.reading.uncounted + len(found) - len(told)
        return [*told, f"And {more:,} more."] if more else told


@contextmanager
def opened(path: Path, choices: Choices, at: datetime) -> Iterator[Opened]:
    """The file, read and checked; what is wrong with it and what it leaves open is for the caller to ask.

    Raises InvalidImport where the file is none, or lacks a column.
    """
    for one in (path, *choices.beside):
        if not one.is_file():
            raise InvalidImport(f"{one}: there is no such file.")
    with TemporaryDirectory(prefix="reckoner-import-") as folder:
        scratch = duckdb.connect(str(Path(folder) / "scratch.duckdb"))
        try:
            scratch.execute(f"SET memory_limit = '{MEMORY}'; SET threads = 2; SET TimeZone = 'UTC'")
            made = format_of(path, choices.format)
            reading = Reading(path, choices, at, Path(folder))
            held = Opened(scratch, reading, made.title)
            _load(held, is_general=made.name == GENERAL)
            _check(held)
            yield held
        finally:
            scratch.close()


def _load(held: Opened, *, is_general: bool) -> None:
    reading, scratch = held.reading, held.scratch
    try:
        if is_parquet(held.path) and is_general:
            return _load_parquet(scratch, held.path)
        rows = reading.folder / "rows.csv"
        made = format_of(held.path, reading.choices.format)
        kept(reading, made.read(reading), rows)
        columns = {name: "BIGINT" if name in (*TIMES, "line") else "VARCHAR" for name in COLUMNS}
        columns |= {"probability": "DOUBLE", "unread": "BOOLEAN"}
        named = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        # In one thread, as quoted line breaks want it and the order of rows.
        source = f"read_csv('{rows}', auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        source += f"parallel = false, columns = {{{named}}})"
        scratch.execute(_FROM_ROWS.format(source=source))
    except duckdb.Error as error:
        raise InvalidImport(f"{held.path.name}, {str(error).partition(chr(10))[0]}") from error


def _load_parquet(scratch: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Parquet in the general form, yes-or-no alone, by DuckDB itself: quick, as its columns have their types."""
    kinds = _parquet_columns(scratch, path)
    values = {name: _typed(name, kinds) for name in PARQUET}
    known_text = "trim(coalesce(known_at::VARCHAR, ''))" if "known_at" in kinds else "''"
    scratch.execute(_TYPED.format(known_text=known_text, **values), {"path": str(path)})


def _parquet_columns(scratch: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    found = scratch.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}).fetchall()
    kinds = {name: kind for name, kind, *_ in found}
    if missing := [name for name in REQUIRED if name not in kinds]:
        raise InvalidImport(f"{path.name}: the file lacks the columns {', '.join(missing)}.")
    if unknown := [name for name in kinds if name not in PARQUET]:
        raise InvalidImport(f"{path.name}: unknown columns {', '.join(unknown)}. Allowed: {', '.join(PARQUET)}.")
    for name in set(TIMES) & set(kinds):
        if kinds[name] not in ("TIMESTAMP WITH TIME ZONE", "VARCHAR"):
            raise InvalidImport(f"{path.name}: the column {name} has no time zone.")
    return kinds


def _typed(name: str, kinds: dict[str, str]) -> str:
    """SQL: a column's value as we keep it; times as microseconds since 1970, or NULL where they are none."""
    if name not in kinds:
        return "NULL::BIGINT" if name in TIMES else "''"
    if name == "probability":
        return "TRY_CAST(probability AS DOUBLE)"
    if name not in TIMES:
        return f"nfc_normalize(trim(coalesce({name}::VARCHAR, '')))"
    if kinds[name] != "VARCHAR":
        return f"epoch_us({name})"
    colon = rf"regexp_replace(trim({name}), ' ?([+-]\d\d)(\d\d)$', '\1:\2')"
    return f"CASE WHEN regexp_matches(trim({name}), '{_INSTANT}') THEN epoch_us(TRY_CAST({colon} AS TIMESTAMPTZ)) END"


def _check(held: Opened) -> None:
    """Note what is wrong with rows that could be read, and make the table `forecast`."""
    words = {"at": held.reading.at, "categories": list(Category.values)}
    _note(held, _PROBLEMS, words)
    _note(held, _CONTRADICTIONS)
    _note(held, _REPEATS)
    held.scratch.execute(_FORECASTS)


def _note(held: Opened, query: str, values: dict[str, Any] | None = None) -> None:
    found = held.scratch.execute(query, values or {})
    while chunk := found.fetchmany(1000):
        for line, problem in chunk:
            column, colon, reason = problem.partition(": ")
            held.reading.problem(line, column if colon else "", reason if colon else problem)


_FROM_ROWS = """
    CREATE TABLE estimate AS
    SELECT row_number() OVER () AS n, line, key, analyst, made_at, event, probability, coalesce(numbers, '') AS numbers,
        coalesce(rationale, '') AS rationale, coalesce(title, key) AS title, category, opens_at, closes_at,
        coalesce(outcome, '') AS outcome, known_at AS known_given, coalesce(known_given, closes_at) AS known_at,
        coalesce(rest, '') AS rest, unread, false AS known_unread
    FROM {source}
"""
_TYPED = """
    CREATE TABLE estimate AS
    SELECT row_number() OVER () AS n, n AS line, {forecast} AS key, {analyst} AS analyst, {made_at} AS made_at,
        'update' AS event, {probability} AS probability, '' AS numbers, '' AS rationale,
        coalesce(nullif({title}, ''), {forecast}) AS title, coalesce(nullif({category}, ''), 'other') AS category,
        {opens_at} AS opens_at, {closes_at} AS closes_at,
        CASE lower({outcome}) WHEN '1' THEN 'yes' WHEN '0' THEN 'no' ELSE lower({outcome}) END AS outcome,
        {known_at} AS known_given, coalesce(known_given, {closes_at}) AS known_at, '' AS rest, false AS unread,
        known_given IS NULL AND {known_text} <> '' AS known_unread
    FROM read_parquet($path)
"""
_PROBLEMS = """
    SELECT line, CASE
        WHEN coalesce(key, '') = '' THEN 'forecast: it is empty.'
        WHEN length(key) > 200 THEN 'forecast: it has more than 200 characters.'
        WHEN coalesce(analyst, '') = '' THEN 'analyst: it is empty.'
        WHEN length(analyst) > 200 THEN 'analyst: it has more than 200 characters.'
        WHEN length(title) > 500 THEN 'title: it has more than 500 characters.'
        WHEN concat(key, analyst, title) LIKE '%' || chr(0) || '%' THEN 'forecast: it holds a NUL character.'
        WHEN probability IS NOT NULL AND NOT isfinite(probability) THEN 'probability: it is no number.'
        WHEN probability IS NULL AND numbers = '' AND event = 'update' THEN 'probability: it is no number.'
        WHEN probability < 0 OR probability > 1 THEN 'probability: it lies between 0 and 1; got ' || probability || '.'
        WHEN made_at IS NULL THEN 'made_at: it is no date and time with a zone.'
        WHEN opens_at IS NULL THEN 'opens_at: it is no date and time with a zone.'
        WHEN closes_at IS NULL THEN 'closes_at: it is no date and time with a zone.'
        WHEN known_unread THEN 'known_at: it is no date and time with a zone.'
        WHEN opens_at >= closes_at THEN 'closes_at: a forecast opens before it closes.'
        WHEN made_at < opens_at THEN 'made_at: the forecast was not open yet.'
        WHEN made_at > epoch_us($at::TIMESTAMPTZ) THEN 'made_at: it lies in the future.'
        WHEN NOT list_contains($categories, category) THEN 'category: unknown value “' || category || '”.'
        WHEN outcome NOT IN ('', 'yes', 'no', 'annulled', 'ambiguous', 'option', 'value', 'below', 'above')
            THEN 'outcome: it is 1, 0, annulled, ambiguous or empty; got “' || outcome || '”.'
        WHEN outcome <> '' AND known_at > epoch_us($at::TIMESTAMPTZ)
            THEN 'known_at: the answer cannot have become known in the future.'
        END AS problem
    FROM estimate WHERE NOT unread AND problem IS NOT NULL ORDER BY n
"""
_CONTRADICTIONS = """
    WITH first AS (
        SELECT key, arg_min(row(title, category, opens_at, closes_at, outcome, known_at, rest), n) AS held
        FROM estimate WHERE NOT unread GROUP BY key
    )
    SELECT line, 'forecast: “' || key || '” has other dates, title, category or outcome than before.' AS problem
    FROM estimate JOIN first USING (key)
    WHERE row(title, category, opens_at, closes_at, outcome, known_at, rest) IS DISTINCT FROM held AND NOT unread
    ORDER BY n
"""
_REPEATS = """
    SELECT line, 'made_at: the analyst has another estimate of that time.' AS problem
    FROM (SELECT n, line, row_number() OVER (PARTITION BY key, analyst, made_at ORDER BY n) AS place
        FROM estimate WHERE NOT unread)
    WHERE place > 1 ORDER BY n
"""
_FORECASTS = """
    CREATE TABLE forecast AS
    SELECT key, any_value(title) AS title, any_value(category) AS category, any_value(opens_at) AS opens_at,
        any_value(closes_at) AS closes_at, any_value(outcome) AS outcome, any_value(known_at) AS known_at,
        any_value(rest) AS rest, min(n) AS n
    FROM estimate GROUP BY key ORDER BY n
"""
