"""The calibration page: every statistic with its sentence, every plot with its table and its files."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forecasts.models import Forecast, Forecaster, Scenario, User
from forecasts.scores import scorekeeping
from tests import make

pytestmark = pytest.mark.django_db

PAGE = reverse("calibration")


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo")


@pytest.fixture
def ada(client: Client, scenario: Scenario) -> User:
    """An analyst with twelve scored yes-or-no forecasts in each of two months."""
    ada = make.member(scenario, name="Ada")
    for months in (0, 1):
        closes_at = make.day(31 * months + 20)
        for number in range(12):
            forecast = make.forecast(scenario, closes_at=closes_at)
            make.estimate(forecast, ada, 0.8 if number % 2 else 0.3, make.day(3))
            settle(forecast, "yes" if number % 2 else "no")
    scorekeeping.settle(make.day(90))
    client.force_login(ada)
    return ada


def settle(forecast: Forecast, outcome: str, **fields: object) -> None:
    make.verdict(forecast, outcome, **fields)
    scorekeeping.mark_due([forecast.pk], make.day(89))


def shown(client: Client, **query: str) -> str:
    answer = client.get(PAGE, query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def sections(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", page)


def files(page: str) -> list[str]:
    return re.findall(r'href="(/api/v1/calibration\.[^"]+)"', page)


def test_scores_are_plotted_over_months_and_against_lead_time_beside_their_tables(client: Client, ada: User) -> None:
    page = shown(client)
    assert sections(page) == ["By month of maturity", "By time left, every update", "What is counted"]
    assert "<summary>The scores in words</summary>" in page
    assert page.count('class="trend-frame"') == 2
    for row in ("Dec 2024", "Jan 2025", "7 to 30 days", "30 to 90 days"):
        assert f'<th scope="row" class="number-start">{row}</th><td class="number">12</td>' in page


def test_every_file_that_the_page_links_to_is_there(client: Client, ada: User) -> None:
    linked = files(shown(client, scenario="aleppo", analyst="", since="", category=""))
    assert len(linked) == 12
    for address in linked:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "scenario=aleppo" in address
        assert "analyst" not in address
        assert answer.content.startswith("\ufeff".encode()) == (".csv" in address)


def test_the_estimand_that_lead_time_splits_is_kept_and_any_other_gives_way_to_every_update(
    client: Client, ada: User
) -> None:
    assert "By time left, 7 days before closing" in sections(shown(client, estimand="at:7d"))
    assert "By time left, every update" in sections(shown(client, estimand="time_weighted"))


def test_the_consensus_which_makes_no_updates_is_split_a_day_before_closing(
    client: Client, ada: User, scenario: Scenario
) -> None:
    bob = make.member(scenario)
    for forecast in Forecast.objects.all():
        make.estimate(forecast, bob, 0.6, make.day(4))
        scorekeeping.mark_due([forecast.pk], make.day(90))
    scorekeeping.settle(make.day(91))
    page = shown(client, forecaster_kind="consensus")
    assert "By time left, 1 day before closing" in sections(page)


def test_numbers_and_multiple_choice_have_sections_of_their_own(client: Client, ada: User, scenario: Scenario) -> None:
    numeric, choice = make.numeric(scenario), make.choice(["none", "some"], scenario, options_are_ordered=True)
    make.estimate(numeric, ada, None, make.day(3), quantiles=[10, 20, 30, 40, 50])
    make.estimate(choice, ada, None, make.day(3), probabilities=[2000, 8000])
    settle(numeric, "value", value=35.0)
    settle(choice, "option", option=choice.options.get(label="some"))
    scorekeeping.settle(make.day(95))
    page = shown(client)
    assert {"Multiple choice", "Numbers and dates", "Coverage of intervals", "Where the truths fell"} <= set(
        sections(page)
    )
    assert "Brier score 0.080 (9 more are needed for an interval) over 1 forecast" in page
    assert "held the truth in 1 forecast, too few to judge: 9 more are needed" in page
    assert '<th scope="row" class="number-start">50–75%</th>' in page
    assert all(client.get(address).status_code == 200 for address in files(page))


def test_of_numbers_alone_there_is_no_diagram_but_their_sections_stand(client: Client, scenario: Scenario) -> None:
    ada = make.member(scenario)
    forecast = make.numeric(scenario)
    make.estimate(forecast, ada, None, make.day(3), quantiles=[10, 20, 30, 40, 50])
    settle(forecast, "value", value=35.0)
    scorekeeping.settle(make.day(90))
    client.force_login(ada)
    page = shown(client)
    assert 'class="empty"' in page
    assert sections(page) == [
        "Numbers and dates",
        "Coverage of intervals",
        "Where the truths fell",
        "What is counted",
    ]


def test_what_a_sentence_has_said_is_not_noted_again(client: Client, scenario: Scenario) -> None:
    ada = make.member(scenario)
    forecast = make.forecast(scenario)
    make.estimate(forecast, ada, 0.3, make.day(3))
    settle(forecast, "no")
    scorekeeping.settle(make.day(90))
    client.force_login(ada)
    page = shown(client)
    assert page.count("No recalibration") == 1
    assert "9 more are needed" in page


def test_queries_do_not_grow_with_what_is_scored(client: Client, ada: User, scenario: Scenario) -> None:
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            shown(client)
            return len(asked)

    # The first request of a session notes where it comes from.
    queries()
    before = queries()
    for number in range(20):
        forecast = make.forecast(scenario, closes_at=make.day(40 + number))
        make.estimate(forecast, ada, 0.3, make.day(3))
        settle(forecast, "no")
    scorekeeping.settle(make.day(95))
    assert queries() == before


def test_of_one_analyst_it_says_what_cost_most(client: Client, scenario: Scenario) -> None:
    ada = make.member(scenario)
    for said, outcome in ((0.9, "no"), (0.8, "yes")):
        forecast = make.forecast(scenario)
        make.estimate(forecast, ada, 0.3, make.day(3))
        make.estimate(forecast, ada, said, make.day(4))
        settle(forecast, outcome)
    scorekeeping.settle(make.day(90))
    client.force_login(ada)
    page = unescape(client.get(PAGE, {"analyst": Forecaster.objects.of(ada).pk}).content.decode())
    assert "What cost most" in page
    assert "Brier score 0.81, which makes the mean 0.385 higher." in page
    assert page.count("which makes the mean") == 1, "What was better than the mean cost nothing."
    assert "from 30% to 90% lost 0.72." in page
    assert "What cost most" not in unescape(client.get(PAGE).content.decode())
