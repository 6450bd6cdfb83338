"""Reports by every dimension, as JSON and as every table, of much and of nothing."""

import csv
import io
from typing import Any

import pytest

from forecasts.api.tables import HEADERS
from forecasts.models import Scenario, User
from forecasts.scores import scorekeeping
from forecasts.scores.statistics import GROUP_BY
from tests import make
from tests.api.world import API, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def aleppo() -> Scenario:
    return make.scenario("aleppo", title="=SUM(A1)", is_pool=True)


@pytest.fixture
def ada(aleppo: Scenario) -> User:
    return make.member(aleppo, name="Ada")


@pytest.fixture
def scored(aleppo: Scenario, ada: User) -> User:
    """Ada answered eleven forecasts on airstrikes, and one on displacement."""
    article = make.article()
    aleppo.articles.add(article)
    statement = make.statement(article, "The army may retake the city.")
    for number in range(12):
        category = "airstrikes" if number else "displacement"
        forecast = make.forecast(aleppo, category=category, statement=statement, fidelity="narrower")
        make.estimate(forecast, ada, 0.3 + number / 100, make.day(3))
        make.verdict(forecast, "yes" if number % 3 else "no")
        scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(make.day(40))
    return ada


def asked(user: User, form: str = "calibration/", **query: str) -> Any:
    answer = as_person(user).get(API + form, query)
    assert answer.status_code == 200, answer.content
    return answer


def groups(user: User, group_by: str, **query: str) -> dict[str, dict[str, Any]]:
    answer = asked(user, group_by=group_by, estimand="each_update", **query).json()
    assert answer["group_by"] == group_by
    return {one["key"]: one["report"] for one in answer["groups"]}


def lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_of_nothing_scored_there_is_no_group_with_a_number(ada: User) -> None:
    assert {group_by: groups(ada, group_by) for group_by in GROUP_BY} == {group_by: {} for group_by in GROUP_BY}


@pytest.mark.parametrize("group_by", ["scenario", "category", "month"])
def test_what_is_only_published_is_a_group_of_counts_with_the_reason(
    aleppo: Scenario, ada: User, group_by: str
) -> None:
    make.forecast(aleppo)
    scorekeeping.settle(make.day(5))
    (report,) = groups(ada, group_by).values()
    assert (report["counts"]["published"], report["base_rate"], report["curve"]) == (1, None, None)
    assert report["notes"][0].startswith("Nothing is scored here yet")


def test_each_dimension_splits_twelve_forecasts_and_loses_none(scored: User) -> None:
    for group_by in GROUP_BY:
        found = groups(scored, group_by).values()
        assert sum(report["scores"]["brier"]["forecasts"] for report in found) == 12, group_by
        assert all(report["scores"]["brier"]["n"] == report["base_rate_interval"]["n"] for report in found), group_by


def test_a_group_of_ten_has_intervals_and_one_below_says_how_many_it_needs(scored: User) -> None:
    found = groups(scored, "category")
    assert found["airstrikes"]["scores"]["brier"]["ci95"] is not None
    assert found["displacement"]["scores"]["brier"]["ci95"] is None
    assert "No interval: all from one situation: this tells nothing about another." in found["displacement"]["notes"]


def test_every_table_has_the_groups_of_the_report_and_the_whole_header(scored: User) -> None:
    for group_by in GROUP_BY:
        found = set(groups(scored, group_by))
        for table, columns in HEADERS.items():
            answer = asked(scored, "calibration.csv", group_by=group_by, estimand="each_update", table=table)
            header = answer.content.decode().splitlines()[0].split(",")
            assert header == ["key", "label", *columns]
            keys = {line["key"] for line in lines(answer)}
            assert keys == (set() if table in ("coverage", "pit") else found), (group_by, table)


def test_the_table_of_scores_holds_the_numbers_of_the_report(scored: User) -> None:
    (line,) = lines(asked(scored, "calibration.csv", table="scores"))
    report = asked(scored).json()
    low, high = report["base_rate_interval"]["ci95"]
    assert (float(line["base_rate"]), float(line["base_rate_ci95_low"]), float(line["base_rate_ci95_high"])) == (
        report["base_rate"],
        low,
        high,
    )
    assert float(line["brier_mean"]) == report["scores"]["brier"]["mean"]
    assert int(line["scored_forecasts"]) == report["counts"]["scored_forecasts"] == 12


def test_the_table_of_the_curve_counts_what_was_said(scored: User) -> None:
    found = lines(asked(scored, "calibration.csv", table="curve"))
    assert sum(float(line["n"]) for line in found) == 12
    assert [float(line["n"]) for line in found] == [point["n"] for point in asked(scored).json()["curve"]]


def test_groups_come_in_pages_with_the_count_of_all(scored: User) -> None:
    whole = asked(scored, group_by="category").json()
    first, second = (asked(scored, group_by="category", page_size="1", page=page).json() for page in "12")
    assert whole["count"] == first["count"] == second["count"] == len(whole["groups"]) == 2
    assert [*first["groups"], *second["groups"]] == whole["groups"]
    assert asked(scored, group_by="category", page="9").json()["groups"] == []


@pytest.mark.parametrize("bad", ["page=0", "page=x", "page_size=501", "page_size=-1"])
def test_a_page_that_is_none_is_refused(scored: User, bad: str) -> None:
    assert as_person(scored).get(f"{API}calibration/?group_by=category&{bad}").status_code == 400
