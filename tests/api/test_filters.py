"""Lists: filters, ordering and pages take what they know and name what they would have taken."""

from typing import Any

import pytest

from forecasts.models import Forecaster
from tests import make
from tests.api.world import API, World, as_person

pytestmark = pytest.mark.django_db


def found(world: World, path: str) -> list[int]:
    answer = as_person(world.member).get(API + path)
    assert answer.status_code == 200, answer.content
    return [row.get("id", row.get("forecast")) for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("path", "hit"),
    [
        ("articles/?source={source}", True),
        ("articles/?scenario=aleppo-2024", True),
        ("articles/?since=2024-12-01&until=2024-12-02", True),
        ("articles/?until=2024-12-01", False),
        ("articles/?since=2024-12-01T01:00:00%2B01:00", True),
        ("statements/?article={article}&category=escalation&review=proposed&conditional=false", True),
        ("statements/?conditional=true", False),
        ("statements/?scenario=aleppo-2024&source={source}", True),
        ("scenarios/?visibility=members&article={article}", True),
        ("scenarios/?visibility=all", False),
        ("forecasts/?state=resolved&kind=binary&category=escalation&scenario=aleppo-2024", True),
        ("forecasts/?state=upcoming", False),
        ("forecasts/?statement={statement}&derived=false&article={article}&source={source}", True),
        ("forecasts/?derived=false&kind=date", False),
        ("forecasts/?since=2024-12-31&until=2025-01-01", True),
        ("estimates/?forecast={forecast}&analyst={analyst}&event=update&channel=web", True),
        ("estimates/?since=2024-12-05", False),
        ("estimates/?in_force=true&kind=binary&article={article}&source={source}", True),
        ("estimates/?in_force=false", False),
        ("resolutions/?forecast={forecast}&category=escalation&article={article}&source={source}", True),
        ("resolutions/?kind=numeric", False),
    ],
)
def test_a_filter_keeps_what_fits_it(world: World, path: str, hit: bool) -> None:
    path = path.format(
        source=world.article.source_id,
        article=world.article.pk,
        statement=world.statement.pk,
        forecast=world.resolved.pk,
        analyst=Forecaster.objects.get(user=world.member).pk,
    )
    assert len(found(world, path)) == int(hit)


@pytest.mark.parametrize("resource", ["articles", "statements", "scenarios", "forecasts", "estimates", "resolutions"])
def test_an_unknown_parameter_is_an_error_that_lists_the_known_ones(world: World, resource: str) -> None:
    answer = as_person(world.member).get(f"{API}{resource}/?colour=red")
    (fault,) = answer.json()["errors"]["colour"]
    assert (answer.status_code, answer.json()["code"], fault["code"]) == (400, "unknown_parameter", "unknown_parameter")
    assert {"ordering", "page", "page_size"} <= set(fault["allowed"])


BAD = {
    "forecasts/?state=closed": ["upcoming", "open", "awaiting_resolution", "overdue", "resolved"],
    "forecasts/?kind=yesno": ["binary", "multiple_choice", "numeric", "date"],
    "forecasts/?derived=maybe": ["true", "false"],
    "forecasts/?scenario=nowhere": ["aleppo-2024"],
    "forecasts/?ordering=title": ["published_at", "-published_at"],
    "estimates/?event=guess": ["update", "reaffirm", "withdraw", "decline"],
    "statements/?review=liked": ["proposed", "accepted", "rejected", "duplicate"],
    "scenarios/?visibility=some": ["all", "members"],
}


@pytest.mark.parametrize(("path", "allowed"), BAD.items())
def test_an_unknown_value_is_an_error_that_lists_the_known_ones(world: World, path: str, allowed: list[str]) -> None:
    answer = as_person(world.member).get(API + path)
    ((fault,),) = answer.json()["errors"].values()
    assert answer.status_code == 400
    assert fault["allowed"][: len(allowed)] == allowed
    assert allowed[0] in fault["message"]


