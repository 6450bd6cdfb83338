"""Likelihoods that a text states in numbers: "a 35% chance", "three in ten", "unlikely (20-45%)"."""

import re
from dataclasses import dataclass

from .numerals import UNITS, numeral

_N = r"(?:\d{1,3}(?:\.\d+)?|" + "|".join(UNITS) + r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)"
_PER = r" ?(?:%|per ?cent(?:age)?\b|percent\b|-per-?cent\b|-percent\b|pc\b)"
_CHANCE = r"(?:chances?|probabilit(?:y|ies)|likelihood|odds|possibility|prospects?|risk|confidence)"
_RANGE = rf"(?P<low>{_N})(?:{_PER})?(?: ?[-–—] ?| to | and (?:a |an )?)(?P<high>{_N}){_PER}"
_ONE = rf"(?P<one>{_N}){_PER}"
_LEAD = (
    r"(?:between (?:a |an )?|from |at |about |around |roughly |some |only |just |more than |over |at least "
    r"|up to |an? |the )*"
)
_SAID = rf"(?P<said>(?:{_RANGE}|{_ONE}))"
_IN = rf"(?P<some>{_N})[ -](?:in|out of|chances? in)[ -](?:every )?(?P<all>{_N})"
_IS = r"(?:is|are|was|were|stands?|be|remains?|puts?|rated|estimated|increases?|rises?|drops?|of)"
_PUT = r"(?:puts?|estimates?|gives?|rates?|sees?|assess(?:es)?)"
_SOURCES: tuple[str, ...] = (
    rf"\((?:[a-z ]{{0,20}}?){_SAID}(?: (?:{_CHANCE}|likely))?[^()]{{0,40}}?\)",
    rf"{_SAID}[ -](?:or (?:so|more|higher|better) )?(?:(?!(?:of|in|on|at|by|to|from)\b)[a-z]+ )?{_CHANCE}\b",
    (rf"\b{_CHANCE}\b[^.;()]{{0,90}}?\b{_IS}\b (?:[a-z]+ )?(?:back )?(?:(?:put|estimated|rated) )?"
    rf"(?:at |to |as |high as )*{_LEAD}{_SAID}"),
    rf"\b{_CHANCE}\b[^.;()]{{0,60}}?(?: |[-–] )at {_LEAD}{_SAID}",
    rf"\b{_PUT}\b[^.;()]{{0,60}}?\b(?:at )?{_LEAD}{_SAID}(?= (?:{_CHANCE}|the {_CHANCE}|that\b))",
    rf"\b(?:is|are|were|was) {_LEAD}{_SAID} (?:likely|certain|sure|probable)\b",
    rf"(?P<said>{_IN})\b(?=[^.;]{{0,30}}\b{_CHANCE}\b)",
    rf"\b{_CHANCE}\b[^.;()]{{0,90}}?\b(?P<said>{_IN})\b",
    r"\bprobability\b[^.;()]{0,60}? (?:of|is|at) (?P<said>(?P<share>0?\.\d+))",
    rf"\bodds (?:of|are|at|stand at) (?P<said>(?P<against>{_N}) ?(?:to|-) ?(?P<for>{_N})(?: (?P<side>on|against))?)",
)  # fmt: skip
_PATTERNS = tuple(map(re.compile, _SOURCES))
_WORD = re.compile(
    r"(?:likely|unlikely|certain|probable|improbable|chances?|probability|likelihood|scenario|case|outcome|odds|confidence)"
)


@dataclass(frozen=True, slots=True)
class Odds:
    """A stated probability or interval and where it stands; both bounds equal for a single number."""

    start: int
    end: int
    low: float
    high: float


def odds(folded: str, start: int, end: int) -> list[Odds]:
    """The probabilities that `folded[start:end]` states, in order, apart from each other."""
    found: list[Odds] = []
    for at, pattern in enumerate(_PATTERNS):
        for match in pattern.finditer(folded, start, end):
            if at == 0 and not _WORD.search(folded, max(start, match.start() - 30), match.start()):
                continue
            stated = _stated(match)
            if stated and not any(one.start < stated.end and stated.start < one.end for one in found):
                found.append(stated)
    return sorted(found, key=lambda one: one.start)


def _stated(match: re.Match[str]) -> Odds | None:
    said = match.groupdict()
    bounds = _bounds(said)
    if bounds is None or not 0 <= bounds[0] <= bounds[1] <= 1:
        return None
    return Odds(match.start("said"), match.end("said"), round(bounds[0], 6), round(bounds[1], 6))


def _bounds(said: dict[str, str | None]) -> tuple[float, float] | None:
    if said.get("share"):
        return float(said["share"] or 0), float(said["share"] or 0)
    if said.get("some"):
        whole = _number(said["all"])
        return (_number(said["some"]) / whole, _number(said["some"]) / whole) if whole else None
    if said.get("against"):
        first, second = _number(said["against"]), _number(said["for"])
        share = (first if said.get("side") == "on" else second) / ((first + second) or 1)
        return share, share
    if said.get("low"):
        return _number(said["low"]) / 100, _number(said["high"]) / 100
    if said.get("one"):
        return _number(said["one"]) / 100, _number(said["one"]) / 100
    return None


def _number(written: str | None) -> float:
    number = numeral(written or "")
    return number.value if number else 0.0
