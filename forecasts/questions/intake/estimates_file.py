"""Reads estimates.csv: who answered what, when, checked against the forecasts of the same folder."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from forecasts.models import Estimate
from forecasts.models.kinds import KINDS
from forecasts.questions.intake.format import Document
from forecasts.questions.intake.question import Forecast
from forecasts.questions.intake.simple_values import near, safe_text
from forecasts.rules import values
from forecasts.rules.access import TABLE
from forecasts.rules.errors import InvalidScenario
from forecasts.rules.values import RATIONALE_LENGTH, Value

HEADER = ["forecast", "analyst", "made_at", "event", "value", "rationale"]
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?", re.ASCII)
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of estimates.csv."""

    line: int
    forecast: str
    analyst: str
    made_at: datetime
    event: Estimate.Event
    value: Value | None
    rationale: str


def estimates_of(text: str, document: Document) -> Sequence[Row]:
    """The rows in the order of (made_at, line). Raises InvalidScenario with the first faulty line."""
    forecasts = {forecast.id: forecast for forecast in document.forecasts}
    analysts = {person.key for person in document.people if person.role in TABLE["estimate"]}
    found = [_row(line, fields, forecasts, analysts) for line, fields in _lines(text)]
    found.sort(key=lambda row: (row.made_at, row.line))
    _check_sequences(found)
    return found


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if next(reader, []) != HEADER:
            raise _fault(1, f"the header is {','.join(HEADER)}")
        for fields in reader:
            if len(fields) != len(HEADER):
                raise _fault(reader.line_num, f"has {len(fields)} fields instead of {len(HEADER)}")
            if reader.line_num > MOST_ROWS:
                raise _fault(reader.line_num, f"more than {MOST_ROWS:,} lines: see manage.py import_estimates")
            yield reader.line_num, dict(zip(HEADER, fields, strict=True))
    except csv.Error as error:
        raise _fault(reader.line_num, str(error)) from error


def _row(line: int, fields: Mapping[str, str], forecasts: Mapping[str, Forecast], analysts: set[str]) -> Row:
    forecast = forecasts.get(fields["forecast"])
    if forecast is None:
        raise _fault(line, f"forecast: {fields['forecast']!r} is no forecast of scenario.yaml")
    if fields["analyst"] not in analysts:
        raise _fault(line, f"analyst: {fields['analyst']!r} is no one of people who may estimate")
    with _naming(line, "made_at"):
        made_at = _made_at(fields["made_at"], forecast)
    with _naming(line, "event"):
        event = _event(fields["event"])
    with _naming(line, "value"):
        value = _value(fields["value"], event, forecast)
    with _naming(line, "rationale"):
        rationale = _rationale(fields["rationale"])
    return Row(line, forecast.id, fields["analyst"], made_at, event, value, rationale)


@contextmanager
def _naming(line: int, field: str) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise _fault(line, f"{field}: {error}") from error


def _made_at(text: str, forecast: Forecast) -> datetime:
    try:
        made_at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a time such as 2024-12-01T12:00:00Z") from None
    if made_at.tzinfo is None:
        raise ValueError("has no zone")
    near(made_at)
    if made_at < forecast.opens_at:
        raise ValueError(f"lies before the opening, {forecast.opens_at.isoformat()}")
    if made_at >= forecast.closes_at:
        raise ValueError(f"lies after the close, {forecast.closes_at.isoformat()}")
    if forecast.resolution is not None and made_at >= forecast.resolution.recorded_at:
        raise ValueError(f"lies after the resolution, recorded at {forecast.resolution.recorded_at.isoformat()}")
    return made_at


def _event(text: str) -> Estimate.Event:
    if text not in Estimate.Event.values:
        raise ValueError(f"is one of {', '.join(Estimate.Event.values)}")
    return Estimate.Event(text)


def _rationale(text: str) -> str:
    if len(text) > RATIONALE_LENGTH:
        raise ValueError(f"has more than {RATIONALE_LENGTH:,} characters")
    return safe_text(text)


def _value(text: str, event: Estimate.Event, forecast: Forecast) -> Value | None:
    if event != Estimate.Event.UPDATE:
        if text:
            raise ValueError(f"stays empty for {event}")
        return None
    asks = KINDS[forecast.kind]
    if asks.is_yes_or_no:
        return Value(probability=_units(text))
    if asks.has_options:
        return Value(probabilities=_shares(text, forecast))
    return Value(quantiles=_quantiles(text, forecast))


def _units(text: str) -> int:
    """A probability in units of 1/10,000, exact."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is not a probability")
    units = Decimal(text) * values.UNITS
    if not 1 <= units <= values.UNITS - 1 or units != int(units):
        raise ValueError(f"{text} does not lie between 0.0001 and 0.9999 in steps of 0.0001")
    return int(units)


def _parts(text: str, names: Sequence[str], what: str) -> list[str]:
    """The values of `name=value;name=value`, whose names are all there, in their order."""
    pairs = [part.rpartition("=") for part in text.split(";")]
    if [name for name, _, _ in pairs] != list(names):
        raise ValueError(f"names every {what} once, in their order: {';'.join(f'{name}=…' for name in names)}")
    return [value for _, _, value in pairs]


def _shares(text: str, forecast: Forecast) -> tuple[int, ...]:
    shares = tuple(_units(part) for part in _parts(text, forecast.options, "option"))
    if sum(shares) != values.UNITS:
        raise ValueError(f"the probabilities sum to {sum(shares) / values.UNITS:g}, not to 1")
    return shares


def _quantiles(text: str, forecast: Forecast) -> tuple[float, ...]:
    levels = [f"{level:g}" for level in forecast.quantile_levels]
    numbers = tuple(_number(part, forecast) for part in _parts(text, levels, "level"))
    if any(low > high for low, high in pairwise(numbers)):
        raise ValueError("a quantile lies below the one before it")
    offered, read = forecast.range, KINDS[forecast.kind].read
    if offered is not None:
        if not offered.lower_open and numbers[0] < read(offered.lower):
            raise ValueError("a quantile lies below the range, whose lower end is not open")
        if not offered.upper_open and numbers[-1] > read(offered.upper):
            raise ValueError("a quantile lies above the range, whose upper end is not open")
    return numbers


def _number(text: str, forecast: Forecast) -> float:
    asks = KINDS[forecast.kind]
    if asks.is_dated:
        return asks.read(text)
    if not NUMBER.fullmatch(text) or not abs(value := float(text)) < float("inf"):
        raise ValueError(f"{text!r} is not a number")
    return value


def _check_sequences(found: Sequence[Row]) -> None:
    """Per forecast and analyst: what only makes sense after something else, and nothing twice."""
    last: dict[tuple[str, str], Row] = {}
    in_force: set[tuple[str, str]] = set()
    for row in found:
        pair = row.forecast, row.analyst
        before = last.get(pair)
        if before and before.made_at == row.made_at:
            raise _fault(row.line, f"made_at: line {before.line} is of the same forecast, analyst and time")
        if before and before.event == Estimate.Event.DECLINE:
            raise _fault(row.line, f"event: nothing follows the decline of line {before.line}")
        if row.event in (Estimate.Event.REAFFIRM, Estimate.Event.WITHDRAW) and pair not in in_force:
            raise _fault(row.line, f"event: {row.event} needs an estimate in force")
        if row.event == Estimate.Event.UPDATE:
            in_force.add(pair)
        if row.event == Estimate.Event.WITHDRAW:
            in_force.discard(pair)
        last[pair] = row


def _fault(line: int, complaint: str) -> InvalidScenario:
    return InvalidScenario(f"estimates.csv: line {line}: {complaint}")
