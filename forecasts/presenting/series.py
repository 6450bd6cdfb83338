"""Which lines a forecast's history draws: the consensus, one's own, and the others'; in multiple choice by option."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from forecasts.models import Forecast
from forecasts.presenting.history import Held, History
from forecasts.presenting.kinds import Number, answers_to

CONSENSUS, OWN, OTHER, REFERENCE = "consensus", "own", "other", "reference"
MOST_OTHERS = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One number, held from one moment until another."""

    start: datetime
    end: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """One line. `option` counts from 0 in multiple choice; `label` stands at the end of what is still in force."""

    role: str
    steps: list[Step]
    label: str = ""
    option: int | None = None


def series(history: History) -> list[Series]:
    """All lines with a step in them: the others' first, then the consensus, one's own last, as they cover another."""
    by_option = history.forecast.asks.has_options
    return [one for one in (_by_option(history) if by_option else _by_forecaster(history)) if one.steps]


def _by_forecaster(history: History) -> Iterator[Series]:
    middle = partial(_middle, history.forecast)
    for steps in list(history.others.values())[:MOST_OTHERS]:
        yield Series(OTHER, _steps(steps, middle))
    for name, steps in history.references.items():
        yield Series(REFERENCE, _steps(steps, middle), name.lower())
    yield Series(CONSENSUS, _steps(history.consensus, middle), _last(history.forecast, history.consensus))
    yield Series(OWN, _steps(history.own, middle), _last(history.forecast, history.own))


def _by_option(history: History) -> Iterator[Series]:
    """An option that was added later has no line before that, and none of who has not said it since."""
    options = list(enumerate(history.forecast.options.all()))
    for place, _ in options:
        for steps in list(history.others.values())[: MOST_OTHERS // len(options)]:
            yield Series(OTHER, _steps(steps, partial(_part, place)), option=place)
    for place, option in options:
        known = [held for held in history.consensus if held.end > option.added_at]
        whole = _steps(known, partial(_part, place))
        cut = [Step(max(step.start, option.added_at), step.end, step.value) for step in whole]
        yield Series(CONSENSUS, cut, option.label, place)
    for place, _ in options:
        yield Series(OWN, _steps(history.own, partial(_part, place)), option=place)


def _steps(held: Iterable[Held], pick: Callable[[Number], float | None]) -> list[Step]:
    picked = [(one, None if one.value is None else pick(one.value)) for one in held]
    return [Step(one.start, one.end, value) for one, value in picked if value is not None]


def _middle(forecast: Forecast, value: Number) -> float:
    return answers_to(forecast).middle(value)


def _part(place: int, value: Number) -> float | None:
    return value[place] if isinstance(value, tuple) and place < len(value) else None


def _last(forecast: Forecast, steps: Sequence[Held]) -> str:
    value = steps[-1].value if steps else None
    return "" if value is None else answers_to(forecast).brief(value)
