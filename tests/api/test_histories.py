"""`forecasts/{id}/history.svg`, `.png` and `.vl.json`: one forecast over time, as a file."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.models import Amendment, Scenario
from tests import make
from tests.api.world import API, World, as_person, open_forecast

pytestmark = pytest.mark.django_db

FORMS = {
    "svg": ("image/svg+xml", b"<svg"),
    "png": ("image/png", b"\x89PNG"),
    "vl.json": ("application/json", b'{"$schema"'),
}


def address(pk: int, form: str = "vl.json") -> str:
    return f"{API}forecasts/{pk}/history.{form}"


@pytest.mark.parametrize("form", list(FORMS))
def test_it_comes_in_three_forms_and_unchanged_as_304(world: World, form: str) -> None:
    media, begin = FORMS[form]
    client = as_person(world.member)
    answer = client.get(address(world.resolved.pk, form))
    assert (answer.status_code, answer["Content-Type"], answer.content.startswith(begin)) == (200, media, True)
    again = client.get(address(world.resolved.pk, form), HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert {"Authorization", "Cookie"} <= {name.strip() for name in again["Vary"].split(",")}


def test_the_picture_marks_ones_own_line_and_so_is_another_for_everybody(world: World) -> None:
    mine, theirs = (as_person(who).get(address(world.resolved.pk)) for who in (world.member, world.owner))
    assert mine["ETag"] != theirs["ETag"]
    assert b"yours" in mine.content
    assert b"yours" not in theirs.content


@pytest.mark.parametrize("fact", ["estimate", "verdict", "amendment", "option"])
def test_every_new_fact_makes_a_new_tag(world: World, fact: str) -> None:
    asked = make.choice(["none", "some"], world.scenario, closes_at=make.day(365_000), resolves_at=make.day(365_000))
    value = {"probabilities": [5000, 5000]}
    make.estimate(asked, world.member, None, make.day(1), **value)
    client = as_person(world.member)
    before = client.get(address(asked.pk))["ETag"]
    if fact == "estimate":
        make.estimate(asked, world.owner, None, make.day(2), **value)
    elif fact == "verdict":
        make.verdict(asked, "annulled", known_at=make.day(3), annulled_because="premise_false")
    elif fact == "amendment":
        said = {"kind": "clarifying", "changes": {}, "reason": "A typing error."}
        Amendment.objects.create(forecast=asked, version=2, made_at=make.day(3), **said)
    else:
        asked.options.create(position=2, label="all", added_at=make.day(3))
    assert client.get(address(asked.pk))["ETag"] != before


def test_a_repeat_reads_no_estimates_again(world: World) -> None:
    client = as_person(world.member)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        first = client.get(address(world.resolved.pk, "svg")).content
        cold = len(asked)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(world.resolved.pk, "svg")).content == first
        assert len(asked) < cold


def test_strangers_and_nobody_get_what_they_get_of_what_does_not_exist(world: World) -> None:
    stranger = as_person(world.stranger)
    refused = stranger.get(address(world.resolved.pk))
    assert refused.status_code == 404
    assert refused.content == stranger.get(address(0)).content
    assert as_person(None).get(address(world.resolved.pk)).status_code == 401


def test_in_a_blind_scenario_it_shows_after_ones_own_answer(world: World) -> None:
    Scenario.objects.update(blind_until_answered=True)
    asked = open_forecast(world.scenario)
    make.estimate(asked, world.owner, 0.7, make.day(1))
    client = as_person(world.member)
    refused = client.get(address(asked.pk, "svg"))
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/json")
    make.estimate(asked, world.member, 0.2, make.day(2))
    assert client.get(address(asked.pk, "svg")).status_code == 200


def test_it_takes_no_parameters(world: World) -> None:
    answer = as_person(world.member).get(address(world.resolved.pk), {"plot": "months"})
    assert answer.json()["errors"]["plot"][0]["message"].endswith("No parameters are allowed here.")


def test_a_title_that_runs_from_right_to_left_or_over_many_lines_is_drawn(world: World) -> None:
    for title in ("هل ستسيطر القوات على المدينة قبل نهاية العام؟", "Will " + "the-name-that-never-ends " * 19):
        asked = open_forecast(world.scenario, title=title)
        make.estimate(asked, world.member, 0.4, make.day(1))
        assert as_person(world.member).get(address(asked.pk, "png")).content.startswith(b"\x89PNG")
