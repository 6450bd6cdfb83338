"""The references' estimates: facts made at the opening and at each new vintage, without looking ahead."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from forecasts.evidence.references import (
    ALWAYS_50,
    METHODS,
    Known,
    answers,
    as_number,
    probabilities,
    probability,
    quantiles,
)
from forecasts.evidence.spec import Answer
from forecasts.models import Estimate, Forecast, Forecaster
from forecasts.rules import values
from forecasts.rules.values import Value


def estimates_of(known: Sequence[tuple[Forecast, Known]], at: datetime) -> int:
    """Write what each reference says of forecasts that are open, where it says another thing than before."""
    is_open = set(Forecast.objects.open(at).filter(pk__in=[one.pk for one, _ in known]).values_list("pk", flat=True))
    speakers = {method: Forecaster.objects.reference(method) for method in METHODS}
    before = _in_force(is_open, at)
    rows = []
    for forecast, held in known:
        for method, speaker in speakers.items() if forecast.pk in is_open else ():
            value = value_of(forecast, held, method)
            if value is not None and value != before.get((forecast.pk, speaker.pk)):
                rows.append(_row(forecast, speaker, value, at))
    return len(Estimate.objects.bulk_create(rows))


def value_of(forecast: Forecast, known: Known, method: str) -> Value | None:
    """What a method says of a forecast; None where it has too little to go by."""
    found = answers(known, method)
    if not found and method != ALWAYS_50:
        return None
    return SAID[forecast.asks.column](forecast, known, method, found)


def _probability(forecast: Forecast, known: Known, method: str, found: list[Answer]) -> Value:
    return values.binary(0.5 if method == ALWAYS_50 else _clipped(probability(found, "yes")))


def _probabilities(forecast: Forecast, known: Known, method: str, found: list[Answer]) -> Value:
    return values.choice(forecast, probabilities(found, list(forecast.options.values_list("label", flat=True))))


def _quantiles(forecast: Forecast, known: Known, method: str, found: list[Answer]) -> Value | None:
    """None of equal chances, which a quantity has not."""
    if method == ALWAYS_50:
        return None
    numbers = quantiles([as_number(answer, known.spec) for answer in found], forecast.quantile_levels)
    return values.quantiles(forecast, [_in_range(forecast, number) for number in numbers])


SAID: Mapping[str, Callable[[Forecast, Known, str, list[Answer]], Value | None]] = {
    "probability": _probability,
    "probabilities": _probabilities,
    "quantiles": _quantiles,
}
"""By the column that holds the value."""


def _clipped(chance: float) -> float:
    return min(max(chance, 1 / values.UNITS), 1 - 1 / values.UNITS)


def _in_range(forecast: Forecast, number: float) -> float:
    lower = forecast.range_lower if not forecast.lower_is_open else None
    upper = forecast.range_upper if not forecast.upper_is_open else None
    number = number if lower is None else max(number, lower)
    return number if upper is None else min(number, upper)


def _in_force(forecasts: set[int], at: datetime) -> dict[tuple[int, int], Value]:
    held = Estimate.references.filter(forecast__in=forecasts).in_force(at)
    return {(one.forecast_id, one.forecaster_id): Value.of(one) for one in held}


def _row(forecast: Forecast, speaker: Forecaster, value: Value, at: datetime) -> Estimate:
    return Estimate(
        forecast=forecast,
        forecaster=speaker,
        made_at=at,
        recorded_at=at,
        **value.columns,
        channel=Estimate.Channel.COMPUTED,
        criteria_version=forecast.version,
    )
