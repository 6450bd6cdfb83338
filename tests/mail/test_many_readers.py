"""Readers in many zones with many habits: nothing comes after its close, and nobody gets more than they wanted."""

import random
import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from forecasts import watching
from forecasts.mail import delivery, inviting, links, preferring, prompting
from forecasts.models import Estimate, Forecast, Message, Preference, Prompt, Scenario, SecurityEvent, User, Watch
from forecasts.rules import timing
from tests import clocks, make
from tests.smtp import Server

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "America/St_Johns", "Africa/Cairo", "UTC")


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo")


@pytest.fixture
def analyst(scenario: Scenario) -> User:
    return make.member(scenario)


def tick(first: float, last: float) -> None:
    for hour in range(round(first * 24), round(last * 24) + 1):
        prompting.plan(make.day(hour / 24))


def reader(scenario: Scenario, dice: random.Random) -> User:
    person = make.member(scenario, time_zone=dice.choice(ZONES))
    wishes = {
        "digest": dice.choice(["each", "daily", "weekly"]),
        "hour": dice.choice([0, 3, 9, 23]),
        "weekdays": sorted(dice.sample(range(7), dice.randint(1, 6))),
        "absent_until": dice.choice([None, None, date(2024, 12, dice.randint(2, 8))]),
        "most_a_day": dice.choice([1, 3, 3]),
    }
    preferring.save(person, wishes, at=make.day(-1))
    return person


def sent(person: User) -> dict[int, list[datetime]]:
    """By forecast, when mails asked this person about it."""
    found = defaultdict(list)
    rows = Prompt.objects.filter(recipient=person, message__isnull=False).order_by("message__made_at")
    for forecast, at in rows.values_list("forecast", "message__made_at"):
        found[forecast].append(at)
    return found


def comes_back_with_less_than_a_tick(person: User, forecast: Forecast) -> bool:
    """These tests look once an hour."""
    assert forecast.opens_at is not None
    assert forecast.closes_at is not None
    back = timing.back(watching.wishes([person.pk])[person.pk].rhythm, forecast.opens_at, forecast.closes_at)
    return back is not None and back < forecast.closes_at < back + HOUR


@pytest.mark.parametrize("seed", [1, 5])
def test_every_question_comes_before_its_close_or_its_page_says_why_not(scenario: Scenario, seed: int) -> None:
    dice = random.Random(seed)
    people = [reader(scenario, dice) for _ in range(20)]
    for _ in range(12):
        opens = dice.uniform(0, 6)
        forecast = make.forecast(
            scenario, opens_at=make.day(opens), closes_at=make.day(opens + dice.choice([0.2, 1, 3, 6]))
        )
        watching.refresh(forecast, make.day(0))
    tick(0, 12.5)
    for person in people:
        told = sent(person)
        for forecast in Forecast.objects.all():
            assert forecast.closes_at is not None
            if comes_back_with_less_than_a_tick(person, forecast):
                continue
            if watching.unreached(forecast, person):
                assert forecast.pk not in told
            else:
                assert told[forecast.pk][0] < forecast.closes_at, (
                    forecast,
                    person.time_zone,
                    Preference.objects.get(user=person),
                )


@pytest.mark.parametrize("seed", [3, 4])
def test_nobody_gets_more_mails_on_their_day_than_they_wanted_but_for_what_closes(
    scenario: Scenario, seed: int
) -> None:
    dice = random.Random(seed)
    people = [reader(scenario, dice) for _ in range(20)]
    for _ in range(30):
        opens = dice.uniform(0, 6)
        forecast = make.forecast(scenario, opens_at=make.day(opens), closes_at=make.day(opens + 60))
        watching.refresh(forecast, make.day(0))
    tick(0, 7)
    for person in people:
        zone, most = ZoneInfo(person.time_zone), Preference.objects.get(user=person).most_a_day
        mails = Message.objects.filter(recipient=person).values_list("made_at", flat=True)
        days = Counter(at.astimezone(zone).date() for at in mails)
        assert max(days.values(), default=0) <= most
    assert Message.objects.count() > 40


