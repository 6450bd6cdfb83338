"""Addresses without their last slash, the word before a token, and the form of the document."""

import json

import pytest
import yaml
from rest_framework.test import APIClient

from forecasts.models import Estimate
from tests import make
from tests.api.test_strictness import faults, operations
from tests.api.world import API, World, as_person

pytestmark = pytest.mark.django_db

UNKNOWN = [
    API.rstrip("/"),
    f"{API}nothing",
    f"{API}/elsewhere.example/x",
    f"{API}forecasts/x/y",
    f"{API}a%0Ab",
    "/api/v2",
]


def without(world: World) -> list[str]:
    known = [*(path for path, _ in operations()), *(API + path for path in world.details())]
    return [*(path.rstrip("/") for path in known if path.endswith("/")), *UNKNOWN]


def test_readers_are_led_to_the_address_with_its_slash_and_nowhere_else(world: World) -> None:
    client = as_person(world.member)
    for path in without(world):
        for method in (client.get, client.head):
            answer = method(f"{path}?page=1&a=%2B")
            assert (answer.status_code, answer["Location"]) == (301, f"{path}/?page=1&a=%2B"), path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_whatever_else_is_asked_without_the_slash_is_done_nowhere_and_told_so(world: World, method: str) -> None:
    client = as_person(world.member)
    body = {"forecast": world.open.pk, "probability": 0.35}
    for path in without(world):
        answer = getattr(client, method)(path, body, format="json")
        assert (answer.status_code, answer.json()["code"]) == (404, "no_slash"), path
        assert "Addresses end in a slash" in answer.json()["detail"]
    assert not Estimate.objects.filter(forecast=world.open).exists()


@pytest.mark.parametrize("word", ["Token", "Bearer", "token", "bearer", "BEARER"])
def test_either_word_goes_before_a_token(world: World, word: str) -> None:
    client, token = APIClient(), make.token(world.member)
    assert client.get(f"{API}forecasts/", HTTP_AUTHORIZATION=f"{word} {token}").status_code == 200
    for wrong in (f"{word} {token[:-1]}x", word, f"{word} {token} x"):
        answer = client.get(f"{API}forecasts/", HTTP_AUTHORIZATION=wrong)
        assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed"), wrong


def test_the_document_comes_as_json_or_yaml_as_asked(world: World) -> None:
    client = as_person(world.member)
    asked = client.get(f"{API}schema/?format=json", HTTP_ACCEPT="text/html")
    assert asked["Content-Type"].startswith("application/json")
    written = client.get(f"{API}schema/?format=yaml")
    assert written["Content-Type"].startswith("application/yaml")
    assert (
        json.loads(asked.content)
        == yaml.safe_load(written.content)
        == yaml.safe_load(client.get(f"{API}schema/").content)
    )
    (fault,) = faults(client, f"{API}schema/", format="xml")["format"]
    assert (fault["code"], fault["allowed"]) == ("invalid_choice", ["json", "yaml"])
