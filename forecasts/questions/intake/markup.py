"""The text of an article that came as HTML or Markdown, line by line. Time grows with its length, whatever it holds."""

import re
from typing import Any

import cmarkgfm
from lxml import etree, html

from forecasts.language.folding import word_set
from forecasts.questions.intake.taken import CELLS, Format, Taken, compact
from forecasts.rules.errors import InvalidValue

UNSEEN = word_set("head script style noscript template iframe object svg math canvas audio video select textarea input")
"""Elements whose text nobody reads."""

UNREAD = UNSEEN | word_set("nav aside footer form button label dialog menu figcaption")
"""Elements whose text is none of the article's."""

LINES = word_set(
    "address article blockquote body br caption center dd details div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header "
    "hr html li main ol p pre section summary table tbody tfoot thead tr ul"
)
"""Elements that begin and end a line."""

CELL = ("td", "th")

ENOUGH = 0.4
"""The share of a page's own text that the finder of main texts must keep: where it keeps less it was mistaken."""

DEEPEST = 2048
"""How deep the parser follows elements that stand in each other."""

MAIN = ("article", "main")
"""The parts of a page that are looked for first. One that stands there twice is a list of teasers, not the article."""

_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")


def taken(content: str, kind: Format, *, whole: bool = False) -> Taken:
    """The text without its markup, a line for each paragraph, heading, item or row, and the page's lines left out.

    >>> taken("<h1>A headline</h1><p>Talks <b>may</b>\\nfail.</p><script>x()</script>", Format.HTML).text
    'A headline\\nTalks may fail.'
    >>> taken("# A headline\\n\\nTalks *may* fail.", Format.MARKDOWN).text
    'A headline\\nTalks may fail.'
    """
    if kind == Format.TEXT:
        return Taken(content)
    if kind == Format.MARKDOWN:
        return Taken("\n".join(_lines(_parsed(cmarkgfm.github_flavored_markdown_to_html(content)), UNREAD)))
    page = _parsed(content)
    every = _lines(page, UNSEEN)
    if whole:
        return Taken("\n".join(every))
    own = _own(page, content)
    kept = set(own)
    return Taken("\n".join(own), tuple(dict.fromkeys(line for line in every if line not in kept)))


def _own(page: Any, content: str) -> list[str]:
    """The lines of the part that is marked as the article, else those in which a finder of main texts finds it."""
    for name in MAIN:
        found = page.findall(f".//{name}")
        if len(found) == 1 and found[0].text_content().strip():
            return _lines(found[0], UNREAD)
    lines = _lines(page, UNREAD)
    # A compiled library of a few megabytes.
    from resiliparse.extract.html2text import extract_plain_text

    main = compact(extract_plain_text(content, main_content=True, alt_texts=False, links=False, form_fields=False))
    kept = [line for line in lines if compact(line) in main]
    return kept if sum(map(len, kept)) >= ENOUGH * sum(map(len, lines)) else lines


def _parsed(content: str) -> Any:
    """The page, or nothing where there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = html.document_fromstring(content.encode(), parser=parser)
    except etree.ParserError:
        return html.Element("body")
    if any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log):
        raise InvalidValue("body", f"Its elements are nested more than {DEEPEST} deep, so not all of it could be read.")
    return page


def _lines(root: Any, unread_elements: frozenset[str]) -> list[str]:
    """Walks the tree without recursion, and puts a line's end where an element begins or ends one."""
    parts: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        skipped = name in unread_elements or not name
        if name in LINES:
            parts.append("\n")
        elif name in CELL and event == "end":
            parts.append(CELLS)
        if event == "start":
            unread += skipped
            text = element.text
        else:
            unread -= skipped
            text = None if element is root else element.tail
        if text and not unread:
            parts.append(_SPACE.sub(" ", text))
    lines = (_SPACE.sub(" ", line).strip(" |") for line in "".join(parts).split("\n"))
    return [line for line in lines if line]
