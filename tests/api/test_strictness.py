"""Every address that answers lists or reports refuses what it does not know, and lists what it does.

Which addresses and parameters there are is read from the schema, so that a new one is examined too.
"""

from functools import cache
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from tests import make
from tests.api.world import API, World, as_person

pytestmark = pytest.mark.django_db

PAGING = ("page", "page_size")

type Operation = tuple[str, list[dict[str, Any]]]


@cache
def operations() -> list[Operation]:
    """Every address that is read, without an id in it, and its parameters."""
    paths = SchemaGenerator().get_schema(public=True)["paths"]  # type: ignore[no-untyped-call]
    read = [(path, acts["get"]) for path, acts in paths.items() if "get" in acts and "{" not in path]
    return [(path, [one for one in act.get("parameters", []) if one["in"] == "query"]) for path, act in read]


def faults(client: APIClient, path: str, **query: str) -> dict[str, Any]:
    answer = client.get(path, query)
    assert answer.status_code == 400, (path, query, answer.content)
    errors: dict[str, Any] = answer.json()["errors"]
    return errors


def required(parameters: list[dict[str, Any]]) -> dict[str, str]:
    return {one["name"]: "1" for one in parameters if one.get("required")}


def test_no_address_takes_a_parameter_that_its_schema_does_not_name(world: World) -> None:
    client = as_person(world.member)
    assert len(operations()) >= 12
    for path, parameters in operations():
        known = sorted(one["name"] for one in parameters)
        unknown = ["colour", "format", "Page", "page[]"]
        found = faults(client, path, **required(parameters), **dict.fromkeys(unknown, "xml"))
        assert sorted(found) == sorted(unknown), path
        for (fault,) in found.values():
            assert (fault["code"], fault["allowed"]) == ("unknown_parameter", known)
            assert all(name in fault["message"] for name in known)


def test_every_parameter_with_fixed_words_lists_them_when_it_is_given_another(world: World) -> None:
    client, examined = as_person(world.member), 0
    for path, parameters in operations():
        words = {one["name"]: fixed for one in parameters if (fixed := fixed_words(one["schema"]))}
        if words:
            found = faults(client, path, **required(parameters), **dict.fromkeys(words, "nonsense"))
            for name, allowed in words.items():
                assert allowed <= set(found[name][0]["allowed"]), (path, name)
                examined += 1
    assert examined >= 30


def fixed_words(schema: dict[str, Any]) -> set[str]:
    """What a parameter may be, where that is a set of words."""
    described = schema.get("items", schema)
    return {
        str(word) for word in described.get("enum") or (["true", "false"] if described.get("type") == "boolean" else [])
    }


def test_every_parameter_refuses_to_be_empty_or_given_twice(world: World) -> None:
    client = as_person(world.member)
    for path, parameters in operations():
        names = [one["name"] for one in parameters]
        if not names:
            continue
        empty = faults(client, path, **dict.fromkeys(names, ""))
        twice = client.get(f"{path}?{'&'.join(f'{name}=1&{name}=1' for name in names)}").json()["errors"]
        assert {name: empty[name][0]["code"] for name in names} == dict.fromkeys(names, "empty"), path
        assert {name: twice[name][0]["code"] for name in names} == dict.fromkeys(names, "repeated"), path


@pytest.mark.parametrize("bad", ["1e3", "٣", "9" * 40, "2024-02-30"])
def test_a_number_or_a_date_that_is_none_is_refused_at_its_name(world: World, bad: str) -> None:
    client = as_person(world.member)
    for path, parameters in operations():
        typed = [one["name"] for one in parameters if is_number_or_date(one)]
        # Pages are read one after the other, after the filters.
        filters = [name for name in typed if name not in PAGING]
        for names in [filters, *([name] for name in typed if name in PAGING)]:
            given = {**required(parameters), **dict.fromkeys(names, bad)}
            assert not names or set(faults(client, path, **given)) == set(names), path


def is_number_or_date(parameter: dict[str, Any]) -> bool:
    return parameter["name"] in ("since", "until") or parameter["schema"].get("type") == "integer"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "image/png", ""])
def test_whatever_a_browser_accepts_errors_and_reports_are_json(world: World, accept: str) -> None:
    client = as_person(world.member)
    for path in ("calibration/", "calibration/?format=xml", "forecasts/?colour=red", "nothing/"):
        answer = client.get(API + path, HTTP_ACCEPT=accept)
        assert answer["Content-Type"] == "application/json", (path, answer.status_code)


def test_parameters_of_pictures_and_tables_are_not_those_of_reports(world: World) -> None:
    client = as_person(world.member)
    assert "plot" in faults(client, f"{API}calibration/", plot="months")
    assert "plot" in faults(client, f"{API}calibration.csv", plot="months")
    for form in ("svg", "png", "vl.json"):
        found = faults(client, f"{API}calibration.{form}", plot="pie", table="bins", group_by="month")
        assert set(found) == {"group_by", "table"}
        (fault,) = faults(client, f"{API}calibration.{form}", plot="pie")["plot"]
        assert fault["allowed"] == ["reliability", "months", "lead_time", "coverage", "pit"]


def test_what_a_list_of_ids_allows_is_named_while_it_is_short_and_never_tells_of_the_unseen(world: World) -> None:
    hidden = make.forecast(make.scenario("private"))
    (fault,) = faults(as_person(world.member), f"{API}estimates/", forecast=str(hidden.pk))["forecast"]
    assert fault["allowed"] == [str(pk) for pk in sorted((world.resolved.pk, world.open.pk))]
