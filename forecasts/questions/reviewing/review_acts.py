"""What reviewers do with statements."""

from typing import Any

from django.db import transaction

from forecasts.language import CATEGORIES
from forecasts.models import Article, ReviewAct, Statement
from forecasts.questions.reviewing import cutting
from forecasts.questions.reviewing.keeping import (
    Act,
    Review,
    check_fresh,
    check_without_forecasts,
    fields_of,
    hold,
    keep,
)
from forecasts.rules.errors import InvalidValue, NotNow

MOST_LETTERS = 2_000
"""A statement is a sentence or a part of one; a selection longer than this is a slip."""
BY_HAND = "reviewer"
MOST_REASON = 2_000


@transaction.atomic
def accept(statement: Statement, review: Review) -> ReviewAct:
    """It says something about the future, and forecasts may be made of it."""
    held = _fresh(statement, review)
    if held.review == Statement.Review.ACCEPTED:
        raise NotNow("It is accepted already.")
    return _decide(held, Act.ACCEPT, review, review_=Statement.Review.ACCEPTED, reason="")


@transaction.atomic
def reject(statement: Statement, review: Review, reason: str) -> ReviewAct:
    """It says nothing about the future, or nothing that could be decided."""
    reason = reason.strip()
    if not reason or len(reason) > MOST_REASON or "\x00" in reason:
        raise InvalidValue("reason", f"Say in a few words why it is rejected, in at most {MOST_REASON:,} characters.")
    held = _fresh(statement, review)
    check_without_forecasts(held)
    return _decide(held, Act.REJECT, review, review_=Statement.Review.REJECTED, reason=reason)


@transaction.atomic
def repeat(statement: Statement, review: Review, original: Statement) -> ReviewAct:
    """It says again what another statement of the article says."""
    held = _fresh(statement, review)
    check_without_forecasts(held)
    if original.article_id != held.article_id or original.pk == held.pk:
        raise InvalidValue("original", "Choose another statement of this article.")
    if original.review == Statement.Review.DUPLICATE:
        raise InvalidValue("original", "That one is itself a repeat: choose the statement that it repeats.")
    if held.duplicates.filter(review=Statement.Review.DUPLICATE).exists():
        raise InvalidValue("original", "Other statements repeat this one, so it cannot be a repeat itself.")
    return _decide(held, Act.DUPLICATE, review, review_=Statement.Review.DUPLICATE, reason="", original=original)


@transaction.atomic
def sort(statement: Statement, review: Review, category: str) -> ReviewAct:
    """Put it into another category."""
    if category not in CATEGORIES:
        raise InvalidValue("category", f"The categories are {', '.join(CATEGORIES)}.")
    held = _fresh(statement, review)
    before = {str(held.pk): fields_of(held)}
    held.category = category
    held.save(update_fields=["category"])
    return keep(held.article, Act.SORT, review, before)


@transaction.atomic
def split(statement: Statement, review: Review, start: int, end: int) -> ReviewAct:
    """Cut it at a selection: what stands before, the selection and what stands after become claims of their own."""
    held = _fresh(statement, review)
    check_without_forecasts(held)
    body = held.article.body
    spans = cutting.pieces(body, (held.start, held.end), (start, end))
    if len(spans) < 2:
        raise InvalidValue("start", "Select a part of the statement: the rest becomes another.")
    before = {str(held.pk): fields_of(held)}
    first, *others = spans
    _check_free(held.article, spans, but=held.pk)
    made = [_part_of(held, span) for span in others]
    _narrow(held, first)
    held.save(update_fields=["start", "end", "quote", "category"])
    return keep(held.article, Act.SPLIT, review, before, Statement.objects.bulk_create(made))


@transaction.atomic
def add(article: Article, review: Review, start: int, end: int, quote: str) -> ReviewAct:
    """Add a statement that the extractor missed; whoever adds it accepts it. Offsets are code points of the body."""
    held = hold(article, review.person)
    if not 0 <= start < end <= len(held.body) or held.body[start:end] != quote:
        raise InvalidValue("start", "The selection does not match the article's text. Load the page again.")
    start, end = cutting.trimmed(held.body, start, end)
    if start >= end or end - start > MOST_LETTERS:
        raise InvalidValue("start", f"Select a sentence or a part of one, of at most {MOST_LETTERS:,} characters.")
    _check_free(held, [(start, end)])
    made = Statement.objects.create(article=held, **cutting.described(held.body, start, end), **_accepted(review))
    return keep(held, Act.ADD, review, {}, [made])


def _accepted(review: Review) -> dict[str, Any]:
    return {
        "extractor": BY_HAND,
        "extractor_version": "1",
        "review": Statement.Review.ACCEPTED,
        "reviewed_by": review.person,
        "reviewed_at": review.at,
    }


def _fresh(statement: Statement, review: Review) -> Statement:
    """The statement as it now stands, its article held. Raises Stale."""
    article = hold(statement.article, review.person)
    check_fresh(article, review, [statement.pk])
    found = Statement.objects.filter(pk=statement.pk).first()
    if found is None:
        raise NotNow("This statement is no longer there: what made it was undone.")
    found.article = article
    return found


def _decide(
    held: Statement, act: Act, review: Review, *, review_: str, reason: str, original: Statement | None = None
) -> ReviewAct:
    before = {str(held.pk): fields_of(held)}
    held.review, held.reason, held.duplicate_of = review_, reason, original
    held.reviewed_by, held.reviewed_at = review.person, review.at
    held.save(update_fields=["review", "reason", "duplicate_of", "reviewed_by", "reviewed_at"])
    return keep(held.article, act, review, before)


def _check_free(article: Article, spans: list[tuple[int, int]], but: int = 0) -> None:
    for start, end in spans:
        if article.statements.filter(start=start, end=end).exclude(pk=but).exists():
            raise InvalidValue("start", "There is a statement of exactly this text already.")


def _part_of(statement: Statement, span: tuple[int, int]) -> Statement:
    """A new claim of the same sentence, in the same state, with everything its sentence says of it."""
    part = Statement.objects.get(pk=statement.pk)
    part.pk, part.key, part.article = None, "", statement.article
    part._state.adding = True
    _narrow(part, span)
    return part


def _narrow(statement: Statement, span: tuple[int, int]) -> None:
    body = statement.article.body
    statement.start, statement.end = span
    statement.quote = body[statement.start : statement.end]
    statement.category = cutting.category(statement.quote, statement.category)
