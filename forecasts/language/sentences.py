"""Sentences with exact offsets, counted in code points of the text as given."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forecasts.language.folding import word_set

LONGEST = 2_000
"""Code points after which a sentence without an end is cut, so that work per sentence stays bounded."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `text[start:end]`, without surrounding white space."""

    start: int
    end: int


_CLOSERS = r"\"'”’»)\]"
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# No part of this can fail after its first character, which keeps a megabyte of full stops linear.
_STOP = re.compile(rf"[.!?…。！？؟۔।]+[{_CLOSERS}」』]*")
_GLUED = re.compile(r"[A-Z][a-z]+\s")
_NEXT = re.compile(r"[\s\"'“‘«(\[—–-]*(\w+)?")
_BLANK = re.compile(r"[\s\ufeff]*")
_BULLET = re.compile(r"(?:[-*•·▪◦‣–—]+|\d{1,2}[.)])\s+")

# A number or a letter that opens an item of a list.
_NUMBER = re.compile(r"\s*(?:\d{1,2}|[a-h])\.")
_LONGEST_SHORT = 6
_ENOUGH = _LONGEST_SHORT + 1
# The plain case, tried first: a word too long for an abbreviation.
_ORDINARY = re.compile(rf"[a-z]{{{_ENOUGH}}}[.!?]\s")
_TITLES = word_set(
    "mr mrs ms dr gen lt col maj capt cpl sgt brig adm cmdr gov sen rep prof rev hon pres amb insp supt dept fr st"
    " mt ft msgr sheikh vs md mme mlle cdr cmdt pvt sqn wg flt engr messrs asst atty"
)
_BEFORE_NUMBER = word_set(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos fig figs art sec vol pp p ch para approx ca c est res pop"
    " cf"
)
_MAYBE_LAST = word_set("inc ltd co corp jr sr etc al plc bros llc ave blvd e.g i.e")
_STARTERS = word_set(
    "the a an he she it they we i you this that these those there but and or in on at for from with as if when while"
    " after before since until by to however meanwhile although though his her its their our my many some "
    "several most"
    " both all no not one two officials analysts residents what who why how where following under despite "
    "earlier last"
    " according among amid during also instead still yet so"
)
_AFTER_CLOCK = word_set(
    "monday tuesday wednesday thursday friday saturday sunday gmt utc est edt cet local eastern moscow kyiv"
    " january february march april may june july august september october november december"
)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")


def split_sentences(text: str) -> list[Sentence]:
    """All sentences in order. A line break always ends one; a headline needs no full stop."""
    return [sentence for line in _LINE.finditer(text) for sentence in _in_line(text, line.start(), line.end())]


def _in_line(text: str, start: int, end: int) -> Iterator[Sentence]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_here(text, begin, stop, end):
            yield from _trimmed(text, begin, stop.end())
            begin = stop.end()
    yield from _trimmed(text, begin, end)


def _ends_here(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    after = stop.end()
    if after >= end:
        return True
    if not text[after].isspace():
        return stop.group()[0] in "。！？؟۔।" or _is_glued(text, stop)
    if text[after + 1 : after + 2].isupper() and _ORDINARY.match(text, max(begin, stop.start() - _ENOUGH)):
        return True
    if _NUMBER.fullmatch(text, begin, stop.end()):
        return False
    following = _NEXT.match(text, after, min(end, after + 40))
    word = (following.group(1) or "") if following else ""
    if word[:1].islower():
        return False
    if stop.group()[:1] != "." or stop.group()[:2] == "..":
        return True
    before = text[max(begin, stop.start() - 30) : stop.start()].rsplit(None, 1)[-1:]
    return not _is_abbreviation(before[0].lstrip("\"'“‘«([—–") if before else "", word)


def _is_glued(text: str, stop: re.Match[str]) -> bool:
    """A full stop with the space after it lost, as in scraped pages."""
    before = text[max(0, stop.start() - 3) : stop.start()]
    joined = stop.group().rstrip('"”’') == "." and before.islower() and before.isalpha()
    return joined and _GLUED.match(text, stop.end()) is not None


def _is_abbreviation(before: str, following: str) -> bool:
    if not following or (len(before) > _LONGEST_SHORT and "." not in before):
        return False
    short, follower = before.lstrip("'’-&.").rsplit("-", 1)[-1].lower(), following.lower()
    if short in _TITLES:
        return True
    if short in _BEFORE_NUMBER:
        return following[0].isdigit()
    if short in ("a.m", "p.m"):
        # "At 2 p.m. (0100 GMT) on Friday".
        return follower in _AFTER_CLOCK or follower[0].isdigit()
    if short in _MAYBE_LAST or _DOTTED.match(short) or _is_initial(before):
        return follower not in _STARTERS
    return False


def _is_initial(before: str) -> bool:
    return len(before) == 1 and before.isalpha() and before.isupper() and before != "I"


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    end = start + len(text[start:end].rstrip())
    blank = _BLANK.match(text, start, end)
    start = blank.end() if blank else start
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), start + LONGEST // 2)
        yield Sentence(start, cut)
        start = cut + 1 if text[cut] == " " else cut
    if start < end:
        yield Sentence(start, end)
