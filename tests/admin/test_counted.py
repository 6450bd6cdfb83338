"""What was counted, on the desk and on a forecast's page: who sees it, what one act does."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from forecasts.answers import counting_round
from forecasts.models import Forecast, Scenario, User, Verdict
from tests import clocks, make
from tests.evidence.made import OPENS, SETTLES, counted_forecast, months, settled_forecast, vintage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("private")


@pytest.fixture
def forecast(scenario: Scenario, tmp_path: Path) -> Forecast:
    """September came to 130 of at least 120; the lag has passed."""
    return settled_forecast(scenario, tmp_path)


def client(person: User) -> Client:
    found = Client()
    found.force_login(person)
    return found


def address(forecast: Forecast) -> str:
    return reverse("admin:forecasts_forecast_counted", args=[forecast.pk])


@clocks.standing_at(SETTLES)
def test_the_desk_lays_the_proposal_before_whoever_resolves(scenario: Scenario, forecast: Forecast) -> None:
    resolver, analyst = make.member(scenario, "resolver"), make.member(scenario, "analyst")
    desk = client(resolver).get(reverse("admin:index")).content.decode()
    assert "counted as Yes" in desk
    assert address(forecast) in desk
    assert address(forecast) not in client(analyst).get(reverse("admin:index")).content.decode()
    page = client(resolver).get(address(forecast)).content.decode()
    assert "130 of at least 120, through 30 September 2018, in version 18.0.9" in page
    assert "Resolve as YES" in page
    assert client(analyst).get(address(forecast)).status_code == 404


@clocks.standing_at(SETTLES)
def test_one_act_confirms_it(scenario: Scenario, forecast: Forecast) -> None:
    resolver = make.member(scenario, "resolver")
    answer = client(resolver).post(address(forecast), {"act": "accept"})
    assert answer.status_code == 302
    verdict = Verdict.objects.get(forecast=forecast, act="propose")
    assert (verdict.outcome, verdict.person) == ("yes", resolver)
    assert "counted as" not in client(resolver).get(reverse("admin:index")).content.decode()
    assert "Resolve as YES" not in client(resolver).get(address(forecast)).content.decode()


@clocks.standing_at(SETTLES)
def test_another_says_why_not_and_a_press_without_a_reason_records_nothing(
    scenario: Scenario, forecast: Forecast
) -> None:
    resolver = client(make.member(scenario, "resolver"))
    assert "Say why" in resolver.post(address(forecast), {"act": "refuse", "note": ""}).content.decode()
    assert resolver.post(address(forecast), {}).status_code == 422
    assert not Verdict.objects.exclude(act="computed").exists()
    resolver.post(address(forecast), {"act": "refuse", "note": "It counts another battle."})
    assert Verdict.objects.get(act="refuse").note == "It counts another battle."
    assert "counted as" not in resolver.get(reverse("admin:index")).content.decode()


def test_a_revision_that_says_otherwise_comes_to_the_desk_and_can_be_kept(
    scenario: Scenario, forecast: Forecast, tmp_path: Path
) -> None:
    resolver = client(make.member(scenario, "resolver"))
    with clocks.standing_at(SETTLES):
        resolver.post(address(forecast), {"act": "accept"})
    later = SETTLES + timedelta(days=200)
    vintage(tmp_path, "19.1", later, [{"date_start": "2018-09-12", "best": 110}])
    counting_round.run(later)
    with clocks.standing_at(later + timedelta(hours=1)):
        resolver = client(User.objects.get(memberships__role="resolver"))
        assert "version 19.1 counts otherwise" in resolver.get(reverse("admin:index")).content.decode()
        page = resolver.get(address(forecast)).content.decode()
        assert "It stands as <strong>YES</strong>" in page
        resolver.post(address(forecast), {"act": "keep", "note": "We asked what it said in November."})
        assert "counts otherwise" not in resolver.get(reverse("admin:index")).content.decode()
    assert Verdict.objects.effective(later).get(forecast=forecast).outcome == "yes"


@clocks.standing_at(SETTLES)
def test_the_page_of_a_forecast_shows_base_rate_count_and_what_arithmetic_says(
    scenario: Scenario, forecast: Forecast
) -> None:
    page = client(make.member(scenario, "viewer")).get(forecast.get_absolute_url()).content.decode()
    assert "At least 120 deaths (best estimate) in events that lie wholly inside September 2018" in page
    assert "It held in 11 of" in page
    assert "130 of at least 120, through 30 September 2018, in version 18.0.9" in page
    assert "base rate" in page
    assert "CC BY 4.0" in page


@clocks.standing_at(SETTLES)
def test_where_two_resolve_rule_and_base_rate_show_and_figure_curve_and_proposal_do_not(
    scenario: Scenario, forecast: Forecast
) -> None:
    scenario.two_people_resolve = True
    scenario.save()
    resolver = client(make.member(scenario, "resolver"))
    story = reverse("admin:forecasts_forecast_change", args=[forecast.pk])
    for shown in (forecast.get_absolute_url(), address(forecast), reverse("admin:index"), story):
        page = resolver.get(shown).content.decode()
        assert "130" not in page, shown
        assert "counted by the machine" not in page, shown
    assert "It held in 11 of" in resolver.get(forecast.get_absolute_url()).content.decode()
    assert resolver.post(address(forecast), {"act": "accept"}).status_code == 422
    assert not Verdict.objects.exclude(act="computed").exists()


@clocks.standing_at(OPENS + timedelta(days=1))
def test_a_blind_scenario_shows_the_base_rate_before_anybody_answers(tmp_path: Path) -> None:
    blind = make.scenario("blind", blind_until_answered=True)
    made = counted_forecast(scenario=blind)
    vintage(tmp_path, "18.0.7", OPENS, months([200, 10] * 12))
    counting_round.run(OPENS)
    page = client(make.member(blind)).get(made.get_absolute_url()).content.decode()
    assert "It held in 11 of" in page
