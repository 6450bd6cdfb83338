"""What the watches of forecasts depend on, read in a few queries, however many people and forecasts there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from forecasts.models import (
    Amendment,
    Departure,
    Estimate,
    Forecast,
    Forecaster,
    Membership,
    Mute,
    Postponement,
    Preference,
    Prompt,
    Report,
    User,
    Verdict,
)
from forecasts.models.preferences import MOST_A_DAY
from forecasts.rules import timing
from forecasts.rules.access import ASKED
from forecasts.rules.timing import Rhythm
from forecasts.watching.reasons import HELD_BACK

# Enough for what a consensus rests on; older ones weigh next to nothing in it.
MOST_ESTIMATES = 5_000
OWNER = Membership.Role.OWNER


type Judged = Any
"""A verdict as `Verdict.objects.judged` reads it."""


class Said(NamedTuple):
    """One act of one forecaster, by the account behind it. The value has one number for each option."""

    forecaster: int
    person: int | None
    event: str
    at: datetime
    value: tuple[int, ...] | None


class Asked(NamedTuple):
    """The newest prompt of one kind to one person: what it fell due at, and when it was written, if it was."""

    slot: datetime
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one person set for all forecasts."""

    rhythm: Rhythm
    stopped: frozenset[str] = frozenset()
    most_a_day: int = MOST_A_DAY


@dataclass(slots=True)
class Facts:
    """All that the watches of one forecast depend on. People are ids of accounts; who is gone is nowhere in it."""

    forecast: Forecast
    analysts: frozenset[int] = frozenset()
    owners: frozenset[int] = frozenset()
    resolver: int | None = None
    backup: int | None = None
    last: Mapping[int, Said] = field(default_factory=dict)
    said: Sequence[Said] = ()
    amended_at: Sequence[tuple[datetime, bool]] = ()
    left_at: Mapping[int, Sequence[datetime]] = field(default_factory=dict)
    verdicts: Sequence[Judged] = ()
    reported_at: Sequence[datetime] = ()
    postponed: tuple[datetime, datetime] | None = None
    asked: dict[tuple[int, str], Asked] = field(default_factory=dict)
    held_back: dict[tuple[int, str], datetime] = field(default_factory=dict)
    mutes: Mapping[int, datetime | None] = field(default_factory=dict)

    @property
    def people(self) -> set[int]:
        return {*self.analysts, *self.owners, *self.last, *(one for one in (self.resolver, self.backup) if one)}


def asked(forecast: Forecast) -> QuerySet[User]:
    """Whom to ask for estimates: the assignees, else the members whose work estimating is."""
    assigned = forecast.assignees.through.objects.filter(forecast=forecast)
    member = Membership.objects.filter(user=OuterRef("pk"), scenario=forecast.scenario_id, role__in=ASKED)
    return User.objects.filter(
        Exists(assigned.filter(user=OuterRef("pk"))) | ~Exists(assigned) & Exists(member), is_active=True
    )


def read(forecasts: Collection[int], at: datetime) -> list[Facts]:
    """The facts about these forecasts as of `at`, in the order of their ids. Two queries."""
    rows = Forecast.objects.filter(pk__in=forecasts).select_related("scenario").order_by("pk")
    rows = rows.annotate(**{f"_{name}": ArraySubquery(query) for name, query in _parts(at).items()})
    listed = list(rows)
    verdicts = defaultdict(list)
    for verdict in Verdict.objects.judged(at).filter(forecast__in=forecasts).order_by("recorded_at", "pk"):
        verdicts[verdict.forecast_id].append(verdict)
    return [_facts(row, verdicts[row.pk]) for row in listed]


def wishes(people: Iterable[int]) -> dict[int, Wishes]:
    """How each of these people wants mail. One query."""
    rows = User.objects.filter(pk__in=list(people)).select_related("preference").only("time_zone", "preference")
    return {user.pk: wishes_of(user) for user in rows}


def wishes_of(user: User) -> Wishes:
    """The same of one person, read with `select_related("preference")`."""
    preference: Preference | None = getattr(user, "preference", None)
    place = timing.zone(user.time_zone)
    if preference is None:
        return Wishes(Rhythm(place))
    return Wishes(
        Rhythm(place, preference.digest, preference.hour, frozenset(preference.weekdays), preference.absent_until),
        frozenset(preference.stopped),
        preference.most_a_day,
    )


