"""What one forecaster had in force when, and which of it counts.

An estimate is in force from the instant it was made until the forecaster's next update or withdrawal, a
material amendment of the forecast, or the cut-off. Nothing made at or after the cut-off was ever in force, so
nothing of it counts. Times are whole microseconds since 1970; values are whatever the forecaster gave: a
probability in 1/10,000, a tuple of them, a tuple of quantiles.
"""

from collections.abc import Hashable, Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from forecasts.scoring.weights import apportion

WEIGHT_UNITS = 1_000_000
"""What each (forecast, forecaster) weighs in `time_weighted`, exactly."""

DAY = 86_400_000_000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ORDER = itemgetter(0, 1)


def microseconds(at: datetime) -> int:
    """An aware datetime as whole microseconds since 1970 in UTC, exactly.

    >>> microseconds(datetime(1970, 1, 2, tzinfo=UTC))
    86400000000
    """
    return (at - _EPOCH) // _MICROSECOND


class Estimand(StrEnum):
    """Which estimates count."""

    LAST = "last"
    FIRST = "first"
    TIME_WEIGHTED = "time_weighted"
    AT_1D = "at:1d"
    AT_7D = "at:7d"
    AT_30D = "at:30d"
    AT_90D = "at:90d"
    EACH_UPDATE = "each_update"


AHEAD: dict[Estimand, int] = {
    Estimand.AT_1D: DAY,
    Estimand.AT_7D: 7 * DAY,
    Estimand.AT_30D: 30 * DAY,
    Estimand.AT_90D: 90 * DAY,
}
"""How long before the scheduled close each `at:` looks, in microseconds."""


class Act(StrEnum):
    """What a forecaster did; the order of acts is (made_at, id)."""

    UPDATE = "update"
    REAFFIRM = "reaffirm"
    WITHDRAW = "withdraw"
    DECLINE = "decline"


class Event[V: Hashable](NamedTuple):
    """One act of one forecaster on one forecast; an update has a value, other acts need none."""

    made_at: int
    id: int
    act: str
    value: V | None = None


class Window(NamedTuple):
    """When a forecast took estimates: the scheduled close, when the answer was known, material amendments."""

    closes_at: int
    known_at: int | None = None
    amended_at: tuple[int, ...] = ()

    @property
    def cutoff(self) -> int:
        """The instant from which nothing counts any more: min(closes_at, known_at)."""
        return self.closes_at if self.known_at is None else min(self.closes_at, self.known_at)


class Interval[V: Hashable](NamedTuple):
    """A value in force from start (included) to end (excluded).

    A reaffirmation begins a new interval of the same value: `start` is what recency is measured from, while
    `made_at` stays the instant of the update that gave the value.
    """

    start: int
    end: int
    value: V
    made_at: int


class LeftOut(StrEnum):
    """Why a forecaster has no point under an estimand."""

    KNOWN = "the answer was known by then"
    NOTHING_IN_FORCE = "no estimate was in force"


class Selection[V: Hashable](NamedTuple):
    """What counts of one forecaster's estimates on one forecast: parallel lists, in time order.

    Weights are 1 each, but in `time_weighted`, where they add up to 1,000,000 and equal values are joined
    (`made_at` is then the first of them). Without points, `left_out` says why.
    """

    values: list[V]
    weights: list[int]
    made_at: list[int]
    left_out: LeftOut | None = None


class Reading[V: Hashable](NamedTuple):
    """What one forecaster did on one forecast before the cut-off, in order, and the intervals that it made."""

    acts: list[Event[V]]
    intervals: list[Interval[V]]

    @property
    def withdrawn(self) -> bool:
        """Whether the forecaster had withdrawn at the cut-off: leaving late hides losses, so it is counted."""
        acts = [event.act for event in self.acts if event.act != Act.DECLINE]
        return Act.UPDATE in acts and acts[-1] == Act.WITHDRAW

    @property
    def updates(self) -> int:
        """How many estimates were made in time; reaffirmations are none."""
        return [event.act for event in self.acts].count(Act.UPDATE)


def read[V: Hashable](events: Iterable[Event[V]], window: Window) -> Reading[V]:
    """The acts that count, in order, and what they put in force: read once, whatever is selected from it.

    >>> read([Event(0, 1, "update", 3000), Event(5, 2, "withdraw")], Window(closes_at=9)).withdrawn
    True
    """
    cutoff = window.cutoff
    acts = sorted([event for event in events if event.made_at < cutoff], key=_ORDER)
    return Reading(acts, _intervals(acts, window))


