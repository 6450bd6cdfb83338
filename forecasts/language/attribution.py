"""Who is said to have said it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from forecasts.language.folding import word_set
from forecasts.language.tokens import Words

_REACH, _TRIED, _MOST = 110, 4, 10

_SAYING = word_set("""
said says say told tells warned warns warn added adds stated states announced announces predicted predicts predict vowed
vows pledged pledges threatened threatens believes believe believed thinks think argued argues argue estimates estimate
estimated insisted insists stressed noted promised promises declared declares reported claimed wrote tweeted cautioned
cautions projected expects expect assesses assessed suggested suggests reiterated reaffirmed affirmed confirmed
acknowledged
hinted indicated signaled signalled concluded anticipates anticipate swore remarked asserted explained
""")
_BETWEEN = word_set("has have had also later repeatedly on monday tuesday wednesday thursday friday saturday sunday")
_NAME = r"[^\W\d_][\w.’'-]*"
_ONE_NAME = re.compile(_NAME)
_WHO = (
    r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Ss]ome|[Mm]any|[Ss]everal|[Tt]wo|[Ss]enior|"
    rf"[Oo]ne) )?(?:{_NAME} (?:of |for |in |and |the )?){{0,6}}{_NAME}"
)
_ACCORDING = re.compile(rf"[Aa]ccording to ({_WHO})")
_AFTER = re.compile(rf"[\"”’'] (?:{'|'.join(sorted(_SAYING))}) (?!on |in |that |it |he |she |they )({_WHO})")
_DOTTED = re.compile(r"(?:\b\w\.){2}$")
_TRAIL = re.compile(r"(?: (?:has|have|had|also|later|is|was|were|are|who|which|that))+$")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been)(?: \w+ly| also| now)? \Z")
_INNER = re.compile(r" (?:which|that|what|while|because|whom|where|when) (?=\S)")
"""Words inside a name that is none: only what follows the last of them is the speaker."""

_LEADING = re.compile(r"(?:[Tt]he )?(?!The\b)(?:[A-Z][\w.’'-]*(?: (?:of|for|the) (?=[A-Z]))? ?)+")
_LEAD_IN = re.compile(
    r"^(?:(?:On|In|At|By|Since|After|Before|And|But|While|As|That|Meanwhile|However|Yet|Still|Earlier|"
    r"Later|When|If|Although|Though|which|that|who|and|but|where|while|as|because|since) )+"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?|^(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December) (?=[a-z])"
)


@dataclass(frozen=True, slots=True)
class Speech:
    """Who is named as saying it, in the words of the text, and where the naming and the verb of saying stand."""

    speaker: str = ""
    start: int = 0
    end: int = 0


def spoken(text: str, words: Words, start: int, end: int) -> Speech:
    """Who `text[start:end]` is attributed to, and where; empty where nobody is named. `words` are those of the text."""
    sayings = list(islice(_sayings(words, start, end), _TRIED))
    for place, word in sayings:
        if word == "according" and (found := _ACCORDING.match(text, place, end)):
            return Speech(_name(found.group(1)), place, found.end())
    if sayings and (found := _AFTER.search(text, start, end)):
        return Speech(_name(found.group(1)), found.start(), found.end())
    for place, word in sayings:
        if _PASSIVE.search(text, max(start, place - 25), place):
            continue
        if names := _names_before(text, start, place):
            return Speech(_name(names[1]), names[0], place + len(word))
    return Speech()


def _sayings(words: Words, start: int, end: int) -> Iterator[tuple[int, str]]:
    first, last = words.between(start, end)
    for at in range(first, last):
        word = words.words[at]
        # The United States say nothing by being named.
        if (word in _SAYING and not (word == "states" and words.is_name(at))) or word == "according":
            yield words.starts[at], word


def _names_before(text: str, start: int, verb: int) -> tuple[int, str] | None:
    """The names in front of a verb of saying and where they start; an apposition between commas is skipped."""
    begin = max(start, verb - _REACH)
    parts = text[begin:verb].split(" ")
    if parts.pop() or not parts:
        return None
    while parts and (parts[-1].lower() in _BETWEEN or parts[-1].endswith("ly")):
        parts.pop()
    if parts and parts[-1].endswith(","):
        parts = _without_apposition(parts)
    names: list[str] = []
    # A first part that was cut at the reach is no name.
    while len(parts) > (begin > start) and len(names) < _MOST and _ONE_NAME.fullmatch(parts[-1]):
        names.insert(0, parts.pop())
    return (begin + sum(len(part) + 1 for part in parts), " ".join(names)) if names else None


def _without_apposition(parts: list[str]) -> list[str]:
    opening = next((at for at in range(len(parts) - 2, -1, -1) if parts[at].endswith(",")), None)
    return [] if opening is None else [*parts[:opening], parts[opening][:-1]]


def _name(who: str) -> str:
    who = _INNER.split(who)[-1]
    who = _TRAIL.sub("", _LEAD_IN.sub("", who)).strip()
    if who == "and" or who.endswith(" and"):
        # “The premier accused the bloc and announced …”: the verbs share a subject, named before the first of them.
        leading = _LEADING.match(who)
        who = leading.group().strip() if leading else ""
    return who if _DOTTED.search(who) else who.rstrip(".")
