"""Kills in the middle of the work, the short form of `make chaos`: nothing is lost, and the harness would notice."""

import json
import os
import secrets
import subprocess
import sys
from typing import Any

import pytest
from django.utils import timezone

from core.local.places import CHECKOUT
from forecasts.models import Attempt, Message, Prompt, PromptKind
from forecasts.operations import tasks
from tests import make
from tests.services import REPLACEMENTS
from tests.smtp import Server

FIELDS = {"scenario", "seed", "due", "kills", "lost", "extra", "max_copies", "unexplained", "seconds", "ok"}
SHORT = ["random kills", "exit right after DATA", "exit at every other point", "bites: mark then send", "bites: batch"]


def played(seed: str, *names: str) -> list[dict[str, Any]]:
    """The lines that `make chaos` prints for these scenarios, in an installation of their own."""
    env = {name: value for name, value in os.environ.items() if name not in REPLACEMENTS} | {"CHAOS_SEED": seed}
    command = [sys.executable, "-m", "tests.chaos", "--short", *names]
    ended = subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
    assert len(lines) == len(names), ended.stderr[-3000:]
    return lines


@pytest.mark.slow
def test_kills_lose_and_double_nothing_and_careless_senders_are_noticed() -> None:
    seed = os.environ.get("CHAOS_SEED") or str(secrets.randbelow(1_000_000))
    lines = played(seed, *SHORT)
    assert all(set(line) >= FIELDS for line in lines)
    assert [line["scenario"] for line in lines] == SHORT
    assert [line for line in lines if not line["ok"]] == []
    random_kills, after_data, elsewhere, mark, batch = lines
    assert random_kills["kills"] > 0
    assert (random_kills["lost"], random_kills["unexplained"]) == (0, 0)
    assert (after_data["lost"], after_data["extra"], after_data["max_copies"]) == (0, after_data["kills"], 2)
    assert (elsewhere["lost"], elsewhere["extra"]) == (0, 0)
    assert elsewhere["kills"] == elsewhere["points"]
    assert mark["lost"] > 0
    assert batch["extra"] > 0


@pytest.mark.django_db(transaction=True)
def test_a_task_delivered_twice_does_its_work_once(mail_server: Server) -> None:
    for _ in range(5):
        Prompt.objects.create(recipient=make.user(), kind=PromptKind.PASSWORD_RESET, slot=timezone.now())
    for task in (tasks.plan_prompts, tasks.plan_prompts, tasks.send_messages, tasks.send_messages):
        task()
    assert Prompt.objects.count() == Message.objects.count() == Attempt.objects.count() == 5
    assert len(mail_server.arrived) == 5