def test_a_question_of_a_thursday_reader_at_23_beyond_the_date_line_comes_in_time(scenario: Scenario) -> None:
    """Their Thursday at 23 is our Thursday at 9; it opens a minute later, and closes before the next one."""
    person = make.member(scenario, time_zone="Pacific/Kiritimati")
    preferring.save(person, {"digest": "weekly", "weekdays": [3], "hour": 23}, at=make.day(0))
    thursday = make.day(4) + 9 * HOUR
    week = make.forecast(scenario, opens_at=thursday - HOUR, closes_at=make.day(30))
    short = make.forecast(scenario, opens_at=thursday + HOUR / 60, closes_at=thursday + 6 * 24 * HOUR)
    for forecast in (week, short):
        watching.refresh(forecast, make.day(0))
    tick(3, 12)
    assert sent(person)[week.pk][0] == thursday
    assert sent(person)[short.pk][0] == thursday + HOUR


def test_three_who_keep_what_they_said_in_turn_write_no_mail(scenario: Scenario) -> None:
    people = [make.member(scenario) for _ in range(3)]
    forecast = make.forecast(scenario, review_every=timedelta(days=30), closes_at=make.day(90))
    for place, person in enumerate(people):
        make.estimate(forecast, person, (10, 50, 90)[place] / 100, make.day(1 + place / 24))
    watching.refresh(forecast, make.day(1.5))
    for day in range(3, 25):
        make.estimate(forecast, people[day % 3], (10, 50, 90)[day % 3] / 100, make.day(day), event="reaffirm")
        watching.refresh(forecast, make.day(day))
    tick(3, 25)
    assert not Prompt.objects.exists()


@pytest.mark.parametrize(("answers_again", "told"), [(None, 26), (23, None)])
def test_news_of_a_move_waits_a_day_and_lapses_with_an_answer_in_between(
    scenario: Scenario, analyst: User, answers_again: int | None, told: int | None
) -> None:
    """Others move it two hours after one has answered; an hour of 26 is the first tick a day after that answer."""
    forecast = make.forecast(scenario, review_every=timedelta(days=30), closes_at=make.day(90))
    others = [make.member(scenario) for _ in range(3)]
    for other in others:
        make.estimate(forecast, other, 0.1, make.day(0.5))
    make.estimate(forecast, analyst, 0.1, make.day(2) + 2 * HOUR)
    for other in others:
        make.estimate(forecast, other, 0.9, make.day(2) + 4 * HOUR)
    watching.refresh(forecast, make.day(2) + 4 * HOUR)
    if answers_again is not None:
        make.estimate(forecast, analyst, 0.8, make.day(2) + answers_again * HOUR)
        watching.refresh(forecast, make.day(2) + answers_again * HOUR)
    tick(2, 6)
    assert sent(analyst)[forecast.pk][:1] == ([make.day(2) + told * HOUR] if told is not None else [])


def test_the_link_of_a_rhythm_of_thirty_days_works_on_the_29th_and_gives_way_to_the_next_mail(
    scenario: Scenario, analyst: User, client: Client
) -> None:
    forecast = make.forecast(scenario, review_every=timedelta(days=30), closes_at=make.day(80))
    watching.refresh(forecast, make.day(0))
    prompting.plan(make.day(0))
    old = links.answer_url(Prompt.objects.get(), make.day(0)).removeprefix(links.absolute(""))
    with clocks.standing_at(make.day(29.9)):
        assert client.get(old).status_code == 200
    prompting.plan(make.day(30.1))
    with clocks.standing_at(make.day(30.2)):
        refused = client.get(old)
        assert (refused.status_code, "A newer mail asks you the same" in refused.text) == (410, True)
    new = links.answer_url(Prompt.objects.latest("slot"), make.day(30.1)).removeprefix(links.absolute(""))
    with clocks.standing_at(make.day(59)):
        assert client.post(new, {"event": "update", "percent": "35"}).status_code == 303
    assert Estimate.objects.get().made_at == make.day(59)


