"""The rows of the board: what a person sees of many forecasts, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, When

from forecasts.models import Asks, Estimate, Forecast, Prompt, PromptKind, Scenario, User, Watch
from forecasts.models.forecasts import ForecastQuerySet
from forecasts.presenting import consensus, states
from forecasts.presenting.consensus import Consensus, InForce
from forecasts.presenting.kinds import answers_to
from forecasts.presenting.states import State

UNANSWERED = (Prompt.State.PLANNED, Prompt.State.SENT)


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next to a forecast, and when."""

    words: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Row:
    forecast: Forecast
    state: State
    consensus: Consensus
    own: Estimate | None
    own_words: str
    is_hidden: bool
    awaits: str
    next: Next | None


@dataclass(frozen=True, slots=True)
class Section:
    scenario: Scenario
    rows: list[Row]


def in_order(forecasts: ForecastQuerySet, at: datetime) -> ForecastQuerySet:
    """By scenario, the unresolved first, then by closing date. Each has its `state`."""
    over = Case(When(state=Forecast.State.RESOLVED, then=1), default=0)
    ordered = forecasts.with_state(at).order_by("scenario__title", "scenario", over, "closes_at", "pk")
    return ordered.select_related("scenario").prefetch_related("options")


def awaiting(forecasts: ForecastQuerySet, user: User, at: datetime) -> ForecastQuerySet:
    """Those that wait for this person: to estimate, to resolve, or to confirm a resolution."""
    estimating = Q(pk__in=Forecast.objects.open(at).values("pk")) & is_asked(user, at)
    mine = Q(resolver=user) | Q(backup=user)
    unresolved = Q(resolves_at__lte=at) & ~Q(pk__in=Forecast.objects.resolved(at).values("pk"))
    return forecasts.filter(estimating | mine & unresolved)


def is_asked(user: User, at: datetime) -> Q:
    """Condition on Forecast: those of which this person has been, or by now is to be, asked for an estimate."""
    watches = Watch.objects.filter(forecast=OuterRef("pk"), user=user, kind=PromptKind.UPDATE, next_at__lte=at)
    asking = PromptKind.asking_for(Asks.ESTIMATE)
    prompts = Prompt.objects.filter(forecast=OuterRef("pk"), recipient=user, kind__in=asking, state__in=UNANSWERED)
    return Q(Exists(watches)) | Q(Exists(prompts))


def rows(forecasts: Sequence[Forecast], user: User, at: datetime) -> list[Row]:
    """What one person sees of these forecasts. Scenarios and options must be at hand (select_related, prefetched)."""
    resolutions = states.resolutions(forecasts, at)
    proposals = states.proposals(forecasts, at)
    in_force = consensus.in_force(forecasts, user, at)
    asked = _asked_next(forecasts, user)
    said = answered(forecasts, user)
    waiting = set(awaiting(Forecast.objects.filter(pk__in=in_force), user, at).values_list("pk", flat=True))
    return [
        _row(
            forecast,
            states.state(forecast, resolutions.get(forecast.pk), at, proposals.get(forecast.pk)),
            in_force[forecast.pk],
            asked.get(forecast.pk),
            at,
            is_hidden=is_hidden(forecast, user, said),
            is_waiting=forecast.pk in waiting,
        )
        for forecast in forecasts
    ]


def _row(
    forecast: Forecast,
    state: State,
    in_force: InForce,
    asked: datetime | None,
    at: datetime,
    *,
    is_hidden: bool,
    is_waiting: bool,
) -> Row:
    own = in_force.own
    return Row(
        forecast=forecast,
        state=state,
        consensus=consensus.consensus(forecast, in_force),
        own=own,
        own_words=answers_to(forecast).brief(consensus.number(own)) if own else "",
        is_hidden=is_hidden,
        awaits=("resolve" if state.kind == "due" else "estimate") if is_waiting else "",
        next=None if state.is_over else next_of(forecast, asked, at),
    )


def next_of(forecast: Forecast, asked: datetime | None, at: datetime) -> Next | None:
    """The nearest of what lies ahead: opening, being asked, closing, the answer."""
    coming = [
        Next(words, moment)
        for words, moment in (
            ("opens", forecast.opens_at),
            ("asks you", asked),
            ("closes", forecast.closes_at),
            ("answer", forecast.resolves_at),
        )
        if moment is not None and moment > at
    ]
    return min(coming, key=lambda one: one.moment, default=None)


def is_hidden(forecast: Forecast, user: User, answered: set[int]) -> bool:
    """Whether the estimates of others are kept from this person until they have answered."""
    return forecast.scenario.blind_until_answered and not user.is_superuser and forecast.pk not in answered


def answered(forecasts: Sequence[Forecast], user: User) -> set[int]:
    mine = Estimate.objects.filter(forecast__in=forecasts, forecaster__user=user, event__in=Estimate.ANSWERS)
    return set(mine.values_list("forecast", flat=True))


def _asked_next(forecasts: Sequence[Forecast], user: User) -> dict[int, datetime | None]:
    watches = Watch.objects.filter(user=user, forecast__in=forecasts, kind=PromptKind.UPDATE)
    return dict(watches.values_list("forecast", "next_at"))


def sections(rows: Sequence[Row]) -> list[Section]:
    """Rows by scenario, in the order in which they come."""
    made: dict[int, Section] = {}
    for row in rows:
        scenario = row.forecast.scenario
        made.setdefault(scenario.pk, Section(scenario, [])).rows.append(row)
    return list(made.values())
