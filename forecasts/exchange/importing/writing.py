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

from forecasts.exchange.importing import sql
from forecasts.exchange.importing.binary_copy import EPOCH, HEADER, TRAILER
from forecasts.models import Forecast, Forecaster, Scenario
from forecasts.models.sql import rows
from forecasts.rules.errors import InvalidImport
from forecasts.scoring.rules import GRID
from forecasts.scoring.timeline import microseconds

type Progress = Callable[[int, int], object]
type Ints = npt.NDArray[np.int64]

CHUNK = 100_000


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
    scratch.execute(sql.READY, {"grid": GRID})
    fresh = "ready" if is_first else _unrecorded(scratch, scenario)
    estimates = _copy(scratch, fresh, at, progress)
    touched = _column(scratch, f"SELECT DISTINCT forecast FROM {fresh}")  # noqa: S608
    judged = _add_verdicts(scratch, at, note)
    return Written(judged | set(touched), added, estimates, len(judged))


def _add_forecasts(scratch: duckdb.DuckDBPyConnection, scenario: Scenario) -> int:
    constants = _constants(scenario)
    columns = ["key", "title", "category", "opens_at", "closes_at", "published_at", "resolves_at", *constants]
    values = ["key", "title", "category", "opens_at", "closes_at", "opens_at", "closes_at", *["%s"] * len(constants)]
    named = {"columns": ", ".join(columns), "values": ", ".join(values)}
    added = 0
    told = ("n", "key", "title", "category", "opens", "closes")
    found = scratch.execute("SELECT n, key, title, category, opens_at, closes_at FROM forecast ORDER BY n")
    while chunk := found.fetchmany(CHUNK):
        added += len(rows(sql.FORECASTS.format(**named), [*constants.values(), _json(told, chunk)]))
    return added


def _json(names: tuple[str, ...], held: list[tuple[Any, ...]]) -> str:
    """Rows as one text: far faster to hand over than lists."""
    return json.dumps([dict(zip(names, row, strict=True)) for row in held])


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
    found = scratch.execute("SELECT key, opens_at, closes_at FROM forecast ORDER BY n").fetchall()
    for key, opens, closes in found:
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
    with connection.cursor() as cursor, cursor.copy(sql.COPY_RECORDED.format(scenario=int(scenario.pk))) as copy:
        recorded = sql.RECORDED.unpacked(copy)
    columns = {name: recorded[name].astype(np.int64) for name in sql.RECORDED.columns}
    columns["made_at"] += EPOCH
    _keep(scratch, "recorded", columns)
    if contradicted := scratch.execute(sql.CONTRADICTED).fetchone():
        raise AlreadyRecorded(*contradicted)
    scratch.execute(sql.UNRECORDED)
    return "fresh"


def _keep(scratch: duckdb.DuckDBPyConnection, table: str, columns: dict[str, npt.NDArray[Any]]) -> None:
    scratch.register("given", columns)
    scratch.execute(f"CREATE TABLE {table} AS SELECT * FROM given")  # noqa: S608
    scratch.unregister("given")


def _copy(scratch: duckdb.DuckDBPyConnection, table: str, at: datetime, progress: Progress) -> int:
    total = int(_column(scratch, f"SELECT count(*) FROM {table}")[0])  # noqa: S608
    progress(0, total)
    done = 0
    with connection.cursor() as cursor, cursor.copy(sql.COPY_ESTIMATES) as copy:
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
        yield sql.ESTIMATES.packed(columns | constants), len(found["forecast"])


def _add_verdicts(scratch: duckdb.DuckDBPyConnection, at: datetime, note: str) -> set[int]:
    judged: set[int] = set()
    found = scratch.execute(
        """
        SELECT id, CASE outcome WHEN '1' THEN 'yes' WHEN '0' THEN 'no' ELSE outcome END, known_at
        FROM numbered WHERE outcome <> '' ORDER BY id
        """
    )
    while chunk := found.fetchmany(CHUNK):
        given = _json(("forecast", "outcome", "known"), chunk)
        judged |= {new["forecast_id"] for new in rows(sql.VERDICTS, {"given": given, "at": at, "note": note})}
    return judged


def _column(scratch: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return [value for (value,) in scratch.execute(query).fetchall()]
