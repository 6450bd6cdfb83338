"""Addresses that refuse mail for good get none any more, and somebody is told."""

from typing import Any

import pytest

from forecasts.mail import delivery, prompting, suppressing
from forecasts.mail.delivery import Sent
from forecasts.models import Forecast, Message, Prompt, PromptKind, Receipt, Suppression, User
from tests import make
from tests.smtp import Server

pytestmark = pytest.mark.django_db
UNKNOWN = "550 5.1.1 no such user"


@pytest.fixture
def forecast() -> Forecast:
    return make.forecast(closes_at=make.day(300))


@pytest.fixture
def analyst(forecast: Forecast) -> User:
    return make.member(forecast.scenario, email="Ana@example.invalid")


def asked(person: User, forecast: Forecast, day: int) -> Message:
    """A message to this person that is due on that day."""
    Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(day))
    prompting.plan(make.day(day))
    return Message.objects.latest("pk")


def refuses(server: Server, address: str, answer: str = UNKNOWN) -> None:
    server.sink.behaviour.recipient = lambda given: answer if given == address else "250 OK"


def test_one_refusal_of_the_recipient_ends_the_message_and_nothing_else(
    mail_server: Server, analyst: User, forecast: Forecast
) -> None:
    refuses(mail_server, analyst.email)
    message = asked(analyst, forecast, 1)
    assert delivery.send(make.day(1)) == Sent(dead=1)
    message.refresh_from_db()
    assert (message.state, message.reason) == (Message.State.DEAD, UNKNOWN)
    assert Receipt.objects.get().answer == Receipt.Answer.RETURNED
    assert not Suppression.objects.exists()


def test_after_two_refused_messages_the_address_gets_none_any_more(
    mail_server: Server, analyst: User, forecast: Forecast
) -> None:
    refuses(mail_server, analyst.email)
    for day in (1, 2):
        asked(analyst, forecast, day)
        delivery.send(make.day(day))
    kept = Suppression.objects.get()
    assert (kept.address, kept.made_at, kept.reason) == (analyst.email.lower(), make.day(2), UNKNOWN)
    third = asked(analyst, forecast, 3)
    assert delivery.send(make.day(3)) == Sent(cancelled=1)
    third.refresh_from_db()
    assert third.reason == f"No mail goes to this address any more: {UNKNOWN}"
    assert third.attempts.count() == 0
    assert third.prompts.get().state == Prompt.State.SET_ASIDE


def test_others_get_their_mail_as_before(mail_server: Server, analyst: User, forecast: Forecast) -> None:
    other = make.member(forecast.scenario)
    refuses(mail_server, analyst.email)
    for day in (1, 2, 3):
        asked(analyst, forecast, day)
        asked(other, forecast, day)
        delivery.send(make.day(day))
    assert [one.recipient for one in mail_server.arrived] == [other.email] * 3


def test_the_owners_are_told_once_and_the_person_is_not(mail_server: Server, analyst: User, forecast: Forecast) -> None:
    owners = [make.member(forecast.scenario, "owner") for _ in range(2)]
    make.member(make.scenario(), "owner")
    refuses(mail_server, analyst.email)
    for day in (1, 2, 3):
        asked(analyst, forecast, day)
        delivery.send(make.day(day))
    told = Prompt.objects.filter(kind=PromptKind.RETURNED)
    assert sorted(told.values_list("recipient", "slot")) == [(owner.pk, make.day(2)) for owner in owners]


def test_mail_that_was_taken_in_between_clears_the_address(
    mail_server: Server, analyst: User, forecast: Forecast
) -> None:
    for day, answer in ((1, UNKNOWN), (2, "250 OK"), (3, UNKNOWN)):
        refuses(mail_server, analyst.email, answer)
        asked(analyst, forecast, day)
        delivery.send(make.day(day))
    assert Receipt.objects.count() == 3
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("answer", ["554 looks like spam", "552 too big"])
def test_a_refused_content_says_nothing_about_the_address(
    mail_server: Server, analyst: User, forecast: Forecast, answer: str
) -> None:
    mail_server.sink.behaviour.content = lambda address: answer
    for day in (1, 2, 3):
        asked(analyst, forecast, day)
        assert delivery.send(make.day(day)) == Sent(dead=1)
    assert not Suppression.objects.exists()


def test_a_bad_address_that_the_server_sees_only_with_the_content_counts(
    mail_server: Server, analyst: User, forecast: Forecast
) -> None:
    mail_server.sink.behaviour.content = lambda address: "550 5.1.10 recipient not found"
    for day in (1, 2):
        asked(analyst, forecast, day)
        delivery.send(make.day(day))
    assert Suppression.objects.exists()


def test_an_address_that_is_lifted_gets_mail_and_is_suppressed_anew_at_the_next_refusal(
    mail_server: Server, analyst: User, forecast: Forecast
) -> None:
    refuses(mail_server, analyst.email)
    for day in (1, 2):
        asked(analyst, forecast, day)
        delivery.send(make.day(day))
    suppressing.lift("ANA@example.invalid")
    asked(analyst, forecast, 3)
    assert delivery.send(make.day(3)) == Sent(dead=1)
    assert Suppression.objects.get().made_at == make.day(3)


@pytest.mark.parametrize(
    "answer", ["554 5.7.1 Relay access denied", "550 relaying not permitted", "530 5.7.0 Authentication required"]
)
def test_a_server_that_does_not_relay_for_us_burns_no_message_and_suppresses_nobody(
    mail_server: Server, analyst: User, forecast: Forecast, answer: str
) -> None:
    mail_server.sink.behaviour.recipient = lambda address: answer
    asked(analyst, forecast, 1)
    stopped = delivery.send(make.day(1))
    assert stopped.problem == answer[4:]
    assert set(Message.objects.values_list("state", "tries")) == {(Message.State.QUEUED, 0)}
    assert not Suppression.objects.exists()


def test_two_refusals_written_down_at_once_suppress_once(analyst: User, forecast: Forecast, settings: Any) -> None:
    message = asked(analyst, forecast, 1)
    for _ in range(2):
        Suppression.objects.get_or_create(
            address=analyst.email.lower(), defaults={"made_at": make.day(1), "reason": UNKNOWN}
        )
        assert suppressing.note_refusal(message, UNKNOWN, make.day(2)) is False
    assert Suppression.objects.count() == 1
