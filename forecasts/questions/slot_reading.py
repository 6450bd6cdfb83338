"""Reads what statements say, article by article: what is due is a query, so a lost or doubled call changes nothing."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db.models import Exists, OuterRef

from forecasts.language.likelihood import Likelihood
from forecasts.language.reading import VERSION, Asked, Read, Slots, Stated, is_present, plain, read_claims, restored
from forecasts.models import Article, Statement, StatementReading
from forecasts.models.articles import StatementQuerySet
from forecasts.models.sql import row, unhurried
from forecasts.questions import sql

ENGLISH = "en"
LOCK = 7_312_001
"""The advisory lock of whoever reads."""

ARTICLES = 4
"""How many articles are read at one call: some ten seconds of work at most."""


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else reads meanwhile: two processes would hold the parser, and do the same work."""
    with unhurried():
        yield row(sql.HOLD, [LOCK])["is_held"]


def waits() -> bool:
    """Whether a statement waits to be read, and somebody here can."""
    return is_present() and _due().exists()


def _due() -> StatementQuerySet:
    """The statements in English that no reading of the present version has."""
    present = StatementReading.objects.filter(statement=OuterRef("pk"), version=VERSION)
    return Statement.objects.filter(~Exists(present), article__language__startswith=ENGLISH)


def read_due() -> int:
    """Read the statements that no reading of the present version has; how many were read. Nothing without a parser."""
    if not is_present():
        return 0
    due = _due()
    articles = due.order_by("-article_id").values_list("article_id", flat=True).distinct()[:ARTICLES]
    by_article: dict[int, list[Statement]] = defaultdict(list)
    for statement in due.filter(article_id__in=list(articles)).in_order():
        by_article[statement.article_id].append(statement)
    return sum(_read(Article.objects.get(pk=pk), statements) for pk, statements in by_article.items())


def said(statement: Statement) -> tuple[Slots, Stated | None] | None:
    """What a statement says, as it was read; None where nobody has read it yet."""
    kept = StatementReading.objects.of(statement)
    return restored(kept.said) if kept else None


def day_of(article: Article) -> date:
    return article.published_at.date()


def _read(article: Article, statements: list[Statement]) -> int:
    read = read_claims(article.body, [_asked(article.body, one) for one in statements], day_of(article))
    rows = [_row(statement, one) for statement, one in zip(statements, read, strict=True)]
    StatementReading.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["statement"], update_fields=["said", "version"]
    )
    return len(rows)


def _row(statement: Statement, one: Read) -> StatementReading:
    return StatementReading(statement=statement, said=plain(one.slots, one.likelihood), version=VERSION)


def _asked(body: str, statement: Statement) -> Asked:
    at = body.find(statement.cue, statement.sentence_start, statement.sentence_end) if statement.cue else -1
    cue = (at, at + len(statement.cue)) if at >= 0 else (statement.start, statement.end)
    scale = statement.scale or None
    likelihood = Likelihood(statement.likelihood, scale, statement.scale_edition, assumed=statement.scale_is_assumed)  # type: ignore[arg-type]
    sentence = (min(statement.sentence_start, statement.start), max(statement.sentence_end, statement.end))
    return Asked(sentence, (statement.start, statement.end), cue, likelihood)
