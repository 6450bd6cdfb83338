"""References: what arithmetic would have estimated, from what was known at the time. Reads no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import numpy as np

from forecasts.evidence.answering import answered
from forecasts.evidence.past import FEWEST, Past
from forecasts.evidence.spec import Answer, OutcomeKind, Spec

BASE_RATE = "base_rate"
PERSISTENCE = "persistence"
PACE = "pace"
ALWAYS_50 = "always_50"
METHODS = (BASE_RATE, PERSISTENCE, PACE, ALWAYS_50)
FEWEST_FOLLOWING = 6
"""Windows like the last one that must have been followed by another."""


@dataclass(frozen=True)
class Known:
    """What a reference may look at: past windows, and the present one as far as it is covered."""

    spec: Spec
    past: Sequence[Past]
    so_far: int
    reached_on: date | None
    """The first day, where the spec asks for one and the sum has reached it."""


def answers(known: Known, method: str) -> list[Answer]:
    """The equally likely answers that a method sees for the present window; empty where it has too few to speak."""
    if method == BASE_RATE:
        return _enough([_as_now(known.spec, one) for one in known.past])
    if method == PERSISTENCE:
        return _followed(known)
    if method == PACE:
        return _enough([_continued(known, one) for one in known.past])
    return []


def probability(found: Sequence[Answer], answer: Answer) -> float:
    """Of one answer among two, by Jeffreys' prior: never 0 or 1."""
    return (sum(one == answer for one in found) + 0.5) / (len(found) + 1)


def probabilities(found: Sequence[Answer], labels: Sequence[str]) -> list[float]:
    """Of each label, by Jeffreys' prior spread over all."""
    weight = 0.5
    return [(sum(one == label for one in found) + weight) / (len(found) + weight * len(labels)) for label in labels]


def quantiles(numbers: Sequence[float], levels: Sequence[int]) -> list[float]:
    """At levels in 1/10,000, between the numbers that came before."""
    return [float(one) for one in np.quantile(numbers, [level / 10_000 for level in levels])]


def _enough(found: list[Answer]) -> list[Answer]:
    return found if len(found) >= FEWEST else []


def _followed(known: Known) -> list[Answer]:
    """What followed windows that came out as the last one did."""
    if len(known.past) < FEWEST:
        return []
    like = _likeness(known)
    after = [_as_now(known.spec, following) for before, following in pairwise(known.past) if like(before)]
    return after if len(after) >= FEWEST_FOLLOWING else []


def _likeness(known: Known) -> Callable[[Past], bool]:
    """Whether a window came out as the last one: its answer; of figures the same half; of days whether one came."""
    last, kind = known.past[-1], known.spec.outcome.kind if known.spec.outcome else None
    if kind == OutcomeKind.VALUE:
        middle = median(one.figure for one in known.past)
        return lambda past: (past.figure > middle) == (last.figure > middle)
    if kind == OutcomeKind.FIRST_DAY:
        return lambda past: (past.answer is None) == (last.answer is None)
    return lambda past: past.answer == last.answer


def _continued(known: Known, past: Past) -> Answer:
    """The answer if the rest of the present window went as the rest of a past one did."""
    spec = known.spec
    if spec.outcome and spec.outcome.kind == OutcomeKind.FIRST_DAY:
        return known.reached_on.isoformat() if known.reached_on else _as_now(spec, past)
    return answered(spec, known.so_far + past.figure - past.so_far, None, complete=True).answer


def _as_now(spec: Spec, past: Past) -> Answer:
    """A past window's answer; a day as long after the present window's beginning."""
    if spec.outcome is None or spec.outcome.kind != OutcomeKind.FIRST_DAY or not isinstance(past.answer, str):
        return past.answer
    return (spec.window.first + (date.fromisoformat(past.answer) - past.window.first)).isoformat()


def as_number(answer: Answer, spec: Spec) -> float:
    """An answer as quantiles have it: a figure, or a day in days since 1970, past the window's end where none came."""
    if spec.outcome and spec.outcome.kind == OutcomeKind.FIRST_DAY:
        day = date.fromisoformat(answer) if isinstance(answer, str) else spec.window.last + timedelta(days=1)
        return float((day - date(1970, 1, 1)).days)
    return float(answer or 0)
