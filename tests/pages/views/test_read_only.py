"""While the database takes no writes, as in a failover, whoever writes is told to come back."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forecasts.models import Estimate, Forecast
from tests import make
from tests.pages.views.test_answering import open_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def forecast() -> Forecast:
    return make.forecast(None, **open_at(timezone.now()))


@pytest.fixture
def reader(client: Client, forecast: Forecast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A member who has logged in before the database stopped taking writes.

    The check of health gives its connection back, which would take no writes for whoever gets it next.
    """
    monkeypatch.setattr(connection, "close", lambda: None)
    client.force_login(make.member(forecast.scenario))
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only TO on")
    yield client
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only TO off")


def test_a_page_that_writes_answers_503_and_when_to_come_back(reader: Client, forecast: Forecast) -> None:
    answer = reader.post(reverse("estimate", args=[forecast.pk]), {"event": "update", "percent": "35"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert b"is safe; try again" in answer.content
    assert not Estimate.objects.exists()


def test_the_api_answers_503_with_its_code(reader: Client, forecast: Forecast) -> None:
    given = {"forecast": forecast.pk, "event": "update", "probability": 0.35}
    answer = reader.post("/api/v1/estimates/", given, content_type="application/json")
    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (503, "30", "unavailable")


def test_reading_goes_on(reader: Client, forecast: Forecast) -> None:
    assert reader.get(forecast.get_absolute_url()).status_code == 200
    assert reader.get("/healthz").json()["parts"]["database"] == "ok"
