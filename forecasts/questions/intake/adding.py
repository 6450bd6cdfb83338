"""Adds one article: its text checked and stored, its statements sought at once and proposed for review."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from forecasts.extractors import Extraction, extract
from forecasts.models import Article, Scenario, Source, Statement, User
from forecasts.models.sql import row
from forecasts.questions import sql
from forecasts.questions.intake.documents import taken_of
from forecasts.questions.intake.folders import LARGEST_ARTICLE, MEGABYTE
from forecasts.questions.intake.markup import taken
from forecasts.questions.intake.taken import DOCUMENTS, Format, Taken
from forecasts.rules import access
from forecasts.rules.errors import InvalidValue, NotAllowed

BODY = "body"
BATCH = 1_000


class AlreadyHere(InvalidValue):
    """The very same text is an article already."""

    code = "already_here"

    def __init__(self, article: Article) -> None:
        super().__init__(BODY, f"This very text is article {article.pk} already: “{article.title}”.")
        self.article = article


@dataclass(frozen=True, slots=True)
class Heading:
    """What is said of an article beside its text."""

    source: str
    title: str
    published_at: datetime
    published_at_note: str = ""
    authors: Sequence[str] = ()
    url: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Added:
    article: Article
    statements: int


def decoded(content: bytes) -> str:
    """The text of a file. Raises InvalidValue where it is too large or not UTF-8."""
    _check_size(len(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidValue(BODY, f"The text is not UTF-8 (byte {error.start}). Save it as UTF-8.") from None


def file_of(content: bytes, kind: Format, by: User | None = None, *, whole: bool = False) -> Taken:
    """The body that is taken of a file, and what is left out. Raises InvalidValue as `body_of` does, or not UTF-8."""
    if kind in DOCUMENTS:
        found = taken_of(content, kind, whole=whole)
        return replace(found, text=body_of(found.text, by=by).text)
    return body_of(decoded(content), kind, by, whole=whole)


def body_of(content: str, kind: Format = Format.TEXT, by: User | None = None, *, whole: bool = False) -> Taken:
    """The body as it is stored, and what of a page is left out of it, unless it is to be taken `whole`.

    Raises InvalidValue: too large, empty, damaged, no text at all, or here already where `by` sees it.
    """
    if kind in DOCUMENTS:
        raise InvalidValue(BODY, f"A {kind} document comes as a file.")
    try:
        _check_size(len(content.encode()))
    except UnicodeEncodeError as error:
        raise InvalidValue(BODY, f"At {error.start} stands half a character: the text was cut or damaged.") from None
    if "\x00" in content:
        raise InvalidValue(BODY, f"The text holds a NUL character at {content.index(chr(0))}, which no article does.")
    found = taken(content, kind, whole=whole)
    body = Article.normalised(found.text)
    if not body.strip():
        what = "The text is empty." if kind == Format.TEXT else f"Without its markup ({kind}) the text is empty."
        raise InvalidValue(BODY, what)
    _check_new(body, by)
    return replace(found, text=body)


def _check_new(body: str, by: User | None) -> None:
    """What somebody may not see is not here for them: they get an article of their own. Operators see all."""
    seen = Article.objects.all() if by is None else Article.objects.visible_to(by)
    known = seen.filter(sha256=Article.digest(body)).first()
    if known is not None:
        raise AlreadyHere(known)


def add(
    heading: Heading, body: Taken | str, scenario: Scenario | None, *, at: datetime, by: User | None = None
) -> Added:
    """Store an article whose body has been checked (`body_of`), what the extractor finds in it, and what was left out.

    Raises AlreadyHere where somebody else has stored the same text meanwhile, NotAllowed where `by` does not edit the
    scenario. Without `by` an operator adds it.
    """
    if by is not None and (scenario is None or not access.may(by, "edit", scenario)):
        raise NotAllowed("Articles are added by those who edit the scenario.")
    # An extractor may have to ask somewhere else: no transaction waits for it.
    what = body if isinstance(body, Taken) else Taken(body)
    found = extract(what.text, language=heading.language)
    found = replace(found, notice=f"{found.notice} {what.notice}".strip())
    return _stored(heading, what.text, scenario, found, at, by)


@transaction.atomic
def _stored(
    heading: Heading, body: str, scenario: Scenario | None, found: Extraction, at: datetime, by: User | None
) -> Added:
    _hold(body)
    _check_new(body, by)
    source = source_of(heading.source, by)
    article = Article.objects.create(
        source=source,
        title=heading.title,
        authors=list(heading.authors),
        url=heading.url,
        published_at=heading.published_at,
        published_at_note=heading.published_at_note,
        language=heading.language,
        body=body,
        sha256=Article.digest(body),
        added_at=at,
        added_by=by,
        notice=found.notice,
    )
    if scenario is not None:
        scenario.articles.add(article)
    return Added(article, len(propose(article, found)))


def _hold(body: str) -> None:
    """Two who add the same text at once come one after the other."""
    row(sql.HOLD_TEXT, [Article.digest(body)])


def source_of(name: str, by: User | None = None, **more: Any) -> Source:
    """The source of this name that the person sees, else a new one: a name that others use in private tells nothing."""
    seen = Source.objects.all() if by is None else Source.objects.visible_to(by)
    return seen.filter(name=name).order_by("pk").first() or Source.objects.create(name=name, **more)


def propose(article: Article, extraction: Extraction) -> list[Statement]:
    """Store what an extractor found. What looks like a repeat names its original, and is left to the reviewer."""
    rows: dict[int, Statement] = {}
    spans: set[tuple[int, int]] = set()
    for index, one in enumerate(extraction.found):
        if (one.start, one.end) not in spans:
            spans.add((one.start, one.end))
            rows[index] = _statement(article, extraction, index)
    stored = Statement.objects.bulk_create(list(rows.values()), batch_size=BATCH)
    repeats = []
    for index, proposed in rows.items():
        original = extraction.found[index].duplicate_of
        if original is not None and original in rows:
            proposed.duplicate_of = rows[original]
            repeats.append(proposed)
    Statement.objects.bulk_update(repeats, ["duplicate_of"], batch_size=BATCH)
    return stored


def _statement(article: Article, extraction: Extraction, index: int) -> Statement:
    one = extraction.found[index]
    return Statement(
        article=article,
        start=one.start,
        end=one.end,
        sentence_start=one.sentence_start,
        sentence_end=one.sentence_end,
        quote=one.quote,
        cue=one.cue,
        category=one.category,
        likelihood=one.likelihood,
        scale=one.scale,
        scale_edition=one.scale_edition,
        scale_is_assumed=one.scale_is_assumed,
        is_conditional=one.conditional,
        attributed_to=one.attributed_to,
        reason=one.reason,
        extractor=extraction.extractor,
        extractor_version=extraction.version,
        extraction=one.extraction,
    )


def _check_size(size: int) -> None:
    if size > LARGEST_ARTICLE:
        raise InvalidValue(
            BODY, f"The text has {size / MEGABYTE:.1f} MB; an article has at most {LARGEST_ARTICLE / MEGABYTE:g} MB."
        )
