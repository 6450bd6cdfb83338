"""Which forecasts of the board are shown, and in what order: all that an address can say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Case, Count, Exists, F, Func, OuterRef, Q, Value, When

from forecasts.models import Category, Estimate, Forecast, Preference, User
from forecasts.models.forecasts import ForecastQuerySet
from forecasts.pages import board, moving, searching
from forecasts.pages.moving import Moved
from forecasts.rules import access, timing

ORDERS = {
    "": "by scenario",
    "closing": "closing next",
    "moved": "moved most this week",
    "newest": "published last",
}
TOGGLES = {"mine": "Mine", "closing": "Closing this week", "unanswered": "Not answered by me"}
SEARCHED = ("title", "criteria", "background", "scenario__title")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; what is neither of ours is passed over."""

    q: str = ""
    state: str = ""
    category: str = ""
    order: str = ""
    on: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        state, category, order = given.get("state", ""), given.get("category", ""), given.get("order", "")
        return cls(
            q=searching.words_of(given.get("q", "")),
            state=state if state in Forecast.State.values else "",
            category=category if category in Category.values else "",
            order=order if order in ORDERS else "",
            on=frozenset(name for name in TOGGLES if given.get(name) == "1"),
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.state or self.category or self.on)

    @property
    def query(self) -> str:
        """The address that says it, from its question mark on; one page says it in one way."""
        words = {name: getattr(self, name) for name in ("q", "state", "category", "order")}
        said = {name: value for name, value in words.items() if value} | {
            name: "1" for name in TOGGLES if name in self.on
        }
        return f"?{urlencode(said)}" if said else ""

    @property
    def order_words(self) -> str:
        return ORDERS[self.order]

    @property
    def toggles(self) -> list[dict[str, Any]]:
        """Each with whether it is on, and the address that turns it."""
        return [
            {"words": words, "is_on": name in self.on, "name": name, "query": replace(self, on=self.on ^ {name}).query}
            for name, words in TOGGLES.items()
        ]

    @property
    def by_movement(self) -> dict[str, Any]:
        is_on = self.order == "moved"
        query = replace(self, order="" if is_on else "moved").query
        return {"words": "Moved most", "is_on": is_on, "name": "moved", "query": query}


def narrowed(forecasts: ForecastQuerySet, chosen: Chosen, user: User, at: datetime) -> ForecastQuerySet:
    """Those that are asked for, in no order."""
    if chosen.state:
        in_state = Forecast.objects.with_state(at).filter(Q(state=chosen.state))
        forecasts = forecasts.filter(pk__in=in_state.values("pk"))
    if chosen.category:
        forecasts = forecasts.filter(category=chosen.category)
    if chosen.q:
        forecasts = forecasts.filter(
            searching.holding(chosen.q, ["title", "criteria", "background", "scenario__title"])
        )
    if "mine" in chosen.on:
        forecasts = forecasts.filter(_mine(user))
    if "closing" in chosen.on:
        forecasts = forecasts.filter(closes_at__gt=at, closes_at__lt=week_end(user, at))
    if "unanswered" in chosen.on:
        open_now = Forecast.objects.open(at).filter(access.forecasts_to_estimate(user)).values("pk")
        forecasts = forecasts.filter(~Q(_answered(user)), pk__in=open_now)
    return forecasts


def _mine(user: User) -> Q:
    """What this person has answered, is assigned to, or resolves."""
    assigned = Forecast.assignees.through.objects.filter(user=user).values("forecast")
    return Q(_answered(user)) | Q(pk__in=assigned) | Q(resolver=user) | Q(backup=user)


def _answered(user: User) -> Exists:
    mine = Estimate.objects.filter(forecast=OuterRef("pk"), forecaster__user=user, event__in=Estimate.ANSWERS)
    return Exists(mine)


def week_end(user: User, at: datetime) -> datetime:
    """When this person's week ends: with the first day after their days off, else on Monday, in their own zone."""
    zone = timing.zone(user.time_zone)
    days = Preference.objects.filter(user=user).values_list("weekdays", flat=True).first()
    first = timing.first_day(frozenset(days or timing.EVERY_DAY))
    day = at.astimezone(zone).date()
    start = day + timedelta(days=(first - day.weekday() - 1) % 7 + 1)
    # A day that a zone skips has no beginning: the week ends as the next one begins.
    begun = (timing.at_hour(start + timedelta(days=later), 0, zone) for later in range(3))
    return next(moment for moment in begun if moment is not None)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Forecasts in the order asked for, each with its `state` and whether it `waits`; how each moved, where asked."""

    forecasts: ForecastQuerySet
    moved: dict[int, Moved]


def ordered(forecasts: ForecastQuerySet, chosen: Chosen, user: User, at: datetime) -> Ordered:
    """By scenario with what waits for this person first, or in an order of its own."""
    waits = Case(When(pk__in=board.awaiting(Forecast.objects.all(), user, at).values("pk"), then=1), default=0)
    stated = forecasts.with_state(at).annotate(waits=waits)
    shown = stated.select_related("scenario").prefetch_related("options")
    over = Case(When(state=Forecast.State.RESOLVED, then=1), default=0)
    if chosen.order == "closing":
        ended = Case(When(closes_at__gt=at, then=0), default=1)
        return Ordered(shown.order_by(ended, over, "closes_at", "pk"), {})
    if chosen.order == "newest":
        return Ordered(shown.order_by("-published_at", "-pk"), {})
    if chosen.order == "moved":
        moved = moving.moved(forecasts, user, at)
        return Ordered(shown.order_by(_place(list(moved)), over, "closes_at", "pk"), moved)
    return Ordered(shown.order_by("-waits", "scenario__title", "scenario", over, "closes_at", "pk"), {})


def _place(numbers: Sequence[int]) -> Any:
    """Where a row stands in a list of numbers; those that are not in it come last."""
    listed = Value(list(numbers), ArrayField(BigIntegerField()))
    return Func(listed, F("pk"), function="array_position").asc(nulls_last=True)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are on all pages: what waits, and the others by scenario."""

    waiting: int
    others: dict[int, int]


def counts(forecasts: ForecastQuerySet) -> Counts:
    found: Any = forecasts.order_by()
    waiting, others = 0, {}
    for waits, scenario, number in found.values_list("waits", "scenario").annotate(n=Count("pk")):
        if waits:
            waiting += number
        else:
            others[scenario] = number
    return Counts(waiting, others)
