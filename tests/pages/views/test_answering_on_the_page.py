"""Members answer on a forecast's own page."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from forecasts.answers import estimating
from forecasts.models import Estimate, Forecast, Forecaster, Scenario, User
from tests import make
from tests.pages.views.test_answering import open_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def forecast(scenario: Scenario, now: datetime) -> Forecast:
    return make.forecast(scenario, **open_at(now))


def test_a_member_answers_on_the_forecasts_page(
    client: Client, forecast: Forecast, analyst: User, now: datetime
) -> None:
    client.force_login(analyst)
    answer = client.post(f"/forecasts/{forecast.pk}/estimate/", {"event": "update", "percent": "35"})
    assert (answer.status_code, answer["Location"]) == (302, forecast.get_absolute_url())
    assert (Estimate.objects.get().channel, Estimate.objects.get().probability) == ("web", 3_500)


def test_who_may_not_estimate_is_refused_on_the_forecasts_page(client: Client, forecast: Forecast) -> None:
    url = f"/forecasts/{forecast.pk}/estimate/"
    entered = {"event": "update", "percent": "35"}
    assert client.post(url, entered).status_code == 302
    client.force_login(make.member(forecast.scenario, "viewer"))
    assert client.post(url, entered).status_code == 403
    client.force_login(make.user())
    assert client.post(url, entered).status_code == 404
    assert not Estimate.objects.exists()


def test_bad_input_on_the_forecasts_page_is_shown_with_the_form_again(
    client: Client, forecast: Forecast, analyst: User
) -> None:
    client.force_login(analyst)
    answer = client.post(f"/forecasts/{forecast.pk}/estimate/", {"event": "update", "percent": "200"})
    assert answer.status_code == 422
    assert "less than or equal to 99.9" in answer.content.decode()
    assert not Estimate.objects.exists()


def test_a_forecast_that_closed_takes_no_answer_on_its_page(client: Client, scenario: Scenario, analyst: User) -> None:
    forecast = make.forecast(scenario)
    client.force_login(analyst)
    answer = client.post(f"/forecasts/{forecast.pk}/estimate/", {"event": "update", "percent": "35"})
    assert answer.status_code == 422
    assert "This forecast closed on 2024-12-31" in answer.content.decode()
    assert not Estimate.objects.exists()
    assert estimating.current(forecast, Forecaster.objects.of(analyst), timezone.now()) is None


def test_another_site_cannot_post_for_a_member(forecast: Forecast, analyst: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(analyst)
    answer = strict.post(f"/forecasts/{forecast.pk}/estimate/", {"event": "update", "percent": "35"})
    assert answer.status_code == 403
    assert not Estimate.objects.exists()
