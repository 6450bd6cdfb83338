"""The pictures of the docs. `make pictures` takes them; any other run only looks whether they still show the same.

No two Chromiums draw alike to the pixel, so each picture says in itself what it shows: the words and how they are set.
Numbers and dates stand for any: they are those of the day.
"""

import difflib
import os
import re
import struct
import zlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from core.local.places import CHECKOUT

FOLDER = CHECKOUT / "docs" / "pictures"
SIGNATURE, KEYWORD = b"\x89PNG\r\n\x1a\n", b"Description"

SHOWN = """() => {
  const words = [], drawn = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.replace(/\\s+/g, ' ').trim(), parent = walker.currentNode.parentElement;
    if (!text || !parent.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const { fontSize, fontWeight, color, fill } = getComputedStyle(parent);
    if (parent.closest('svg')) drawn.add([text, `${fontSize} ${fill}`]);
    else words.push([text, `${fontSize} ${fontWeight} ${color}`]);
  }
  for (const field of document.querySelectorAll('input:not([type=hidden]), textarea, select')) {
    const text = field.type === 'radio' || field.type === 'checkbox' ? `${field.checked}` : field.value;
    words.push([text, getComputedStyle(field).borderColor]);
  }
  const grounds = new Set([...document.querySelectorAll('body *')].map(one => getComputedStyle(one).backgroundColor));
  for (const mark of document.querySelectorAll('svg *')) {
    const { fill, stroke } = getComputedStyle(mark);
    drawn.add([mark.getAttribute('class') || mark.tagName, `${fill} ${stroke}`]);
  }
  return [...words, ...[...drawn], ...[...grounds].map(ground => ['', ground])];
}"""
MONTHS, DAYS = "Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec", "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
TIMES = (
    (rf"\b({MONTHS})[a-z]*\b|\b({DAYS})day\b", "0"),
    (r"\d+([.,:]\d+)*", "0"),
    (r"\b(an?|0) (second|minute|hour|day|week|month|year)s?\b", "0 time"),
)


def picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Take the picture NAME.png of a page, or fail where the one that is there shows something else.

    What a page shows stands once its scripts have run.
    """
    page.wait_for_load_state("load")
    file, shown = FOLDER / f"{name}.png", _shown(page)
    if os.environ.get("PICTURES"):
        file.write_bytes(_saying(page.screenshot(full_page=full_page), shown))
        return
    before, now = (text.splitlines() for text in (said(file.read_bytes()) if file.exists() else "", shown))
    if before != now:
        changes = "\n".join(difflib.unified_diff(before, now, "the picture", "the page", n=0, lineterm=""))
        pytest.fail(f"docs/pictures/{name}.png is out of date: run `make pictures`.\n{changes}", pytrace=False)


def _shown(page: Page) -> str:
    lines = [f"{_timeless(words)} | {style}" for words, style in page.evaluate(SHOWN)]
    return "\n".join(dict.fromkeys(lines))


def _timeless(words: str) -> str:
    for pattern, instead in TIMES:
        words = re.sub(pattern, instead, words)
    return words


def _saying(png: bytes, text: str) -> bytes:
    """The PNG with a text in it, as its standard has it (iTXt, compressed)."""
    content = KEYWORD + b"\0\1\0\0\0" + zlib.compress(text.encode(), 9)
    chunk = struct.pack(">I", len(content)) + b"iTXt" + content + struct.pack(">I", zlib.crc32(b"iTXt" + content))
    end = len(SIGNATURE) + 25  # behind the header, which comes first
    return png[:end] + chunk + png[end:]


def said(png: bytes) -> str:
    """What a PNG says in itself; nothing where it says nothing."""
    texts = (content for kind, content in _chunks(png) if kind == b"iTXt" and content.startswith(KEYWORD))
    return next((zlib.decompress(content[len(KEYWORD) + 5 :]).decode() for content in texts), "")


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        yield kind, png[place + 8 : place + 8 + length]
        place += length + 12
