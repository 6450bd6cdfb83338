"""Who sees what: members and owners all of their scenario, strangers nothing, and that like nothing at all."""

import pytest
from django.utils import timezone

from forecasts.models import Scenario
from tests import make
from tests.api.world import API, World, as_person, open_forecast

pytestmark = pytest.mark.django_db

MISSING = {
    "articles/": "articles/0/",
    "statements/": "statements/0/",
    "scenarios/": "scenarios/nowhere/",
    "forecasts/": "forecasts/0/",
    "estimates/": "estimates/0/",
    "resolutions/": "resolutions/0/",
}


@pytest.mark.parametrize("who", ["owner", "member", "viewer"])
def test_the_people_of_a_scenario_read_every_list_and_every_detail(world: World, who: str) -> None:
    client = as_person(getattr(world, who))
    assert {path: client.get(API + path).status_code for path in world.paths()} == dict.fromkeys(world.paths(), 200)


@pytest.mark.parametrize("path", list(MISSING))
def test_a_stranger_finds_every_list_of_a_private_scenario_empty(world: World, path: str) -> None:
    assert as_person(world.member).get(API + path).json()["count"] >= 1
    assert as_person(world.stranger).get(API + path).json() == {
        "count": 0,
        "next": None,
        "previous": None,
        "results": [],
    }


def test_to_a_stranger_a_private_thing_answers_exactly_like_one_that_does_not_exist(world: World) -> None:
    client = as_person(world.stranger)
    for hidden, missing in zip(world.details(), MISSING.values(), strict=True):
        refused, absent = client.get(API + hidden), client.get(API + missing)
        assert (refused.status_code, refused.content) == (404, absent.content)
        assert refused.json() == {"code": "not_found", "detail": "There is no such thing, or not for you."}


def test_nobody_reads_anything_without_logging_in(world: World) -> None:
    for path in [*world.paths(), "schema/"]:
        answer = as_person(None).get(API + path)
        assert answer.status_code == 401
        assert answer.json()["code"] == "not_authenticated"
        assert answer["WWW-Authenticate"] == "Token"


def test_an_inactive_person_is_nobody(world: World) -> None:
    client = as_person(world.member)
    world.member.is_active = False
    world.member.save()
    assert client.get(f"{API}forecasts/").status_code == 401


def test_everybody_with_an_account_reads_an_open_scenario(world: World) -> None:
    Scenario.objects.update(visibility=Scenario.Visibility.ALL)
    client = as_person(world.stranger)
    assert {client.get(API + path).status_code for path in world.paths()} == {200}


def test_an_administrator_reads_everything(world: World) -> None:
    client = as_person(make.administrator())
    assert {client.get(API + path).status_code for path in world.paths()} == {200}


def test_a_draft_is_never_shown_nor_one_that_is_published_later(world: World) -> None:
    draft = make.forecast(world.scenario, published_at=None)
    later = make.forecast(world.scenario, published_at=timezone.now() + (make.day(1) - make.day(0)))
    client = as_person(world.owner)
    assert client.get(f"{API}forecasts/{draft.pk}/").status_code == 404
    assert client.get(f"{API}forecasts/{later.pk}/").status_code == 404
    shown = {row["id"] for row in client.get(f"{API}forecasts/").json()["results"]}
    assert shown == {world.resolved.pk, world.open.pk}


def test_links_to_what_one_may_not_see_are_left_out(world: World) -> None:
    public = make.scenario(visibility=Scenario.Visibility.ALL)
    linked = make.forecast(public, statement=world.statement, fidelity="same")
    seen = as_person(world.stranger).get(f"{API}forecasts/{linked.pk}/").json()
    assert (seen["statement"], seen["article"], seen["is_derived"]) == (None, None, False)
    public.articles.add(world.article)
    article = as_person(world.stranger).get(f"{API}articles/{world.article.pk}/").json()
    statement = as_person(world.stranger).get(f"{API}statements/{world.statement.pk}/").json()
    assert article["scenarios"] == [public.slug]
    assert statement["forecasts"] == [linked.pk]


def test_in_a_blind_scenario_the_estimates_of_others_show_after_ones_own_first(world: World) -> None:
    Scenario.objects.update(blind_until_answered=True)
    asked = open_forecast(world.scenario)
    first = make.estimate(asked, world.owner, 0.7, make.day(1))
    client = as_person(world.member)
    assert client.get(f"{API}estimates/?forecast={asked.pk}").json()["count"] == 0
    assert client.get(f"{API}estimates/{first.pk}/").status_code == 404
    make.estimate(asked, world.member, 0.2, make.day(2))
    assert client.get(f"{API}estimates/?forecast={asked.pk}").json()["count"] == 2
    assert client.get(f"{API}estimates/{first.pk}/").json()["probability"] == 0.7


def test_answers_are_for_the_one_who_asked_and_for_no_shared_cache(world: World) -> None:
    answer = as_person(world.member).get(f"{API}forecasts/")
    assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert answer["Cache-Control"] == "private"


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_is_changed_or_deleted_through_the_api(world: World, method: str) -> None:
    client = as_person(world.owner)
    for path in world.details():
        answer = getattr(client, method)(API + path)
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
