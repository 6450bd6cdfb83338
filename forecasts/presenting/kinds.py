"""How answers of each kind are told and drawn: all that differs between kinds stands in one class each."""

from collections.abc import Mapping, Sequence
from typing import Any

from forecasts.models import Forecast
from forecasts.presenting import scales, states, words
from forecasts.presenting.scales import Scale, Tick
from forecasts.rules import values

type Number = int | tuple[int, ...] | tuple[float, ...]


class Shown:
    """Answers to one forecast, whose options must be at hand (prefetched). Here: the probability of yes."""

    has_intervals = False
    """Whether an answer is a spread, which is drawn as bands."""

    def __init__(self, forecast: Forecast) -> None:
        self.forecast = forecast

    def worded(self, value: Any) -> str:
        """A value in words: 34%, the likeliest option with its probability, or the median."""
        return words.percent(value)

    def brief(self, value: Any) -> str:
        """The same in a narrow column: a number without its unit, which the question names."""
        return self.worded(value)

    def details(self, value: Any) -> list[tuple[str, str]]:
        """Each option with its probability, or each quantile level with its value."""
        return []

    def middle(self, value: Any) -> float:
        """The one number of a value that a line is drawn through."""
        return float(value)

    def scale(self, shown: Sequence[Any], truth: Sequence[float]) -> Scale:
        """The axis upwards for these values: all of a probability."""
        return Scale(0, values.UNITS)

    def ticks(self, scale: Scale) -> list[Tick]:
        return [Tick(part / 4, f"{25 * part}%") for part in range(5)]

    def plain(self, number: float) -> float | str:
        """A number as files hold it."""
        return number / values.UNITS


class ShownOptions(Shown):
    """A probability for each option."""

    def worded(self, value: Any) -> str:
        best = max(range(len(value)), key=value.__getitem__)
        return f"{self._labels()[best]}: {words.percent(value[best])}"

    def details(self, value: Any) -> list[tuple[str, str]]:
        return [(label, words.percent(part)) for label, part in zip(self._labels(), value, strict=False)]

    def _labels(self) -> list[str]:
        return [option.label for option in self.forecast.options.all()]


class ShownQuantiles(Shown):
    """Quantiles of a number, or of a day."""

    has_intervals = True

    def worded(self, value: Any) -> str:
        return states.worded(self.forecast, self.middle(value))

    def brief(self, value: Any) -> str:
        return self._bare(self.middle(value))

    def details(self, value: Any) -> list[tuple[str, str]]:
        levels = [f"{level / 100:g}%" for level in self.forecast.quantile_levels]
        return [(level, self._bare(number)) for level, number in zip(levels, value, strict=False)]

    def middle(self, value: Any) -> float:
        """The quantile at one half, or the middle one of those asked for."""
        levels = self.forecast.quantile_levels
        place = levels.index(5_000) if 5_000 in levels else len(value) // 2
        return float(value[min(place, len(value) - 1)])

    def scale(self, shown: Sequence[Any], truth: Sequence[float]) -> Scale:
        """What the inner quantiles and the truth need: the outermost may lie far out."""
        inner = [number for quantiles in shown for number in (quantiles[1:-1] if len(quantiles) > 4 else quantiles)]
        return scales.fitting([*inner, *truth], is_log=self.forecast.range_scale == Forecast.Scale.LOG)

    def ticks(self, scale: Scale) -> list[Tick]:
        return scales.dates(scale) if self.forecast.asks.is_dated else scales.numbers(scale, words.short)

    def plain(self, number: float) -> float | str:
        return self.forecast.asks.write(number)

    def _bare(self, number: float) -> str:
        return states.worded(self.forecast, number) if self.forecast.asks.is_dated else f"{number:,.6g}"


SHOWN: Mapping[str, type[Shown]] = {
    "probability": Shown,
    "probabilities": ShownOptions,
    "quantiles": ShownQuantiles,
}
"""By the column of an estimate that holds the answer."""


def answers_to(forecast: Forecast) -> Shown:
    """How the answers to this forecast are shown."""
    return SHOWN[forecast.asks.column](forecast)
