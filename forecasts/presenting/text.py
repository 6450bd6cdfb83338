"""An article's text cut where its statements begin and end. All offsets are code points of the stored body."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from forecasts.models import Article, Forecast, Statement, User

CONTEXT = 280
"""How many letters of the article stand on either side of a quote, at most."""
LONGEST_SUBHEAD = 90
"""A line that is this short and ends in no full stop is a heading."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A numbered statement; `level` tells apart those that overlap, 0 the one that begins first."""

    number: int
    statement: Statement
    level: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one line. With claims it is what their sentences cover; `begins` where the first of them starts.

    `start` is its place in the body.
    """

    html: SafeString
    claims: tuple[Claim, ...] = ()
    begins: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body, which is a unit of its own: a headline, a heading, or text."""

    kind: str
    passages: list[Passage]


def claims(statements: Sequence[Statement]) -> list[Claim]:
    """Numbered in the order of the text; statements that overlap get levels of their own."""
    ends: list[int] = []
    found = []
    ordered = sorted(statements, key=lambda one: (one.start, -one.end, one.pk))
    for number, statement in enumerate(ordered, start=1):
        level = next((level for level, end in enumerate(ends) if end <= statement.start), len(ends))
        ends[level:] = [statement.end, *ends[level + 1 :]]
        found.append(Claim(number, statement, level))
    return found


def lines(article: Article, claims: Sequence[Claim], within: tuple[int, int] | None = None) -> list[Line]:
    """The body, line by line; empty lines are left out, since each line is set apart anyway.

    `within` two places only the lines that begin there are read.
    """
    groups = _Groups(claims)
    found = []
    start, last = within or (0, len(article.body))
    for text in article.body[start:last].split("\n"):
        end = start + len(text)
        if text.strip():
            found.append(Line(_kind(article, text), list(_passages(article.body, start, end, groups))))
        start = end + 1
    return found


def _kind(article: Article, text: str) -> str:
    bare = text.strip()
    if bare == article.title.strip():
        return "headline"
    return "text" if len(bare) > LONGEST_SUBHEAD or bare[-1] in ".!?…:;”\"'" else "subhead"


def _groups(claims: Sequence[Claim]) -> list[tuple[int, int, tuple[Claim, ...]]]:
    """Claims whose sentences touch one another, with the stretch that they cover together."""
    groups: list[tuple[int, int, tuple[Claim, ...]]] = []
    for claim in sorted(claims, key=lambda one: (one.statement.sentence_start, one.number)):
        start, end = claim.statement.sentence_start, claim.statement.sentence_end
        if groups and start < groups[-1][1]:
            first, last, members = groups.pop()
            groups.append((first, max(last, end), (*members, claim)))
        else:
            groups.append((start, end, (claim,)))
    return groups


class _Groups:
    """The groups in order, of which those that touch a line are found without looking at the others."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._all = _groups(claims)
        self._firsts = [first for first, _, _ in self._all]
        self._lasts = [last for _, last, _ in self._all]

    def touching(self, start: int, end: int) -> Sequence[tuple[int, int, tuple[Claim, ...]]]:
        return self._all[bisect_right(self._lasts, start) : bisect_left(self._firsts, end)]


def _passages(body: str, start: int, end: int, groups: _Groups) -> Iterator[Passage]:
    at = start
    for first, last, members in groups.touching(start, end):
        left, right = max(first, at), min(last, end)
        if left >= right:
            continue
        if at < left:
            yield Passage(format_html("{}", body[at:left]), start=at)
        yield Passage(_marked(body, left, right, members), members, begins=left == first, start=left)
        at = right
    if at < end:
        yield Passage(format_html("{}", body[at:end]), start=at)


def _marked(body: str, start: int, end: int, claims: Sequence[Claim]) -> SafeString:
    """The text with each claim underlined, and its number where it ends."""
    edges = {start, end}
    for claim in claims:
        edges |= {edge for edge in (claim.statement.start, claim.statement.end) if start < edge < end}
    parts = [(_stretch(body, left, right, claims),) for left, right in pairwise(sorted(edges))]
    return format_html_join("", "{}", parts)


def _stretch(body: str, left: int, right: int, claims: Sequence[Claim]) -> SafeString:
    covering = [claim for claim in claims if claim.statement.start <= left and right <= claim.statement.end]
    html = format_html("{}", body[left:right])
    for claim in reversed(covering):
        html = format_html(
            '<mark class="claim claim-{} claim-{} in-{}">{}</mark>',
            min(claim.level, 2),
            claim.statement.review,
            claim.statement.category,
            html,
        )
    ending = [claim for claim in covering if claim.statement.end == right]
    return html + format_html_join("", '<a class="claim-number in-{0}" href="#note-{1}">{1}</a>', _numbers(ending))


def _numbers(claims: Sequence[Claim]) -> Iterator[tuple[str, int]]:
    return ((claim.statement.category, claim.number) for claim in claims)


@dataclass(frozen=True, slots=True)
class Quotation:
    before: str
    quote: str
    after: str


def excerpt(forecast: Forecast, reader: User) -> Quotation | None:
    """What the article says that the forecast came from, for whoever may see that article."""
    seen = Statement.objects.visible_to(reader).select_related("article")
    statement = seen.filter(forecasts=forecast).first()
    return None if statement is None else quotation(statement)


def quotation(statement: Statement) -> Quotation:
    """A statement's quote with what stands around it, cut between words."""
    body = statement.article.body
    before, after = body[: statement.start], body[statement.end :]
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].split(None, 1)[-1]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rsplit(None, 1)[0] + " …"
    return Quotation(before, body[statement.start : statement.end], after)
