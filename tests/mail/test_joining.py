"""Whoever joins gets one mail in all: the way in, and below it what waits for them. Read at the server that took it."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from forecasts import watching
from forecasts.mail import delivery, inviting, links, preferring, prompting
from forecasts.mail.prompting.waiting import waiting
from forecasts.models import Estimate, Forecast, Membership, Message, Prompt, PromptKind, Scenario, User
from tests import make
from tests.smtp import Arrived, Server

pytestmark = pytest.mark.django_db
MANY = 180


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(title="Aleppo")


@pytest.fixture
def owner(scenario: Scenario) -> User:
    return make.member(scenario, "owner")


def join(scenario: Scenario, by: User, day: float = 1, email: str = "new@example.org", role: str = "analyst") -> User:
    return inviting.invite(scenario, email, "New", role, by=by, at=make.day(day))


def tick(server: Server, at: datetime, person: User) -> list[Arrived]:
    """What the server has for a person after a tick."""
    prompting.plan(at)
    delivery.send(at)
    return [one for one in server.arrived if one.recipient == person.email]


def answers(mail: Arrived) -> set[str]:
    return set(re.findall(r"https?://\S+/answer/\S+", mail.text))


def test_who_joins_180_open_forecasts_gets_one_mail_with_the_way_in_and_all_questions(
    scenario: Scenario, owner: User, mail_server: Server
) -> None:
    for place in range(MANY):
        make.forecast(scenario, title=f"Question {place}?", closes_at=make.day(30 - place / 10))
    person = join(scenario, owner)
    (mail,) = tick(mail_server, make.day(1), person)
    assert (mail.mail["Subject"], mail.mail["List-Unsubscribe"]) == ("You are invited to Reckoner", None)
    assert "you are now a member of “Aleppo”." in mail.text
    assert mail.text.index("/invite/") < mail.text.index("180 forecasts wait for your estimate")
    assert mail.text.index("Question 179?") < mail.text.index("Question 178?") < mail.text.index("Question 0?")
    assert len(answers(mail)) == MANY
    assert mail.text.count("YES if the United Nations report by then") == 1
    assert len(mail.content) < 250_000
    for hour in range(2, 24 * 6):
        assert tick(mail_server, make.day(1 + hour / 24), person) == [mail]


def test_the_links_of_that_mail_work_before_anybody_has_logged_in(
    scenario: Scenario, owner: User, mail_server: Server, client: Client
) -> None:
    make.forecast(scenario, opens_at=make.day(0), closes_at=make.day(4_000))
    make.forecast(scenario, opens_at=make.day(0), closes_at=make.day(4_000))
    (mail,) = tick(mail_server, make.day(1), join(scenario, owner))
    (sheet,) = re.findall(r"https?://\S+/answers/\S+", mail.text)
    path = sheet.removeprefix(links.absolute(""))
    names = re.findall(r'name="(\d+-percent)"', client.get(path).text)
    assert client.post(path, dict.fromkeys(names, "35")).status_code == 200
    assert list(Estimate.objects.values_list("probability", flat=True)) == [3500, 3500]


@pytest.mark.parametrize("wishes", [
    {"digest": "weekly"},
    {"digest": "daily", "hour": 23},
    {"weekdays": [3]},
    {"most_a_day": 1},
])  # fmt: skip
def test_a_rhythm_splits_it_in_no_two(
    scenario: Scenario, owner: User, mail_server: Server, wishes: dict[str, Any]
) -> None:
    """Make.day(1) is a Monday, at midnight in UTC."""
    person = make.user("new@example.org", time_zone="Pacific/Kiritimati")
    preferring.save(person, wishes, at=make.day(0))
    for _ in range(4):
        make.forecast(scenario)
    join(scenario, owner, 1.1)
    (mail,) = tick(mail_server, make.day(1.1), person)
    assert len(answers(mail)) == 4
    assert "log in with your usual password" in mail.text
    for hour in range(2, 24 * 6):
        assert tick(mail_server, make.day(1.1 + hour / 24), person) == [mail]


@pytest.mark.parametrize("day", [6.9, 13.99, 20.5])
def test_the_next_review_is_an_interval_from_joining_not_from_an_opening_long_ago(
    scenario: Scenario, owner: User, mail_server: Server, day: float
) -> None:
    for _ in range(4):
        make.forecast(scenario, closes_at=make.day(60))
    person = join(scenario, owner, day)
    (mail,) = tick(mail_server, make.day(day), person)
    assert tick(mail_server, make.day(day + 6.9), person) == [mail]
    assert len(tick(mail_server, make.day(day + 7.1), person)) == 2


def test_who_is_away_hears_of_the_invitation_and_of_the_questions_when_back(
    scenario: Scenario, owner: User, mail_server: Server
) -> None:
    person = make.user("new@example.org")
    preferring.save(person, {"absent_until": date(2024, 12, 10)}, at=make.day(0))
    for _ in range(4):
        make.forecast(scenario)
    join(scenario, owner)
    (mail,) = tick(mail_server, make.day(1), person)
    assert answers(mail) == set()
    assert "wait for your estimate" not in mail.text
    _, later = tick(mail_server, make.day(9.5), person)
    assert len(answers(later)) == 4


def test_two_invitations_at_once_are_one_mail_that_names_what_is_new(
    scenario: Scenario, owner: User, mail_server: Server
) -> None:
    known, other = make.scenario(title="Known"), make.scenario(title="Zagreb")
    person = make.user("new@example.org")
    for place, role in ((known, "analyst"), (other, "owner")):
        Membership.objects.create(scenario=place, user=person if place == known else owner, role=role)
    make.forecast(scenario)
    make.forecast(other)
    join(scenario, owner, 1)
    join(other, owner, 1.001)
    (mail,) = tick(mail_server, make.day(1.002), person)
    assert "you are now a member of “Aleppo”, “Zagreb”." in mail.text
    assert len(answers(mail)) == 2


def test_who_has_nothing_to_answer_reads_of_nothing(scenario: Scenario, owner: User, mail_server: Server) -> None:
    make.forecast(scenario)
    (mail,) = tick(mail_server, make.day(1), join(scenario, owner, role="viewer"))
    assert "wait" not in mail.text
    assert "Opening a page records nothing" not in mail.text


def test_one_question_that_is_waiting_is_no_plural(scenario: Scenario, owner: User, mail_server: Server) -> None:
    make.forecast(scenario)
    (mail,) = tick(mail_server, make.day(1), join(scenario, owner))
    assert "1 forecast waits for your estimate" in mail.text


def test_what_closes_while_the_mail_waits_goes_and_the_invitation_stays(
    scenario: Scenario, owner: User, mail_server: Server
) -> None:
    gone, kept = make.forecast(scenario, title="Gone?"), make.forecast(scenario, title="Kept?")
    person = join(scenario, owner)
    prompting.plan(make.day(1))
    Forecast.objects.filter(pk=gone.pk).update(closes_at=make.day(1.01))
    watching.refresh_all([gone.pk, kept.pk], make.day(1.02))
    (mail,) = tick(mail_server, make.day(1.02), person)
    assert ("Gone?" in mail.text, "Kept?" in mail.text, "/invite/" in mail.text) == (False, True, True)


def test_a_question_that_cannot_be_written_costs_nobody_the_invitation(
    scenario: Scenario, owner: User, mail_server: Server
) -> None:
    make.forecast(scenario)
    person = join(scenario, owner)
    Prompt.objects.create(recipient=person, kind=PromptKind.UPDATE, slot=make.day(1))
    (mail,) = tick(mail_server, make.day(1), person)
    assert len(answers(mail)) == 1
    assert Prompt.objects.get(forecast=None, kind=PromptKind.UPDATE).state == Prompt.State.SET_ASIDE


def test_an_invitation_waits_for_questions_that_another_planner_is_about_to_ask(
    scenario: Scenario, owner: User
) -> None:
    make.forecast(scenario)
    join(scenario, owner)
    assert list(waiting(make.day(1), 500)) == []
    prompting.plan(make.day(1))
    assert Message.objects.get().prompts.count() == 2
