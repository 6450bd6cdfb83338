"""Scores along a dimension: by the month in which forecasts matured, or by how long before closing was estimated."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from forecasts.presenting import placing, readings
from forecasts.presenting.diagram import counted
from forecasts.presenting.pictures import Axis, Picture, Point, Series
from forecasts.presenting.readings import Reading
from forecasts.presenting.scales import Scale
from forecasts.presenting.words import calendar
from forecasts.scores.scorekeeping.contributing import LEAD_BANDS
from forecasts.scores.statistics import Grouped, Report
from forecasts.scores.statistics.shapes import Pair
from forecasts.scoring.uncertainty import FEWEST, counting_for

MONTHS, LEAD_TIME = "month", "lead_time"
TITLES = {"months": "Month in which the forecasts matured", "lead_time": "Estimated so long before the scheduled close"}
MOST_MONTHS = 36
COIN = 0.25
"""The Brier score of always saying 50%."""
MOST_LABELS = 8
LEADS = {
    "0-1": "the last day",
    "1-7": "1 to 7 days",
    "7-30": "7 to 30 days",
    "30-90": "30 to 90 days",
    "over 90": "over 90 days",
}
"""What bands of lead time are called, on the way to the close."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place along the axis; its numbers are None where nothing is scored there."""

    key: str
    label: str
    mean: float | None = None
    interval: Pair | None = None
    n: str = ""
    forecasts: int = 0
    effective: float = 0.0
    """For how many independent situations its forecasts count."""

    @property
    def shown(self) -> str:
        return "–" if self.mean is None else f"{self.mean:.3f}"

    @property
    def between(self) -> str:
        """The interval, cut where no score can lie."""
        return "–" if self.interval is None else f"{max(self.interval[0], 0.0):.3f}–{self.interval[1]:.3f}"


@dataclass(frozen=True, slots=True)
class Trend:
    """`top` is the score at the upper edge."""

    name: str
    sentence: str
    places: list[Place]
    top: float

    @property
    def picture(self) -> Picture:
        """Dots with 95% intervals, joined, and where always saying 50% lies, unless that is above the upper edge."""
        dots = [
            Point(index + 0.5, place.mean, place.interval, columns={"n": place.n, "forecasts": place.forecasts})
            for index, place in enumerate(self.places)
            if place.mean is not None
        ]
        coin = [Series("coin", "rule", [Point(y=COIN)])] if self.top > COIN else []
        joined = [Series("trend", "line", dots)] if dots else []
        names = tuple(place.label for place in self.places)
        x, y = Axis("label", TITLES[self.name], Scale(0, len(names)), names), Axis("mean", "Brier score", self.up)
        return Picture(x, y, [*coin, *joined, Series("score", "dots", dots)])

    @property
    def up(self) -> Scale:
        return Scale(0, self.top)

    @property
    def dots(self) -> list[placing.Dot]:
        picture = self.picture
        return [placing.dot(picture, at, 4.5) for one in picture.of("dots") for at in one.points]

    @property
    def path(self) -> str:
        return placing.paths(self.picture)["trend"]

    @property
    def labels(self) -> list[tuple[float, str]]:
        """What stands below the axis: as many as have room, the last one among them."""
        every, last, x = math.ceil(len(self.places) / MOST_LABELS), len(self.places) - 1, self.picture.x.scale
        places = enumerate(self.places)
        return [(placing.across(x, i + 0.5), one.label) for i, one in places if (last - i) % every == 0]

    @property
    def levels(self) -> list[tuple[float, str]]:
        """Grid lines: a fifth of the height apart at the most."""
        step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if self.top / step <= 5 or step == 0.5)
        count = int(self.top / step + 1e-9) + 1
        return [(placing.down(self.up, step * i), f"{step * i:.2f}") for i in range(count)]

    @property
    def coin(self) -> float | None:
        """Where always saying 50% would lie; None above the upper edge."""
        return placing.down(self.up, COIN) if self.top > COIN else None

    @property
    def scored(self) -> list[Place]:
        return [place for place in self.places if place.mean is not None]

    @property
    def readings(self) -> str:
        x = self.picture.x.scale
        return readings.written(
            Reading(
                placing.across(x, index + 0.5),
                one.label,
                [("Brier score", one.shown), ("95% interval", one.between), ("forecasts", f"{one.forecasts:,}")],
            )
            for index, one in enumerate(self.places)
            if one.mean is not None
        )

    @property
    def description(self) -> str:
        return f"Brier score, lower is better. {self.sentence} The table beside it holds the numbers."


def over_months(found: Grouped) -> Trend | None:
    """By month of maturity, without gaps in the calendar; the newest three years. None where nothing is scored."""
    places = {one.key: _place(one.key, _month(one.key), one.report) for one in found.groups}
    scored = sorted(key for key, place in places.items() if place.mean is not None)
    if not scored:
        return None
    keys = list(_months(scored[0], scored[-1]))[-MOST_MONTHS:]
    shown = [places.get(key, Place(key, _month(key))) for key in keys]
    return _trend("months", shown, "in")


def over_lead_times(found: Grouped) -> Trend | None:
    """By how long before the scheduled close estimates were made, the longest first. None where nothing is scored."""
    places = {one.key: _place(one.key, LEADS[one.key], one.report) for one in found.groups}
    scored = [LEAD_BANDS.index(key) for key, place in places.items() if place.mean is not None]
    if not scored:
        return None
    keys = LEAD_BANDS[min(scored) : max(scored) + 1]
    return _trend("lead_time", [places.get(key, Place(key, LEADS[key])) for key in reversed(keys)], "at")


def _place(key: str, label: str, report: Report) -> Place:
    score = report.scores.brier
    if score is None:
        return Place(key, label)
    return Place(key, label, score.mean, score.ci95, counted(score.n), score.forecasts, score.effective_n)


def _trend(name: str, places: Sequence[Place], preposition: str) -> Trend:
    highest = max(place.interval[1] if place.interval else place.mean or 0.0 for place in places)
    return Trend(name, _sentence(places, preposition), list(places), min(1.0, max(0.1, 1.1 * highest)))


def _sentence(places: Sequence[Place], preposition: str) -> str:
    """Best and worst of those that hold enough forecasts to be compared, or what is missing."""
    sure = [place for place in places if place.interval is not None]
    if len(sure) < 2:
        held = max((place.effective for place in places if place not in sure), default=0.0)
        who = "only one" if sure else "none of these"
        nearest = f"; the {'next' if sure else 'nearest'} counts for {counting_for(held)}" if held else ""
        return f"Too few to compare: {who} holds forecasts that count for {FEWEST} independent situations{nearest}."
    best, worst = (choose(sure, key=lambda place: place.mean or 0.0) for choose in (min, max))
    apart = (best.interval or (0, 0))[1] < (worst.interval or (0, 0))[0]
    judged = "" if apart else ", but their intervals overlap: it may be chance"
    return f"Best {preposition} {best.label} ({best.shown}), worst {preposition} {worst.label} ({worst.shown}){judged}."


def _months(first: str, last: str) -> Iterator[str]:
    start, end = (12 * int(key[:4]) + int(key[5:]) - 1 for key in (first, last))
    return (f"{count // 12}-{count % 12 + 1:02}" for count in range(start, end + 1))


def _month(key: str) -> str:
    """Such as Dec 2024, out of 2024-12."""
    return calendar(date(int(key[:4]), int(key[5:]), 1)).partition(" ")[2]
