"""What mails say while an answer waits for a second person: that it waits, and never what it was."""

import email
import email.policy
from datetime import datetime

import pytest

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding, Proof
from forecasts.mail import preferring, prompting
from forecasts.models import Forecast, Membership, Message, Prompt, Scenario, User, Verdict
from tests import make

pytestmark = pytest.mark.django_db
OUTCOMES = {"yes": "ambiguous", "no": "yes", "annulled": "no"}


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(two_people_resolve=True)


@pytest.fixture
def people(scenario: Scenario) -> list[User]:
    """Resolver, backup and owner."""
    resolver, backup = (make.member(scenario, Membership.Role.RESOLVER) for _ in range(2))
    return [resolver, backup, make.member(scenario, Membership.Role.OWNER)]


@pytest.fixture
def forecast(scenario: Scenario, people: list[User]) -> Forecast:
    return make.forecast(
        scenario, title="Will Hama fall?", criteria="As reported.", resolver=people[0], backup=people[1]
    )


def found(outcome: str) -> Finding:
    proof = Proof("https://www.unocha.org/", "They left at dawn.")
    return Finding(Verdict.Outcome(outcome), known_at=make.day(29), note="A word that tells.", evidence=[proof])


def mails(person: User) -> str:
    """Every part of every mail to this person."""
    texts = []
    for message in Message.objects.filter(recipient=person).order_by("pk"):
        assert message.content is not None
        parsed = email.message_from_bytes(bytes(message.content), policy=email.policy.default)
        texts += [part.get_content() for part in parsed.walk() if part.get_content_maintype() == "text"]
    return "\n".join(texts)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_mail_to_the_second_person_does_not_tell_the_first_answer(
    forecast: Forecast, people: list[User], outcome: str
) -> None:
    resolving.resolve(forecast, people[0], found(outcome), at=make.day(31))
    prompting.plan(make.day(32))
    text = mails(people[1])
    assert "A second person is asked for an answer of their own" in text
    for telling in (f"“{outcome.title()}”", "A word that tells", "They left", "proposed"):
        assert telling not in text


def test_the_mail_about_a_dispute_goes_to_the_owner_and_tells_that_two_disagree(
    forecast: Forecast, people: list[User]
) -> None:
    resolving.resolve(forecast, people[0], found("yes"), at=make.day(31))
    resolving.second(forecast, people[1], found("no"), at=make.day(32))
    prompting.plan(make.day(33))
    assert "Two people came to different answers" in mails(people[2])


def test_whoever_answered_first_hears_at_once_that_it_is_contested_whatever_else_they_got(
    forecast: Forecast, people: list[User]
) -> None:
    preferring.save(people[0], {"most_a_day": 1}, at=make.day(30))
    resolving.resolve(forecast, people[0], found("yes"), at=make.day(31))
    other = make.forecast(forecast.scenario, closes_at=make.day(60))
    Prompt.objects.create(recipient=people[0], forecast=other, kind="update", slot=make.day(32))
    other.assignees.add(people[0])
    prompting.plan(make.day(32))
    resolving.second(forecast, people[1], found("no"), at=make.day(32.1))
    prompting.plan(make.day(32.1))
    told = Prompt.objects.get(recipient=people[0], kind="contested")
    assert told.message is not None
    assert (told.message.made_at, told.message.subject) == (
        make.day(32.1),
        f"Your answer is contested: {forecast.title}",
    )
    prompting.plan(make.day(40))
    assert Prompt.objects.filter(recipient=people[0], kind="contested").count() == 1


def test_where_no_other_owner_is_left_the_first_is_asked_who_may_take_it_back(
    forecast: Forecast, people: list[User], scenario: Scenario
) -> None:
    resolving.resolve(forecast, people[0], found("yes"), at=make.day(31))
    resolving.second(forecast, people[2], found("no"), at=make.day(32))
    assert asked_at(forecast, people) == [make.day(32), None, None]


def test_after_a_dispute_that_was_decided_and_taken_back_the_owner_is_asked_again(
    forecast: Forecast, people: list[User]
) -> None:
    resolving.resolve(forecast, people[0], found("yes"), at=make.day(31))
    resolving.second(forecast, people[1], found("no"), at=make.day(32))
    assert asked_at(forecast, people) == [None, None, make.day(32)]
    resolving.decide(forecast, people[2], found("no"), at=make.day(33))
    assert asked_at(forecast, people) == [None, None, None]
    resolving.take_back(forecast, people[2], "Misread.", at=make.day(34))
    assert resolving.disputed(forecast) is not None
    assert [moment is not None for moment in asked_at(forecast, people)] == [False, False, True]


def asked_at(forecast: Forecast, people: list[User]) -> list[datetime | None]:
    """When each of them is asked to resolve next."""
    watches = {watch.user_id: watch.next_at for watch in forecast.watches.filter(kind="resolve")}
    return [watches.get(person.pk) for person in people]
