"""Delivery: one lease, one attempt and one receipt at a time; nothing is lost, and nothing burns for our own faults."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from forecasts.answers import resolving
from forecasts.mail import delivery, leasing, prompting, receipts
from forecasts.mail.delivery import Sent
from forecasts.mail.smtp import Outcome, Reply
from forecasts.models import Attempt, Forecast, Message, Prompt, PromptKind, Receipt, Sweep, User, Verdict
from forecasts.watching import reasons
from tests import make
from tests.services import free_port
from tests.smtp import Server

pytestmark = pytest.mark.django_db

# Seconds for a message whose server never answers; a busy machine needs some to come so far.
LIMIT = 3.0


def queued(count: int = 1, forecast: Forecast | None = None) -> list[Message]:
    """Messages to so many analysts about one forecast, due on day 0."""
    forecast = forecast or make.forecast()
    for _ in range(count):
        person = make.member(forecast.scenario)
        Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(0))
    prompting.plan(make.day(0))
    return list(Message.objects.order_by("pk"))


def test_a_due_message_arrives_with_the_bytes_it_was_frozen_with(mail_server: Server) -> None:
    message = queued()[0]
    assert delivery.send(make.day(0)) == Sent(sent=1)
    assert len(mail_server.arrived) == 1
    arrived = mail_server.arrived[0]
    assert arrived.recipient == message.address
    assert arrived.content == bytes(message.content or b"")
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.lease) == (Message.State.SENT, make.day(0), None)
    assert Prompt.objects.get().state == Prompt.State.SENT
    assert Receipt.objects.get().answer == Receipt.Answer.ACCEPTED


def test_nothing_is_sent_twice_or_before_it_is_due(mail_server: Server) -> None:
    queued()
    assert delivery.send(make.day(-1)) == Sent()
    delivery.send(make.day(0))
    assert delivery.send(make.day(9)) == Sent()
    assert len(mail_server.arrived) == 1


def test_one_connection_carries_many_messages(mail_server: Server) -> None:
    queued(20)
    assert delivery.send(make.day(0)) == Sent(sent=20)
    assert mail_server.sink.connections == 1
    assert len({arrived.recipient for arrived in mail_server.arrived}) == 20


@pytest.mark.parametrize("stage", ["recipient", "content"])
def test_a_temporary_refusal_is_tried_again_later(mail_server: Server, stage: str) -> None:
    message = queued()[0]
    setattr(mail_server.sink.behaviour, stage, lambda address: "451 try again later")
    assert delivery.send(make.day(0)) == Sent(deferred=1)
    message.refresh_from_db()
    assert message.state == Message.State.QUEUED
    assert message.reason == "451 try again later"
    assert timedelta(seconds=60) <= message.due_at - make.day(0) <= timedelta(seconds=72)
    setattr(mail_server.sink.behaviour, stage, lambda address: "250 OK")
    assert delivery.send(message.due_at) == Sent(sent=1)
    assert [receipt.code for receipt in Receipt.objects.order_by("pk")] == [451, 250]


def test_fourteen_tries_double_their_gaps_over_five_days(mail_server: Server) -> None:
    message = queued()[0]
    mail_server.sink.behaviour.recipient = lambda address: "450 mailbox busy"
    at, tried = make.day(0), []
    while message.state == Message.State.QUEUED:
        tried.append(at)
        delivery.send(at)
        message.refresh_from_db()
        at = message.due_at
    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert len(tried) == 14
    assert all(1.6 <= after / before <= 2.4 for before, after in pairwise(gaps))
    assert timedelta(days=5) <= tried[-1] - tried[0] <= timedelta(days=7)
    assert (message.state, message.reason) == (Message.State.DEAD, "450 mailbox busy")
    assert Prompt.objects.get().state == Prompt.State.SET_ASIDE


def test_the_pauses_of_different_messages_spread_out() -> None:
    messages = queued(30)
    for message in messages:
        message.tries = 1
    assert len({leasing.pause(message) for message in messages}) == 30
    assert leasing.pause(messages[0]) == leasing.pause(messages[0])


@pytest.mark.parametrize(
    ("stage", "code", "text"), [("recipient", 550, "550 no such user"), ("content", 554, "554 looks like spam")]
)
def test_a_permanent_refusal_ends_the_message_with_its_code(
    mail_server: Server, stage: str, code: int, text: str
) -> None:
    bad = queued(3)[1]
    setattr(mail_server.sink.behaviour, stage, lambda address: text if address == bad.address else "250 OK")
    assert delivery.send(make.day(0)) == Sent(sent=2, dead=1)
    bad.refresh_from_db()
    assert (bad.state, bad.reason) == (Message.State.DEAD, text)
    assert Receipt.objects.get(attempt__message=bad).code == code
    assert delivery.send(make.day(5)) == Sent()


def test_a_server_that_is_away_costs_no_tries_and_all_goes_out_when_it_is_back(settings: Any) -> None:
    queued(3)
    away = {"host": "127.0.0.1", "port": free_port(), "username": "", "password": "", "timeout": 5}
    for hour in range(0, 10 * 24, 6):
        sent = delivery.send(make.day(hour / 24), options=away)
        assert (sent.deferred, sent.problem.startswith(delivery.UNREACHABLE)) == (1, True)
    assert set(Message.objects.values_list("state", "tries")) == {(Message.State.QUEUED, 0)}
    server = Server()
    server.start()
    try:
        assert delivery.send(make.day(11), options=server.options) == Sent(sent=3)
    finally:
        server.stop()


def test_a_refused_sender_stops_all_sending_once_and_burns_no_try(mail_server: Server) -> None:
    queued(5)
    mail_server.sink.behaviour.sender = "550 this sender is not welcome"
    stopped = delivery.send(make.day(0))
    assert stopped == Sent(deferred=1, problem="this sender is not welcome")
    assert Sweep.objects.get(name="send").problem == "this sender is not welcome"
    assert set(Message.objects.values_list("state", "tries")) == {(Message.State.QUEUED, 0)}
    within_a_retry_unit = delivery.send(make.day(0) + timedelta(seconds=30))
    assert within_a_retry_unit == Sent(problem="this sender is not welcome")
    assert Attempt.objects.count() == 1
    mail_server.sink.behaviour.sender = "250 OK"
    assert delivery.send(make.day(0) + timedelta(seconds=61)) == Sent(sent=5)
    assert Sweep.objects.get(name="send").problem == ""


@pytest.fixture
def guarded() -> Iterator[Server]:
    """A mail server that asks for a password."""
    server = Server(log_in=("reckoner", "right"))
    server.start()
    yield server
    server.stop()


def test_a_wrong_password_of_ours_stops_all_sending_once_and_burns_no_try(guarded: Server) -> None:
    queued(2)
    wrong = {**guarded.options, "username": "reckoner", "password": "wrong"}
    assert "5.7.8" in delivery.send(make.day(0), options=wrong).problem
    assert set(Message.objects.values_list("state", "tries")) == {(Message.State.QUEUED, 0)}
    right = {**wrong, "password": "right"}
    assert delivery.send(make.day(1), options=right) == Sent(sent=2)


def test_a_server_that_never_answers_holds_nobody_beyond_the_limit(mail_server: Server, settings: Any) -> None:
    settings.MESSAGE_SECONDS = LIMIT
    queued()
    release = threading.Event()
    mail_server.sink.behaviour.before_answer = lambda: release.wait(120)
    sent = delivery.send(make.day(0))
    release.set()
    assert sent == Sent(unknown=1), "It waited for an answer that came late."


def test_what_went_out_without_an_answer_is_sent_again_with_the_same_bytes(mail_server: Server, settings: Any) -> None:
    settings.MESSAGE_SECONDS = LIMIT
    message = queued()[0]
    release = threading.Event()
    mail_server.sink.behaviour.before_answer = release.wait
    delivery.send(make.day(0))
    release.set()
    mail_server.sink.behaviour.before_answer = lambda: None
    settings.MESSAGE_SECONDS = 20
    message.refresh_from_db()
    assert message.state == Message.State.QUEUED
    assert delivery.send(message.due_at) == Sent(sent=1)
    first, second = mail_server.arrived
    assert first.content == second.content
    assert first.mail["Message-ID"] == second.mail["Message-ID"] == message.message_id
    assert Attempt.objects.filter(receipt=None).count() == 1


def test_a_message_whose_sender_died_goes_out_when_its_lease_runs_out(mail_server: Server, settings: Any) -> None:
    queued()
    leasing.lease(make.day(0))
    assert delivery.send(make.day(0) + timedelta(seconds=settings.LEASE_SECONDS - 1)) == Sent()
    assert delivery.send(make.day(0) + timedelta(seconds=settings.LEASE_SECONDS)) == Sent(sent=1)
    assert len(mail_server.arrived) == 1


def test_who_comes_late_with_a_receipt_does_not_move_a_message_that_another_leased() -> None:
    queued()
    leased, later = leasing.lease(make.day(0)), leasing.lease(make.day(1))
    assert leased is not None
    assert later is not None
    (message, attempt), (again, newer) = leased, later
    assert again == message
    assert attempt is not None
    receipts.settle(message, attempt, Reply(Outcome.DEFERRED, 451, "later"), make.day(1))
    message.refresh_from_db()
    assert newer is not None
    assert (message.state, message.lease) == (Message.State.LEASED, newer.lease)
    assert Receipt.objects.get().attempt == attempt


def test_what_is_answered_before_it_is_leased_is_cancelled(mail_server: Server) -> None:
    first, second = queued(2)
    forecast = Forecast.objects.get()
    make.estimate(forecast, first.recipient, 0.4, make.day(0.1))
    assert delivery.send(make.day(0.2)) == Sent(sent=1, cancelled=1)
    assert [arrived.recipient for arrived in mail_server.arrived] == [second.address]
    first.refresh_from_db()
    assert (first.state, first.reason) == (Message.State.CANCELLED, reasons.ANSWERED)


def test_what_is_resolved_before_it_is_leased_is_cancelled(mail_server: Server) -> None:
    queued(2)
    forecast = Forecast.objects.get()
    finding = resolving.Finding(Verdict.Outcome.YES, known_at=make.day(0.1))
    resolving.resolve(forecast, None, finding, at=make.day(0.2))
    assert delivery.send(make.day(0.3)) == Sent()
    assert not mail_server.arrived
    assert set(Message.objects.values_list("state", flat=True)) == {Message.State.CANCELLED}
    assert set(Prompt.objects.values_list("state", "reason")) == {(Prompt.State.CANCELLED, reasons.RESOLVED)}


def test_a_resolution_reaches_only_its_own_resolver(mail_server: Server) -> None:
    scenario = make.scenario()
    resolver = make.member(scenario, "resolver")
    forecast = make.forecast(scenario, resolver=resolver, resolves_at=make.day(40))
    Prompt.objects.create(recipient=resolver, forecast=forecast, kind=PromptKind.RESOLVE, slot=make.day(40))
    prompting.plan(make.day(40))
    Forecast.objects.update(resolver=make.member(scenario, "resolver"))
    assert delivery.send(make.day(40)) == Sent(cancelled=1)
    assert Message.objects.get().reason == reasons.NOT_THEIRS


def test_a_connection_that_the_server_closed_between_messages_is_made_anew(mail_server: Server) -> None:
    queued(2)
    seen: list[str] = []

    def hang_up_once(address: str) -> str:
        seen.append(address)
        return "421 too many messages" if len(seen) == 2 else "250 OK"

    mail_server.sink.behaviour.recipient = hang_up_once
    assert delivery.send(make.day(0)) == Sent(sent=2)
    assert mail_server.sink.connections == 2


def test_a_sweep_with_nothing_due_costs_two_queries(django_assert_num_queries: Any) -> None:
    delivery.send(make.day(-1))
    with django_assert_num_queries(2):
        delivery.send(make.day(0))
    assert Sweep.objects.get(name="send").finished_at == make.day(0)


@pytest.mark.django_db(transaction=True)
def test_three_senders_at_once_send_every_message_once(mail_server: Server) -> None:
    queued(60)
    start = threading.Barrier(3)
    sent: list[Sent] = []

    def work() -> None:
        start.wait()
        sent.append(delivery.send(make.day(0)))
        connection.close()

    run(work, 3)
    assert sum(one.sent for one in sent) == 60
    assert len(mail_server.arrived) == len({one.recipient for one in mail_server.arrived}) == 60


def run(work: Callable[[], None], times: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_clock_of_a_long_sweep_moves_on(mail_server: Server) -> None:
    queued(3)
    ticks = iter(make.day(0) + timedelta(seconds=n) for n in range(100))
    delivery.send(make.day(0), clock=lambda: next(ticks))
    assert len(set(Message.objects.values_list("sent_at", flat=True))) == 3


def test_a_sweep_ends_after_its_minute_however_long_the_queue(mail_server: Server) -> None:
    queued(5)
    ticks = iter(make.day(0) + timedelta(seconds=20 * n) for n in range(100))
    assert delivery.send(make.day(0), clock=lambda: next(ticks)).sent == 1
    assert User.objects.filter(messages__state=Message.State.QUEUED).count() == 4
