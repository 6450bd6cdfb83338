"""Reads and writes contributions."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from forecasts.models import Contribution
from forecasts.scores.scorekeeping import sql
from forecasts.scores.scorekeeping.contribution_rows import ESTIMANDS, Row
from forecasts.scores.scorekeeping.sql import among

_COLUMNS = (
    "forecast_id",
    "forecaster_id",
    "estimand",
    "probabilities",
    "weights",
    "lead_times",
    "outcome",
    "score_sums",
    "withdrawn",
    "scenario_id",
    "category",
    "source_id",
    "month",
    "matured_at",
    "forecaster_kind",
    "forecaster__method",
    "situation",
)


def stored_rows(forecasts: Iterable[int]) -> list[Row]:
    """The contributions that these forecasts have in the tallies now."""
    return list(rows_from(Contribution.objects.filter(forecast__in=among(forecasts))))


def rows_from(contributions: QuerySet[Contribution]) -> Iterator[Row]:
    """Stored contributions as rows."""
    return map(_row, contributions.values_list(*_COLUMNS))


def _row(values: tuple[Any, ...]) -> Row:
    forecast, forecaster, estimand, probabilities, weights, lead_times, outcome, sums, *rest = values
    arrays = (tuple(probabilities), tuple(weights), tuple(lead_times))
    exact = {name: (n, s) for name, (n, s) in sums.items()}
    return Row(forecast, forecaster, ESTIMANDS.index(estimand), *arrays, outcome, exact, *rest)


def replace_rows(forecasts: Sequence[int], rows: Sequence[Row]) -> None:
    """These rows instead of whatever the forecasts had."""
    if forecasts:
        Contribution.objects.filter(forecast__in=among(forecasts)).delete()
    with connection.cursor() as cursor, cursor.copy(sql.COPY) as copy:
        for chunk in batched(rows, 10_000):
            copy.write("".join(map(_line, chunk)))


def _line(row: Row) -> str:
    """A row as COPY reads it: far faster than to have the driver adapt every list."""
    sums = json.dumps(row.score_sums).replace("\\", "\\\\") if row.score_sums else "{}"
    outcome = "\\N" if row.outcome is None else row.outcome
    source = "\\N" if row.source is None else row.source
    return (
        f"{row.forecast}\t{row.forecaster}\t{ESTIMANDS[row.estimand]}\t{_array(row.probabilities)}\t"
        f"{_array(row.weights)}\t{_array(row.lead_times)}\t{outcome}\t{sums}\t{row.withdrawn}\t{row.scenario}\t"
        f"{row.category}\t{source}\t{row.month}\t{row.matured_at}\t{row.kind}\t{_text(row.situation)}\n"
    )


def _text(situation: str) -> str:
    return situation.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def _array(numbers: tuple[int, ...]) -> str:
    if len(numbers) == 1:
        return f"{{{numbers[0]}}}"
    return "{" + ",".join(map(str, numbers)) + "}"