def in_force[V: Hashable](events: Iterable[Event[V]], window: Window) -> list[Interval[V]]:
    """Intervals of one forecaster in time order, none empty, none overlapping, none past the cut-off.

    A reaffirmation after a withdrawal or a material amendment puts the old value in force again.

    >>> in_force([Event(0, 1, "update", 3000), Event(5, 2, "withdraw")], Window(closes_at=9))
    [Interval(start=0, end=5, value=3000, made_at=0)]
    """
    return read(events, window).intervals


def select[V: Hashable](events: Iterable[Event[V]], window: Window, estimand: str) -> Selection[V]:
    """The points that count under one estimand.

    >>> answers = [Event(0, 1, "update", 3000), Event(3, 2, "update", 6000)]
    >>> select(answers, Window(closes_at=9), "time_weighted")
    Selection(values=[3000, 6000], weights=[333333, 666667], made_at=[0, 3], left_out=None)
    """
    return selected(read(events, window), window, Estimand(estimand))


def selected[V: Hashable](reading: Reading[V], window: Window, estimand: Estimand) -> Selection[V]:
    """The points of a reading that count under one estimand."""
    acts, intervals = reading
    match estimand:
        case Estimand.LAST:
            return _point(intervals[-1] if intervals and intervals[-1].end == window.cutoff else None)
        case Estimand.FIRST:
            return _updates(acts, 1)
        case Estimand.EACH_UPDATE:
            return _updates(acts, len(acts))
        case Estimand.TIME_WEIGHTED:
            return _time_weighted(intervals)
        case _:
            return _ahead(intervals, window, window.closes_at - AHEAD[estimand])


def _intervals[V: Hashable](acts: list[Event[V]], window: Window) -> list[Interval[V]]:
    cutoff = window.cutoff
    found: list[Interval[V]] = []
    value: V | None = None
    start = made_at = cutoff
    held = False
    for event in acts:
        if event.act == Act.DECLINE or (event.act == Act.REAFFIRM and value is None):
            continue
        if held and value is not None:
            found.append(Interval(start, event.made_at, value, made_at))
        if event.act == Act.UPDATE:
            value, made_at = event.value, event.made_at
        start, held = event.made_at, event.act != Act.WITHDRAW
    if held and value is not None:
        found.append(Interval(start, cutoff, value, made_at))
    if window.amended_at:
        found = [_until_amended(interval, window.amended_at) for interval in found]
    return [interval for interval in found if interval.start < interval.end]


def _ahead[V: Hashable](intervals: list[Interval[V]], window: Window, at: int) -> Selection[V]:
    if window.known_at is not None and window.known_at <= at:
        return Selection([], [], [], LeftOut.KNOWN)
    for interval in intervals:
        if interval.start <= at < interval.end:
            return _point(interval)
    return _point(None)


def _time_weighted[V: Hashable](intervals: list[Interval[V]]) -> Selection[V]:
    if not intervals:
        return Selection([], [], [], LeftOut.NOTHING_IN_FORCE)
    if len(intervals) == 1:
        return Selection([intervals[0].value], [WEIGHT_UNITS], [intervals[0].made_at])
    length: dict[V, int] = {}
    made_at: dict[V, int] = {}
    for start, end, value, made in intervals:
        length[value] = length.get(value, 0) + end - start
        made_at.setdefault(value, made)
    weights = apportion(WEIGHT_UNITS, list(length.values()))
    if 0 not in weights:
        return Selection(list(length), weights, list(made_at.values()))
    held = [(value, weight) for value, weight in zip(length, weights, strict=True) if weight]
    return Selection([v for v, _ in held], [w for _, w in held], [made_at[v] for v, _ in held])


def _point[V: Hashable](interval: Interval[V] | None) -> Selection[V]:
    if interval is None:
        return Selection([], [], [], LeftOut.NOTHING_IN_FORCE)
    return Selection([interval.value], [1], [interval.made_at])


def _updates[V: Hashable](acts: list[Event[V]], most: int) -> Selection[V]:
    updates = [event for event in acts if event.act == Act.UPDATE][:most]
    if not updates:
        return Selection([], [], [], LeftOut.NOTHING_IN_FORCE)
    values = [event.value for event in updates if event.value is not None]
    return Selection(values, [1] * len(values), [event.made_at for event in updates])


def until_left[V: Hashable](intervals: Iterable[Interval[V]], left_at: Iterable[int]) -> list[Interval[V]]:
    """What one forecaster held, each value until the forecaster next left.

    >>> until_left([Interval(0, 9, 3000, 0)], [4])
    [Interval(start=0, end=4, value=3000, made_at=0)]
    """
    ends = tuple(left_at)
    return [_until_amended(interval, ends) for interval in intervals] if ends else list(intervals)


def _until_amended[V: Hashable](interval: Interval[V], amended_at: tuple[int, ...]) -> Interval[V]:
    ends = [at for at in amended_at if interval.start < at < interval.end]
    return interval._replace(end=min(ends)) if ends else interval
