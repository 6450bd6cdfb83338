"""Sharing out whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.weights import apportion

sizes = st.lists(st.integers(0, 10**15), min_size=1, max_size=20).filter(any)


@pytest.mark.parametrize("nothing", [[], [0, 0]])
def test_nothing_cannot_be_shared_out_by(nothing: list[int]) -> None:
    with pytest.raises(ValueError, match="add up to nothing"):
        apportion(100, nothing)


def test_the_largest_remainders_get_what_is_left() -> None:
    assert apportion(10, [16, 17, 67]) == [1, 2, 7]


def test_the_earlier_wins_a_tie() -> None:
    assert apportion(3, [1, 1]) == [2, 1]


@given(units=st.integers(0, 10**6), parts=sizes)
def test_shares_add_up_exactly(units: int, parts: list[int]) -> None:
    assert sum(apportion(units, parts)) == units


@given(units=st.integers(0, 10**6), parts=sizes)
def test_every_share_is_the_exact_one_rounded_up_or_down(units: int, parts: list[int]) -> None:
    for share, size in zip(apportion(units, parts), parts, strict=True):
        assert 0 <= share - units * size // sum(parts) <= 1


@given(units=st.integers(0, 10**6), parts=sizes, factor=st.integers(1, 1000))
def test_the_unit_of_the_sizes_does_not_matter(units: int, parts: list[int], factor: int) -> None:
    assert apportion(units, [size * factor for size in parts]) == apportion(units, parts)
