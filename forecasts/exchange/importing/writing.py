"""Writes checked estimates: forecasts and verdicts by statements over sets, estimates by binary COPY."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
from django.db import connection

from forecasts.exchange.importing.binary_copy import EPOCH, HEADER, TRAILER, Layout
from forecasts.models import Forecast, Forecaster, Scenario, standing
from forecasts.rules.errors import InvalidImport
from forecasts.scoring.rules import GRID
from forecasts.scoring.timeline import microseconds

type Progress = Callable[[int, int], object]
type Ints = npt.NDArray[np.int64]

CHUNK = 100_000
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

_RECORDED = Layout({"forecast": ">i8", "forecaster": ">i8", "made_at": ">i8", "probability": ">i2"})
_COPY_RECORDED = """
    COPY (SELECT forecast_id, forecaster_id, made_at, probability FROM forecasts_estimate
        WHERE forecast_id IN (SELECT id FROM forecasts_forecast WHERE scenario_id = {scenario} AND is_imported)
            AND probability IS NOT NULL)
    TO STDOUT (FORMAT BINARY)
"""
_FORECASTS = """
    INSERT INTO forecasts_forecast ({columns})
    SELECT {values} FROM (
        SELECT n, key, title, category, TIMESTAMPTZ 'epoch' + opens * INTERVAL '1 microsecond' AS opens_at,
            TIMESTAMPTZ 'epoch' + closes * INTERVAL '1 microsecond' AS closes_at
        FROM json_to_recordset(%s) d (n bigint, key text, title text, category text, opens bigint, closes bigint)
    ) given ORDER BY n
    ON CONFLICT (scenario_id, key) DO NOTHING
"""
_VERDICTS = f"""
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
_READY = """
    CREATE TABLE ready AS
    SELECT f.id AS forecast, p.id AS forecaster, e.made_at, round(e.probability * $grid)::BIGINT AS probability, e.n
    FROM estimate e JOIN numbered f USING (key) JOIN person p ON p.name = e.analyst
    ORDER BY f.id, p.id, e.made_at
"""
_CONTRADICTED = """
    SELECT y.n, r.probability FROM ready y JOIN recorded r USING (forecast, forecaster, made_at)
    WHERE y.probability <> r.probability ORDER BY y.n
"""
_UNRECORDED = """
    CREATE TABLE fresh AS SELECT y.* FROM ready y ANTI JOIN recorded r USING (forecast, forecaster, made_at)
"""


@dataclass(frozen=True, slots=True)
class Written:
    """Forecasts whose scores or counts may change, and how many rows were added."""

    changed: set[int]
    forecasts: int
    estimates: int
    verdicts: int


class AlreadyRecorded(InvalidImport):
    """A row gives another probability than the one that was recorded for the same moment."""

    def __init__(self, row: int, probability: int) -> None:
        super().__init__(row, probability)
        self.row = row
        self.problem = f"probability: this estimate is recorded already, with {probability / GRID:g}."


def write(
    scratch: duckdb.DuckDBPyConnection, scenario: Scenario, at: datetime, note: str, progress: Progress
) -> Written:
    """Write everything that is not there yet, in the transaction of the caller. Raises InvalidImport."""
    is_first = not Forecast.objects.filter(scenario=scenario, is_imported=True).exists()
    added = _add_forecasts(scratch, scenario)
    _number_forecasts(scratch, scenario)
    _number_analysts(scratch)
    scratch.execute(_READY, {"grid": GRID})
    fresh = "ready" if is_first else _unrecorded(scratch, scenario)
    estimates = _copy(scratch, fresh, at, progress)
    touched = _column(scratch, f"SELECT DISTINCT forecast FROM {fresh}")  # noqa: S608
    judged = _add_verdicts(scratch, at, note)
    return Written(judged | set(touched), added, estimates, len(judged))


def _add_forecasts(scratch: duckdb.DuckDBPyConnection, scenario: Scenario) -> int:
    constants = _constants(scenario)
    columns = ["key", "title", "category", "opens_at", "closes_at", "published_at", "resolves_at", *constants]
    values = ["key", "title", "category", "opens_at", "closes_at", "opens_at", "closes_at", *["%s"] * len(constants)]
    sql = _FORECASTS.format(columns=", ".join(columns), values=", ".join(values))
    added = 0
    told = ("n", "key", "title", "category", "opens", "closes")
    found = scratch.execute("SELECT n, key, title, category, opens_at, closes_at FROM forecast ORDER BY n")
    with connection.cursor() as cursor:
        while rows := found.fetchmany(CHUNK):
            cursor.execute(sql, [*constants.values(), _json(told, rows)])
            added += cursor.rowcount
    return added


def _json(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    """Rows as one text: far faster to hand over than lists."""
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows])


def _constants(scenario: Scenario) -> dict[str, Any]:
    """Columns of a forecast that the file does not tell, with the values that the model gives them."""
    blank = Forecast(scenario=scenario, is_imported=True)
    told = {"id", "key", "title", "category", "opens_at", "closes_at", "published_at", "resolves_at"}
    fields = [field for field in Forecast._meta.concrete_fields if field.column not in told]
    given = {field.column: field.get_db_prep_save(getattr(blank, field.attname), connection) for field in fields}
    return {column: value for column, value in given.items() if column is not None and value is not None}


