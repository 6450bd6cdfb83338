"""`/healthz` tells strangers whether all is well, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from core import health
from forecasts.models import Sweep

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def connection_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check closes its connection, and with it the transaction that the test runs in."""
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.fixture(autouse=True)
def just_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing sweeps here, and these tests may run long after they were loaded."""
    monkeypatch.setattr(health, "STARTED_AT", datetime.now(UTC))


def sweep(name: str, at: datetime, problem: str = "") -> None:
    Sweep.objects.update_or_create(name=name, defaults={"finished_at": at, "problem": problem})


def test_strangers_read_names_of_parts_and_one_word_each(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "any.example.invalid"})
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "parts": {"database": "ok", "broker": "ok", "worker": "ok"}}
    assert answer["Cache-Control"] == "no-store"


def test_a_broker_that_is_away_is_503(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["broker"] == "down"


def test_a_worker_that_sweeps_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", NOW - timedelta(days=1))
    for name in health.SWEEPS:
        sweep(name, NOW - timedelta(seconds=20))
    assert health.worker(NOW) == "ok"


def test_a_worker_that_has_stopped_sweeping_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", NOW - timedelta(days=1))
    for name in health.SWEEPS:
        sweep(name, NOW - timedelta(minutes=3))
    assert health.worker(NOW) == "late"


def test_one_sweep_of_three_that_stands_still_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", NOW - timedelta(days=1))
    sweep("plan", NOW)
    sweep("send", NOW)
    assert health.worker(NOW) == "late"


def test_a_fresh_start_is_given_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED_AT", NOW - timedelta(seconds=30))
    for name in health.SWEEPS:
        sweep(name, NOW - timedelta(days=1))
    assert health.worker(NOW) == "ok"


def test_a_sweep_with_a_problem_is_reported(client: Client) -> None:
    sweep("send", datetime.now(UTC), "The mail server refuses our log-in.")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] == "problem"
    assert "log-in" not in answer.content.decode()


def test_tallies_that_differ_from_the_facts_are_reported(client: Client) -> None:
    sweep("verify", datetime.now(UTC) - timedelta(hours=9), "2 tallies differ from the facts.")
    assert client.get("/healthz").json()["parts"]["worker"] == "problem"
