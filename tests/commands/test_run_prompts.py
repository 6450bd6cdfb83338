"""`manage.py run_prompts` does what worker and beat do."""

import pytest
from django.core.management import call_command
from django.utils import timezone

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
