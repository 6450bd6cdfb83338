"""What a chart says at one place along it: for who points at it or goes through it with the keyboard."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forecasts.presenting.history import Held, History
from forecasts.presenting.kinds import answers_to
from forecasts.presenting.scales import Span

MOST = 300
"""Places of one chart; of more, evenly fewer are taken, the first and the last among them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`x` in percent of the chart's width; `said` are names with what they held there."""

    x: float
    place: str
    said: Sequence[tuple[str, str]]


def written(readings: Iterable[Reading]) -> str:
    """As the page holds it for its script."""
    return json.dumps([[one.x, one.place, list(one.said)] for one in readings], ensure_ascii=False)


def of_history(history: History, span: Span) -> list[Reading]:
    """At every moment at which something changed: the consensus, one's own, then the others, the highest last first."""
    lines = [(name, steps, [one.start for one in steps]) for name, steps in _lines(history)]
    moments = sorted({moment for _, steps, _ in lines for one in steps for moment in (one.start, one.end)})
    shown, zone = answers_to(history.forecast), history.forecast.zone

    def at(moment: datetime) -> Reading:
        held = [(name, _held(steps, starts, moment, history.until)) for name, steps, starts in lines]
        day = moment.astimezone(zone)
        said = [(name, shown.worded(value)) for name, value in held if value is not None]
        return Reading(round(100 * span.place(moment), 2), f"{day.day} {day:%B %Y}", said)

    return [at(moment) for moment in thinned(moments)]


def _lines(history: History) -> Iterator[tuple[str, list[Held]]]:
    """Every line with its name, those of others as they stand above one another at their ends."""
    shown = answers_to(history.forecast)

    def height(steps: Sequence[Held]) -> float:
        value: Any = steps[-1].value if steps else None
        return 0.0 if value is None or history.forecast.asks.has_options else shown.middle(value)

    yield "consensus", history.consensus
    yield "you", history.own
    for forecaster, steps in sorted(history.others.items(), key=lambda one: (-height(one[1]), one[0].pk)):
        yield str(forecaster), steps
    yield from history.references.items()


def _held(steps: Sequence[Held], starts: Sequence[datetime], moment: datetime, until: datetime) -> Any:
    """What was held at a moment; at the very end, what was held until then."""
    place = bisect_right(starts, moment) - 1
    if place < 0:
        return None
    one = steps[place]
    is_there = moment < one.end or moment == one.end == until
    return one.value if is_there else None


def thinned[T](every: Sequence[T]) -> list[T]:
    """No more than may be, evenly, with both ends."""
    if len(every) <= MOST:
        return list(every)
    return [every[round(place * (len(every) - 1) / (MOST - 1))] for place in range(MOST)]