@pytest.mark.parametrize(("minutes", "is_late"), [(14 + 59 / 60, False), (15 + 1 / 60, True)])
def test_a_slip_is_corrected_for_fifteen_minutes_to_the_second(
    scenario: Scenario, analyst: User, client: Client, minutes: float, is_late: bool
) -> None:
    forecast = make.forecast(scenario)
    watching.refresh(forecast, make.day(0))
    prompting.plan(make.day(0))
    url = links.answer_url(Prompt.objects.get(), make.day(0)).removeprefix(links.absolute(""))
    with clocks.standing_at(make.day(1)):
        client.post(url, {"event": "update", "percent": "99"})
    slip = Estimate.objects.get()
    with clocks.standing_at(make.day(1) + timedelta(minutes=minutes)):
        assert ("Correct it" in client.get(url).text) is not is_late
        client.post(url, {"event": "update", "percent": "9", "correct": slip.pk})
    assert Estimate.objects.filter(corrects=slip).exists() is not is_late


def test_a_scanner_that_opens_every_link_and_presses_every_button_changes_nothing(
    scenario: Scenario, mail_server: Server
) -> None:
    owner = make.member(scenario, "owner")
    for _ in range(3):
        make.forecast(scenario)
    person = inviting.invite(scenario, "new@example.org", "New", "analyst", by=owner, at=make.day(1))
    with clocks.standing_at(make.day(1)):
        prompting.plan(make.day(1))
        delivery.send(make.day(1))
        (mail,) = [one for one in mail_server.arrived if one.recipient == person.email]
        found = set(re.findall(r"https?://[^\s\"<>]+/", mail.text + mail.html)) - {links.absolute("/")}
        assert len(found) >= 8
        before = (Estimate.objects.count(), Watch.objects.count(), SecurityEvent.objects.count())
        for url in found:
            for method, given in (
                ("head", None),
                ("get", None),
                ("post", {}),
                ("post", {"List-Unsubscribe": "One-Click"}),
            ):
                getattr(Client(), method)(url.removeprefix(links.absolute("")), given)
        assert before == (Estimate.objects.count(), Watch.objects.count(), SecurityEvent.objects.count())
        assert not Preference.objects.filter(user=person).exclude(stopped=[]).exists()
        assert not Prompt.objects.exclude(state=Prompt.State.SENT).exists()
        (invite,) = [url for url in found if "/invite/" in url]
        client = Client()
        form = client.get(invite.removeprefix(links.absolute("")), follow=True)
        secret = "a long enough phrase of words"
        client.post(form.redirect_chain[-1][0], {"new_password1": secret, "new_password2": secret})
    person.refresh_from_db()
    assert person.check_password(secret)


@pytest.mark.parametrize("letter", ["ก", "ฆี่", "👩‍👩‍👧", "é", "ﷺ"])
def test_three_hundred_letters_of_a_name_reach_their_reader_in_words_of_75(
    scenario: Scenario, mail_server: Server, letter: str
) -> None:
    name = (letter * 300)[:150]
    person = make.member(scenario, name=name, email="reader@example.org")
    watching.refresh(make.forecast(scenario, title=f"{name} {name}"[:290] + "?"), make.day(0))
    prompting.plan(make.day(0))
    delivery.send(make.day(0))
    (mail,) = mail_server.arrived
    assert person.email == mail.recipient == mail.mail["To"].addresses[0].addr_spec
    head = mail.content.partition(b"\r\n\r\n")[0]
    assert all(len(word) <= 75 for word in re.findall(rb"=\?[^?]+\?[bBqQ]\?[^?]*\?=", head))
    assert all(len(line) <= 998 for line in mail.content.split(b"\r\n"))
    assert all(len(line) <= 78 for line in head.split(b"\r\n") if b"=?" in line)
