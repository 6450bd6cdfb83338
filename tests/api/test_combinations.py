"""Every combination of filter, estimand and dimension either works, and adds up, or is refused with the reason."""

import itertools
from typing import Any

import pytest

from forecasts.api.questions import WORDS
from forecasts.models import Estimand, Forecaster, Scenario, User
from forecasts.scores import scorekeeping
from forecasts.scores.statistics import GROUP_BY
from tests import make
from tests.api.world import API, as_person

pytestmark = pytest.mark.django_db

CALIBRATION = f"{API}calibration/"
SPLIT_BY_LEAD = {"each_update", "at:1d", "at:7d", "at:30d", "at:90d"}
ESTIMANDS = [estimand.value for estimand in Estimand]


@pytest.fixture
def chief() -> User:
    """Sees two scenarios, two analysts, two categories, a source, and forecasts that mature in two months."""
    chief = make.administrator()
    for slug in ("aleppo", "idlib"):
        fill(make.scenario(slug))
    scorekeeping.settle(make.day(90))
    return chief


def fill(scenario: Scenario) -> None:
    article = make.article(f"Rockets will likely hit {scenario.slug}.")
    scenario.articles.add(article)
    said = {"scale": "icd203", "likelihood": "likely"}
    statement = make.statement(article, f"Rockets will likely hit {scenario.slug}.", **said)
    people = [make.member(scenario), make.member(scenario)]
    for number, closes in enumerate((20, 25, 45, 50)):
        forecast = make.forecast(
            scenario,
            closes_at=make.day(closes),
            category=("airstrikes", "escalation")[number % 2],
            statement=statement if number == 0 else None,
            fidelity="same" if number == 0 else "",
        )
        for who, lead in itertools.product(people, (15, 5, 0.5)):
            make.estimate(forecast, who, 0.3 + 0.01 * lead, make.day(closes - lead))
        make.verdict(forecast, "yes" if number % 2 else "no")
        scorekeeping.mark_due([forecast.pk], make.day(89))


def asked(user: User, **query: str) -> Any:
    return as_person(user).get(CALIBRATION, query)


def estimates(report: dict[str, Any]) -> float:
    return sum(float(one["n"]) for one in report["bins"])


def test_each_dimension_splits_the_whole_into_parts_that_add_up_or_is_refused(chief: User) -> None:
    for estimand, group_by in itertools.product(ESTIMANDS, GROUP_BY):
        whole = estimates(asked(chief, estimand=estimand).json())
        assert (whole > 0) == (estimand not in ("at:30d", "at:90d"))
        answer = asked(chief, estimand=estimand, group_by=group_by)
        if group_by == "lead_time" and estimand not in SPLIT_BY_LEAD:
            (fault,) = answer.json()["errors"]["group_by"]
            assert (answer.status_code, set(fault["allowed"])) == (400, SPLIT_BY_LEAD)
            continue
        parts = sum(estimates(one["report"]) for one in answer.json()["groups"])
        # Some forecasts come of no article, and so of no source.
        assert parts < whole or whole == 0 if group_by == "source" else parts == whole, (estimand, group_by)


@pytest.mark.parametrize("kind", ["analyst", "consensus", "source"])
def test_every_filter_narrows_every_estimand_of_every_kind_or_says_why_not(chief: User, kind: str) -> None:
    filters = [
        {"category": "airstrikes"},
        {"since": "2025-01-01"},
        {"scenario": "idlib", "category": "escalation", "since": "2024-12-22", "until": "2025-01-17", "bins": "5"},
    ]
    for estimand in ESTIMANDS:
        asked_of = {"forecaster_kind": kind, "estimand": estimand}
        answer = asked(chief, **asked_of)
        if kind == "consensus" and estimand == "each_update":
            assert "makes no updates of its own" in answer.json()["errors"]["estimand"][0]["message"]
            continue
        whole = answer.json()["counts"]["scored_pairs"]
        for narrowed in filters:
            found = asked(chief, **asked_of, **narrowed)
            assert found.status_code == 200, (narrowed, found.content)
            assert found.json()["counts"]["scored_pairs"] <= whole
            assert {name: str(found.json()["filters"][name]) for name in narrowed} == narrowed


def test_two_halves_of_a_filter_make_the_whole(chief: User) -> None:
    def pairs(**query: str) -> float:
        return float(asked(chief, **query).json()["counts"]["scored_pairs"])

    assert pairs(scenario="aleppo") + pairs(scenario="idlib") == pairs() == 16
    assert pairs(until="2024-12-24") + pairs(since="2024-12-24") == pairs()
    assert pairs(category="airstrikes", until="2025-01-01") + pairs(category="airstrikes", since="2025-01-01") == 8


def test_an_analyst_and_a_source_filter_with_and_without_other_filters(chief: User) -> None:
    analyst = str(Forecaster.objects.analysts().earliest("pk").pk)
    assert asked(chief, analyst=analyst).json()["counts"]["scored_pairs"] == 4
    assert asked(chief, analyst=analyst, category="airstrikes").json()["counts"]["scored_pairs"] == 2
    assert asked(chief, analyst=analyst, scenario="idlib").json()["counts"]["scored_pairs"] == 0


def test_a_forecaster_of_another_kind_than_asked_for_is_refused(chief: User) -> None:
    analyst = str(Forecaster.objects.analysts().earliest("pk").pk)
    answer = asked(chief, analyst=analyst, forecaster_kind="consensus")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["analyst"])


def test_every_plot_draws_every_estimand_or_says_why_not(chief: User) -> None:
    client = as_person(chief)
    for plot, estimand in itertools.product(WORDS["plot"], ESTIMANDS):
        answer = client.get(f"{API}calibration.vl.json", {"plot": plot, "estimand": estimand}).json()
        if plot == "lead_time" and estimand not in SPLIT_BY_LEAD:
            assert set(answer["errors"]["plot"][0]["allowed"]) == SPLIT_BY_LEAD
        else:
            assert "$schema" in answer, (plot, estimand)


def test_every_table_has_as_many_columns_in_each_line_as_in_its_header(chief: User) -> None:
    client = as_person(chief)
    for table, group_by in itertools.product(WORDS["table"], ["", *GROUP_BY]):
        query = {"table": table, "estimand": "each_update"} | ({"group_by": group_by} if group_by else {})
        lines = client.get(f"{API}calibration.csv", query).content.decode().split("\r\n")[:-1]
        assert len({line.count(",") for line in lines}) == 1, (table, group_by)
        assert lines[0].startswith("key,label,") == bool(group_by)
