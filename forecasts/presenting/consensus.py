"""The consensus that a reader may see, for many forecasts at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from forecasts.models import Estimate, Forecast
from forecasts.presenting.kinds import Number, answers_to
from forecasts.scores.scorekeeping.kinds import ANSWERS
from forecasts.scores.scorekeeping.standing import Standing, pooled, standings
from forecasts.scoring import consensus as aggregates
from forecasts.scoring.consensus import Combine

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User


@dataclass(frozen=True, slots=True)
class Consensus:
    """An aggregate of `n` estimates: units of 1/10,000, one for each option, or quantiles. None below two."""

    n: int
    value: Number | None
    words: str
    brief: str


@dataclass(frozen=True, slots=True)
class InForce:
    """Estimates in force on one forecast at its cut-off, the newest first; one's own; when that last changed."""

    estimates: tuple[Estimate, ...] = ()
    own: Estimate | None = None
    changed_at: datetime | None = None


def in_force(forecasts: Iterable[Forecast], user: "User | AnonymousUser", at: datetime) -> dict[int, InForce]:
    """What counts at each forecast's cut-off, or at `at` before that, as far as this person may see it."""
    found = standings([forecast.pk for forecast in forecasts], at, Estimate.objects.visible_to(user))
    return {pk: _with_own(one, user) for pk, one in found.items()}


def everybodys(forecasts: Iterable[Forecast], at: datetime) -> dict[int, InForce]:
    """The same whoever looks."""
    found = standings([forecast.pk for forecast in forecasts], at, Estimate.objects.all())
    return {pk: InForce(one.estimates, changed_at=one.changed_at) for pk, one in found.items()}


def _with_own(standing: Standing, user: "User | AnonymousUser") -> InForce:
    mine = (one for one in standing.estimates if user.pk is not None and one.forecaster.user_id == user.pk)
    return InForce(standing.estimates, next(mine, None), standing.changed_at)


def consensus(forecast: Forecast, in_force: InForce) -> Consensus:
    """What the estimates in force come to. Options of the forecast must be at hand (prefetched)."""
    n, value = len(in_force.estimates), aggregate(forecast, in_force)
    if value is None:
        return Consensus(n, None, "–", "–")
    shown = answers_to(forecast)
    return Consensus(n, value, shown.worded(value), shown.brief(value))


def aggregate(forecast: Forecast, in_force: InForce) -> Number | None:
    """One value out of many of the forecast's kind; None below two."""
    options = len(forecast.options.all()) if forecast.asks.has_options else 0
    values = padded([number(estimate) for estimate in in_force.estimates], options)
    answered = (estimate.made_at for estimate in in_force.estimates)
    held = zip(values, answered, strict=True)
    value: Number | None = pooled(held, combiner(forecast), forecast.opens_at, in_force.changed_at)
    return value


def combiner(forecast: Forecast) -> Combine[Any]:
    """How values of this kind, one a row, become one."""
    return ANSWERS[forecast.asks.column].combine


def padded(numbers: Sequence[Number], options: int = 0) -> list[Number]:
    """Equally long: an option that was added later was not there before (`NOT_THERE`)."""
    many = cast("list[tuple[int, ...]]", [one for one in numbers if isinstance(one, tuple)])
    return [*aggregates.widened(many, options)] if many else [*numbers]


def number(estimate: Estimate) -> Number:
    """The value of an estimate that has one."""
    if estimate.probability is not None:
        return estimate.probability
    if estimate.probabilities is not None:
        return tuple(estimate.probabilities)
    return tuple(estimate.quantiles or ())
