"""How an act is kept: one at a time for an article, numbered, with what it takes to undo it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forecasts.models import Article, ReviewAct, Scenario, Statement, User
from forecasts.rules import access
from forecasts.rules.errors import NotNow, ReckonerError

Act = ReviewAct.Act
REVIEW = ("review", "reason", "duplicate_of_id", "reviewed_by_id", "reviewed_at")
KEPT = (*REVIEW, "start", "end", "quote", "category")
"""What acts change of a statement, and undoing brings back."""


class Stale(ReckonerError):
    """Somebody else has changed the statement since."""

    code = "stale"

    def __init__(self, by: ReviewAct) -> None:
        super().__init__(_stale("Somebody", by))
        self.by = by

    def told_to(self, reader: User) -> str:
        """The message, with the name of whoever was faster where the reader may know it."""
        return _stale(str(access.known(reader, self.by.person_id) or "Somebody"), self.by)


def _stale(who: str, by: ReviewAct) -> str:
    return f"{who} has {by.get_act_display()} this since you looked, so your act was not recorded."


@dataclass(frozen=True, slots=True)
class Review:
    """Who acts, when, and up to which act of this article they had looked."""

    person: User
    at: datetime
    seen: int


def version(article: Article) -> int:
    """The number of the newest act on an article, 0 before the first."""
    newest = ReviewAct.objects.filter(article=article).order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def last_of(article: Article, person: User) -> ReviewAct | None:
    """The newest act of this person that can still be undone."""
    mine = ReviewAct.objects.filter(article=article, person=person, undone_by=None).exclude(act=Act.UNDO)
    return mine.order_by("-number").first()


def hold(article: Article, person: User) -> Article:
    """Acts on one article happen one after the other. Only in a transaction. Raises NotAllowed."""
    held = Article.objects.select_for_update(no_key=True, of=("self",)).get(pk=article.pk)
    edits = Scenario.objects.filter(access.scenarios(person, "edit"), articles=held).exists()
    access.require(person.is_superuser or edits, "Articles are reviewed by those who edit a scenario that they are in.")
    return held


def check_fresh(article: Article, review: Review, statements: Sequence[int]) -> None:
    """Raise Stale where an act of somebody else touched one of these after what the person saw."""
    since = ReviewAct.objects.filter(article=article, number__gt=review.seen, statements__overlap=list(statements))
    by = since.exclude(person=review.person).select_related("person").order_by("-number").first()
    if by is not None:
        raise Stale(by)


def check_without_forecasts(statement: Statement) -> None:
    if statement.forecasts.exists():
        raise NotNow("Something rests on this statement, so it stays as it is.")


def fields_of(statement: Statement) -> dict[str, Any]:
    """What undoing needs, as JSON."""
    values = {name: getattr(statement, name) for name in KEPT}
    values["reviewed_at"] = statement.reviewed_at.isoformat() if statement.reviewed_at else None
    return values


def keep(
    article: Article,
    act: ReviewAct.Act,
    review: Review,
    before: dict[str, Any],
    made: Sequence[Statement] = (),
    undoes: ReviewAct | None = None,
) -> ReviewAct:
    """Write the fact. The article must be held."""
    new = [statement.pk for statement in made]
    touched = [int(pk) for pk in before] + new
    return ReviewAct.objects.create(
        article=article,
        number=version(article) + 1,
        act=act,
        person=review.person,
        made_at=review.at,
        statements=touched,
        before=before,
        made=new,
        undoes=undoes,
    )
