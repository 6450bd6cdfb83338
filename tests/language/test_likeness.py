"""Which questions are shown side by side."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.language.likeness import likeness

PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
HAMA = "Will rebels take Hama by 5 December 2024?"


@pytest.mark.parametrize(
    ("other", "near", "duplicate"),
    [
        (HAMA, True, True),
        ("Will the rebels take Hama by 5 December 2024?", True, True),
        ("By 5 December 2024, will rebels take Hama?", True, True),
        ("Will rebels take Hama by 9 December 2024?", True, False),
        ("Will rebels take Hama by 5 January 2024?", True, False),
        ("Will rebels take Homs by 5 December 2024?", False, False),
        ("Will OCHA report at least 500,000 people displaced?", False, False),
    ],
)
def test_questions_are_compared_by_words_and_numbers(other: str, *, near: bool, duplicate: bool) -> None:
    found = likeness(HAMA, other)
    assert (found.is_near, found.is_duplicate) == (near, duplicate)


def test_a_threshold_tells_two_questions_apart_but_not_how_its_digits_are_grouped() -> None:
    title = "Will OCHA report at least 500,000 people displaced in Syria?"
    assert likeness(title, title.replace("500,000", "500000")).is_duplicate
    assert not likeness(title, title.replace("500,000", "600,000")).is_duplicate


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_are_compared_alike_both_ways(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other).share <= 1


@pytest.mark.parametrize(("same", "portion", "one", "other"), PAIRS)
def test_the_same_question_in_other_words_is_told_from_one_that_only_looks_alike(
    same: str, portion: str, one: str, other: str
) -> None:
    assert likeness(one, other).is_duplicate == (same == "1"), portion
    assert likeness(one, other) == likeness(other, one)