def test_the_error_about_a_scenario_lists_only_those_one_may_see(world: World) -> None:
    answer = as_person(world.stranger).get(f"{API}forecasts/?scenario=aleppo-2024")
    assert (answer.status_code, answer.json()["errors"]["scenario"][0]["allowed"]) == (400, [])


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("since=yesterday", "since", "invalid"),
        ("since=2024-12-01T00:00:00", "since", "no_zone"),
        ("since=2024-13-01", "since", "invalid"),
        ("forecast=one", "forecast", "invalid_choice"),
        ("forecast=99999999999999999999999", "forecast", "invalid_choice"),
        ("analyst=0", "analyst", "invalid_choice"),
        ("category=", "category", "empty"),
        ("category=a%00b", "category", "invalid"),
        ("event=update&event=decline", "event", "repeated"),
        ("page=0", "page", "invalid"),
        ("page=last", "page", "invalid"),
        ("page=-1", "page", "invalid"),
        ("page_size=501", "page_size", "invalid"),
        ("page_size=0", "page_size", "invalid"),
        ("page_size=many", "page_size", "invalid"),
    ],
)
def test_a_value_of_the_wrong_form_is_an_error_at_its_name(world: World, query: str, field: str, code: str) -> None:
    answer = as_person(world.member).get(f"{API}estimates/?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert answer.json()["errors"][field][0]["code"] == code


def test_a_page_beyond_the_last_says_which_is_the_last(world: World) -> None:
    answer = as_person(world.member).get(f"{API}forecasts/?page=3&page_size=1")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_page")
    assert answer.json()["detail"] == "There is no page 3: the last one is 2."


def test_pages_follow_each_other_and_hold_everything_once(world: World) -> None:
    for _ in range(5):
        make.forecast(world.scenario)
    client, seen, link = as_person(world.member), [], f"{API}forecasts/?page_size=3"
    while link:
        page: dict[str, Any] = client.get(link).json()
        seen += [row["id"] for row in page["results"]]
        link = page["next"]
    assert (len(seen), len(set(seen)), page["count"]) == (7, 7, 7)


@pytest.mark.parametrize(("ordering", "days"), [("made_at", [1, 2, 3]), ("-made_at", [3, 2, 1])])
def test_ordering_is_by_the_field_then_by_id(world: World, ordering: str, days: list[int]) -> None:
    made = {day: make.estimate(world.open, world.owner, 0.5, make.day(day)).pk for day in (2, 3, 1)}
    assert found(world, f"estimates/?forecast={world.open.pk}&ordering={ordering}") == [made[day] for day in days]


def test_a_detail_takes_no_parameters(world: World) -> None:
    answer = as_person(world.member).get(f"{API}forecasts/{world.open.pk}/?state=open")
    assert (answer.status_code, answer.json()["errors"]["state"][0]["code"]) == (400, "unknown_parameter")


GROWING = ["articles", "statements", "scenarios", "forecasts", "estimates", "resolutions"]


@pytest.mark.parametrize("resource", GROWING)
def test_the_queries_of_a_list_do_not_grow_with_it(
    world: World, resource: str, django_assert_max_num_queries: Any
) -> None:
    client = as_person(world.member)
    # The first request of a session notes where it comes from.
    client.get(API)
    with django_assert_max_num_queries(12) as few:
        assert client.get(f"{API}{resource}/?page_size=500").status_code == 200
    for number in range(12):
        grow(world, number)
    with django_assert_max_num_queries(len(few)) as many:
        assert client.get(f"{API}{resource}/?page_size=500").json()["count"] >= 12
    assert len(many) == len(few)


def grow(world: World, number: int) -> None:
    """One more of everything that the member may see."""
    scenario = make.scenario(visibility="all")
    article = make.article(f"Rockets could hit port {number}.")
    scenario.articles.add(article)
    world.scenario.articles.add(article)
    statement = make.statement(article, f"Rockets could hit port {number}.")
    forecast = make.choice(["yes", "no"], scenario, statement=statement, fidelity="same")
    make.estimate(forecast, make.user(), None, make.day(1), probabilities=[5_000, 5_000])
    make.verdict(forecast, "option", option=forecast.options.first(), person=world.owner)
