"""Six months of asking, to the minute, against a calendar that is kept here by hand.

Answers, snoozes, mutes and resolutions come at times of their own. What each person should get, and when, follows
from these and from a clock that walks from quarter hour to quarter hour; none of the code under test is asked.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from forecasts import watching
from forecasts.answers import estimating, resolving
from forecasts.answers.estimating import Answer
from forecasts.answers.resolving import Finding
from forecasts.mail import delivery, preferring, prompting
from forecasts.models import Estimate, Forecast, Membership, Preference, Prompt, Scenario, User, Verdict
from forecasts.replaying.sql import DUE_AFTER
from forecasts.rules.values import Value
from tests import make
from tests.smtp import Server

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
START = datetime(2024, 9, 2, 8, tzinfo=UTC)
DAY, MINUTE, QUARTER = timedelta(days=1), timedelta(minutes=1), timedelta(minutes=15)
COOLING = timedelta(hours=24)
ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Asia/Beirut", "Africa/Cairo",
    "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Kiritimati", "America/Sao_Paulo", "Antarctica/Troll",
]  # fmt: skip
DIGESTS = ["each", "daily", "weekly", "daily"]
WEEKDAYS = [frozenset(range(7)), frozenset(range(5)), frozenset({1, 3, 5}), frozenset({6})]

type Got = list[tuple[datetime, frozenset[tuple[str, str]]]]


@dataclass
class Person:
    """One analyst as the calendar knows them."""

    user: User
    zone: ZoneInfo
    digest: str
    hour: int
    days: frozenset[int]
    absent: date | None = None
    hours: list[datetime] = field(default_factory=list)
    every: list[datetime] = field(default_factory=list)
    """The hours of all chosen days, whatever the digest."""

    def is_away(self, moment: datetime) -> bool:
        return self.absent is not None and moment.astimezone(self.zone).date() < self.absent

    def window(self, moment: datetime) -> datetime:
        """When a mail that falls due at this time goes out."""
        is_day = moment.astimezone(self.zone).weekday() in self.days
        if self.digest == "each" and is_day and not self.is_away(moment):
            return moment
        return next(hour for hour in self.hours if hour >= moment and not self.is_away(hour))

    def in_time(self, moment: datetime, end: datetime) -> datetime:
        """The same for what closes: the weekly day gives way, then hour and days off, but no absence."""
        usual, latest = self.window(moment), end - min(DAY / 2, (end - moment) / 2)
        if usual <= latest or self.is_away(moment):
            return usual
        sooner = next(hour for hour in self.every if hour >= moment)
        return sooner if sooner <= latest else moment


@dataclass(frozen=True)
class Act:
    """What somebody does at a time of their own."""

    at: datetime
    what: str
    who: int
    about: str
    until: datetime | None = None


@dataclass
class World:
    scenario: Scenario
    people: list[Person]
    forecasts: dict[str, Forecast]
    acts: list[Act]
    staff: dict[str, User]
    end: datetime


def walked(person: Person, end: datetime, *, is_weekly: bool) -> list[datetime]:
    """The first quarter hour of each chosen day that shows the person's hour or later."""
    days = frozenset({min(person.days)}) if is_weekly else person.days
    found, seen, instant = [], set(), START - 2 * DAY
    while instant < end + 90 * DAY:
        shown = instant.astimezone(person.zone)
        if shown.hour >= person.hour and shown.date() not in seen:
            seen.add(shown.date())
            if shown.weekday() in days:
                found.append(instant)
        instant += QUARTER
    return found


def world(people: int, forecasts: int, days: int, seed: int) -> World:
    dice = random.Random(seed)
    end = START + days * DAY
    scenario = make.scenario(cooling_off_hours=24, sooner_when_moved=0)
    staff = {role: make.member(scenario, role) for role in ("resolver", "owner")}
    staff["backup"] = make.member(scenario, Membership.Role.EDITOR)
    cast = [_person(scenario, place, end) for place in range(people)]
    asked = {f"f{place}": _forecast(scenario, place, days, staff) for place in range(forecasts)}
    acts = sorted(_acts(dice, cast, asked, end), key=lambda act: act.at)
    return World(scenario, cast, asked, acts, staff, end)


