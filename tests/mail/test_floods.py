"""Nobody is flooded, and nothing comes too late: what goes into one mail, how many there are a day, and when."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from forecasts import watching
from forecasts.mail import preferring, prompting
from forecasts.models import Forecast, Membership, Message, Prompt, PromptKind, Scenario, User, Watch
from forecasts.rules import timing
from forecasts.rules.timing import Rhythm
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo")


def asked(scenario: Scenario, **fields: Any) -> Forecast:
    forecast = make.forecast(scenario, **fields)
    watching.refresh(forecast, make.day(0))
    return forecast


def text(message: Message) -> str:
    parts = message_from_bytes(bytes(message.content or b""), policy=policy.default)
    part = parts.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def mailed(person: User) -> list[datetime]:
    return list(Message.objects.filter(recipient=person).order_by("made_at").values_list("made_at", flat=True))


def plan_hourly(first: float, last: float) -> None:
    for hour in range(round(first * 24), round(last * 24) + 1):
        prompting.plan(make.day(hour / 24))


def test_whoever_is_made_a_member_without_a_word_gets_one_mail_about_180_open_forecasts(scenario: Scenario) -> None:
    for place in range(180):
        asked(scenario, closes_at=make.day(30 - place / 10))
    person = make.member(scenario)
    watching.refresh_all(Forecast.objects.values_list("pk", flat=True), make.day(1))
    prompting.plan(make.day(1))
    about = Message.objects.filter(recipient=person)
    said = text(about.get())
    assert len(set(re.findall(r"https?://\S+/answer/\S+", said))) == 180
    assert said.count("YES if the United Nations report by then") == 1
    assert said.startswith("180 forecasts")
    assert len(bytes(about.get().content or b"")) < 250_000


def test_what_closes_first_is_on_top_and_its_scenario_too(scenario: Scenario, analyst: User) -> None:
    other = make.scenario(title="Zagreb")
    Membership.objects.create(scenario=other, user=analyst, role="analyst")
    for place, (where, day) in enumerate([(scenario, 20), (other, 9), (scenario, 12), (other, 30)]):
        asked(where, title=f"Question {place}?", closes_at=make.day(day))
    prompting.plan(make.day(0))
    said = text(Message.objects.get())
    assert re.findall(r"^(Zagreb|Aleppo|Question \d\?)$", said, re.MULTILINE) == [
        "Zagreb", "Question 1?", "Question 3?", "Aleppo", "Question 2?", "Question 0?",
    ]  # fmt: skip
    assert Message.objects.get().subject == "Digest: Question 1? and 3 more"


@pytest.mark.parametrize(("forecasts", "mails"), [(1, 1), (2, 2), (3, 1), (7, 1)])
def test_from_three_prompts_on_what_falls_due_at_once_is_one_mail(
    scenario: Scenario, analyst: User, forecasts: int, mails: int
) -> None:
    for _ in range(forecasts):
        asked(scenario)
    assert prompting.plan(make.day(0)).messages == mails
    assert not Prompt.objects.filter(message=None).exists()


def test_three_mails_come_a_day_and_the_rest_together_at_the_readers_hour_of_the_next(
    scenario: Scenario, analyst: User
) -> None:
    for hour in range(6):
        asked(scenario, opens_at=make.day((10 + hour) / 24))
    plan_hourly(0, 2)
    assert mailed(analyst) == [*(make.day((10 + hour) / 24) for hour in range(3)), make.day(1 + 9 / 24)]
    assert Message.objects.latest("made_at").prompts.count() == 3


def test_two_left_over_for_one_mail_share_it(scenario: Scenario, analyst: User) -> None:
    preferring.save(analyst, {"most_a_day": 1}, at=make.day(0))
    for _ in range(2):
        asked(scenario)
    assert prompting.plan(make.day(0)).messages == 1


def test_nobody_who_set_no_limit_waits(scenario: Scenario, analyst: User) -> None:
    preferring.save(analyst, {"most_a_day": 0}, at=make.day(0))
    for hour in range(6):
        asked(scenario, opens_at=make.day((10 + hour) / 24))
    plan_hourly(0, 1)
    assert len(mailed(analyst)) == 6


def test_what_closes_within_a_day_goes_above_the_limit(scenario: Scenario, analyst: User) -> None:
    for hour in range(4):
        asked(scenario, opens_at=make.day((10 + hour) / 24))
    asked(scenario, opens_at=make.day(14 / 24), closes_at=make.day(1.5))
    plan_hourly(0, 0.9)
    assert mailed(analyst)[-1] == make.day(14 / 24)
    assert len(mailed(analyst)) == 4


def test_invitations_and_passwords_take_nobodys_place(scenario: Scenario, analyst: User) -> None:
    for place in range(5):
        Prompt.objects.create(recipient=analyst, kind=PromptKind.PASSWORD_RESET, slot=make.day(0.1 + place / 1440))
    prompting.plan(make.day(0.4))
    asked(scenario, opens_at=make.day(0.5))
    prompting.plan(make.day(0.5))
    assert len(mailed(analyst)) == 6


def opens_to_closes(hours: Iterable[int]) -> list[tuple[datetime, datetime]]:
    return [(make.day(start / 24), make.day((start + length) / 24)) for start in (0, 31, 57, 90) for length in hours]


@pytest.mark.parametrize("wishes", [
    {"digest": "weekly", "weekdays": [0, 1, 2, 3, 4]},
    {"digest": "weekly", "weekdays": [6, 0, 1, 2, 3]},
    {"digest": "weekly", "weekdays": [2], "hour": 22},
    {"digest": "daily", "weekdays": [5], "hour": 0},
    {"digest": "daily", "hour": 23},
    {"digest": "each", "weekdays": [0]},
])  # fmt: skip
def test_no_question_comes_after_its_close_whatever_the_rhythm(
    scenario: Scenario, analyst: User, wishes: dict[str, Any]
) -> None:
    preferring.save(analyst, {"time_zone": "Asia/Damascus", **wishes}, at=make.day(-1))
    made = [asked(scenario, opens_at=a, closes_at=b) for a, b in opens_to_closes((3, 20, 72, 200))]
    plan_hourly(0, 13)
    for forecast in made:
        told = Prompt.objects.filter(forecast=forecast, message__isnull=False).order_by("message__made_at").first()
        assert told is not None
        assert told.message is not None
        assert forecast.closes_at is not None
        assert told.message.made_at < forecast.closes_at


def test_a_weekly_digest_leaves_a_short_question_to_a_mail_of_its_own_and_keeps_the_long_ones(
    scenario: Scenario, analyst: User
) -> None:
    """Make.day(0) is a Sunday; the digest goes on Mondays at nine."""
    preferring.save(analyst, {"digest": "weekly", "weekdays": [0, 1, 2, 3, 4]}, at=make.day(0))
    long = asked(scenario, opens_at=make.day(2), closes_at=make.day(30))
    short = asked(scenario, opens_at=make.day(2), closes_at=make.day(5))
    plan_hourly(1, 8.9)
    times = dict(Prompt.objects.filter(kind="update").values_list("forecast", "message__made_at"))
    assert times == {short.pk: make.day(2 + 9 / 24), long.pk: make.day(8 + 9 / 24)}


def test_who_is_away_until_after_the_close_gets_nothing_and_the_page_says_why(
    scenario: Scenario, analyst: User, client: Any
) -> None:
    preferring.save(analyst, {"absent_until": make.day(10).date()}, at=make.day(0))
    forecast = asked(scenario, opens_at=make.day(1), closes_at=make.day(5))
    plan_hourly(0, 12)
    assert mailed(analyst) == []
    assert watching.unreached(forecast, analyst) == "You are away until 11 December 2024, after this closes."


@pytest.mark.parametrize(("days", "first"), [
    ({0, 1, 2, 3, 4}, 0), ({6, 0, 1, 2, 3}, 6), ({5, 6, 0, 1, 2}, 5), ({6, 0, 1, 2, 3, 4}, 6), (set(range(7)), 0),
    ({2}, 2), ({0, 2, 4}, 0), ({1, 3}, 1), ({5, 6, 0, 1, 2, 3}, 5), ({0, 3}, 0),
])  # fmt: skip
def test_a_week_begins_after_its_days_off(days: set[int], first: int) -> None:
    assert timing.first_day(frozenset(days)) == first
    rhythm = Rhythm(timing.zone("Asia/Damascus"), "weekly", 9, frozenset(days))
    for moment in (make.day(hour / 3) for hour in range(30)):
        assert timing.window(rhythm, moment).astimezone(rhythm.zone).weekday() == first
        assert timing.weekly(rhythm, moment).astimezone(rhythm.zone).weekday() == first


def test_an_owner_whose_week_is_sunday_to_thursday_gets_the_summary_on_sunday(scenario: Scenario) -> None:
    owner = make.member(scenario, "owner", time_zone="Asia/Riyadh")
    preferring.save(owner, {"weekdays": [6, 0, 1, 2, 3]}, at=make.day(0.5))
    asked(scenario)
    watch = Watch.objects.get(user=owner, kind="summary")
    assert watch.next_at is not None
    assert watch.next_at.astimezone(timing.zone("Asia/Riyadh")).strftime("%A %H:%M") == "Sunday 09:00"


def test_overdue_takes_the_place_of_resolve_for_the_same_person_and_forecast(scenario: Scenario) -> None:
    resolver = make.member(scenario, "resolver")
    preferring.save(resolver, {"digest": "weekly"}, at=make.day(0))
    due = asked(scenario, resolver=resolver, closes_at=make.day(2), resolves_at=make.day(2))
    other = asked(scenario, resolver=resolver, closes_at=make.day(7), resolves_at=make.day(7))
    plan_hourly(1.5, 8.5)
    said = Prompt.objects.filter(message__isnull=False).values_list("forecast", "kind")
    assert sorted(said) == sorted([(due.pk, "overdue"), (other.pk, "resolve")])


def test_after_an_outage_one_mail_asks_to_resolve_not_two(scenario: Scenario) -> None:
    resolver = make.member(scenario, "resolver")
    asked(scenario, resolver=resolver, closes_at=make.day(2), resolves_at=make.day(2))
    prompting.plan(make.day(14))
    assert list(Prompt.objects.filter(message__isnull=False).values_list("kind", flat=True)) == ["overdue"]


def test_a_forecasts_page_says_to_whom_no_mail_comes_in_time(scenario: Scenario, analyst: User, client: Client) -> None:
    now = timezone.now()
    preferring.save(analyst, {"absent_until": (now + timedelta(days=9)).date()}, at=now)
    forecast = make.forecast(scenario, published_at=now, opens_at=now, closes_at=now + timedelta(days=5))
    client.force_login(analyst)
    assert "No mail asks you about this forecast. You are away until" in client.get(forecast.get_absolute_url()).text
    preferring.save(analyst, {"absent_until": None}, at=now)
    assert "No mail asks you" not in client.get(forecast.get_absolute_url()).text
