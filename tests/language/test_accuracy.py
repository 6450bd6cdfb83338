"""Precision, recall, categories and likelihood words on labelled sentences, tuned and held out."""

import pytest

from tests.language.corpus import HELD_OUT, TUNED, articles, measured


@pytest.mark.parametrize("name", [*TUNED, *HELD_OUT])
def test_statements_are_found_as_well_as_the_bar_asks(name: str) -> None:
    result = measured(name)
    assert result.f1 >= 0.87
    assert result.recall >= 0.90
    assert result.category >= 0.65
    assert result.likelihood >= 0.95


def test_a_third_of_the_sentences_was_held_out_and_none_stands_in_both() -> None:
    tuned, held = (
        [one.text for name in names for article in articles(name) for one in article] for names in (TUNED, HELD_OUT)
    )
    assert len(tuned) >= 300
    assert len(held) * 2 >= len(tuned) * 0.9
    assert not set(tuned) & set(held)


def test_every_labelled_line_is_one_sentence() -> None:
    assert all(
        len(one.text.split("\n")) == 1 and (one.looks_ahead or one.category == "-")
        for name in (*TUNED, *HELD_OUT)
        for article in articles(name)
        for one in article
    )
