"""The rows of the board: what a person sees of many forecasts, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Count, Exists, OuterRef, Q

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
    was: str = ""
    """What the consensus was a week ago, where that is asked for and was something else."""

    @property
    def is_first(self) -> bool:
        """Whether it stands among what waits."""
        return bool(self.awaits)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one scenario on this page, and how many it has on all."""

    scenario: Scenario
    total: int
    rows: list[Row]


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


def rows(
    forecasts: Sequence[Forecast], user: User, at: datetime, was: Mapping[int, str] = MappingProxyType({})
) -> list[Row]:
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
            was=was.get(forecast.pk, ""),
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
    was: str,
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
        was=was,
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


def sections(rows: Sequence[Row], totals: Mapping[int, int]) -> list[Section]:
    """Rows by scenario, in the order in which they come."""
    made: dict[int, Section] = {}
    for row in rows:
        scenario = row.forecast.scenario
        made.setdefault(scenario.pk, Section(scenario, totals.get(scenario.pk, 0), [])).rows.append(row)
    return list(made.values())


@dataclass(frozen=True, slots=True)
class Listed:
    """A scenario in the list of all, with how many of its forecasts are what."""

    scenario: Scenario
    total: int
    open: int
    closing: int
    overdue: int
    resolved: int
    waiting: int


def listed(user: User, week_end: datetime, at: datetime) -> list[Listed]:
    """Every scenario that this person may see, by its title, in a constant number of queries."""
    seen = Forecast.objects.visible_to(user).with_state(at)
    waiting = awaiting(Forecast.objects.visible_to(user).published(at), user, at).values("pk")
    counted = (
        seen.order_by()
        .values("scenario")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(state=Forecast.State.OPEN)),
            closing=Count("pk", filter=Q(state=Forecast.State.OPEN, closes_at__lt=week_end)),
            overdue=Count("pk", filter=Q(state=Forecast.State.OVERDUE)),
            resolved=Count("pk", filter=Q(state=Forecast.State.RESOLVED)),
            waiting=Count("pk", filter=Q(pk__in=waiting)),
        )
    )
    names = ("total", "open", "closing", "overdue", "resolved", "waiting")
    found = {scenario: numbers for scenario, *numbers in counted.values_list("scenario", *names)}
    scenarios = Scenario.objects.visible_to(user).order_by("title", "pk")
    return [Listed(scenario, *found.get(scenario.pk, [0] * len(names))) for scenario in scenarios]
