"""Recording an estimate over HTTP: what is taken, what is refused, and that what is refused leaves nothing."""

import json
from typing import Any

import pytest
from django.utils import timezone

from forecasts.models import Estimate, Forecast, IdempotencyKey, Scenario
from tests import make
from tests.api.world import API, World, as_person, open_forecast, open_until_late

pytestmark = pytest.mark.django_db

ESTIMATES = f"{API}estimates/"


def count() -> tuple[int, int]:
    return Estimate.objects.count(), IdempotencyKey.objects.count()


def test_a_member_records_a_probability_and_reads_it_back(world: World) -> None:
    client = as_person(world.member)
    before = timezone.now()
    body = {"forecast": world.open.pk, "probability": 0.35, "rationale": " The road is cut. "}
    answer = client.post(ESTIMATES, body)
    made = answer.json()
    assert answer.status_code == 201
    assert (made["probability"], made["rationale"], made["channel"]) == (0.35, "The road is cut.", "api")
    assert client.get(f"{ESTIMATES}{made['id']}/").json() == made
    stored = Estimate.objects.get(pk=made["id"])
    assert (stored.probability, stored.forecaster.user) == (3_500, world.member)
    assert before <= stored.made_at <= timezone.now()


def test_options_take_one_probability_each(world: World) -> None:
    chosen = make.choice(["army", "rebels", "neither"], world.scenario, **open_until_late({}))
    answer = as_person(world.member).post(ESTIMATES, {"forecast": chosen.pk, "probabilities": [0.5, 0.25, 0.25]})
    assert (answer.status_code, answer.json()["probabilities"]) == (201, [0.5, 0.25, 0.25])


def test_a_numeric_forecast_takes_numbers_and_a_date_forecast_dates(world: World) -> None:
    people = make.numeric(world.scenario, **open_until_late({}))
    end = make.numeric(world.scenario, kind=Forecast.Kind.DATE, quantile_levels=[2500, 7500], **open_until_late({}))
    client = as_person(world.member)
    numbers = client.post(ESTIMATES, {"forecast": people.pk, "quantiles": [1, 2.5, 3, 4, 5]})
    dates = client.post(ESTIMATES, {"forecast": end.pk, "quantiles": ["2025-01-01", "2025-02-01"]})
    assert (numbers.status_code, numbers.json()["quantiles"]) == (201, [1, 2.5, 3, 4, 5])
    assert (dates.status_code, dates.json()["quantiles"]) == (201, ["2025-01-01", "2025-02-01"])


def test_the_other_events_repeat_end_or_decline_without_a_value(world: World) -> None:
    client = as_person(world.member)
    client.post(ESTIMATES, {"forecast": world.open.pk, "probability": 0.4})
    events = ["reaffirm", "withdraw", "decline"]
    answers = [client.post(ESTIMATES, {"forecast": world.open.pk, "event": event}) for event in events]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert [answer.json()["probability"] for answer in answers] == [0.4, None, None]


# What is wrong, the field that the answer names, and the code it gives.
BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no value": ({}, "probability", "invalid_value"),
    "above one": ({"probability": 1.2}, "probability", "invalid_value"),
    "below zero": ({"probability": -0.1}, "probability", "invalid_value"),
    "certain": ({"probability": 1}, "probability", "invalid_value"),
    "impossible": ({"probability": 0}, "probability", "invalid_value"),
    "percent": ({"probability": 35}, "probability", "invalid_value"),
    "too fine": ({"probability": 0.000001}, "probability", "invalid_value"),
    "a string": ({"probability": "0.35"}, "probability", "not_a_number"),
    "a boolean": ({"probability": True}, "probability", "not_a_number"),
    "a list": ({"probability": [0.35]}, "probability", "not_a_number"),
    "null": ({"probability": None}, "probability", "null"),
    "too large for a number": ({"probability": 10**400}, "probability", "not_finite"),
    "another kind": ({"probabilities": [0.5, 0.5]}, "probabilities", "invalid_value"),
    "two values": ({"probability": 0.3, "quantiles": [1]}, "quantiles", "invalid_value"),
    "a value that leaves": ({"probability": 0.3, "event": "withdraw"}, "probability", "invalid_value"),
    "an unknown event": ({"probability": 0.3, "event": "guess"}, "event", "invalid_choice"),
    "an unknown field": ({"probability": 0.3, "probabilty": 0.4}, "probabilty", "unknown_field"),
    "a time of one's own": ({"probability": 0.3, "made_at": "2024-12-01T00:00:00Z"}, "made_at", "unknown_field"),
    "half a character": ({"probability": 0.3, "rationale": "\ud800"}, "rationale", "surrogate_characters_not_allowed"),
    "NUL": ({"probability": 0.3, "rationale": "a\x00b"}, "rationale", "null_characters_not_allowed"),
    "a rationale of numbers": ({"probability": 0.3, "rationale": 7}, "rationale", "not_a_text"),
    "a novel": ({"probability": 0.3, "rationale": "x" * 10_001}, "rationale", "max_length"),
    "a forecast of text": ({"probability": 0.3, "forecast": "1"}, "forecast", "not_a_number"),
    "a forecast of truth": ({"probability": 0.3, "forecast": True}, "forecast", "not_a_number"),
    "reaffirming nothing": ({"event": "reaffirm"}, "forecast", "not_now"),
}


