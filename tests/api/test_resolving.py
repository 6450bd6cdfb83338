"""A program says what came of a forecast, in the name of its person and with the scope for it."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from forecasts.models import Forecast, Membership, Scope, User, Verdict
from tests import make
from tests.api.test_tokens import scoped
from tests.api.world import API, World, as_person

RESOLUTIONS = f"{API}resolutions/"
KNOWN = "2024-12-20T12:00:00Z"


@pytest.fixture
def closed(world: World) -> Forecast:
    return make.forecast(world.scenario)


@pytest.fixture
def resolver(world: World) -> User:
    return make.member(world.scenario, Membership.Role.RESOLVER, name="Rania")


def said(forecast: Forecast, **more: Any) -> dict[str, Any]:
    return {"forecast": forecast.pk, "outcome": "yes", "known_at": KNOWN, "note": "Seen.", **more}


def send(person: User | APIClient, body: dict[str, Any], **headers: Any) -> Any:
    client = person if isinstance(person, APIClient) else as_person(person)
    return client.post(RESOLUTIONS, body, format="json", **headers)


def test_a_resolver_says_what_came_of_it_with_evidence(closed: Forecast, resolver: User) -> None:
    piece = {"url": "https://example.org/report", "quote": "It happened."}
    answer = send(resolver, said(closed, evidence=[piece]))
    assert answer.status_code == 201
    body = answer.json()
    assert (body["act"], body["person"], body["outcome"], body["known_at"]) == ("propose", "Rania", "yes", KNOWN)
    assert body["evidence"][0]["quote"] == "It happened."
    assert Verdict.objects.get(forecast=closed).person == resolver


def test_where_two_resolve_the_second_gives_an_own_word(world: World, resolver: User) -> None:
    forecast = make.forecast(world.scenario, two_people_resolve=True)
    acts = [send(person, said(forecast)).json()["act"] for person in (world.owner, resolver)]
    assert acts == ["propose", "confirm"]


@pytest.mark.parametrize("scope", Scope.values)
def test_a_token_needs_the_scope_to_resolve(closed: Forecast, resolver: User, scope: str) -> None:
    answer = send(scoped(resolver, scope), said(closed))
    assert answer.status_code == (201 if scope == "resolve" else 403)
    assert scope == "resolve" or answer.json()["code"] == "scope"


def test_who_does_not_resolve_does_not_do_it_here(world: World, closed: Forecast) -> None:
    answers = {person: send(person, said(closed)) for person in (world.member, world.viewer)}
    assert {answer.status_code for answer in answers.values()} == {403}
    assert send(world.stranger, said(closed)).status_code == 404
    assert not Verdict.objects.filter(forecast=closed).exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"outcome": "perhaps"}, "outcome"),
        ({"outcome": "value", "value": 3}, "outcome"),
        ({"option": "red"}, "option"),
        ({"known_at": None}, "known_at"),
        ({"known_at": "2999-01-01T00:00:00Z"}, "known_at"),
        ({"evidence": [{"url": "javascript:alert(1)"}]}, "evidence"),
        ({"evidence": [{"quote": "x"}] * 21}, "evidence"),
        ({"person": 1}, "person"),
        ({"value": "x"}, "value"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_field(
    closed: Forecast, resolver: User, more: dict[str, Any], field: str
) -> None:
    answer = send(resolver, said(closed, **more))
    assert (answer.status_code, {name.partition(".")[0] for name in answer.json()["errors"]}) == (400, {field})
    assert not Verdict.objects.filter(forecast=closed).exists()


def test_what_came_before_with_its_key_is_answered_again(closed: Forecast, resolver: User) -> None:
    first, again = (send(resolver, said(closed), HTTP_IDEMPOTENCY_KEY="k1") for _ in range(2))
    assert (first.content, again["Idempotency-Replayed"]) == (again.content, "true")
    assert Verdict.objects.filter(forecast=closed).count() == 1


def test_an_option_is_named_by_its_label(world: World, resolver: User) -> None:
    forecast = make.choice(["red", "blue"], world.scenario)
    answer = send(resolver, said(forecast, outcome="option", option="blue"))
    assert (answer.status_code, answer.json()["option"]) == (201, "blue")


@pytest.mark.parametrize(
    ("outcome", "field", "why"),
    [
        ({"outcome": "value", "value": 150}, "value", "Values above 100 % are outside"),
        ({"outcome": "value", "value": -1}, "value", "Values below 0 % are outside"),
        ({"outcome": "above"}, "outcome", "This end of the range is closed"),
    ],
)
def test_what_lies_outside_a_closed_range_is_refused_here_too(
    world: World, resolver: User, outcome: dict[str, Any], field: str, why: str
) -> None:
    forecast = make.numeric(world.scenario, unit="%", range_lower=0.0, range_upper=100.0)
    answer = send(resolver, said(forecast, **outcome))
    assert answer.status_code == 400
    assert why in str(answer.json()["errors"][field])
    dated = make.numeric(world.scenario, kind="date", range_lower=20_058, quantile_levels=[2500, 7500])
    late = send(resolver, said(dated, outcome="value", value="2024-12-21"))
    assert "It became known on 2024-12-20" in str(late.json()["errors"]["value"])
    assert not Verdict.objects.filter(forecast__in=[forecast, dated]).exists()
