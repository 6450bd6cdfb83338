"""Killing the processes that plan and send: no prompt is lost, none doubled beyond the one that SMTP allows."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.local.places import CHECKOUT
from forecasts import delivery, prompting, tasks
from forecasts.delivery import Sent
from forecasts.models import Attempt, Message, Prompt, PromptKind, Watch
from tests import make
from tests.services import wait_until
from tests.smtp import Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@contextlib.contextmanager
def worker(task: str, server: Server) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that does one sweep of this task on the test's database. Killed at the end if it still runs."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(connection.settings_dict['NAME'])}").geturl()
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DATABASE_OWNER_URL": url,
        "MAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "tests.chaos.sender", task]
    process = subprocess.Popen(command, cwd=CHECKOUT, env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait(30)


def due(count: int, at: datetime) -> None:
    """So many people to be asked about one forecast at `at`."""
    day = timedelta(days=1)
    scenario = make.scenario()
    forecast = make.forecast(
        scenario, published_at=at - day, opens_at=at - day, closes_at=at + 30 * day, resolves_at=at + 30 * day
    )
    people = [make.member(scenario) for _ in range(count)]
    Watch.objects.bulk_create(
        Watch(user=person, forecast=forecast, kind=PromptKind.UPDATE, next_at=at) for person in people
    )


def when_leases_run_out() -> datetime:
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)


def once(act: Callable[[], object]) -> Callable[[], object]:
    """Calls `act` the first time only."""
    left = [act]
    return lambda: left.pop()() if left else None


def test_a_sender_killed_between_its_claim_and_the_server_loses_and_doubles_nothing(mail_server: Server) -> None:
    due(5, timezone.now())
    prompting.plan(timezone.now())
    silence = threading.Event()
    mail_server.sink.behaviour.greet = silence.wait
    with worker("send", mail_server) as process:
        wait_until(lambda: mail_server.sink.connections == 1, "the sender to reach the server")
        process.kill()
        process.wait(30)
    mail_server.sink.behaviour.greet = lambda: None
    silence.set()
    assert Attempt.objects.filter(receipt=None).count() == 1
    assert delivery.send(when_leases_run_out()) == Sent(sent=5)
    addresses = sorted(Message.objects.values_list("address", flat=True))
    assert sorted(one.recipient for one in mail_server.arrived) == addresses
    assert set(Prompt.objects.values_list("state", flat=True)) == {Prompt.State.SENT}


def test_a_sender_killed_after_the_content_went_out_doubles_that_one_message_only(mail_server: Server) -> None:
    due(5, timezone.now())
    prompting.plan(timezone.now())
    with worker("send", mail_server) as process:
        mail_server.sink.behaviour.before_answer = once(process.kill)
        process.wait(60)
    assert len(mail_server.arrived) == 1
    assert delivery.send(when_leases_run_out()) == Sent(sent=5)
    copies: dict[str, set[bytes]] = {}
    for one in mail_server.arrived:
        copies.setdefault(one.mail["Message-ID"], set()).add(one.content)
    assert len(mail_server.arrived) == 6
    assert len(copies) == 5
    assert all(len(versions) == 1 for versions in copies.values())
    assert Attempt.objects.filter(receipt=None).count() == 1


def test_what_a_killed_planner_left_is_finished_by_the_next(mail_server: Server) -> None:
    due(300, timezone.now())
    with worker("plan", mail_server) as process:
        wait_until(lambda: process.poll() is not None or Prompt.objects.exists(), "the first prompts")
        process.kill()
        process.wait(30)
    prompting.plan(timezone.now())
    assert Prompt.objects.count() == Message.objects.count() == 300
    assert Prompt.objects.values("recipient").distinct().count() == 300
    assert not Prompt.objects.filter(message=None).exists()


def test_a_task_delivered_twice_does_its_work_once(mail_server: Server) -> None:
    due(5, timezone.now())
    for task in (tasks.plan_prompts, tasks.plan_prompts, tasks.send_messages, tasks.send_messages):
        task()
    assert Prompt.objects.count() == Message.objects.count() == Attempt.objects.count() == 5
    assert len(mail_server.arrived) == 5


def test_two_planners_in_processes_of_their_own_double_nothing(mail_server: Server) -> None:
    due(200, timezone.now())
    with worker("plan", mail_server) as one, worker("plan", mail_server) as other:
        assert (one.wait(60), other.wait(60)) == (0, 0)
    assert Prompt.objects.count() == Message.objects.count() == 200


def test_two_senders_in_processes_of_their_own_double_nothing(mail_server: Server) -> None:
    due(40, timezone.now())
    prompting.plan(timezone.now())
    with worker("send", mail_server) as one, worker("send", mail_server) as other:
        assert (one.wait(60), other.wait(60)) == (0, 0)
    assert len(mail_server.arrived) == len({one.recipient for one in mail_server.arrived}) == 40
