"""Likelihood words in passages: which count, and what negation makes of them."""

import pytest

from forecasts.language import find_statements, term_in
from forecasts.language.likelihood import scaled
from forecasts.language.terms import stated_scale

TERMS = [
    ("is likely to spread", "likely"),
    ("is unlikely to hold", "unlikely"),
    ("is not likely to hold", "unlikely"),
    ("doesn't seem likely to change", "unlikely"),
    ("is no longer likely", "unlikely"),
    ("neither side is likely to yield", "unlikely"),
    ("is very likely to spread", "very_likely"),
    ("is extremely unlikely to hold", "very_unlikely"),
    ("is highly likely to spread", "highly_likely"),
    ("is highly unlikely to hold", "highly_unlikely"),
    ("will almost certainly fall", "almost_certain"),
    ("will almost certainly not fall", "almost_certainly_not"),
    ("will probably fall", "probable"),
    ("will probably not fall", "probably_not"),
    ("there is almost no chance of a truce", "almost_no_chance"),
    ("there is a remote chance of a truce", "remote_chance"),
    ("the prospect is remote", "remote"),
    ("there is a realistic possibility of a truce", "realistic_possibility"),
    ("a roughly even chance of a truce", "roughly_even_chance"),
    ("roughly even odds of a truce", "roughly_even_odds"),
    ("is more likely than not to fall", "likely"),
    ("is certain to fall", "certain"),
    ("is highly improbable", "highly_improbable"),
    ("is nearly certain to fall", "nearly_certain"),
    ("a truce is more likely now", "unquantified"),
    ("it is not unlikely", "unquantified"),
    ("it is far from certain that it holds", "unquantified"),
    ("in certain districts", "unquantified"),
    ("a likely reference to him", "unquantified"),
    ("the likely cause", "unquantified"),
    ("may be inevitable", "unquantified"),
    ("how likely a truce is", "unquantified"),
    ("is expected to fall", "unquantified"),
]


@pytest.mark.parametrize(("passage", "term"), TERMS, ids=[row[0] for row in TERMS])
def test_a_passage_gives_the_term_it_asserts(passage: str, term: str) -> None:
    assert term_in(passage) == term


def test_a_word_that_belongs_to_something_else_does_not_quantify_the_claim() -> None:
    (statement,) = find_statements("In a likely reference to the junta, he said talks would resume on Monday.")
    assert statement.likelihood.term == "unquantified"


def test_each_claim_of_a_sentence_has_the_term_of_its_own_cue() -> None:
    (found,) = find_statements("The army will hold the port, but a counterattack is likely within days.")
    assert [claim.likelihood.term for claim in found.claims] == ["unquantified", "likely"]


def test_the_scale_is_assumed_unless_the_text_names_its_own() -> None:
    assert scaled("likely").assumed
    assert scaled("likely").scale == "icd_203"
    (statement,) = find_statements("Under the PHIA yardstick, an assault is likely to follow.")
    assert (statement.likelihood.scale, statement.likelihood.assumed) == ("phia", False)


@pytest.mark.parametrize(
    ("text", "scale"),
    [("ICD 203 terms are used", "icd_203"), ("Words of Estimative Probability", "kent"), ("Canterbury, Kent", None)],
)
def test_a_named_scale_is_recognised(text: str, scale: str | None) -> None:
    assert stated_scale(text) == scale
