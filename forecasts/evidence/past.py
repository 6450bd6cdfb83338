"""Past windows like a spec's own, and in how many of them it held."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import duckdb

from forecasts.evidence.answering import answered
from forecasts.evidence.counting import first_reached
from forecasts.evidence.lying import Lying, lying
from forecasts.evidence.neighbours import neighbours
from forecasts.evidence.spec import Answer, OutcomeKind, Spec, Window

FEWEST = 12
"""Windows below which nothing is said of how often something holds."""
MOST = 120
LEVEL = 0.95


@dataclass(frozen=True)
class Past:
    """A past window with its figure, its answer, and its figure through the day at which the present one stands."""

    window: Window
    figure: int
    answer: Answer
    so_far: int = 0


@dataclass(frozen=True)
class Share:
    """How often something held, with its Jeffreys interval; all None with a reason where windows are too few."""

    held: int
    of: int
    share: float | None = None
    interval: tuple[float, float] | None = None
    reason: str = ""

    @property
    def is_trivial(self) -> bool:
        """Whether it always or never held."""
        return self.share is not None and self.held in (0, self.of)


def past_windows(window: Window, before: date, covered: tuple[date, date]) -> list[Window]:
    """Windows of the same length that end before a day, do not overlap, and are covered; the oldest first.

    Of whole months where the window is, else of as many days.
    """
    found: list[Window] = []
    step = 0
    while len(found) < MOST:
        step += 1
        earlier = _earlier(window, step)
        if earlier is None or earlier.first < covered[0]:
            break
        if earlier.last < before and earlier.last <= covered[1]:
            found.append(earlier)
    return found[::-1]


def evaluate(
    database: duckdb.DuckDBPyConnection,
    specs: Sequence[Spec],
    windows: Sequence[Sequence[Window]],
    offsets: Sequence[int] | None = None,
) -> list[list[Past]]:
    """What each spec would have shown in its past windows, the oldest first: the events of all are read once.

    `offsets` are days into the window at which the present one stands, for which figures so far are wanted too.
    """
    every = [window for held in windows for window in held]
    if not every:
        return [[] for _ in specs]
    reach = Window(min(one.first for one in every), max(one.last for one in every))
    return [
        _past(spec, held, events, offset)
        for spec, held, events, offset in zip(
            specs, windows, lying(database, specs, reach), offsets or [0] * len(specs), strict=True
        )
    ]


def _past(spec: Spec, windows: Sequence[Window], events: Lying, offset: int) -> list[Past]:
    measure, rule = spec.measure or "events", spec.window.rule
    figures = events.figures(measure, rule, windows)
    shorter = [_until(window, offset) for window in windows] if offset > 0 else []
    so_far = events.figures(measure, rule, shorter) or [0] * len(windows)
    return [
        Past(window, figure, answered(spec, figure, _reached(spec, window, events), complete=True).answer, part)
        for window, figure, part in zip(windows, figures, so_far, strict=True)
    ]


def _until(window: Window, offset: int) -> Window:
    """The window through the day at which the present one stands."""
    return replace(window, last=min(window.last, window.first + timedelta(days=offset - 1)))


def _reached(spec: Spec, window: Window, events: Lying) -> date | None:
    if spec.outcome is None or spec.outcome.kind != OutcomeKind.FIRST_DAY:
        return None
    return first_reached(spec, events.by_day(spec.measure or "events", window))


def swayed(
    database: duckdb.DuckDBPyConnection, specs: Sequence[Spec], past: Sequence[Sequence[Past]]
) -> list[dict[str, int]]:
    """For each spec, by neighbouring rule, in how many of its past windows that rule answers otherwise."""
    found: list[dict[str, int]] = [{} for _ in specs]
    asked = [(k, one) for k, spec in enumerate(specs) for one in neighbours(spec) if spec.outcome and past[k]]
    moved = [one.spec.window.first - specs[k].window.first for k, one in asked]
    windows = [[each.window.moved(by.days) for each in past[k]] for (k, _), by in zip(asked, moved, strict=True)]
    told = evaluate(database, [one.spec for _, one in asked], windows)
    for (k, one), others in zip(asked, told, strict=True):
        found[k][one.name] = sum(own.answer != other.answer for own, other in zip(past[k], others, strict=True))
    return found


def share(found: Sequence[Answer], answer: Answer = "yes") -> Share:
    """In how many past windows an answer held."""
    held, of = sum(one == answer for one in found), len(found)
    if of < FEWEST:
        return Share(held, of, reason=f"{of} past windows are too few: {FEWEST} are needed.")
    return Share(held, of, held / of, jeffreys(held, of))


def jeffreys(held: int, of: int) -> tuple[float, float]:
    """The equal-tailed 95% interval of a share under Jeffreys' prior; its ends are 0 and 1 where nothing or all held.

    Brown, Cai and DasGupta (2001), "Interval estimation for a binomial proportion".
    """
    from scipy.special import betaincinv

    tail = (1 - LEVEL) / 2
    low = 0.0 if held == 0 else float(betaincinv(held + 0.5, of - held + 0.5, tail))
    high = 1.0 if held == of else float(betaincinv(held + 0.5, of - held + 0.5, 1 - tail))
    return low, high


def _earlier(window: Window, step: int) -> Window | None:
    """The window so many lengths before; None before the calendar begins."""
    try:
        if not window.is_whole_months:
            return window.moved(-step * window.days)
        following = window.last + timedelta(days=1)
        months = (following.year - window.first.year) * 12 + following.month - window.first.month
        first, end = _months_before(window.first, step * months), _months_before(following, step * months)
        return replace(window, first=first, last=end - timedelta(days=1))
    except (ValueError, OverflowError):
        return None


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
