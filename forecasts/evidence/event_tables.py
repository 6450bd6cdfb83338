"""Reads a feed's file into a table of typed events with DuckDB, which streams: memory stays small whatever the file."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from forecasts.evidence.feed import Feed, Limit, Measure, Text
from forecasts.evidence.feeds import feeds
from forecasts.evidence.opening import Plain, plain, with_even_lines
from forecasts.rules.errors import InvalidVintage

MEMORY = "300MB"
MOST_SHOWN = 10
_STATE = "state machine reached an invalid state"
_ISO = r"^\d{4}-\d\d-\d\d([T ].*)?$"


@dataclass(frozen=True)
class Column:
    """A column of the event table: its name, the SQL that makes it, and the SQL that says what is wrong with it."""

    name: str
    value: str
    problem: str = "NULL"
    given: str = ""
    called: str = ""
    """What the file calls it."""


@contextmanager
def scratch(memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A throw-away database on disk, so that what outgrows the memory spills."""
    with TemporaryDirectory(prefix="reckoner-evidence-") as folder:
        database = duckdb.connect(str(Path(folder) / "scratch.duckdb"))
        try:
            database.execute(f"SET memory_limit = '{memory}'; SET threads = 2; SET TimeZone = 'UTC'")
            yield database
        finally:
            database.close()


def read(database: duckdb.DuckDBPyConnection, path: Path, feed: Feed) -> None:
    """Make the table `event` out of a file, a row for each event. Raises InvalidVintage, naming line and column."""
    with TemporaryDirectory(prefix="reckoner-evidence-") as folder:
        file = plain(path, Path(folder))
        columns = _columns(feed, _recognised(file, feed))
        try:
            _load(database, file, columns)
        except duckdb.Error as error:
            if _STATE not in str(error):
                raise InvalidVintage(f"{file.name}, {_where_of(str(error), file)}") from error
            _load_rewritten(database, file, columns, Path(folder))
        _drop_tags(database)
        _refuse(database, file, columns)
    for column in columns:
        if column.given:
            database.execute(f"ALTER TABLE event DROP COLUMN {column.name}_given")


def _recognised(file: Plain, feed: Feed) -> list[str]:
    """The columns of the file. Raises InvalidVintage where it lacks what the feed needs; says whose it seems to be."""
    has = set(file.columns)
    if repeated := {name for name in file.columns if name and file.columns.count(name) > 1}:
        raise InvalidVintage(f"{file.name}, line 1: the column {', '.join(sorted(repeated))} stands there twice.")
    missing = [" or ".join(names) for names in _needed(feed) if not has & set(names)]
    if not missing:
        return file.columns
    others = [other for other in feeds().values() if other.name != feed.name and has >= set(other.marks)]
    hint = f" It looks like a file of the feed {others[0].name}." if others else ""
    raise InvalidVintage(f"{file.name}, line 1: not a file of {feed.name}: it lacks {', '.join(missing)}.{hint}")


def _needed(feed: Feed) -> list[tuple[str, ...]]:
    texts = [text for text in feed.texts if not text.optional]
    separate = [(column,) for text in texts if text.any_of for column in text.columns]
    together = [text.columns for text in texts if not text.any_of]
    measures = [(measure.column,) for measure in feed.measures if measure.column]
    place = [(column,) for column in feed.place or ()]
    limits = [limit.columns for limit in feed.limits]
    return [feed.ids[:1], feed.starts, feed.ends, *together, *separate, *limits, *measures, *place]


def _columns(feed: Feed, has: list[str]) -> list[Column]:
    """Every column of the event table that this file can fill."""
    found = [
        Column("id", f"concat_ws('/', {', '.join(_quoted(name) for name in feed.ids if name in has)})"),
        _day("starts", feed.starts, has),
        _day("ends", feed.ends, has),
    ]
    for text in feed.texts:
        found += _text(text, has)
    found += [_limit(limit, has) for limit in feed.limits]
    found += [_measure(measure) for measure in feed.measures]
    if feed.place:
        found += [_degrees("latitude", feed.place[0], 90), _degrees("longitude", feed.place[1], 180)]
    names = {column.name for column in found}
    found += [Column(name, _given((name,), has)) for name in feed.details if name in has and name not in names]
    return found


def any_of_columns(text: Text) -> list[str]:
    """The event table's columns of a field that any of several may hold."""
    return [f"{text.name}_{number}" for number in range(1, len(text.columns) + 1)]


def _text(text: Text, has: list[str]) -> list[Column]:
    if text.any_of:
        names = zip(any_of_columns(text), text.columns, strict=True)
        return [Column(name, _given((column,), has)) for name, column in names]
    given = _given(text.columns, has)
    if not text.codes:
        return [Column(text.name, given)]
    cases = " ".join(f"WHEN '{code}' THEN '{said}'" for code, said in text.codes.items())
    value = f"CASE trim({given}) {cases} ELSE NULL END"
    allowed = ", ".join(text.codes)
    return [
        Column(
            text.name, value, f"CASE WHEN {text.name} IS NULL THEN 'it is one of {allowed}' END", given, text.columns[0]
        )
    ]


def _day(name: str, columns: tuple[str, ...], has: list[str]) -> Column:
    given = _given(columns, has)
    value = (
        f"CASE WHEN regexp_matches(trim({given}), '{_ISO}', 's') THEN TRY_CAST(left(trim({given}), 10) AS DATE) "
        f"ELSE TRY_STRPTIME(trim({given}), '%d %B %Y')::DATE END"
    )
    order = "WHEN ends < starts THEN 'it lies before the day on which the event starts, ' || starts::VARCHAR"
    late = order if name == "ends" else ""
    problem = f"CASE WHEN {name} IS NULL THEN 'it is no day such as 2018-09-01' {late} END"
    return Column(name, value, problem, given, columns[0])


