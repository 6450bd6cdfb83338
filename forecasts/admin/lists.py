"""The lists of the desk: filters, columns computed for a page at once, and a count that does not read the table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Value, prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forecasts.admin.site import ScenarioScoped
from forecasts.models import Estimate, Forecast, Scenario, User, Verdict
from forecasts.models.forecasts import ForecastQuerySet
from forecasts.pages import board, waiting
from forecasts.pages.board import Next
from forecasts.presenting import consensus, states, words
from forecasts.presenting.consensus import InForce
from forecasts.presenting.kinds import Number, answers_to
from forecasts.presenting.states import State
from forecasts.rules import access, clock
from forecasts.scoring.consensus import NOT_THERE

MOST_COUNTED = 5_000
PAGE = 50


class BoundedPaginator(Paginator):
    """Counts so far and no further: whoever leafs through more narrows the list instead."""

    @cached_property
    def count(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list).order_by().values("pk")
        return rows[:MOST_COUNTED].count()


class DeskList(ChangeList):
    """A list that knows, for the rows on its page, what its columns show."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        at, user = clock.now(), cast("User", request.user)
        rows = list(self.result_list)
        known = standings(rows, user, at)
        for forecast in rows:
            forecast.standing = known[forecast.pk]
        self.result_list = rows


@dataclass(frozen=True, slots=True)
class Standing:
    """What a list shows of one forecast, as far as its reader may see it."""

    at: datetime
    state: State | None
    consensus: str
    spread: str
    estimates: int | None
    next: Next | None


def standings(forecasts: Sequence[Forecast], user: User, at: datetime) -> dict[int, Standing]:
    """Of the rows of one page, in four queries. Scenario and `is_waiting` must be at hand, see `ForecastList`."""
    choices = [forecast for forecast in forecasts if forecast.asks.has_options]
    prefetch_related_objects(choices, "options")
    resolutions = states.resolutions(forecasts, at)
    in_force = consensus.in_force(forecasts, user, at)
    counted = _counts(forecasts, user)
    return {
        forecast.pk: _standing_of(
            forecast,
            resolutions.get(forecast.pk),
            in_force[forecast.pk],
            counted.get(forecast.pk, (0, 0)),
            at,
            is_open_to=user.is_superuser,
        )
        for forecast in forecasts
    }


def _standing_of(
    forecast: Forecast,
    resolution: Verdict | None,
    in_force: InForce,
    counted: tuple[int, int],
    at: datetime,
    *,
    is_open_to: bool,
) -> Standing:
    """`counted`: the estimates that the reader may see, and those of their own."""
    value = consensus.aggregate(forecast, in_force)
    said = [consensus.number(estimate) for estimate in in_force.estimates]
    is_hidden = forecast.scenario.blind_until_answered and not is_open_to and not counted[1]
    return Standing(
        at=at,
        state=_state(forecast, resolution, at),
        consensus="–" if value is None else answers_to(forecast).brief(value),
        spread=spread(forecast, said),
        estimates=None if is_hidden else counted[0],
        next=None if resolution else board.next_of(forecast, None, at),
    )


def _state(forecast: Forecast, resolution: Verdict | None, at: datetime) -> State | None:
    if forecast.published_at is None:
        return None
    if forecast.is_waiting:  # type: ignore[attr-defined]
        return State("due", "waits for a second person")
    return states.state(forecast, resolution, at)


def _counts(forecasts: Sequence[Forecast], user: User) -> dict[int, tuple[int, int]]:
    seen = Estimate.objects.visible_to(user).filter(forecast__in=forecasts, event__in=Estimate.ANSWERS)
    own = Count("pk", filter=Q(forecaster__user=user))
    return {
        forecast: (n, mine)
        for forecast, n, mine in seen.order_by()
        .values("forecast")
        .annotate(n=Count("pk"), own=own)
        .values_list("forecast", "n", "own")
    }


