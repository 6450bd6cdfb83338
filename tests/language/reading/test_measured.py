"""Slots of statements on conflicts and fields, labelled before the code was run on them."""

import pytest

from tests.language.reading.measured import FOUR, NONE, Labelled, right, statements

WRITTEN = list(statements())
BAR = 0.7
"""The share of first proposals that has to keep actor, predicate, number and deadline."""


@pytest.mark.parametrize("portion", ["tuned", "held out", "second"])
def test_actor_predicate_number_and_deadline_are_kept_as_often_as_the_bar_asks(portion: str) -> None:
    fits = [right(one) for one in WRITTEN if one.portion == portion]
    assert sum(fit >= set(FOUR) for fit in fits) >= BAR * len(fits)


def test_where_nobody_acts_nobody_is_named() -> None:
    nobody: list[Labelled] = [one for one in WRITTEN if one.slots["actor"] == NONE]
    assert len(nobody) >= 10
    assert [one.text for one in nobody if "actor" not in right(one)] == []