@pytest.mark.parametrize(("wrong", "field", "code"), BAD.values(), ids=list(BAD))
def test_bad_input_names_its_field_and_leaves_nothing(
    world: World, wrong: dict[str, Any], field: str, code: str
) -> None:
    before = count()
    body = json.dumps({"forecast": world.open.pk, **wrong})
    answer = as_person(world.member).post(ESTIMATES, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="once")
    said = answer.json()
    assert answer.status_code == 400
    assert said["errors"][field][0]["code"] == code
    assert said["errors"][field][0]["message"]
    assert said["detail"].startswith(f"{field}: ")
    assert count() == before


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ('{"probability": NaN}', "NaN"),
        ('{"probability": Infinity}', "Infinity"),
        ('{"probability": 0.3', "JSON parse error"),
        ("[" * 100_000, "nested too deeply"),
        (b'{"rationale": "\xff"}', "JSON parse error"),
    ],
)
def test_what_is_no_json_is_refused_saying_why(world: World, sent: str | bytes, told: str) -> None:
    before = count()
    answer = as_person(world.member).post(ESTIMATES, sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")
    assert told in answer.json()["detail"]
    assert count() == before


@pytest.mark.parametrize("sent", ["[]", "7", '"text"', "null", ""])
def test_a_body_that_is_no_object_is_refused(world: World, sent: str) -> None:
    answer = as_person(world.member).post(ESTIMATES, sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) in [(400, "invalid"), (400, "required"), (400, "null")]


def test_another_media_type_is_refused(world: World) -> None:
    answer = as_person(world.member).post(
        ESTIMATES, "probability=0.3", content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_a_body_beyond_all_measure_is_not_read(world: World) -> None:
    answer = as_person(world.member).post(ESTIMATES, " " * 6_000_000, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "closed on 2024-12-31"),
        (open_until_late({"opens_at": make.day(300_000)}), "opens on"),
    ],
)
def test_before_opening_and_after_close_nothing_is_taken(world: World, fields: dict[str, Any], told: str) -> None:
    shut = make.forecast(world.scenario, **fields)
    before = count()
    answer = as_person(world.member).post(ESTIMATES, {"forecast": shut.pk, "probability": 0.3})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_now")
    assert told in answer.json()["errors"]["forecast"][0]["message"]
    assert count() == before


def test_a_resolved_forecast_takes_nothing_more(world: World) -> None:
    make.verdict(world.open, "yes", known_at=make.day(9))
    answer = as_person(world.member).post(ESTIMATES, {"forecast": world.open.pk, "probability": 0.9})
    assert (answer.status_code, answer.json()["code"]) == (400, "not_now")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"probabilities": [0.5, 0.6]}, "sum to 110%"),
        ({"probabilities": [0.5]}, "2 options"),
        ({"probabilities": ["0.5", 0.5]}, "not a number"),
        ({"probabilities": [1.5, -0.5]}, "less than or equal to 1"),
    ],
)
def test_probabilities_of_options_that_do_not_add_up_are_refused(
    world: World, wrong: dict[str, Any], told: str
) -> None:
    chosen = make.choice(["yes", "no"], world.scenario, **open_until_late({}))
    answer = as_person(world.member).post(ESTIMATES, {"forecast": chosen.pk, **wrong})
    assert answer.status_code == 400
    assert told in answer.json()["detail"]


@pytest.mark.parametrize(
    ("kind", "quantiles", "told"),
    [
        ("numeric", [5, 4, 6, 7, 8], "must rise"),
        ("numeric", [1, 2], "5 quantiles"),
        ("numeric", ["2024-12-01"] * 5, "is a number"),
        ("date", [1, 2, 3, 4, 5], "is a date"),
        ("date", ["someday"] * 5, "is a date"),
        ("date", ["2024-12-02", "2024-12-01", "2024-12-03", "2024-12-03", "2024-12-03"], "must rise"),
    ],
)
def test_quantiles_that_do_not_fit_are_refused(world: World, kind: str, quantiles: list[Any], told: str) -> None:
    asked = make.numeric(world.scenario, kind=kind, **open_until_late({}))
    answer = as_person(world.member).post(ESTIMATES, {"forecast": asked.pk, "quantiles": quantiles})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["quantiles"])
    assert told in answer.json()["detail"]


def test_a_viewer_may_see_but_not_estimate(world: World) -> None:
    before = count()
    answer = as_person(world.viewer).post(ESTIMATES, {"forecast": world.open.pk, "probability": 0.3})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert count() == before


def test_a_stranger_may_see_an_open_scenario_but_not_estimate_there(world: World) -> None:
    Scenario.objects.update(visibility=Scenario.Visibility.ALL)
    answer = as_person(world.stranger).post(ESTIMATES, {"forecast": world.open.pk, "probability": 0.3})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("fields", [{"published_at": None}, {}])
def test_to_estimate_on_what_one_may_not_see_is_like_on_what_does_not_exist(
    world: World, fields: dict[str, Any]
) -> None:
    hidden = open_forecast(world.scenario, **fields)
    who = world.member if fields else world.stranger
    refused = as_person(who).post(ESTIMATES, {"forecast": hidden.pk, "probability": 0.3})
    absent = as_person(who).post(ESTIMATES, {"forecast": 10**12, "probability": 0.3})
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert refused.content == absent.content


def test_without_logging_in_nothing_is_recorded(world: World) -> None:
    before = count()
    assert as_person(None).post(ESTIMATES, {"forecast": world.open.pk, "probability": 0.3}).status_code == 401
    assert count() == before


def test_a_session_needs_the_csrf_token(world: World) -> None:
    client = as_person(world.member)
    client.handler.enforce_csrf_checks = True
    answer = client.post(ESTIMATES, {"forecast": world.open.pk, "probability": 0.3})
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
