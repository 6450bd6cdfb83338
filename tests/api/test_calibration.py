"""`calibration/`: parameters, groups, the table, and that an unchanged report is not computed again."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.cache import cache

from forecasts.models import Membership, Scenario, User
from forecasts.rules.kept import place_of
from forecasts.scores import scorekeeping, statistics
from tests import make
from tests.api.world import API, as_person

pytestmark = pytest.mark.django_db

CALIBRATION = f"{API}calibration/"
TABLE = f"{API}calibration.csv"
PICTURES = {
    "svg": ("image/svg+xml", b"<svg"),
    "png": ("image/png", b"\x89PNG"),
    "vl.json": ("application/json", b'{"$schema"'),
}
SAID = [0.1, 0.2, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9]
CAME = ["no", "no", "yes", "no", "yes", "yes", "no", "yes"]


@pytest.fixture
def aleppo() -> Scenario:
    return make.scenario("aleppo")


@pytest.fixture
def ada(aleppo: Scenario) -> User:
    """An analyst with eight scored forecasts: REFERENCE section 2, first row."""
    ada = make.member(aleppo, name="=Ada")
    score(aleppo, ada, SAID, CAME)
    return ada


def score(scenario: Scenario, who: User, said: list[float], came: list[str], **fields: Any) -> None:
    for probability, outcome in zip(said, came, strict=True):
        forecast = make.forecast(scenario, **fields)
        make.estimate(forecast, who, probability, make.day(3))
        make.verdict(forecast, outcome)
        scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(make.day(31))


def test_the_report_is_that_of_the_statistics(ada: User) -> None:
    answer = as_person(ada).get(CALIBRATION)
    report = answer.json()
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert report == json.loads(statistics.report(ada).to_json())
    assert (report["scores"]["brier"]["mean"], report["base_rate"]) == (0.21875, 0.5)
    assert (report["estimand"], report["counts"]["scored_pairs"], len(report["bins"])) == ("last", 8, 10)


def test_a_stranger_gets_a_report_of_nothing_and_nobody_gets_none(ada: User) -> None:
    report = as_person(make.user()).get(CALIBRATION).json()
    assert (report["counts"]["published"], report["counts"]["scored_pairs"], report["bins"]) == (0, 0, [])
    for path in (CALIBRATION, TABLE):
        assert as_person(None).get(path).status_code == 401


def test_filters_narrow_the_report_and_stand_in_it(aleppo: Scenario, ada: User) -> None:
    score(aleppo, ada, [0.9], ["yes"], category="airstrikes")
    report = as_person(ada).get(CALIBRATION, {"category": "airstrikes", "bins": "5", "estimand": "first"}).json()
    assert (report["counts"]["scored_pairs"], len(report["bins"]), report["estimand"]) == (1, 5, "first")
    assert (report["filters"]["category"], report["filters"]["bins"]) == ("airstrikes", 5)


def test_the_period_is_of_maturity_with_its_last_day_excluded(ada: User) -> None:
    def pairs(**period: str) -> int:
        count: int = as_person(ada).get(CALIBRATION, period).json()["counts"]["scored_pairs"]
        return count

    assert pairs(since="2024-12-31", until="2025-01-01") == 8
    assert (pairs(until="2024-12-31"), pairs(since="2025-01-01")) == (0, 0)


def test_group_by_answers_a_report_for_each_group(aleppo: Scenario, ada: User) -> None:
    bob = make.member(aleppo)
    score(aleppo, bob, [0.9], ["yes"])
    answer = as_person(ada).get(CALIBRATION, {"group_by": "analyst"}).json()
    assert answer["group_by"] == "analyst"
    assert {one["key"]: one["report"]["counts"]["scored_pairs"] for one in answer["groups"]} == {
        str(ada.forecaster.pk): 8,
        str(bob.forecaster.pk): 1,
    }


@pytest.mark.parametrize(
    ("query", "field", "allowed"),
    [
        ({"estimant": "last"}, "estimant", "estimand"),
        ({"pages": "1"}, "pages", "bins"),
        ({"estimand": "best"}, "estimand", "time_weighted"),
        ({"category": "weather"}, "category", "airstrikes"),
        ({"forecaster_kind": "robot"}, "forecaster_kind", "consensus"),
        ({"bins": "7"}, "bins", "5, 10, 20"),
        ({"bins": "ten"}, "bins", "5, 10, 20"),
        ({"group_by": "weekday"}, "group_by", "lead_time"),
        ({"scenario": "nowhere"}, "scenario", "aleppo"),
        ({"analyst": "0"}, "analyst", "Allowed"),
        ({"analyst": "Ada"}, "analyst", "whole number"),
        ({"source": "999999999999999999"}, "source", "Allowed"),
        ({"since": "yesterday"}, "since", "2024-12-31"),
        ({"since": "2024-12-31T00:00:00Z"}, "since", "2024-12-31"),
        ({"since": "2025-01-01", "until": "2024-01-01"}, "until", "after 2025-01-01"),
        ({"group_by": "lead_time"}, "group_by", "each_update"),
        ({"estimand": "each_update", "forecaster_kind": "consensus"}, "estimand", "last"),
        ({"estimand": ""}, "estimand", "leave"),
        ({"scenario": "a\x00b"}, "scenario", "NUL"),
    ],
)
def test_unknown_parameters_and_values_are_errors_that_say_what_is_allowed(
    ada: User, query: dict[str, str], field: str, allowed: str
) -> None:
    for path in (CALIBRATION, TABLE):
        answer = as_person(ada).get(path, query)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert allowed in answer.json()["errors"][field][0]["message"]


def test_the_error_about_a_private_scenario_is_that_about_no_scenario(ada: User) -> None:
    stranger = as_person(make.user())
    private = stranger.get(CALIBRATION, {"scenario": "aleppo"}).content
    assert private.replace(b"aleppo", b"nowhere") == stranger.get(CALIBRATION, {"scenario": "nowhere"}).content


def test_an_unchanged_report_is_304_and_computes_nothing(ada: User, django_assert_num_queries: Any) -> None:
    client = as_person(ada)
    tag = client.get(CALIBRATION)["ETag"]
    cache.clear()
    with django_assert_num_queries(4):  # clock, session, user, and the tag
        answer = client.get(CALIBRATION, HTTP_IF_NONE_MATCH=tag)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert cache.get(place_of("answer", tag)) is None
    assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert answer["Cache-Control"] == "private"


def test_a_repeated_report_is_not_computed_again(ada: User, django_assert_num_queries: Any) -> None:
    client = as_person(ada)
    first = client.get(CALIBRATION)
    with django_assert_num_queries(4):
        second = client.get(CALIBRATION)
    assert second.content == first.content


def test_the_tag_changes_with_the_snapshot_the_query_and_what_is_visible(aleppo: Scenario, ada: User) -> None:
    client = as_person(ada)
    first = client.get(CALIBRATION)["ETag"]
    other_query = client.get(CALIBRATION, {"bins": "5"})["ETag"]
    table = client.get(TABLE)["ETag"]
    score(aleppo, ada, [0.5], ["no"])
    settled = client.get(CALIBRATION)
    Membership.objects.create(scenario=make.scenario(), user=ada)
    seeing_more = client.get(CALIBRATION)["ETag"]
    assert len({first, other_query, table, settled["ETag"], seeing_more}) == 5
    assert settled.json()["counts"]["scored_pairs"] == 9


def test_two_who_see_the_same_share_an_answer_and_two_who_do_not_never(aleppo: Scenario, ada: User) -> None:
    colleague, stranger = make.member(aleppo), make.user()
    tag = as_person(ada).get(CALIBRATION)["ETag"]
    assert as_person(colleague).get(CALIBRATION)["ETag"] == tag
    refused = as_person(stranger).get(CALIBRATION, HTTP_IF_NONE_MATCH=tag)
    assert (refused.status_code, refused.json()["counts"]["scored_pairs"]) == (200, 0)


def test_who_is_no_administrator_any_more_is_not_answered_as_one(ada: User) -> None:
    chief = make.administrator()
    as_person(chief).get(CALIBRATION)
    User.objects.filter(pk=chief.pk).update(is_superuser=False)
    assert as_person(chief).get(CALIBRATION).json()["counts"]["scored_pairs"] == 0


def test_the_table_has_one_line_for_each_bin(ada: User) -> None:
    answer = as_person(ada).get(TABLE, {"bins": "5"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [(line["lower"], line["n"], line["observed_frequency"]) for line in lines] == [
        ("0.0", "1.0", "0.0"),
        ("0.2", "2.0", "0.5"),
        ("0.4", "1.0", "0.0"),
        ("0.6", "2.0", "1.0"),
        ("0.8", "2.0", "0.5"),
    ]
    assert {line["ci95_low"] for line in lines} == {""}


def test_in_a_table_of_groups_a_name_cannot_become_a_formula(ada: User) -> None:
    answer = as_person(ada).get(TABLE, {"group_by": "analyst", "bins": "5"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {line["label"] for line in lines} == {"'=Ada"}
    assert len(lines) == 5


@pytest.mark.parametrize("suffix", list(PICTURES))
def test_the_diagram_comes_as_a_picture_and_as_its_specification(ada: User, suffix: str) -> None:
    media, begin = PICTURES[suffix]
    client, path = as_person(ada), f"{API}calibration.{suffix}"
    answer = client.get(path, {"bins": "5"})
    assert (answer.status_code, answer["Content-Type"]) == (200, media)
    assert answer.content.startswith(begin)
    assert client.get(path, {"bins": "5"}, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


def test_a_picture_shows_one_report_and_says_so_about_groups(ada: User) -> None:
    for suffix in PICTURES:
        answer = as_person(ada).get(f"{API}calibration.{suffix}", {"group_by": "month"})
        (fault,) = answer.json()["errors"]["group_by"]
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
        assert "estimand" in fault["allowed"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"first": "1"}, "second"),
        ({"first": "a", "second": "1"}, "first"),
        ({"first": "0", "second": "0"}, "first"),
        ({"first": "1", "second": "1", "analyst": "1"}, "analyst"),
    ],
)
def test_a_comparison_needs_two_forecasters_that_one_may_see(ada: User, query: dict[str, str], field: str) -> None:
    answer = as_person(ada).get(f"{API}comparison/", query)
    assert (answer.status_code, next(iter(answer.json()["errors"]))) == (400, field)
