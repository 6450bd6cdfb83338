"""`manage.py run_prompts` does what worker and beat do."""

import os
import signal
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone

from core.management.commands import run_prompts
from forecasts.mail import prompting
from forecasts.models import Message, Prompt, PromptKind, Sweep
from tests import make
from tests.smtp import Server

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_tick_plans_sends_and_settles(mail_server: Server) -> None:
    person = make.user()
    Prompt.objects.create(recipient=person, kind=PromptKind.PASSWORD_RESET, slot=timezone.now())
    call_command("run_prompts", "--once")
    assert [arrived.recipient for arrived in mail_server.arrived] == [person.email]
    assert Message.objects.get().state == Message.State.SENT
    assert set(Sweep.objects.values_list("name", flat=True)) >= {"plan", "send"}


def never() -> bool:
    return False


def test_the_work_of_the_night_is_done_once_a_night() -> None:
    for moment, done in ((1, 1), (2, 1), (5, 5), (9, 5), (23, 5)):
        at = datetime(2026, 11, 1, moment, tzinfo=UTC)
        run_prompts.by_night(at)
        assert Sweep.objects.get(name="tidy").finished_at.hour == done
        assert Sweep.objects.get(name="verify").finished_at.hour == done


def test_a_sweep_that_fails_stops_no_other(mail_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(at: datetime) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(prompting, "plan", plan)
    run_prompts.tick(never)
    assert Sweep.objects.filter(name="send").exists()
    assert Sweep.objects.filter(name="settle").exists()


def test_it_goes_on_tick_by_tick_until_it_is_told_to_end(mail_server: Server, settings: Any) -> None:
    settings.TICK_SECONDS = 0.01
    person = make.user()
    Prompt.objects.create(recipient=person, kind=PromptKind.PASSWORD_RESET, slot=timezone.now())

    def end_after_the_mail() -> None:
        mail_server.sink.changed.wait(120)
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    ending = threading.Thread(target=end_after_the_mail)
    ending.start()
    try:
        call_command("run_prompts")
    finally:
        ending.join()
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert Message.objects.get().state == Message.State.SENT


def test_it_does_not_start_in_production_while_a_demonstration_account_can_log_in(settings: Any) -> None:
    make.user(is_demo=True)
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="close_demo_accounts"):
        call_command("run_prompts", "--once")
