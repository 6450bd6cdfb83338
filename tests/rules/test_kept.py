"""Bytes that are made once for all processes, in a bounded number of places."""

import pytest
from django.core.cache import cache

from forecasts.rules import kept


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def made(name: str, tag: str, body: bytes = b"body") -> bool:
    """Whether it had to be made; what comes back is right in either case."""
    calls: list[bytes] = []

    def make() -> bytes:
        calls.append(body)
        return body

    assert kept.kept(name, tag, make) == body
    return bool(calls)


def test_what_was_made_once_is_not_made_again() -> None:
    assert [made("answer", "a"), made("answer", "a")] == [True, False]


def test_names_and_tags_are_kept_apart() -> None:
    assert [made("answer", "a", b"1"), made("answer", "b", b"2"), made("svg", "a", b"3")] == [True] * 3
    assert [made("answer", "a", b"1"), made("answer", "b", b"2"), made("svg", "a", b"3")] == [False] * 3


def test_however_many_tags_come_no_more_than_the_places_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PLACES", 4)
    for number in range(40):
        made("answer", str(number))
    held = [number for number in range(40) if not made("answer", str(number))]
    assert {kept.place_of("answer", str(number)) for number in range(40)} == {f"kept:answer:{n}" for n in range(4)}
    assert len(held) <= 4


def test_a_tag_that_was_driven_out_gets_its_own_bytes_and_never_those_of_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "PLACES", 1)
    assert [made("answer", "a", b"1"), made("answer", "b", b"2"), made("answer", "a", b"1")] == [True] * 3


def test_what_is_too_large_is_made_each_time() -> None:
    large = b"x" * (kept.LARGEST + 1)
    assert [made("answer", "a", large), made("answer", "a", large)] == [True, True]


def test_something_else_in_its_place_is_passed_over() -> None:
    cache.set(kept.place_of("answer", "a"), "not ours")
    assert [made("answer", "a"), made("answer", "a")] == [True, False]
