"""Every error has one shape, whoever raises it."""

import pytest
from django.db import OperationalError, connection
from rest_framework.test import APIClient

from tests.api.world import API, World, as_person


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["nothing/", "forecasts/x/", "forecasts/1/nothing/", "calibration.xls/"])
def test_an_address_that_is_nothing_is_404_in_json_for_everybody(world: World, path: str) -> None:
    for client in (as_person(world.member), APIClient()):
        answer = client.get(API + path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.django_db
def test_a_missing_slash_leads_to_the_address_with_it() -> None:
    answer = APIClient().get("/api/v1/forecasts")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/forecasts/")


@pytest.mark.django_db
def test_a_method_that_does_not_exist_is_405(world: World) -> None:
    answer = as_person(world.member).post(f"{API}forecasts/", {})
    assert (answer.status_code, answer.json()) == (
        405,
        {"code": "method_not_allowed", "detail": 'Method "POST" not allowed.'},
    )


@pytest.mark.django_db
def test_errors_of_the_schema_are_json_too() -> None:
    answer = APIClient().get(f"{API}schema/", HTTP_ACCEPT="application/vnd.oai.openapi")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")


@pytest.mark.django_db
def test_with_the_database_away_the_answer_is_503_with_when_to_come_back(world: World) -> None:
    client = as_person(world.member)
    client.raise_request_exception = False

    def away(*_: object) -> None:
        raise OperationalError("the connection is closed")

    with connection.execute_wrapper(away):
        answer = client.get(f"{API}forecasts/")
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "unavailable", "30")