def _limit(limit: Limit, has: list[str]) -> Column:
    given = _given(limit.columns, has)
    value = f"TRY_CAST(TRY_CAST(trim({given}) AS DOUBLE) AS SMALLINT)"
    problem = (
        f"CASE WHEN {limit.name}_given IS NOT NULL AND coalesce(TRY_CAST(trim({limit.name}_given) AS DOUBLE)"
        f" <> {limit.name} OR {limit.name} NOT BETWEEN 0 AND 99, true)"
        f" THEN 'it is no code from 1 to {limit.highest}' END"
    )
    return Column(limit.name, value, problem, given, limit.columns[0])


def _measure(measure: Measure) -> Column:
    if not measure.column:
        return Column(measure.name, "1::BIGINT")
    given = _quoted(measure.column)
    value = f"TRY_CAST(TRY_CAST(trim({given}) AS DOUBLE) AS BIGINT)"
    problem = (
        f"CASE WHEN {measure.name}_given IS NOT NULL AND coalesce(TRY_CAST(trim({measure.name}_given) AS DOUBLE)"
        f" <> {measure.name} OR {measure.name} < 0, true) THEN 'it is no whole number from 0 on' END"
    )
    return Column(measure.name, value, problem, given, measure.column)


def _degrees(name: str, column: str, most: int) -> Column:
    given = _quoted(column)
    problem = (
        f"CASE WHEN {name}_given IS NOT NULL AND coalesce(abs({name}) > {most}, true) OR isnan({name})"
        f" THEN 'it is no number of degrees from -{most} to {most}' END"
    )
    return Column(name, f"TRY_CAST(trim({given}) AS DOUBLE)", problem, given, column)


def _given(columns: tuple[str, ...], has: list[str]) -> str:
    """SQL: what stands in the first of these columns that holds anything."""
    present = [f"nullif({_quoted(column)}, '')" for column in columns if column in has]
    return f"coalesce({', '.join(present)})" if present else "NULL::VARCHAR"


def _quoted(name: str) -> str:
    return '"raw_' + name.replace('"', '""') + '"'


def _load(database: duckdb.DuckDBPyConnection, file: Plain, columns: list[Column]) -> None:
    names = ", ".join("'raw_" + name.replace("'", "''") + "': 'VARCHAR'" for name in file.columns)
    values = [f"{column.value} AS {column.name}" for column in columns]
    values += [f"{column.given} AS {column.name}_given" for column in columns if column.given]
    database.execute(
        f"CREATE TABLE event AS SELECT row_number() OVER () AS n, {', '.join(values)} "  # noqa: S608 -- our own names
        f"FROM read_csv($path, auto_detect = false, header = true, delim = '{file.delimiter}', quote = '\"', "
        f"escape = '\"', columns = {{{names}}})",
        {"path": str(file.path)},
    )


def _load_rewritten(database: duckdb.DuckDBPyConnection, file: Plain, columns: list[Column], folder: Path) -> None:
    """Lines that end in more than one way, as where files were put together, are beyond DuckDB: write them alike."""
    even = with_even_lines(file, folder)
    try:
        _load(database, even, columns)
    except duckdb.Error as error:
        raise InvalidVintage(f"{file.name}, {_where_of(str(error), file)}") from error


def _drop_tags(database: duckdb.DuckDBPyConnection) -> None:
    """HDX files say what each column holds in a first row of HXL tags."""
    database.execute("DELETE FROM event WHERE n = 1 AND starts_given LIKE '#%'")


def _refuse(database: duckdb.DuckDBPyConnection, file: Plain, columns: list[Column]) -> None:
    """Raise InvalidVintage with the first rows and columns that hold what they should not."""
    checked = [column for column in columns if column.problem != "NULL"]
    found = " UNION ALL ".join(
        f"SELECT n, {place} AS place, '{column.called}' AS name, "  # noqa: S608 -- our own names
        f"{column.problem} AS problem, {column.name}_given AS given FROM event"
        for place, column in enumerate(checked)
    )
    rows = database.execute(
        f"SELECT n, name, problem, given FROM ({found}) "  # noqa: S608 -- our own names
        f"WHERE problem IS NOT NULL ORDER BY n, place LIMIT {MOST_SHOWN}"
    ).fetchall()
    if rows:
        raise InvalidVintage("\n".join(_said(file, *row) for row in rows))
    if database.execute("SELECT count(*) FROM event").fetchall() == [(0,)]:
        raise InvalidVintage(f"{file.name}: the file has no events.")


def _said(file: Plain, row: int, name: str, problem: str, given: str | None) -> str:
    shown = "empty" if given is None else f"“{given[:60]}”"
    return f"{file.name}, line {file.line_of(row)}, column {name}: {problem}; got {shown}."


def _where_of(message: str, file: Plain) -> str:
    """What DuckDB says of a row that it could not read, without its advice."""
    line = re.search(r"[Ll]ine: (\d+)", message)
    columns = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if columns:
        last = file.columns[min(int(columns[2]), len(file.columns)) - 1]
        reason = f"{columns[1]} columns were expected, {columns[2]} found; the row ends in or behind column {last}."
    elif "unterminated quote" in message:
        reason = "a quoted text does not end; the file may be torn."
    else:
        reason = message.partition("\n")[0]
    # DuckDB counts rows here: a text that runs over several lines is one to it.
    return f"line {file.line_of(int(line[1]) - 1)}: {reason}" if line else reason