def _parts(at: datetime) -> dict[str, QuerySet[Any, Any]]:
    """What belongs to one forecast, each as a subquery of JSON objects."""
    mine = {"forecast": OuterRef("pk")}
    said = Estimate.objects.filter(**mine).until(at).uncorrected(at)
    said = said.filter(forecaster__kind=Forecaster.Kind.ANALYST)
    columns = {"f": "forecaster", "u": "forecaster__user", "e": "event", "at": "made_at"}
    values = {"p": "probability", "o": "probabilities"}
    gone = Q(state=Prompt.State.CANCELLED, reason__in=HELD_BACK)
    prompts = Prompt.objects.filter(**mine).order_by()
    active = Q(user__is_active=True)
    assigned = Forecast.assignees.through.objects.filter(**mine, user__is_active=True)
    named = Forecast.assignees.through.objects.filter(forecast=OuterRef(OuterRef("pk"))).values("user")
    members = Membership.objects.filter(active, scenario=OuterRef("scenario"), role__in=[*ASKED, OWNER])
    return {
        "last": said.filter(forecaster__user__is_active=True)
        .order_by("forecaster", "-made_at", "-pk")
        .distinct("forecaster")
        .values(json=JSONObject(**columns)),
        "said": said.order_by("-made_at", "-pk").values(json=JSONObject(**columns, **values))[:MOST_ESTIMATES],
        "assigned": assigned.values("user"),
        "members": members.values(json=JSONObject(u="user", r="role")),
        "staff": User.objects.filter(Q(pk=OuterRef("resolver")) | Q(pk=OuterRef("backup")), is_active=True).values(
            "pk"
        ),
        "amendments": Amendment.objects.filter(**mine, made_at__lte=at).values(
            json=JSONObject(at="made_at", kind="kind")
        ),
        "departures": Departure.objects.filter(made_at__lte=at)
        .filter(Q(scenario=None) | Q(scenario=OuterRef("scenario")) & ~Q(user__in=named))
        .filter(Exists(Estimate.objects.filter(forecast=OuterRef(OuterRef("pk")), forecaster__user=OuterRef("user"))))
        .values(json=JSONObject(u="user", at="made_at")),
        "reports": Report.objects.filter(**mine, made_at__lte=at).order_by("made_at").values("made_at"),
        "postponements": Postponement.objects.filter(**mine, made_at__lte=at)
        .order_by("-made_at", "-pk")
        .values(json=JSONObject(at="made_at", until="until"))[:1],
        "prompts": prompts.exclude(gone)
        .values("recipient", "kind")
        .annotate(slot=Max("slot"), written=Max("message__made_at"))
        .values(json=JSONObject(u="recipient", k="kind", slot="slot", written="written")),
        "held": prompts.filter(gone)
        .values("recipient", "kind")
        .annotate(slot=Max("slot"))
        .values(json=JSONObject(u="recipient", k="kind", slot="slot")),
        "mutes": Mute.objects.filter(**mine).in_force(at).values(json=JSONObject(u="user", until="until")),
    }


def _facts(row: Any, verdicts: Sequence[Judged]) -> Facts:
    members = {one["u"]: one["r"] for one in row._members}
    analysts = row._assigned or [person for person, role in members.items() if role in ASKED]
    staff = set(row._staff)
    postponed = [(_time(one["at"]), _time(one["until"])) for one in row._postponements]
    last = [_said(one) for one in row._last]
    return Facts(
        forecast=row,
        analysts=frozenset(analysts),
        owners=frozenset(person for person, role in members.items() if role == OWNER),
        resolver=row.resolver_id if row.resolver_id in staff else None,
        backup=row.backup_id if row.backup_id in staff else None,
        last={one.person: one for one in last if one.person is not None},
        said=[_said(one) for one in reversed(row._said)],
        amended_at=sorted((_time(one["at"]), one["kind"] == Amendment.Kind.MATERIAL) for one in row._amendments),
        left_at=_left(row._departures),
        verdicts=verdicts,
        reported_at=row._reports,
        postponed=postponed[0] if postponed else None,
        asked={
            (one["u"], one["k"]): Asked(_time(one["slot"]), _time(one["written"]) if one["written"] else None)
            for one in row._prompts
        },
        held_back={(one["u"], one["k"]): _time(one["slot"]) for one in row._held},
        mutes={one["u"]: _time(one["until"]) if one["until"] else None for one in row._mutes},
    )


def _left(departures: Iterable[Mapping[str, Any]]) -> dict[int, list[datetime]]:
    left: dict[int, list[datetime]] = defaultdict(list)
    for one in departures:
        left[one["u"]].append(_time(one["at"]))
    return left


def _said(one: Mapping[str, Any]) -> Said:
    single, options = one.get("p"), one.get("o")
    value = tuple(options) if options else None if single is None else (single,)
    return Said(one["f"], one["u"], one["e"], _time(one["at"]), value)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
