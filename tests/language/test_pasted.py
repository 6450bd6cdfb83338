"""Sentences of pasted text: footnote marks, invisible signs, wrapped lines, quoted mail, numbers in brackets."""

import pytest

from forecasts.language import find_statements

MARKED = [
    "The talks will resume in May.[12] Rain fell.",
    "The talks will resume in May.[^1] Rain fell.",
    "The talks will resume in May.<sup>3</sup> Rain fell.",
    "The talks will resume in May.¹ Rain fell.",
    "The talks will resume in May.12 Rain fell.",
    "The talks will\u200b resume in Ma\u00ady. Rain fell.",
]


@pytest.mark.parametrize("text", MARKED)
def test_marks_glue_no_sentences_and_offsets_stay_those_of_the_text(text: str) -> None:
    (found,) = find_statements(text)
    assert found.quote == text[found.start : found.end]
    assert found.quote.startswith("The talks")
    assert "Rain" not in found.quote


def test_numbers_of_the_text_are_no_marks() -> None:
    text = "The area will grow to 5 km² [see the map](https://example.org) by 2030."
    (found,) = find_statements(text)
    assert found.quote == text


WRAPPED = """The Ministry of Defence said on Tuesday that the govern-
ment's forces would not leave the town before the end of
the month, and that talks with the opposition about a cease-
fire could resume in Geneva next week.

The mayor slept.
"""


def test_wrapped_lines_are_one_sentence() -> None:
    (found,) = find_statements(WRAPPED)
    assert found.quote == WRAPPED[: WRAPPED.index("\n\n")]
    assert [WRAPPED[claim.start : claim.end] for claim in found.claims] == [claim.quote for claim in found.claims]
    assert len(found.claims) == 2


def test_quoted_mail_is_read_through_its_marks() -> None:
    text = (
        "> The mission is expected to withdraw from the northern\n> provinces by the end of June, the minister said, "
        "and its\n> successor arrived.\n"
    )
    (found,) = find_statements(text)
    assert found.quote.startswith("The mission")
    assert found.quote.endswith("arrived.")


@pytest.mark.parametrize(
    "text",
    [
        "Rebels to march on capital\nTalks will resume in May\n",
        "- The army will leave the town in the north soon\n- The mission will stay in the old harbour town\n",
        "1. Prices will rise in most of the country next year\n2. Wages will fall behind in all of the provinces\n",
    ],
)
def test_lines_that_are_lines_stay_apart(text: str) -> None:
    assert len(find_statements(text)) == len(text.strip().split("\n"))


def test_a_number_in_brackets_parts_no_cue() -> None:
    (found,) = find_statements("Kyiv is unlikely (20-45%) to withdraw this month.")
    assert found.likelihood.term == "unlikely"
    assert found.quote == "Kyiv is unlikely (20-45%) to withdraw this month."
