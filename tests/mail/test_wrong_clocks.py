"""What a process with a wrong clock wrote down holds nothing back."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from forecasts.mail import delivery, leasing
from forecasts.mail.delivery import Sent
from forecasts.models import Message, Prompt, PromptKind, Sweep
from forecasts.operations import condition, tasks
from tests import make
from tests.mail.test_delivery import queued
from tests.smtp import Server

pytestmark = pytest.mark.django_db


def test_a_lease_from_tomorrow_holds_no_mail(mail_server: Server) -> None:
    queued(2)
    Message.objects.update(state=Message.State.LEASED, lease=uuid4(), due_at=make.day(1))
    assert delivery.send(make.day(0)) == Sent(sent=2)


def test_a_lease_that_is_held_now_is_left_alone(mail_server: Server) -> None:
    queued()
    Message.objects.update(state=Message.State.LEASED, lease=uuid4(), due_at=make.day(0) + timedelta(seconds=100))
    assert delivery.send(make.day(0)) == Sent()


def test_a_message_that_is_due_in_a_month_is_due_now(mail_server: Server) -> None:
    queued()
    Message.objects.update(due_at=make.day(31))
    assert delivery.send(make.day(0)) == Sent(sent=1)


def test_the_longest_pause_between_tries_is_believed(mail_server: Server) -> None:
    queued()
    Message.objects.update(due_at=make.day(0) + leasing.pause_after(leasing.TRIES - 1))
    assert delivery.send(make.day(0)) == Sent()


def test_a_sweep_that_stopped_in_the_future_stops_nothing_for_longer_than_a_retry_unit(mail_server: Server) -> None:
    queued()
    Sweep.came_through("send", make.day(30), "535 wrong password")
    Sweep.came_through("probe", make.day(30))
    assert delivery.send(make.day(0)) == Sent(sent=1)


def test_a_sweep_from_the_future_does_not_count_as_one_that_came_through() -> None:
    Sweep.came_through("plan", make.day(30))
    assert "plan" not in condition.read(make.day(0)).sweep_ages


@pytest.mark.parametrize("days", [-31, 31])
def test_a_tick_works_by_the_clock_of_the_database(mail_server: Server, days: int) -> None:
    person, real = make.user(), datetime.now(UTC)
    Prompt.objects.create(recipient=person, kind=PromptKind.PASSWORD_RESET, slot=real)
    with time_machine.travel(real + timedelta(days=days)):
        tasks.plan_prompts()
        tasks.send_messages()
    sent = Message.objects.get()
    assert sent.state == Message.State.SENT
    assert sent.sent_at is not None
    assert abs(sent.sent_at - real) < timedelta(minutes=5)
    told = condition.read(datetime.now(UTC))
    assert told.clock == "off"
    assert any("ahead of" in said or "behind" in said for said in told.problems.values())


def test_a_clock_that_is_right_says_nothing(mail_server: Server) -> None:
    tasks.plan_prompts()
    assert condition.read(datetime.now(UTC)).clock == "ok"


def test_what_a_process_said_of_its_clock_is_forgotten_when_it_says_it_no_more() -> None:
    Sweep.came_through(f"{Sweep.CLOCK}one", make.day(0), "The clock of one is 90 seconds ahead of the database's.")
    assert condition.read(make.day(0)).clock == "off"
    assert condition.read(make.day(0) + timedelta(minutes=6)).clock == "ok"
