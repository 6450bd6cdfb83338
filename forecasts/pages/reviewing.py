"""An article under review: its text, and beside each statement what can be done with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from forecasts.models import Article, Forecast, ReviewAct, Statement, User
from forecasts.pages import margins
from forecasts.presenting import text
from forecasts.presenting.text import Claim, Line, Passage
from forecasts.questions import reviewing
from forecasts.rules import access

REASONS = (
    "It says nothing about the future.",
    "Nothing observable would decide it.",
    "It is an aim or a call, not a prediction.",
    "It speaks of the past.",
)
"""What reviewers mostly say; any other words will do."""
AT_ONCE = 150
"""How many statements a page holds; longer articles come in parts."""


@dataclass(frozen=True, slots=True)
class Card:
    """One statement with what is known of it and what it may be a repeat of."""

    claim: Claim
    forecasts: int
    drafts: int
    original: int | None
    """The number of the statement that it repeats, or looks like."""

    @property
    def statement(self) -> Statement:
        return self.claim.statement


@dataclass(frozen=True, slots=True)
class Desk:
    """The page, or one part of it. Parts count from 1."""

    lines: list[tuple[Line, list[tuple[Passage, list[Card]]]]]
    cards: list[Card]
    version: int
    summary: str
    undoable: ReviewAct | None
    part: int
    parts: int


def desk(article: Article, user: User, part: int = 1) -> Desk:
    """What one reviewer sees."""
    version = reviewing.version(article)
    statements = list(article.statements.annotate(**_counts(user)).in_order())
    claims = text.claims(statements)
    numbers = {claim.statement.pk: claim.number for claim in claims}
    parts = max(1, -(-len(claims) // AT_ONCE))
    part = min(max(part, 1), parts)
    shown = claims[(part - 1) * AT_ONCE : part * AT_ONCE]
    cards = {claim.number: _card(claim, numbers) for claim in shown}
    lines = [
        (line, [(passage, _beginning(passage, cards)) for passage in line.passages])
        for line in text.lines(article, shown, _span(article.body, claims, part, parts))
    ]
    undoable = reviewing.last_of(article, user)
    return Desk(lines, list(cards.values()), version, summary(statements), undoable, part, parts)


def _span(body: str, claims: Sequence[Claim], part: int, parts: int) -> tuple[int, int]:
    """The lines from a part's first statement to the next part's first; the first and last reach to the ends."""
    first = claims[(part - 1) * AT_ONCE].statement.start if part > 1 else 0
    after = claims[part * AT_ONCE].statement.start if part < parts else len(body)
    start = body.rfind("\n", 0, first) + 1 if part > 1 else 0
    end = body.rfind("\n", 0, after) if part < parts else len(body)
    return start, max(end, body.find("\n", first) if part < parts and end <= start else end)


def part_of(article: Article, statement: int) -> int:
    """The part in which a statement stands."""
    found = article.statements.filter(pk=statement).first()
    before = article.statements.in_order().filter(start__lt=found.start).count() if found else 0
    return before // AT_ONCE + 1


def _counts(user: User) -> dict[str, Any]:
    """Of each statement, how many forecasts and drafts the reviewer sees, and who reviewed it, where they have met."""
    seen = Q(forecasts__in=access.seen(user, Forecast).values("pk"))
    reviewer = access.met(user).filter(pk=OuterRef("reviewed_by"))
    return {
        "published": Count("forecasts", filter=seen & Q(forecasts__published_at__isnull=False)),
        "drafted": Count("forecasts", filter=seen & Q(forecasts__published_at__isnull=True)),
        "reviewer": Subquery(reviewer.values("name")[:1]),
    }


def _card(claim: Claim, numbers: dict[int, int]) -> Card:
    one = claim.statement
    published, drafted = getattr(one, "published", 0), getattr(one, "drafted", 0)
    return Card(claim, published, drafted, numbers.get(one.duplicate_of_id or 0))


def _beginning(passage: Passage, cards: dict[int, Card]) -> list[Card]:
    return [cards[claim.number] for claim in passage.claims] if passage.begins else []


def summary(statements: Sequence[Statement]) -> str:
    """Such as “8 statements: 3 to review, 4 accepted, 1 rejected”."""
    counts = Counter(one.review for one in statements)
    said = (
        ("proposed", "to review"),
        ("accepted", "accepted"),
        ("duplicate", "repeats"),
        ("rejected", "rejected"),
    )
    parts = [f"{counts[review]} {words}" for review, words in said if counts[review]]
    head = margins.counted(len(statements), "statement")
    return f"{head}: {', '.join(parts)}" if parts else head
