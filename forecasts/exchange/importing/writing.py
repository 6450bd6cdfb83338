"""Writes checked estimates: forecasts and verdicts by statements over sets, estimates by binary COPY."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
from django.db import connection

from forecasts.exchange.importing import differing, rest, sql
from forecasts.exchange.importing.binary_copy import EPOCH, HEADER, TRAILER
from forecasts.exchange.importing.differing import Difference
from forecasts.exchange.importing.estimate_files import Opened
from forecasts.exchange.importing.rest import AlreadyRecorded
from forecasts.models import Forecast, Forecaster, Scenario, User
from forecasts.models.sql import rows, run
from forecasts.rules.errors import InvalidImport
from forecasts.scoring.rules import GRID
from forecasts.scoring.timeline import microseconds

type Progress = Callable[[int, int], object]
type Ints = npt.NDArray[np.int64]

CHUNK = 100_000
FROM_FILE = (
    "key", "title", "category", "opens_at", "closes_at", "resolves_at", "kind", "criteria", "unit",
    "options_are_ordered", "range_lower", "range_upper", "lower_is_open", "upper_is_open", "quantile_levels",
)  # fmt: skip
"""Columns of a forecast that a file tells."""


@dataclass(frozen=True, slots=True)
class Written:
    """Forecasts whose scores or counts may change, and how many rows were added."""

    changed: set[int]
    forecasts: int
    estimates: int
    verdicts: int


@dataclass(frozen=True, slots=True)
class Writing:
    """Where to, in whose name, and what was decided: whose each name is, and what differs from what is here."""

    scenario: Scenario
    at: datetime
    note: str
    person: User | None
    people: Mapping[str, User | str]
    differences: Sequence[Difference]


def write(held: Opened, writing: Writing, progress: Progress) -> Written:
    """Write everything that is not there yet, in the transaction of the caller. Raises InvalidImport."""
    scratch, scenario, at = held.scratch, writing.scenario, writing.at
    is_first = not Forecast.objects.filter(scenario=scenario, is_imported=True).exists()
    added = _add_forecasts(scratch, scenario)
    _number_forecasts(scratch, scenario)
    changed = differing.change(scratch, writing.differences, writing.person, at)
    _number_analysts(scratch, writing.people)
    scratch.execute(sql.READY, {"grid": GRID})
    fresh = "ready" if is_first else _unrecorded(scratch, scenario)
    others = rest.unrecorded(scratch, scenario)
    estimates = _copy(scratch, fresh, at, progress) + rest.copy(others, at)
    touched = set(_column(scratch, f"SELECT DISTINCT forecast FROM {fresh}")) | {one.forecast for one in others}  # noqa: S608
    judged = _add_verdicts(scratch, writing)
    return Written(judged | touched | changed, added, estimates, len(judged))


def _add_forecasts(scratch: duckdb.DuckDBPyConnection, scenario: Scenario) -> int:
    constants = _constants(scenario)
    columns = [*FROM_FILE, "published_at", *constants]
    values = [*FROM_FILE, "opens_at", *["%s"] * len(constants)]
    named = {"columns": ", ".join(columns), "values": ", ".join(values)}
    added = 0
    told = ("n", "key", "title", "category", "opens", "closes")
    found = scratch.execute("SELECT n, key, title, category, opens_at, closes_at, rest FROM forecast ORDER BY n")
    while chunk := found.fetchmany(CHUNK):
        given = [json.loads(one[-1] or "{}") | dict(zip(told, one, strict=False)) for one in chunk]
        text = json.dumps(given)
        added += len(rows(sql.FORECASTS.format(**named), [*constants.values(), text]))
        if any("options" in one for one in given):
            run(sql.OPTIONS, {"given": text, "scenario": scenario.pk})
    return added


def _json(names: tuple[str, ...], held: list[tuple[Any, ...]]) -> str:
    """Rows as one text: far faster to hand over than lists."""
    return json.dumps([dict(zip(names, row, strict=True)) for row in held])


def _constants(scenario: Scenario) -> dict[str, Any]:
    """Columns of a forecast that the file does not tell, with the values that the model gives them."""
    blank = Forecast(scenario=scenario, is_imported=True)
    told = {"id", "published_at", *FROM_FILE}
    fields = [field for field in Forecast._meta.concrete_fields if field.column not in told]
    given = {field.column: field.get_db_prep_save(getattr(blank, field.attname), connection) for field in fields}
    return {column: value for column, value in given.items() if column is not None and value is not None}


def _number_forecasts(scratch: duckdb.DuckDBPyConnection, scenario: Scenario) -> None:
    """Give each forecast of the file its id. Raises InvalidImport where the scenario has another of that name."""
    known = Forecast.objects.filter(scenario=scenario).values_list("key", "pk", "is_imported", "kind")
    by_key = {key: (pk, ours, kind) for key, pk, ours, kind in known.iterator()}
    keys, ids = [], []
    for key, rest_of in scratch.execute("SELECT key, rest FROM forecast ORDER BY n").fetchall():
        pk, is_imported, kind = by_key[key]
        if not is_imported:
            raise InvalidImport(f"The scenario has a forecast “{key}” already, which was not imported.")
        if json.loads(rest_of or "{}").get("kind", "binary") != kind:
            raise InvalidImport(f"The scenario has a forecast “{key}” already, of another kind.")
        keys.append(key)
        ids.append(pk)
    numbers = {"key": np.array(keys, dtype=object), "id": np.array(ids, dtype=np.int64)}
    _keep(scratch, "number", numbers)
    scratch.execute("CREATE TABLE numbered AS SELECT * FROM forecast JOIN number USING (key)")


def _number_analysts(scratch: duckdb.DuckDBPyConnection, people: Mapping[str, User | str]) -> None:
    """Give each analyst of the file the id of a forecaster: an account's, or that of a name."""
    given = _column(scratch, "SELECT DISTINCT analyst FROM estimate ORDER BY 1")
    whose = {name: people.get(name, name) for name in given}
    names = sorted({one for one in whose.values() if isinstance(one, str)})
    analyst = Forecaster.Kind.ANALYST
    Forecaster.objects.bulk_create([Forecaster(kind=analyst, name=name) for name in names], ignore_conflicts=True)
    ids = dict(Forecaster.objects.filter(kind=analyst, user=None, name__in=names).values_list("name", "pk"))
    numbers = [ids[one] if isinstance(one, str) else Forecaster.objects.of(one).pk for one in whose.values()]
    _keep(scratch, "person", {"name": np.array(given, dtype=object), "id": np.array(numbers, dtype=np.int64)})


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


def _add_verdicts(scratch: duckdb.DuckDBPyConnection, writing: Writing) -> set[int]:
    """Outcomes of forecasts that have none yet, and of those that are to change."""
    judged: set[int] = set()
    kept = {one.forecast for one in writing.differences if one.what == "outcome" and not one.changes}
    found = scratch.execute("SELECT id, outcome, known_at, rest FROM numbered WHERE outcome <> '' ORDER BY id")
    said = {"at": writing.at, "note": writing.note, "person": writing.person.pk if writing.person else None}
    while chunk := found.fetchmany(CHUNK):
        new = [(*one[:3], json.loads(one[3] or "{}").get("value")) for one in chunk if one[0] not in kept]
        given = _json(("forecast", "outcome", "known", "value"), new)
        judged |= {row["forecast_id"] for row in rows(sql.VERDICTS, {"given": given, **said})}
    return judged


def _column(scratch: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return [value for (value,) in scratch.execute(query).fetchall()]
