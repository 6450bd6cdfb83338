"""Words to ranges, numbers to words, and where they disagree."""

import pytest

from forecasts.language import disagreement, mixed_rows, nearest_words, range_of
from forecasts.language.likelihood import SCALES, ScaleName, scaled


@pytest.mark.parametrize(
    ("term", "scale", "band"),
    [
        ("almost_no_chance", "icd_203", (0.01, 0.05)),
        ("highly_improbable", "icd_203", (0.05, 0.20)),
        ("likely", "icd_203", (0.55, 0.80)),
        ("nearly_certain", "icd_203", (0.95, 0.99)),
        ("likely", "phia", (0.55, 0.75)),
        ("realistic_possibility", "phia", (0.40, 0.50)),
        ("probable", "kent", (0.63, 0.87)),
        ("probably_not", "kent", (0.20, 0.40)),
        ("almost_certainly_not", "kent", (0.02, 0.12)),
    ],
)
def test_a_term_has_the_range_of_its_scale(term: str, scale: ScaleName, band: tuple[float, float]) -> None:
    assert range_of(term, scale) == band


def test_a_term_that_a_scale_does_not_have_has_no_range() -> None:
    assert range_of("very_likely", "phia") is None
    assert range_of("likely", "phia", "earlier") == (0.55, 0.75)
    with pytest.raises(KeyError):
        range_of("likely", "phia", "1999")


@pytest.mark.parametrize(
    ("probability", "scale", "spoken"),
    [
        (0.55, "icd_203", "likely or probable"),
        (0.7999, "icd_203", "likely or probable"),
        (0.8, "icd_203", "very likely or highly probable"),
        (0.99, "icd_203", "almost certain or nearly certain"),
        (0.995, "icd_203", "almost certain"),
        (0.52, "phia", "between realistic possibility and likely"),
        (0.07, "phia", "between remote chance and highly unlikely"),
        (1.0, "phia", "almost certain"),
        (0.5, "kent", "chances about even"),
        (0.0, "kent", "impossible"),
    ],
)
def test_a_number_has_a_word_or_lies_between_two(probability: float, scale: ScaleName, spoken: str) -> None:
    assert str(nearest_words(probability, scale)) == spoken


def test_a_number_outside_zero_to_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        nearest_words(1.5)


def test_a_word_and_a_number_that_disagree_are_flagged_and_others_are_not() -> None:
    assert "30% was given" in disagreement("likely", 0.3)
    assert disagreement("likely", 0.6) == ""
    assert disagreement("likely", 0.78) == ""
    assert "between likely and highly likely" in disagreement("likely", 0.78, "phia")
    assert disagreement("no_such_word", 0.3) == ""


def test_mixing_the_rows_of_icd_203_is_flagged() -> None:
    assert mixed_rows(["likely", "unlikely"]) == ""
    assert mixed_rows(["likely", "improbable"]).endswith("likely and improbable are of different rows")


def test_every_term_of_every_scale_is_found_again() -> None:
    for table in SCALES.values():
        assert all(scaled(term).term == term for term in table)
