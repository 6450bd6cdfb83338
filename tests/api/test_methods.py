"""HEAD, OPTIONS and what is not allowed, at every address that can be read."""

import pytest
from rest_framework.test import APIClient

from tests import make
from tests.api.test_strictness import operations, required
from tests.api.world import API, World, as_person

pytestmark = pytest.mark.django_db

FORMS = ["calibration/", "calibration.csv", "calibration.svg", "calibration.png", "calibration.vl.json"]


def addresses(world: World) -> list[str]:
    """Every list, detail, report and picture that needs no parameter."""
    free = [path for path, parameters in operations() if not required(parameters)]
    return [*free, *(API + path for path in world.details())]


def test_head_answers_what_get_does_without_the_body(world: World) -> None:
    client = as_person(world.member)
    for path in addresses(world):
        whole, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (whole.status_code, b""), path
        for name in ("Content-Type", "Vary", "Cache-Control", "ETag"):
            assert head.get(name) == whole.get(name), (path, name)


@pytest.mark.parametrize("form", FORMS)
def test_head_with_the_tag_that_get_gave_is_304(world: World, form: str) -> None:
    client = as_person(world.member)
    tag = client.get(API + form)["ETag"]
    assert client.head(API + form, HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert client.head(API + form, HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_options_tell_what_is_allowed_and_nothing_that_is_stored(world: World) -> None:
    client = as_person(make.user())
    for path in addresses(world):
        answer = client.options(path)
        assert answer.status_code in (200, 404), path
        assert "aleppo-2024" not in answer.content.decode(), path
        if answer.status_code == 200:
            assert {"GET", "HEAD", "OPTIONS"} <= set(answer["Allow"].split(", ")), path


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_is_stored_is_neither_replaced_nor_deleted_over_http(world: World, method: str) -> None:
    client = as_person(world.owner)
    for path in addresses(world):
        answer = getattr(client, method)(path, {}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed"), path


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_asked_for_and_never_posted(world: World, form: str) -> None:
    answer = as_person(world.member).post(API + form, {"bins": 5}, format="json")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/json")


def test_strangers_are_told_nothing_by_any_method(world: World) -> None:
    stranger = APIClient()
    for path in addresses(world):
        for method in ("get", "head", "options", "put", "delete"):
            answer = getattr(stranger, method)(path)
            open_to_all = path.endswith(("/schema/", "/docs/"))
            assert answer.status_code == 401 or open_to_all, (method, path)
