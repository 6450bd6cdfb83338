"""The article of the seed: its eight statements, where they stand, and what they claim."""

from pathlib import Path

import pytest

from forecasts.language import FoundStatement, find_statements

SEED = Path(__file__).parents[2] / "seeds" / "aleppo-2024" / "article.txt"

EXPECTED = [
    (252, 403, "escalation", "may lead to"),
    (404, 524, "territorial_control", "may attempt to"),
    (525, 665, "airstrikes", "could lead to"),
    (666, 830, "international_response", "may provoke"),
    (2724, 2868, "international_response", "commitment to"),
    (2869, 2984, "escalation", "fears of"),
    (3153, 3364, "escalation", "potential for"),
    (3365, 3560, "other", "potential turning point"),
]


@pytest.fixture(scope="module")
def article() -> str:
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(article: str) -> list[FoundStatement]:
    return find_statements(article)


def test_the_eight_statements_are_found_and_nothing_else(found: list[FoundStatement]) -> None:
    assert [(s.start, s.end, s.category) for s in found] == [expected[:3] for expected in EXPECTED]


def test_each_cue_begins_with_the_words_named(found: list[FoundStatement]) -> None:
    for statement, (_, _, _, cue) in zip(found, EXPECTED, strict=True):
        assert statement.cue.quote.startswith(cue)


def test_two_verbs_under_one_modal_are_two_claims(found: list[FoundStatement]) -> None:
    assert [(claim.start, claim.end) for claim in found[1].claims] == [(425, 473), (478, 523)]


def test_two_effects_of_one_cause_are_two_claims_of_different_categories(found: list[FoundStatement]) -> None:
    spans = [(claim.start, claim.end, claim.category) for claim in found[2].claims]
    assert spans == [(525, 626, "airstrikes"), (631, 664, "displacement")]


def test_the_fears_in_the_body_repeat_the_tensions_of_the_lead(found: list[FoundStatement]) -> None:
    assert [statement.duplicate_of for statement in found] == [None, None, None, None, None, 0, None, None]


def test_no_statement_of_the_seed_carries_a_likelihood_word(found: list[FoundStatement]) -> None:
    assert {statement.likelihood.term for statement in found} == {"unquantified"}
