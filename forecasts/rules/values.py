"""The value of an estimate: one probability, one for each option, or quantiles. Checked against its forecast."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from forecasts.models import Estimate, Forecast
from forecasts.rules.errors import InvalidValue

UNITS = 10_000
RATIONALE_LENGTH = 10_000


@dataclass(frozen=True, slots=True)
class Value:
    """Exactly one of the three, by the forecast's kind. Probabilities in units of 1/10,000."""

    probability: int | None = None
    probabilities: tuple[int, ...] | None = None
    quantiles: tuple[float, ...] | None = None

    @classmethod
    def of(cls, estimate: Estimate) -> Self:
        probabilities, quantiles = estimate.probabilities, estimate.quantiles
        return cls(
            estimate.probability,
            None if probabilities is None else tuple(probabilities),
            None if quantiles is None else tuple(quantiles),
        )

    @property
    def columns(self) -> dict[str, Any]:
        """As an estimate holds it."""
        return {
            "probability": self.probability,
            "probabilities": None if self.probabilities is None else list(self.probabilities),
            "quantiles": None if self.quantiles is None else list(self.quantiles),
        }


def units(probability: float, field: str = "probability", *, imported: bool = False) -> int:
    """A probability from 0 to 1 in units of 1/10,000.

    People enter 0.0001 to 0.9999; imports may hold 0 and 1. Raises InvalidValue.

    >>> units(0.35)
    3500
    """
    lowest, highest = (0, UNITS) if imported else (1, UNITS - 1)
    if not _is_number(probability):
        raise InvalidValue(field, "A probability is a number.")
    whole = round(probability * UNITS)
    if not lowest <= whole <= highest or not 0 <= probability <= 1:
        raise InvalidValue(
            field,
            f"A probability lies between {lowest / UNITS:g} and {highest / UNITS:g}; got {probability:g}.",
        )
    return whole


def binary(probability: float) -> Value:
    return Value(probability=units(probability))


def choice(forecast: Forecast, probabilities: Sequence[float]) -> Value:
    """One probability for each option, in their order, summing to one."""
    field = "probabilities"
    count = forecast.options.count()
    if len(probabilities) != count:
        raise InvalidValue(field, f"This forecast has {count} options; got {len(probabilities)} probabilities.")
    if not all(_is_number(p) and 0 <= p <= 1 for p in probabilities):
        raise InvalidValue(field, "Each probability is a number from 0 to 1.")
    total = math.fsum(probabilities)
    if abs(total - 1) > 0.001:
        raise InvalidValue(field, f"The probabilities must sum to 100%; they sum to {100 * total:.4g}%.")
    return Value(probabilities=shared_out([p / total for p in probabilities]))


def shared_out(shares: Sequence[float]) -> tuple[int, ...]:
    """Whole units that sum to one exactly: the largest remainders get what rounding down left."""
    whole = [math.floor(share * UNITS) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: whole[i] - shares[i] * UNITS)
    for i in by_remainder[: UNITS - sum(whole)]:
        whole[i] += 1
    return tuple(whole)


def quantiles(forecast: Forecast, numbers: Sequence[float]) -> Value:
    """One number for each quantile level of the forecast, rising, inside its range."""
    field = "quantiles"
    levels = forecast.quantile_levels
    if len(numbers) != len(levels):
        raise InvalidValue(field, f"This forecast asks for {len(levels)} quantiles; got {len(numbers)}.")
    if not all(_is_number(number) for number in numbers):
        raise InvalidValue(field, "Each quantile is a number.")
    for i in range(1, len(numbers)):
        if numbers[i] < numbers[i - 1]:
            raise InvalidValue(
                field,
                f"Quantiles must rise: the one at {levels[i] / 100:g}% is below the one at {levels[i - 1] / 100:g}%.",
            )
    _check_range(forecast, numbers, field)
    return Value(quantiles=tuple(float(number) for number in numbers))


MAKERS: dict[str, Callable[[Forecast, Sequence[float]], Value]] = {
    "probability": lambda _, numbers: binary(*numbers),
    "probabilities": choice,
    "quantiles": quantiles,
}


def of(forecast: Forecast, numbers: Sequence[float]) -> Value:
    """The value that these numbers make on this forecast, by its kind. Raises InvalidValue."""
    return MAKERS[forecast.asks.column](forecast, numbers)


def in_range(forecast: Forecast, number: float, field: str = "value") -> None:
    """Raise InvalidValue where a value lies past a closed end of the forecast's range, or is no number."""
    if not _is_number(number):
        raise InvalidValue(field, "A value is a number.")
    _check_range(forecast, [number], field)


def past_end(forecast: Forecast, *, above: bool) -> str:
    """What it means to lie past an open end of the range, in words; empty where that end is closed.

    Such as “more than 1,000 people”, or of a date “not by 2024-12-31”.
    """
    end, is_open = (
        (forecast.range_upper, forecast.upper_is_open) if above else (forecast.range_lower, forecast.lower_is_open)
    )
    if end is None or not is_open:
        return ""
    return f"{forecast.asks.beyond[above]} {shown(forecast, end)}"


def _check_range(forecast: Forecast, numbers: Sequence[float], field: str) -> None:
    lower, upper = forecast.range_lower, forecast.range_upper
    if lower is not None and not forecast.lower_is_open and min(numbers) < lower:
        raise InvalidValue(field, f"Values below {shown(forecast, lower)} are outside this forecast's range.")
    if upper is not None and not forecast.upper_is_open and max(numbers) > upper:
        raise InvalidValue(field, f"Values above {shown(forecast, upper)} are outside this forecast's range.")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def shown(forecast: Forecast, number: float) -> str:
    """A value of a numeric or date forecast as people read it."""
    written = forecast.asks.write(number)
    if isinstance(written, str):
        return written
    # Beyond six digits, `g` would write a power of ten.
    digits = f"{number:,.0f}" if abs(number) >= 100_000 else f"{number:,.6g}"
    return f"{digits} {forecast.unit}".strip()


def fits(forecast: Forecast, value: Value) -> None:
    """Raise InvalidValue where the value is of another kind than the forecast."""
    field = forecast.asks.column
    if getattr(value, field) is None:
        raise InvalidValue(field, f"This forecast is answered with {field}.")
