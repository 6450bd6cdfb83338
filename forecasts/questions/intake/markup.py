"""The text of an article that came as HTML or Markdown, line by line. Time grows with its length, whatever it holds."""

import re
from enum import StrEnum
from typing import Any

import cmarkgfm
from lxml import etree, html

from forecasts.language.folding import word_set
from forecasts.rules.errors import InvalidValue


class Format(StrEnum):
    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


SUFFIXES = {".html": Format.HTML, ".htm": Format.HTML, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}

UNREAD = word_set(
    "head script style noscript template iframe object svg math canvas audio video nav aside footer form button "
    "select textarea input label dialog menu figcaption"
)
"""Elements whose text is none of the article's."""

LINES = word_set(
    "address article blockquote body br caption center dd details div dl dt fieldset figure h1 h2 h3 h4 h5 h6 header "
    "hr html li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
"""Elements that begin and end a line."""

DEEPEST = 2048
"""How deep the parser follows elements that stand in each other."""

MAIN = ("article", "main")
"""The parts of a page that are looked for first. One that stands there twice is a list of teasers, not the article."""

_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")


def text_of(content: str, kind: Format) -> str:
    """The text without its markup: one line for each paragraph, heading, item or cell.

    >>> text_of("<h1>A headline</h1><p>Talks <b>may</b>\\nfail.</p><script>x()</script>", Format.HTML)
    'A headline\\nTalks may fail.'
    >>> text_of("# A headline\\n\\nTalks *may* fail.", Format.MARKDOWN)
    'A headline\\nTalks may fail.'
    """
    if kind == Format.TEXT:
        return content
    if kind == Format.MARKDOWN:
        content = cmarkgfm.github_flavored_markdown_to_html(content)
    return _lines(_parsed(content))


def _parsed(content: str) -> Any:
    """The page's own text where it is marked as such, else its body, else nothing."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = html.document_fromstring(content.encode(), parser=parser)
    except etree.ParserError:
        return html.Element("body")
    if any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log):
        raise InvalidValue("body", f"Its elements are nested more than {DEEPEST} deep, so not all of it could be read.")
    for name in MAIN:
        found = page.findall(f".//{name}")
        if len(found) == 1 and found[0].text_content().strip():
            return found[0]
    return page


def _lines(root: Any) -> str:
    """Walks the tree without recursion, and puts a line's end where an element begins or ends one."""
    parts: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        skipped = name in UNREAD or not name
        if name in LINES:
            parts.append("\n")
        if event == "start":
            unread += skipped
            text = element.text
        else:
            unread -= skipped
            text = None if element is root else element.tail
        if text and not unread:
            parts.append(_SPACE.sub(" ", text))
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
