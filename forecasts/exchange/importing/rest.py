"""Estimates that are more than one probability at one time: of options and quantities, withdrawn, with a rationale."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb
from django.db import connection

from forecasts.exchange.importing import sql
from forecasts.models import Estimate, Scenario
from forecasts.models.kinds import EPOCH, KINDS
from forecasts.rules.errors import InvalidImport
from forecasts.scoring.rules import GRID
from forecasts.scoring.timeline import microseconds


class AlreadyRecorded(InvalidImport):
    """A row gives another probability than the one that was recorded for the same moment."""

    def __init__(self, line: int, probability: int | None) -> None:
        super().__init__(line, probability)
        self.line = line
        value = "another value" if probability is None else f"{probability / GRID:g}"
        self.problem = f"probability: this estimate is recorded already, with {value}."


@dataclass(frozen=True, slots=True)
class Answer:
    """One of them, as it is recorded."""

    forecast: int
    forecaster: int
    made_at: int
    event: str
    probability: int | None
    rationale: str
    probabilities: Sequence[int] | None
    quantiles: Sequence[float] | None

    @property
    def value(self) -> Any:
        return self.event, self.probability, self.probabilities, self.quantiles


def unrecorded(scratch: duckdb.DuckDBPyConnection, scenario: Scenario) -> list[Answer]:
    """Those of the file that are not here yet. Raises AlreadyRecorded where one is, with another value."""
    found = scratch.execute(sql.REST_READY, {"grid": GRID}).fetchall()
    recorded = _recorded(scenario) if found else {}
    fresh = []
    for *one, numbers, about, line in found:
        given = json.loads(numbers) if numbers else None
        column = KINDS[json.loads(about or "{}").get("kind", "binary")].column
        values = (given if column == one_column else None for one_column in ("probabilities", "quantiles"))
        answer = Answer(*one, *values)
        held = recorded.get((answer.forecast, answer.forecaster, answer.made_at))
        if held is None:
            fresh.append(answer)
        elif held != answer.value:
            raise AlreadyRecorded(line, held[1])
    return fresh


def _recorded(scenario: Scenario) -> dict[tuple[int, int, int], Any]:
    here = Estimate.objects.filter(forecast__scenario=scenario, forecast__is_imported=True)
    columns = ("forecast_id", "forecaster_id", "made_at", "event", "probability", "probabilities", "quantiles")
    return {
        (forecast, forecaster, microseconds(made_at)): tuple(value)
        for forecast, forecaster, made_at, *value in here.values_list(*columns).iterator()
    }


def copy(answers: Sequence[Answer], at: datetime) -> int:
    """Write them, and return how many."""
    with connection.cursor() as cursor, cursor.copy(sql.COPY_REST) as rows:
        for one in answers:
            made_at = EPOCH + timedelta(microseconds=one.made_at)
            rows.write_row(
                (
                    one.forecast, one.forecaster, made_at, at, one.event, "import", 1, False, "", "", "",
                    one.probability, one.probabilities, one.quantiles, one.rationale,
                )
            )  # fmt: skip
    return len(answers)
