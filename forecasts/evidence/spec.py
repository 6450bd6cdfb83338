"""A spec: what a feed must show for each outcome. Dates are the feed's own days, both ends of a window included."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from forecasts.evidence.area import Area
from forecasts.evidence.feed import Feed
from forecasts.evidence.feeds import feed_named

DAY = timedelta(days=1)
FIRST_COMPLETE = "first_complete_vintage"

type Figure = int
type Answer = str | int | None


class Rule(StrEnum):
    """Which events belong to a window."""

    INSIDE = "inside"
    """Those that begin and end in it."""
    OVERLAP = "overlap"
    """Those that share a day with it, each counted whole."""
    STARTS = "starts"
    """Those that begin in it."""


@dataclass(frozen=True)
class Window:
    first: date
    last: date
    rule: Rule = Rule.INSIDE

    def moved(self, days: int) -> "Window":
        return replace(self, first=self.first + days * DAY, last=self.last + days * DAY)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + DAY).day == 1


@dataclass(frozen=True)
class Range:
    """What a figure must lie in, both ends included; None is open."""

    lowest: Decimal | None = None
    highest: Decimal | None = None

    def holds(self, figure: int) -> bool:
        return (self.lowest is None or figure >= self.lowest) and (self.highest is None or figure <= self.highest)


class OutcomeKind(StrEnum):
    RANGE = "range"
    OPTIONS = "options"
    VALUE = "value"
    FIRST_DAY = "first_day"


@dataclass(frozen=True)
class Outcome:
    """How a figure becomes an answer."""

    kind: OutcomeKind
    ranges: Mapping[str, Range] = field(default_factory=lambda: MappingProxyType({}))
    """Of a range: under "yes". Of options: by label. Of the first day: under "yes", what the sum must reach."""

    @property
    def yes(self) -> Range:
        return self.ranges["yes"]


@dataclass(frozen=True)
class Settles:
    """When a count may be proposed as the resolution."""

    after: timedelta
    by: str = FIRST_COMPLETE
    """The first vintage that covers the window, or the version of a named one."""


@dataclass(frozen=True)
class Spec:
    feed_name: str
    window: Window
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    limits: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    within: Area | None = None
    measure: str | None = None
    outcome: Outcome | None = None
    settles: Settles | None = None

    @property
    def feed(self) -> Feed:
        return feed_named(self.feed_name)

    def with_text(self, name: str, values: tuple[str, ...]) -> "Spec":
        """The same with this field's filter; no values is no filter."""
        rest = {key: held for key, held in self.texts.items() if key != name}
        return replace(self, texts={**rest, name: values} if values else rest)

    def with_limit(self, name: str, code: int) -> "Spec":
        return replace(self, limits={**self.limits, name: code})

    def with_window(self, **changes: Any) -> "Spec":
        return replace(self, window=replace(self.window, **changes))


def plain(number: Decimal) -> int | float:
    """A number as JSON has it: whole where it is."""
    return int(number) if number == number.to_integral_value() else float(number)