def spread(forecast: Forecast, said: Sequence[Number]) -> str:
    """From the lowest to the highest estimate in force: of the likeliest option, or of medians, where not yes or no."""
    if len(said) < 2:
        return "–"
    if forecast.asks.is_yes_or_no:
        numbers = [one for one in said if isinstance(one, int)]
        return _between(words.percent(min(numbers)), words.percent(max(numbers)))
    if forecast.asks.has_options:
        return _of_options(consensus.padded(said))
    medians = [answers_to(forecast).middle(one) for one in said if isinstance(one, tuple)]
    return _between(*(answers_to(forecast).brief((value,)) for value in (min(medians), max(medians))))


def _of_options(said: Sequence[Number]) -> str:
    rows = [one for one in said if isinstance(one, tuple)]
    best = max(range(len(rows[0])), key=lambda place: sum(row[place] for row in rows))
    column = [row[best] for row in rows if row[best] != NOT_THERE]
    return _between(words.percent(min(column)), words.percent(max(column)))


def _between(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


class ForecastList(ScenarioScoped):
    """Columns and filters of the list of forecasts, and which of them somebody finds at the desk."""

    list_display: Any = [
        "title", "state", "consensus", "spread", "estimates", "next_date", "scenario", "category", "resolver",
    ]  # fmt: skip
    list_select_related = ["scenario", "resolver"]
    list_per_page = PAGE
    paginator = BoundedPaginator
    ordering = ["-closes_at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Forecast]:
        everything: QuerySet[Forecast] = admin.ModelAdmin.get_queryset(self, request)
        waiting = Verdict.objects.waiting().filter(forecast=OuterRef("pk"))
        return everything.filter(access.forecasts_at_desk(request.user)).annotate(is_waiting=Exists(waiting))

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        """None: a draft has no page, and for the others a link of their own stands beside their acts."""
        return None

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [
            StateFilter,
            MineFilter,
            DueFilter,
            NamedScenarioFilter,
            "category",
            ResolverFilter,
            "kind",
            "is_imported",
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    @admin.display(description="state")
    def state(self, forecast: Forecast) -> SafeString | str:
        standing = _standing(forecast)
        if standing.state is None:
            return "draft"
        state = standing.state
        when = f" {words.ahead(state.moment, standing.at)}" if state.moment and not state.is_over else ""
        return format_html('<span class="state state-{}">{}</span>{}', state.kind, state.words, when)

    @admin.display(description="consensus")
    def consensus(self, forecast: Forecast) -> str:
        return _standing(forecast).consensus

    @admin.display(description="spread")
    def spread(self, forecast: Forecast) -> str:
        return _standing(forecast).spread

    @admin.display(description="estimates")
    def estimates(self, forecast: Forecast) -> str:
        count = _standing(forecast).estimates
        return "hidden" if count is None else f"{count:,}"

    @admin.display(description="next", ordering="closes_at")
    def next_date(self, forecast: Forecast) -> str:
        standing = _standing(forecast)
        following = standing.next
        return f"{following.words} {words.date(following.moment, forecast.zone)}" if following else "–"


def _standing(forecast: Forecast) -> Standing:
    standing: Standing = forecast.standing  # type: ignore[attr-defined]
    return standing


class Choices(admin.SimpleListFilter):
    """A filter that knows its conditions by name."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen is None or chosen not in {str(value) for value, _ in self.lookup_choices}:
            return queryset
        return self.narrowed(request, queryset, chosen)

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        raise AttributeError(f"{type(self).__name__} says what its choices mean")


class StateFilter(Choices):
    """The states are querysets, not columns."""

    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        second = ("second", "waits for a second person")
        return [("draft", "draft"), *((state.value, state.label) for state in Forecast.State), second]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Forecast], chosen: str) -> QuerySet[Forecast]:
        if chosen == "draft":
            return queryset.filter(published_at=None)
        if chosen == "second":
            return queryset.filter(pk__in=Verdict.objects.waiting().values("forecast"))
        at = clock.now()
        if chosen == Forecast.State.UPCOMING:
            return queryset.filter(published_at__lte=at, opens_at__gt=at)
        return queryset.filter(pk__in=_in_state(chosen, at).values("pk"))


def _in_state(state: str, at: datetime) -> ForecastQuerySet:
    everything = Forecast.objects.all()
    if state == Forecast.State.AWAITING_RESOLUTION:
        return everything.awaiting_resolution(at).filter(resolves_at__gt=at)
    wanted: Callable[[datetime], ForecastQuerySet] = getattr(everything, state)
    return wanted(at)


class MineFilter(Choices):
    """What waits for the reader, and what names them."""

    title, parameter_name = "mine", "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("resolve", "to resolve now"),
            ("estimate", "to estimate now"),
            ("named", "names me"),
            ("answered", "I estimated"),
        ]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Forecast], chosen: str) -> QuerySet[Forecast]:
        user, at = cast("User", request.user), clock.now()
        if chosen == "answered":
            return queryset.filter(pk__in=Estimate.objects.filter(forecaster__user=user).values("forecast"))
        named = Forecast.objects.naming(user)
        found = {"resolve": waiting.to_resolve(user, at), "estimate": waiting.to_estimate(user, at)}.get(chosen, named)
        return queryset.filter(pk__in=found.order_by().values("pk"))


class DueFilter(Choices):
    """When the answer should be known, from now."""

    title, parameter_name = "answer due", "due"
    SPANS = {"week": 7, "month": 30, "quarter": 91}
    LATE = {"late": 0, "late-week": 7, "late-month": 30}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        late = [("late", "overdue"), ("late-week", "overdue by a week"), ("late-month", "overdue by a month")]
        return [*late, ("week", "within a week"), ("month", "within a month"), ("quarter", "within a quarter")]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Forecast], chosen: str) -> QuerySet[Forecast]:
        at = clock.now()
        if chosen in self.LATE:
            late = Forecast.objects.overdue(at).filter(resolves_at__lte=at - timedelta(days=self.LATE[chosen]))
            return queryset.filter(pk__in=late.values("pk"))
        return queryset.filter(resolves_at__gt=at, resolves_at__lte=at + timedelta(days=self.SPANS[chosen]))


class ScenarioFilter(Choices):
    """The scenarios that the reader may see, and no others' titles. `path` leads to the scenario."""

    title, parameter_name = "scenario", "scenario"
    path = "scenario"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        visible = Scenario.objects.visible_to(request.user).order_by("title")
        return [(str(pk), title) for pk, title in visible.values_list("pk", "title")]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Model], chosen: str) -> QuerySet[Model]:
        return queryset.filter(**{self.path: int(chosen)})


def scenario_filter(path: str) -> type[ScenarioFilter]:
    """The same for rows from which `path` leads to the scenario."""
    return type("ScenarioFilter", (ScenarioFilter,), {"path": path})


def _named(request: HttpRequest, what: str) -> list[tuple[str, str]]:
    """The scenarios that the reader may see, or those who resolve something there, by name: asked for both at once."""
    held: list[tuple[str, int, str]] | None = getattr(request, "reckoner_named", None)
    if held is None:
        visible = Scenario.objects.visible_to(request.user).order_by().annotate(what=Value("scenario"))
        seen = Forecast.objects.filter(access.forecasts_at_desk(request.user)).order_by()
        resolvers = User.objects.filter(pk__in=seen.exclude(resolver=None).values("resolver")).order_by()
        people = resolvers.annotate(what=Value("resolver")).values_list("what", "pk", "name")
        held = list(visible.values_list("what", "pk", "title").union(people, all=True).order_by("title", "pk"))
        request.reckoner_named = held  # type: ignore[attr-defined]
    return [(str(pk), name) for kind, pk, name in held if kind == what]


class NamedScenarioFilter(ScenarioFilter):
    """The same beside those who resolve."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return _named(request, "scenario")


class ResolverFilter(Choices):
    """Those who resolve something that the reader may see."""

    title, parameter_name = "resolver", "resolver"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("nobody", "nobody"), *_named(request, "resolver")]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Forecast], chosen: str) -> QuerySet[Forecast]:
        return queryset.filter(resolver=None if chosen == "nobody" else int(chosen))
