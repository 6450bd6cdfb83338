"""`/healthz` tells strangers whether all is well, and nothing else; operators get the rest, and `/metrics`."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from core import health
from core.local.places import CHECKOUT
from forecasts.mail import leasing, pausing
from forecasts.models import Attempt, Message, Prompt, PromptKind, Receipt, Suppression, Sweep, Watch
from forecasts.operations import condition
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def connection_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check closes its connection, and with it the transaction that the test runs in."""
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.fixture(autouse=True)
def just_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing sweeps here, and these tests may run long after they were loaded."""
    monkeypatch.setattr(health, "STARTED_AT", time.monotonic())


@pytest.fixture
def stranger() -> Client:
    """Somebody who comes through a proxy."""
    return Client(headers={"x-forwarded-for": "192.0.2.7"})


def sweep(name: str, at: datetime, problem: str = "") -> None:
    Sweep.objects.update_or_create(name=name, defaults={"finished_at": at, "problem": problem})


def worker(at: datetime) -> str:
    return health.worker(condition.read(at))


def message(state: str = Message.State.QUEUED, **fields: object) -> Message:
    given = {"address": "a@example.invalid", "made_at": NOW, "due_at": NOW, "content": b"x", **fields}
    message_id = f"<{Message.objects.count()}@example.invalid>"
    return Message.objects.create(recipient=make.user(), state=state, message_id=message_id, **given)


def test_strangers_read_names_of_parts_and_one_word_each(stranger: Client) -> None:
    answer = stranger.get("/healthz", headers={"host": "any.example.invalid"})
    assert answer.status_code == 200
    names = ("database", "broker", "clock", "worker", "mail", "tallies", "articles", "files")
    parts = dict.fromkeys(names, "ok")
    assert answer.json() == {"status": "ok", "parts": parts}
    assert answer["Cache-Control"] == "no-store"


def test_a_broker_that_is_away_is_503(stranger: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    answer = stranger.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["broker"] == "down"


def test_a_worker_that_sweeps_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", time.monotonic() - 86_400)
    for name in condition.TICKING:
        sweep(name, NOW - timedelta(seconds=20))
    assert worker(NOW) == "ok"


def test_a_worker_that_has_stopped_sweeping_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", time.monotonic() - 86_400)
    for name in condition.TICKING:
        sweep(name, NOW - timedelta(minutes=3))
    assert worker(NOW) == "late"


def test_one_sweep_of_three_that_stands_still_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", time.monotonic() - 86_400)
    sweep("plan", NOW)
    sweep("send", NOW)
    assert worker(NOW) == "late"


def test_a_fresh_start_is_given_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", time.monotonic() - 30)
    for name in condition.TICKING:
        sweep(name, NOW - timedelta(days=1))
    assert worker(NOW) == "ok"


def test_a_sweep_with_a_problem_is_reported(stranger: Client) -> None:
    sweep("settle", datetime.now(UTC), "1 forecast cannot be settled.")
    answer = stranger.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] == "problem"


def test_a_refused_log_in_is_reported_without_its_words(stranger: Client) -> None:
    sweep("send", datetime.now(UTC), "The mail server refuses our log-in.")
    answer = stranger.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["mail"] == "refused"
    assert "log-in" not in answer.content.decode()


def test_paused_sending_is_reported_and_operators_read_why(stranger: Client, client: Client) -> None:
    pausing.pause(datetime.now(UTC), "The mail server moves tonight.")
    answer = stranger.get("/healthz")
    assert (answer.status_code, answer.json()["parts"]["mail"]) == (503, "paused")
    assert "tonight" not in answer.content.decode()
    assert client.get("/healthz").json()["details"]["paused_because"] == "The mail server moves tonight."


def test_mail_that_waits_for_a_quarter_of_an_hour_is_stuck() -> None:
    message()
    assert condition.read(NOW + timedelta(minutes=14)).mail == "ok"
    late = condition.read(NOW + timedelta(minutes=16))
    assert (late.mail, late.oldest_due_age) == ("stuck", 960.0)


def test_the_oldest_due_prompt_may_wait_at_any_stage() -> None:
    assert condition.read(NOW).oldest_due_age == 0
    forecast, person = make.forecast(), make.user()
    prompt = Prompt.objects.create(
        recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=NOW - timedelta(hours=2)
    )
    assert condition.read(NOW).oldest_due_age == 7200
    Watch.objects.create(user=person, forecast=forecast, kind=PromptKind.UPDATE, next_at=NOW - timedelta(hours=3))
    assert condition.read(NOW).oldest_due_age == 10_800
    Watch.objects.all().delete()
    prompt.send_after = NOW + timedelta(hours=1)
    prompt.save()
    assert condition.read(NOW).oldest_due_age == 0


def test_tallies_that_differ_from_the_facts_are_reported(stranger: Client) -> None:
    sweep("verify", datetime.now(UTC) - timedelta(hours=9), "2 tallies differ from the facts.")
    assert stranger.get("/healthz").json()["parts"]["tallies"] == "differ"


def test_tallies_that_nobody_has_checked_for_two_nights_are_late() -> None:
    sweep("verify", NOW - timedelta(hours=47))
    assert condition.read(NOW).tallies == "ok"
    sweep("verify", NOW - timedelta(hours=49))
    assert condition.read(NOW).tallies == "late"


def gauges(text: str) -> dict[tuple[str, str], float]:
    """By name and label, as Prometheus itself would read them."""
    return {
        (sample.name.removeprefix("reckoner_"), next(iter(sample.labels.values()), "")): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_tell_counts_and_ages(client: Client) -> None:
    now = datetime.now(UTC)
    sweep("plan", now - timedelta(seconds=30))
    message(due_at=now - timedelta(minutes=5))
    message(Message.State.DEAD, tries=1)
    message(Message.State.DEAD, tries=leasing.TRIES)
    message(Message.State.DEAD, tries=leasing.TRIES)
    sent = message(Message.State.SENT, sent_at=now)
    Attempt.objects.create(message=sent, made_at=now - timedelta(hours=1))
    answered = Attempt.objects.create(message=sent, made_at=now - timedelta(minutes=50))
    Receipt.objects.create(attempt=answered, answer=Receipt.Answer.ACCEPTED, code=250, made_at=now)
    Attempt.objects.create(message=sent, made_at=now)
    aside = {"kind": PromptKind.UPDATE, "state": Prompt.State.SET_ASIDE}
    Prompt.objects.create(recipient=make.user(), slot=now, **aside)
    Prompt.objects.create(recipient=make.user(), slot=now, message=sent, **aside)
    Suppression.objects.create(address="b@example.invalid", made_at=now, reason="550 no such user")
    answer = client.get("/metrics")
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = gauges(answer.content.decode())
    assert found["messages", "queued"] == 1
    assert found["messages", "dead"] == 1
    assert found["messages", "expired"] == 2
    assert found["prompts_unwritten", ""] == 1
    assert found["attempts_unknown", ""] == 1
    assert found["suppressed_addresses", ""] == 1
    assert found["sending_paused", ""] == 0
    assert found["tallies_verified", ""] == 1
    assert found["part_ok", "mail"] == 1
    assert 30 <= found["sweep_age_seconds", "plan"] < 60
    assert 300 <= found["oldest_due_prompt_age_seconds", ""] < 330


def test_operators_are_told_what_each_metric_and_each_word_means(client: Client) -> None:
    sweep("plan", datetime.now(UTC), "A problem.")
    told = (CHECKOUT / "docs" / "operating.md").read_text()
    names = {name for name, _ in gauges(client.get("/metrics").content.decode())}
    assert {name for name in names if f"`reckoner_{name}" not in told} == set()
    words = {
        "down",
        "off",
        "late",
        "problem",
        "paused",
        "refused",
        "unreachable",
        "unanswered",
        "stuck",
        "differ",
        "unknown",
    }
    assert {word for word in words if f"`{word}`" not in told} == set()


def test_metrics_say_which_part_is_not_well(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    pausing.pause(datetime.now(UTC), "Enough.")
    found = gauges(client.get("/metrics").content.decode())
    assert {label: value for (name, label), value in found.items() if name == "part_ok"} == {
        "database": 1,
        "broker": 0,
        "worker": 1,
        "clock": 1,
        "mail": 0,
        "tallies": 1,
        "articles": 1,
        "files": 1,
    }
    assert found["sending_paused", ""] == 1


def test_strangers_get_no_metrics_and_no_details(stranger: Client) -> None:
    answer = stranger.get("/metrics")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert b"reckoner_" not in answer.content
    assert "details" not in stranger.get("/healthz").json()


@pytest.mark.parametrize("token", ["wrong", "", "right, nearly", "réchauffé"])
def test_a_wrong_token_opens_nothing_not_even_from_here(client: Client, settings: Settings, token: str) -> None:
    settings.METRICS_TOKEN = "right"
    answer = client.get("/metrics", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 401


def test_the_token_opens_metrics_and_details_to_whoever_comes_from_elsewhere(
    stranger: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = "right"
    right = {"authorization": "Bearer right"}
    assert stranger.get("/metrics", headers=right).status_code == 200
    assert stranger.get("/healthz", headers=right).json()["details"]["queued"] == 0


def test_production_trusts_no_address(client: Client, settings: Settings) -> None:
    assert client.get("/metrics").status_code == 200
    settings.PRODUCTION = True
    assert client.get("/metrics").status_code == 401
    assert "details" not in client.get("/healthz").json()


def test_an_empty_setting_is_no_token(stranger: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert stranger.get("/metrics", headers={"authorization": "Bearer "}).status_code == 401


def test_wrong_tokens_are_limited_by_address_and_right_ones_are_not(stranger: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "right"
    asked = {"right": 15, "wrong": 11}
    cache.clear()
    found = {
        token: [
            stranger.get("/metrics", headers={"authorization": f"Bearer {token}"}).status_code for _ in range(times)
        ]
        for token, times in asked.items()
    }
    assert found == {"right": [200] * 15, "wrong": [401] * 10 + [429]}
    for path in ("/metrics", "/healthz"):
        answer = stranger.get(path, headers={"authorization": "Bearer right"})
        assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 60) == (429, True)
    elsewhere = Client(REMOTE_ADDR="203.0.113.77")
    assert elsewhere.get("/metrics", headers={"authorization": "Bearer right"}).status_code == 200
    cache.clear()