def _person(scenario: Scenario, place: int, end: datetime) -> Person:
    zone, hour = ZONES[place % len(ZONES)], (place * 7) % 24
    user = make.member(scenario, name=f"Analyst {place}", time_zone=zone)
    digest, days = DIGESTS[place % 4], WEEKDAYS[(place // 4) % 4]
    absent = (START + 20 * DAY).date() if place % 6 == 5 else None
    Preference.objects.create(
        user=user, digest=digest, hour=hour, weekdays=sorted(days), absent_until=absent, most_a_day=0
    )
    person = Person(user, ZoneInfo(zone), digest, hour, days, absent)
    person.every = walked(person, end, is_weekly=False)
    person.hours = walked(person, end, is_weekly=digest == "weekly")
    return person


def _forecast(scenario: Scenario, place: int, days: int, staff: dict[str, User]) -> Forecast:
    """Forecasts of different rhythms that close one after the other."""
    opens = START + place * 5 * DAY + place * 37 * MINUTE
    closes = START + (days * (place + 2) // 9 + 6) * DAY + place * 83 * MINUTE
    return make.forecast(
        scenario,
        key=f"f{place}",
        published_at=START,
        opens_at=opens,
        closes_at=closes,
        resolves_at=closes + (place % 3) * DAY,
        review_every=timedelta(days=[7, 3, 14, 1][place % 4]),
        resolver=staff["resolver"],
        backup=staff["backup"],
    )


def _acts(dice: random.Random, cast: Sequence[Person], asked: dict[str, Forecast], end: datetime) -> Iterator[Act]:
    for key, forecast in asked.items():
        assert forecast.opens_at
        assert forecast.closes_at
        assert forecast.resolves_at
        length = forecast.closes_at - forecast.opens_at
        for who, person in enumerate(cast):
            at = forecast.opens_at + length * dice.random() * 0.5
            while at < forecast.closes_at and dice.random() < 0.7:
                if not person.is_away(at):
                    yield Act(_odd(at), "answer", who, key)
                at += length * dice.random() * 0.4 + DAY
        chosen = dice.randrange(len(cast))
        at = _odd(forecast.opens_at + length * 0.3)
        yield Act(at, "mute", chosen, key)
        yield Act(at, "snooze", (chosen + 1) % len(cast), key, until=at + 6 * DAY + 3 * MINUTE)
        yield Act(_odd(forecast.resolves_at + dice.choice([0, 7, 17]) * DAY), "resolve", 0, key)


def _odd(at: datetime) -> datetime:
    """A minute and second at which nothing falls due."""
    return at.replace(minute=at.minute // 15 * 15 + 11, second=13, microsecond=0)


def live(world: World) -> None:
    """Let the code under test live through it all."""
    watching.refresh_all([forecast.pk for forecast in world.forecasts.values()], START)
    todo, moment = list(world.acts), START
    while moment <= world.end:
        prompting.plan(moment)
        delivery.send(moment)
        while todo and todo[0].at <= moment:
            _do(todo.pop(0), world)
        with connection.cursor() as cursor:
            cursor.execute(DUE_AFTER, {"moment": moment})
            coming = [at for at in cursor.fetchone()[:2] if at is not None]
        moment = min([*coming, *(act.at for act in todo[:1]), world.end + DAY])


def _do(act: Act, world: World) -> None:
    forecast, person = world.forecasts[act.about], world.people[act.who].user
    if act.what == "answer":
        given = Answer(value=Value(probability=3_000))
        estimating.record(forecast, person, given, at=act.at, channel=Estimate.Channel.WEB)
    elif act.what == "resolve":
        finding = Finding(Verdict.Outcome.YES, known_at=forecast.closes_at)
        resolving.resolve(forecast, world.staff["resolver"], finding, at=act.at)
    else:
        preferring.mute(person, forecast, at=act.at, until=act.until)


def expected(world: World, who: int) -> Got:
    """What one analyst should have got: by the times at which it fell due, then by their windows."""
    person = world.people[who]
    due: dict[datetime, dict[tuple[str, str], datetime]] = defaultdict(dict)
    for key, forecast in world.forecasts.items():
        mine = [act for act in world.acts if act.about == key and (act.who == who or act.what == "resolve")]
        for kind, slot, sent in Sheet(person, forecast, mine).mails():
            if sent <= world.end:
                due[sent][kind, key] = slot
    if person.digest != "each":
        return in_order([(at, frozenset(what)) for at, what in due.items()])
    return in_order([mail for at, what in due.items() for mail in together(at, what)])


def together(at: datetime, what: Iterable[tuple[str, str]]) -> Got:
    """One mail each, but one for all from three on."""
    each = [(at, frozenset({one})) for one in what]
    return each if len(each) < 3 else [(at, frozenset(what))]


def in_order(mails: Got) -> Got:
    return sorted(mails, key=lambda mail: (mail[0], sorted(mail[1])))


@dataclass
class Sheet:
    """The calendar of one person about one forecast."""

    person: Person
    forecast: Forecast
    acts: Sequence[Act]

    @property
    def answers(self) -> list[datetime]:
        return [act.at for act in self.acts if act.what == "answer"]

    @property
    def muted(self) -> datetime | None:
        return next((act.at for act in self.acts if act.what == "mute"), None)

    @property
    def asleep(self) -> tuple[datetime, datetime] | None:
        return next(((act.at, act.until) for act in self.acts if act.what == "snooze" and act.until), None)

    @property
    def opens(self) -> datetime:
        return max(at for at in (self.forecast.opens_at, self.forecast.published_at) if at is not None)

    @property
    def closes(self) -> datetime:
        assert self.forecast.closes_at is not None
        return self.forecast.closes_at

    @property
    def closing(self) -> datetime:
        assert self.forecast.opens_at is not None
        return self.closes - min(2 * DAY, (self.closes - self.forecast.opens_at) / 2)

    def mails(self) -> Iterator[tuple[str, datetime, datetime]]:
        """Kind, slot and time of every mail."""
        newest = {self.window(slot): slot for slot in sorted([*self.updates(), *self.last_calls()])}
        for sent, slot in newest.items():
            is_late = sent >= self.closes or any(slot <= at < sent for at in self.answers)
            if not is_late and not self.is_silent(sent):
                yield "closing_soon" if slot in self.last_calls() else "update", slot, sent
        resolved = next(act.at for act in self.acts if act.what == "resolve")
        if self.answers and self.muted is None:
            yield "result", resolved + COOLING, self.person.window(resolved + COOLING)

    def window(self, slot: datetime) -> datetime:
        return self.person.in_time(slot, self.closes)

    def is_silent(self, sent: datetime) -> bool:
        """Whether the person does not want to hear of the forecast then."""
        is_asleep = self.asleep is not None and self.asleep[0] < sent < self.asleep[1]
        return is_asleep or (self.muted is not None and sent > self.muted)

    def awake(self, slot: datetime) -> datetime:
        """A slot in an absence is the hour of their return; one that a snooze caught is its end."""
        if self.person.is_away(slot):
            while self.person.is_away(slot) or slot.astimezone(self.person.zone).hour < self.person.hour:
                slot += QUARTER - timedelta(minutes=slot.minute % 15, seconds=slot.second)
        if self.asleep is not None and slot < self.asleep[1] and self.person.window(slot) > self.asleep[0]:
            return self.asleep[1]
        return slot

    def last_calls(self) -> list[datetime]:
        """The reminder of the close, unless somebody answered the day before."""
        slot = self.awake(self.closing)
        is_fresh = any(self.closing - DAY < at <= slot for at in self.answers)
        return [slot] if slot < self.closes and not is_fresh else []

    def updates(self) -> list[datetime]:
        """An interval after the last answer or mail. Of several that go out together, the newest."""
        every = self.forecast.review_every
        limit = self.closing - DAY if every > 2 * DAY else self.closes
        due, left, newest = self.awake(self.opens), self.answers, {}
        while due < limit:
            if left and left[0] < due:
                due = self.awake(left.pop(0) + every)
                continue
            newest[self.window(due)] = due
            due = self.awake(due + every)
        return list(newest.values())


def got(world: World, user: User) -> Got:
    """What a person did get, by the times at which the server took it."""
    mails: dict[tuple[datetime, int], set[tuple[str, str]]] = defaultdict(set)
    prompts = Prompt.objects.filter(recipient=user, message__sent_at__isnull=False, state__in=["sent", "answered"])
    for at, message, kind, key in prompts.values_list("message__sent_at", "message_id", "kind", "forecast__key"):
        if at is not None:
            mails[at, message].add((kind, key or ""))
    return in_order([(at, frozenset(what)) for (at, _), what in mails.items()])


def compare(world: World, server: Server) -> None:
    """Fails with what is missing and what nobody expected, by person."""
    wrong = {}
    for who, person in enumerate(world.people):
        came, planned = got(world, person.user), expected(world, who)
        if came != planned:
            missing, extra = [one for one in planned if one not in came], [one for one in came if one not in planned]
            wrong[f"{person.user.name}, {person.zone}, {person.digest}"] = [
                *map(_shown, missing),
                "/",
                *map(_shown, extra),
            ]
    assert wrong == {}
    sent = sum(len(got(world, user)) for user in User.objects.all())
    assert len(server.arrived) == sent > 0


def _shown(one: tuple[datetime, frozenset[tuple[str, str]]]) -> str:
    return f"{one[0]:%m-%d %H:%M:%S} {' '.join(sorted(f'{kind}:{key}' for kind, key in one[1]))}"


def resolving_of(world: World, role: str) -> Got:
    """When whoever resolves is asked, and asked again: at once, and every five days; the others join later."""
    first = {"resolver": 1, "backup": 2, "owner": 3}[role]
    found: Got = []
    for key, forecast in world.forecasts.items():
        due = forecast.resolves_at
        assert due is not None
        resolved = next(act.at for act in world.acts if act.about == key and act.what == "resolve")
        if role == "resolver" and due < resolved:
            found.append((due, frozenset({("resolve", key)})))
        found += [
            (at, frozenset({("overdue", key)}))
            for step in range(first, 40)
            if (at := due + step * 5 * DAY) < min(resolved, world.end)
        ]
    return in_order(found)


def test_four_weeks_of_twelve_analysts_in_twelve_zones_come_as_a_calendar_says(mail_server: Server) -> None:
    made = world(people=12, forecasts=4, days=28, seed=7)
    live(made)
    compare(made, mail_server)
    for role in ("resolver", "backup", "owner"):
        asked = [one for one in got(made, made.staff[role]) if ("summary", "") not in one[1]]
        assert asked == resolving_of(made, role)
    mondays = [at for at, what in got(made, made.staff["owner"]) if ("summary", "") in what]
    assert mondays == [datetime(2024, 9, 2, 9, tzinfo=UTC) + week * 7 * DAY for week in range(5)][: len(mondays)]
    assert len(mondays) == 4


@pytest.mark.validate
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_six_months_of_forty_analysts_in_twelve_zones_come_as_a_calendar_says(mail_server: Server, seed: int) -> None:
    made = world(people=40, forecasts=9, days=183, seed=seed)
    live(made)
    compare(made, mail_server)
