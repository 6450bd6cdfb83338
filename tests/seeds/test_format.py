"""The page that documents the format agrees with the folder, and its example is sound."""

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def page() -> str:
    return (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(page: str) -> Entry:
    found = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert found
    loaded: Entry = yaml.safe_load(found[1])
    return loaded


def fields(node: Any) -> set[str]:
    """Every field name in a nested document."""
    if isinstance(node, dict):
        return set(node).union(*(fields(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(fields(item) for item in node))
    return set()


def test_every_field_that_the_seed_uses_is_documented(page: str, scenario: Entry) -> None:
    named = set(re.findall(r"`(\w+)`", page))

    assert fields(scenario) - named == set()


def test_the_example_uses_no_field_that_the_seed_does_not_know(example: Entry, scenario: Entry) -> None:
    assert fields(example) <= fields(scenario)


def test_the_example_quotes_its_own_article(page: str, example: Entry) -> None:
    found = re.search(r"no line end\s+after the last\):\n\n {4}(.+)\n", page)
    assert found
    body = found[1]

    assert hashlib.sha256(body.encode()).hexdigest() == example["article"]["sha256"]
    for statement in example["statements"]:
        assert body[statement["start"] : statement["end"]] == statement["quote"]


def test_the_dates_of_the_example_are_in_order(example: Entry) -> None:
    for forecast in example["forecasts"]:
        times = [forecast[name] for name in ("published_at", "opens_at", "closes_at", "resolves_at")]
        assert times == sorted(times)


def test_people_of_the_seed_are_marked_as_demonstration_by_name(scenario: Entry) -> None:
    assert all(person["name"].startswith("Demo ") for person in scenario["people"])
    assert {person["role"] for person in scenario["people"]} == {"viewer", "analyst", "resolver", "editor", "owner"}
