"""What an extractor found becomes statements: each place once, repeats named, and who found it kept."""

from dataclasses import replace
from typing import Any

import pytest

from forecasts.extractors import Extraction, Found, rules
from forecasts.models import Article, Statement
from forecasts.questions.intake.adding import propose
from tests import make

pytestmark = pytest.mark.django_db

BODY = "The army may retake the port. The army may retake the port. Rain will slow the convoy."


@pytest.fixture
def article() -> Article:
    return make.article(BODY)


def found(quote: str, start: int = -1, **fields: Any) -> Found:
    """One finding at the first place where the quote stands, or at `start`."""
    at = BODY.index(quote) if start < 0 else start
    end = at + len(quote)
    one = Found(start=at, end=end, sentence_start=at, sentence_end=end, quote=quote, cue="may", category="other")
    return replace(one, **fields)


def extraction(*findings: Found) -> Extraction:
    return Extraction(list(findings), "model reader", "prompt 9")


def test_each_finding_is_a_proposed_statement_at_its_place(article: Article) -> None:
    stored = propose(article, extraction(found("The army may retake the port."), found("Rain will slow the convoy.")))
    assert [article.body[one.start : one.end] for one in stored] == [
        "The army may retake the port.",
        "Rain will slow the convoy.",
    ]
    assert {one.review for one in Statement.objects.filter(article=article)} == {Statement.Review.PROPOSED}


def test_a_place_found_twice_is_one_statement(article: Article) -> None:
    twice = found("Rain will slow the convoy.")
    assert len(propose(article, extraction(twice, replace(twice, cue="will")))) == 1


def test_the_same_words_at_two_places_are_two_statements(article: Article) -> None:
    quote = "The army may retake the port."
    assert len(propose(article, extraction(found(quote), found(quote, start=30)))) == 2


def test_a_repeat_names_its_original_and_waits_for_the_reviewer(article: Article) -> None:
    quote = "The army may retake the port."
    first, second = propose(article, extraction(found(quote), found(quote, start=30, duplicate_of=0)))
    second.refresh_from_db()
    assert second.duplicate_of == first
    assert second.review == Statement.Review.PROPOSED


def test_a_repeat_of_a_place_that_was_not_stored_names_nothing(article: Article) -> None:
    one = found("The army may retake the port.")
    stored = propose(article, extraction(one, one, found("Rain will slow the convoy.", duplicate_of=1)))
    assert [statement.duplicate_of for statement in stored] == [None, None]


def test_who_found_it_and_with_what_is_kept(article: Article) -> None:
    (stored,) = propose(article, extraction(found("Rain will slow the convoy.", extraction={"model": "reader"})))
    stored.refresh_from_db()
    assert (stored.extractor, stored.extractor_version) == ("model reader", "prompt 9")
    assert stored.extraction == {"model": "reader"}


def test_likelihood_condition_and_speaker_are_kept(article: Article) -> None:
    fields: dict[str, Any] = {
        "likelihood": "likely",
        "scale": "icd_203",
        "scale_edition": "2015",
        "scale_is_assumed": True,
        "conditional": True,
        "attributed_to": "the envoy",
        "reason": "It says likely.",
    }
    (stored,) = propose(article, extraction(found("Rain will slow the convoy.", **fields)))
    stored.refresh_from_db()
    kept = (stored.likelihood, stored.scale, stored.scale_edition, stored.scale_is_assumed)
    assert kept == ("likely", "icd_203", "2015", True)
    assert (stored.is_conditional, stored.attributed_to, stored.reason) == (True, "the envoy", "It says likely.")


def test_nothing_found_stores_nothing(article: Article) -> None:
    assert propose(article, extraction()) == []


def test_what_the_rules_find_is_stored_with_the_mark_of_the_rules(article: Article) -> None:
    stored = propose(article, rules.extract(article.body))
    assert [one.quote for one in stored] == [
        "The army may retake the port.",
        "The army may retake the port.",
        "Rain will slow the convoy.",
    ]
    assert {(one.extractor, one.extractor_version) for one in stored} == {(rules.NAME, rules.version())}
    stored[1].refresh_from_db()
    assert stored[1].duplicate_of == stored[0]
