"""Axes: where a value lies between 0 and 1, and which ticks to draw."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

STEPS = (1, 2, 5, 10)
DAYS = (1, 2, 3, 7, 14)
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A place from 0 to 1 on its axis, and what it says."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear or logarithmic axis from `low` to `high`."""

    low: float
    high: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """Where a value lies, 0 at the lower end and 1 at the upper; values beyond an end lie on it.

        >>> Scale(0, 200).place(50), Scale(1, 100, is_log=True).place(10)
        (0.25, 0.5)
        """
        low, high, value = self.low, self.high, min(max(value, self.low), self.high)
        if self.is_log:
            low, high, value = math.log(low), math.log(high), math.log(value)
        return (value - low) / (high - low)


def fitting(values: Sequence[float], *, is_log: bool = False) -> Scale:
    """A scale that shows all of these, with room to breathe; logarithmic only where all are positive."""
    low, high = min(values), max(values)
    if is_log and low > 0:
        return Scale(low / 1.3, high * 1.3, is_log=True)
    room = (high - low) * 0.08 or max(abs(high) * 0.1, 1)
    return Scale(0 if 0 <= low < room * 4 else low - room, high + room)


def numbers(scale: Scale, shown: Callable[[float], str]) -> list[Tick]:
    """Round numbers on a scale."""
    found = _powers(scale) if scale.is_log else _multiples(scale, _round_step((scale.high - scale.low) / MOST_TICKS))
    return [Tick(scale.place(value), shown(value)) for value in found]


def dates(scale: Scale) -> list[Tick]:
    """Days on a scale of days since 1970-01-01."""
    step = next((s for s in (1, 2, 5, 7, 14, 30, 91, 182, 365) if (scale.high - scale.low) / s <= MOST_TICKS), 1826)
    origin = date(1970, 1, 1)
    days = [origin + timedelta(days=value) for value in _multiples(scale, step)]
    return [Tick(scale.place((day - origin).days), _day(day, with_year=step > 180)) for day in days]


def _multiples(scale: Scale, step: float) -> Iterator[float]:
    first, last = math.ceil(scale.low / step), math.floor(scale.high / step)
    return (count * step for count in range(first, last + 1))


def _powers(scale: Scale) -> Iterator[float]:
    lowest, highest = math.floor(math.log10(scale.low)), math.ceil(math.log10(scale.high))
    factors = (1, 2, 5) if highest - lowest <= 2 else (1,)
    every = (factor * 10.0**power for power in range(lowest, highest + 1) for factor in factors)
    return (value for value in every if scale.low <= value <= scale.high)


def _round_step(roughly: float) -> float:
    power = 10.0 ** math.floor(math.log10(roughly))
    return next(step * power for step in STEPS if step * power >= roughly)


@dataclass(frozen=True, slots=True)
class Span:
    """An axis of time."""

    start: datetime
    end: datetime

    def place(self, moment: datetime) -> float:
        """Where a moment lies, 0 at the start and 1 at the end; moments beyond an end lie on it."""
        return min(max((moment - self.start) / (self.end - self.start), 0.0), 1.0)

    def ticks(self, zone: ZoneInfo) -> list[Tick]:
        """Midnights or first days of months in a zone, at most six."""
        days = (self.end - self.start) / timedelta(days=1)
        by_day = next((step for step in DAYS if days / step <= MOST_TICKS), None)
        moments = self._midnights(by_day, zone) if by_day else self._months(days, zone)
        with_year = by_day is None and days > 300
        return [Tick(self.place(moment), _day(moment, with_year=with_year)) for moment in moments]

    def _midnights(self, step: int, zone: ZoneInfo) -> Iterator[datetime]:
        first = self.start.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        every = (first + timedelta(days=count) for count in range(0, 16 * MOST_TICKS, step))
        return (moment for moment in every if self.start <= moment <= self.end)

    def _months(self, days: float, zone: ZoneInfo) -> Iterator[datetime]:
        step = next((months for months in MONTHS if days / 30.4 / months <= MOST_TICKS), 240)
        year = self.start.astimezone(zone).year
        every = (datetime(year + m // 12, m % 12 + 1, 1, tzinfo=zone) for m in range(0, step * (MOST_TICKS + 13), step))
        return (moment for moment in every if self.start <= moment <= self.end)


def _day(day: date, *, with_year: bool) -> str:
    return f"{day:%b %Y}" if with_year else f"{day.day} {day:%b}"
