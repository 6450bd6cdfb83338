"""A mail server that takes mails and does not say so: few copies, no flood, and a word for the operator."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from forecasts.mail import delivery, leasing
from forecasts.mail.delivery import Sent
from forecasts.models import Attempt, Message, Prompt, Sweep
from forecasts.operations import condition
from tests import make
from tests.mail.test_delivery import queued
from tests.smtp import Server

pytestmark = pytest.mark.django_db
UNIT = timedelta(seconds=60)


@pytest.fixture
def silent(mail_server: Server) -> Server:
    """Stores what it is given and hangs up instead of answering."""
    mail_server.sink.behaviour.hangs_up = True
    return mail_server


def copies(server: Server) -> Counter[str]:
    return Counter(arrived.recipient for arrived in server.arrived)


def ticks(start: datetime, length: timedelta, step: timedelta) -> Iterator[datetime]:
    at = start
    while at < start + length:
        yield at
        at += step


def test_after_two_silences_one_message_is_tried_in_each_retry_unit(silent: Server) -> None:
    queued(10)
    assert delivery.send(make.day(0)) == Sent(unknown=2, problem=delivery.UNANSWERED)
    assert len(silent.arrived) == 2
    for second in range(0, 600, 5):
        delivery.send(make.day(0) + timedelta(seconds=second))
    assert len(silent.arrived) == 2 + 9
    assert Attempt.objects.filter(receipt=None).count() == 2 + 9


def test_no_message_is_handed_over_more_than_three_times_without_an_answer(silent: Server) -> None:
    queued(3)
    for at in ticks(make.day(0), timedelta(days=2), timedelta(minutes=1)):
        delivery.send(at)
    assert set(copies(silent).values()) == {3}
    assert set(Message.objects.values_list("state", "reason")) == {(Message.State.DEAD, leasing.GIVEN_UP)}
    assert set(Prompt.objects.values_list("state", flat=True)) == {Prompt.State.SET_ASIDE}


def test_the_first_answer_lets_all_go(silent: Server) -> None:
    queued(5)
    delivery.send(make.day(0))
    silent.sink.behaviour.hangs_up = False
    at = make.day(0) + UNIT
    assert delivery.send(at).problem == ""
    delivery.send(at + timedelta(minutes=5))
    assert set(Message.objects.values_list("state", flat=True)) == {Message.State.SENT}
    assert len(silent.arrived) == 5 + 2


def test_silences_count_across_sweeps_and_senders(silent: Server) -> None:
    queued(1)
    assert delivery.send(make.day(0)) == Sent(unknown=1)
    queued(1)
    assert delivery.send(make.day(0) + timedelta(seconds=5)) == Sent(unknown=1, problem=delivery.UNANSWERED)


def test_an_answer_in_between_starts_the_count_anew(silent: Server) -> None:
    for second, hangs_up in enumerate((True, False, True)):
        queued(1)
        silent.sink.behaviour.hangs_up = hangs_up
        Message.objects.filter(tries__gt=0).update(due_at=make.day(3))
        assert delivery.send(make.day(0) + timedelta(seconds=second)).problem == ""
    assert len(silent.arrived) == 3


def test_the_operator_reads_one_word_for_it(silent: Server) -> None:
    queued(3)
    delivery.send(make.day(0))
    assert condition.read(make.day(0)).mail == "unanswered"


def test_what_was_given_up_for_want_of_an_answer_is_told_for_a_day(silent: Server) -> None:
    queued(1)
    for at in ticks(make.day(0), timedelta(hours=1), timedelta(minutes=1)):
        delivery.send(at)
    silent.sink.behaviour.hangs_up = False
    over = make.day(0) + timedelta(hours=1)
    Sweep.came_through("send", over)
    assert (condition.read(over).given_up, condition.read(over).mail) == (1, "unanswered")
    assert condition.read(make.day(3)).given_up == 0