def _number_forecasts(scratch: duckdb.DuckDBPyConnection, scenario: Scenario) -> None:
    """Give each forecast of the file its id. Raises InvalidImport where the scenario has another of that name."""
    known = Forecast.objects.filter(scenario=scenario).values_list("key", "pk", "is_imported", "opens_at", "closes_at")
    by_key = {key: (pk, ours, (opens, closes)) for key, pk, ours, opens, closes in known.iterator()}
    keys, ids = [], []
    rows = scratch.execute("SELECT key, opens_at, closes_at FROM forecast ORDER BY n").fetchall()
    for key, opens, closes in rows:
        pk, is_imported, dates = by_key[key]
        if not is_imported:
            raise InvalidImport(f"The scenario has a forecast “{key}” already, which was not imported.")
        if [opens, closes] != [microseconds(moment) for moment in dates if moment]:
            raise InvalidImport(f"The scenario has a forecast “{key}” already, with other dates.")
        keys.append(key)
        ids.append(pk)
    numbers = {"key": np.array(keys, dtype=object), "id": np.array(ids, dtype=np.int64)}
    _keep(scratch, "number", numbers)
    scratch.execute("CREATE TABLE numbered AS SELECT * FROM forecast JOIN number USING (key)")


def _number_analysts(scratch: duckdb.DuckDBPyConnection) -> None:
    names = _column(scratch, "SELECT DISTINCT analyst FROM estimate ORDER BY 1")
    analyst = Forecaster.Kind.ANALYST
    Forecaster.objects.bulk_create([Forecaster(kind=analyst, name=name) for name in names], ignore_conflicts=True)
    ids = dict(Forecaster.objects.filter(kind=analyst, user=None, name__in=names).values_list("name", "pk"))
    numbers = np.array([ids[name] for name in names], dtype=np.int64)
    _keep(scratch, "person", {"name": np.array(names, dtype=object), "id": numbers})


def _unrecorded(scratch: duckdb.DuckDBPyConnection, scenario: Scenario) -> str:
    """Leave out what is recorded already. Raises AlreadyRecorded where that is another value."""
    with connection.cursor() as cursor, cursor.copy(_COPY_RECORDED.format(scenario=int(scenario.pk))) as copy:
        rows = _RECORDED.unpacked(copy)
    columns = {name: rows[name].astype(np.int64) for name in _RECORDED.columns}
    columns["made_at"] += EPOCH
    _keep(scratch, "recorded", columns)
    if contradicted := scratch.execute(_CONTRADICTED).fetchone():
        raise AlreadyRecorded(*contradicted)
    scratch.execute(_UNRECORDED)
    return "fresh"


def _keep(scratch: duckdb.DuckDBPyConnection, table: str, columns: dict[str, npt.NDArray[Any]]) -> None:
    scratch.register("given", columns)
    scratch.execute(f"CREATE TABLE {table} AS SELECT * FROM given")  # noqa: S608
    scratch.unregister("given")


def _copy(scratch: duckdb.DuckDBPyConnection, table: str, at: datetime, progress: Progress) -> int:
    total = int(_column(scratch, f"SELECT count(*) FROM {table}")[0])  # noqa: S608
    progress(0, total)
    done = 0
    with connection.cursor() as cursor, cursor.copy(COPY_ESTIMATES) as copy:
        copy.write(HEADER)
        for chunk, size in packed(scratch, table, at, total):
            copy.write(chunk)
            done += size
            progress(done, total)
        copy.write(TRAILER)
    return total


def packed(scratch: duckdb.DuckDBPyConnection, table: str, at: datetime, total: int) -> Iterator[tuple[bytes, int]]:
    """The rows of a table as chunks of binary COPY, each with its number of rows."""
    constants: dict[str, int | bytes | bool] = {
        "recorded_at": microseconds(at) - EPOCH,
        "event": b"update",
        "channel": b"import",
        "criteria_version": 1,
        "is_demo": False,
    }
    for start in range(0, total, CHUNK):
        found = scratch.execute(
            f"SELECT forecast, forecaster, made_at, probability FROM {table} WHERE rowid >= ? AND rowid < ?",  # noqa: S608
            [start, start + CHUNK],
        ).fetchnumpy()
        columns: dict[str, Ints | int | bytes | bool] = {
            "forecast_id": found["forecast"],
            "forecaster_id": found["forecaster"],
            "made_at": found["made_at"] - EPOCH,
            "probability": found["probability"],
        }
        yield ESTIMATES.packed(columns | constants), len(found["forecast"])


def _add_verdicts(scratch: duckdb.DuckDBPyConnection, at: datetime, note: str) -> set[int]:
    judged: set[int] = set()
    found = scratch.execute(
        """
        SELECT id, CASE outcome WHEN '1' THEN 'yes' WHEN '0' THEN 'no' ELSE outcome END, known_at
        FROM numbered WHERE outcome <> '' ORDER BY id
        """
    )
    with connection.cursor() as cursor:
        while rows := found.fetchmany(CHUNK):
            given = _json(("forecast", "outcome", "known"), rows)
            cursor.execute(_VERDICTS, {"given": given, "at": at, "note": note})
            judged |= {pk for (pk,) in cursor.fetchall()}
    return judged


def _column(scratch: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return [value for (value,) in scratch.execute(sql).fetchall()]
