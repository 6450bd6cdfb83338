"""A request happens at one moment, by the database's clock, whatever that of the web server says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import DateTimeField, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forecasts.models import Estimate, Forecast, Membership, SecurityEvent, Verdict
from forecasts.rules import sql
from tests import make

pytestmark = pytest.mark.django_db
NEAR, DAY = timedelta(minutes=5), timedelta(days=1)
# When to ask next, and what an answer about the world says: these lie elsewhere.
NOT_NOW = {"next_at", "due_at", "expiry", "known_at", "occurred_at"}


@pytest.fixture
def real() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def forecast(real: datetime) -> Forecast:
    return make.forecast(opens_at=real - 9 * DAY, closes_at=real + 9 * DAY, resolves_at=real + 10 * DAY)


def times() -> set[tuple[str, Any, datetime]]:
    """Every moment in every row of ours and in the desk's history."""
    models: list[type[Model]] = [LogEntry, *apps.get_app_config("forecasts").get_models()]
    return {
        (f"{model.__name__}.{field.name}", *row)
        for model in models
        for field in model._meta.fields
        if isinstance(field, DateTimeField) and field.name not in NOT_NOW
        for row in model._default_manager.exclude(**{field.name: None}).values_list("pk", field.name)
    }


def logged_in(forecast: Forecast, role: str) -> Client:
    client, person = Client(), make.member(forecast.scenario, role)
    client.post("/login/", {"username": person.email, "password": make.PASSWORD})
    return client


def tell_a_page(forecast: Forecast) -> None:
    analyst = logged_in(forecast, Membership.Role.ANALYST)
    analyst.post(reverse("estimate", args=[forecast.pk]), {"event": "update", "percent": "35"})
    assert Estimate.objects.get().probability == 3500


def tell_the_api(forecast: Forecast) -> None:
    analyst = logged_in(forecast, Membership.Role.ANALYST)
    given = {"forecast": forecast.pk, "event": "update", "probability": 0.35}
    analyst.post("/api/v1/estimates/", given, content_type="application/json")
    assert Estimate.objects.get().probability == 3500


def tell_the_desk(forecast: Forecast) -> None:
    resolver = logged_in(forecast, Membership.Role.RESOLVER)
    address = reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])
    resolver.post(
        address, {"outcome": "annulled", "annulled_because": "unclear", "note": "It asks two things at once."}
    )
    assert Verdict.objects.get().outcome == "annulled"


def guess_at_the_door(forecast: Forecast) -> None:
    Client().post("/login/", {"username": "nobody@example.org", "password": "guess"})
    assert SecurityEvent.objects.filter(kind="log_in_failed").exists()


@pytest.mark.parametrize("days", [-31, 31])
@pytest.mark.parametrize("tell", [tell_a_page, tell_the_api, tell_the_desk, guess_at_the_door])
def test_no_fact_has_the_time_of_a_wrong_clock(forecast: Forecast, real: datetime, tell: Any, days: int) -> None:
    before = times()
    with time_machine.travel(real + days * DAY):
        tell(forecast)
    made = times() - before
    assert made
    assert [(name, at) for name, _, at in made if abs(at - real) > NEAR] == []


@pytest.mark.parametrize(("seconds", "word"), [(-3, "off"), (3, "off"), (1, "ok")])
def test_health_says_that_the_clock_of_a_web_server_is_wrong(
    real: datetime, seconds: int, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)):
        told = Client().get("/healthz").json()
    assert told["parts"]["clock"] == word
    assert any("of the database" in said for said in told["details"]["problems"].values()) is (word == "off")


def test_a_request_reads_the_clock_once(forecast: Forecast) -> None:
    analyst = logged_in(forecast, Membership.Role.ANALYST)
    with CaptureQueriesContext(connection) as asked:
        analyst.post(reverse("estimate", args=[forecast.pk]), {"event": "update", "percent": "35"})
    assert [query["sql"] for query in asked.captured_queries].count(sql.NOW) == 1


def test_the_next_request_reads_it_anew(forecast: Forecast) -> None:
    analyst = logged_in(forecast, Membership.Role.ANALYST)
    for percent in ("35", "36"):
        analyst.post(reverse("estimate", args=[forecast.pk]), {"event": "update", "percent": percent})
    first, second = Estimate.objects.order_by("pk").values_list("made_at", flat=True)
    assert first < second
