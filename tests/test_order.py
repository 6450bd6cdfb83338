"""The order of the tests."""

import pytest

from tests.order import ordered

MARKS = ["slow", "slow", "slow", "", "", "django_db", "", "check", "browser"]
NAMES = ["slow", "slower", "slowest", "row", "rows", "marked", "sum", "check", "browser"]
ASKING = {"row", "rows"}


def with_rows(db: None) -> None: ...
def without() -> None: ...


@pytest.fixture
def names(request: pytest.FixtureRequest) -> list[str]:
    """Files of a test each, in their order."""
    files: list[list[pytest.Item]] = []
    for name, mark in zip(NAMES, MARKS, strict=True):
        called = with_rows if name in ASKING else without
        item = pytest.Function.from_parent(request.node.parent, name=name, callobj=called)
        if mark:
            item.add_marker(mark)
        files.append([item])
    return [item.name for file in ordered(files) for item in file]


def test_checks_begin_and_what_needs_no_database_follows(names: list[str]) -> None:
    assert names[:2] == ["check", "sum"]


def test_long_files_stand_among_those_with_a_database_and_none_comes_last(names: list[str]) -> None:
    assert names[2:] == ["slow", "row", "slower", "slowest", "rows", "browser", "marked"]
