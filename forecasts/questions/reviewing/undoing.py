"""Takes one's own last act back. What it changed becomes what it was, what it made goes."""

from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from forecasts.models import Article, ReviewAct, Statement
from forecasts.questions.reviewing.keeping import (
    Act,
    Review,
    Stale,
    check_without_forecasts,
    fields_of,
    hold,
    keep,
    last_of,
)
from forecasts.rules.errors import NotNow


@transaction.atomic
def undo(article: Article, review: Review) -> ReviewAct:
    """Undo the newest act of this person that is not undone. Raises NotNow, Stale."""
    held = hold(article, review.person)
    act = last_of(held, review.person)
    if act is None:
        raise NotNow("There is nothing of yours to undo here.")
    _check_last(act)
    changed = list(Statement.objects.filter(pk__in=[int(pk) for pk in act.before]))
    for statement in Statement.objects.filter(pk__in=act.made):
        check_without_forecasts(statement)
        statement.duplicates.update(duplicate_of=None)
        statement.delete()
    before = {str(statement.pk): fields_of(statement) for statement in changed}
    for statement in changed:
        if act.act != Act.SORT:
            check_without_forecasts(statement)
        _bring_back(statement, act.before[str(statement.pk)])
    return keep(held, Act.UNDO, review, before, undoes=act)


def _check_last(act: ReviewAct) -> None:
    later = ReviewAct.objects.filter(article=act.article_id, number__gt=act.number, statements__overlap=act.statements)
    # An act that was undone has left everything as it was before; so has the undoing of it.
    standing = later.filter(undone_by=None).exclude(act=Act.UNDO).select_related("person").order_by("-number").first()
    if standing is not None:
        raise Stale(standing)


def _bring_back(statement: Statement, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(statement, name, value)
    reviewed_at = fields.get("reviewed_at")
    statement.reviewed_at = parse_datetime(reviewed_at) if reviewed_at else None
    statement.save(update_fields=[name.removesuffix("_id") for name in fields])
