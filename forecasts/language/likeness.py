"""How alike two questions are: the same words, or the same act by the same actor in other words."""

import re
from dataclasses import dataclass
from functools import cache

from forecasts.language.folding import word_set
from forecasts.language.reading.names import COUNTRIES, DEMONYMS

NEAR = 0.6
"""From this share of common words on, two questions are shown side by side."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_COMMON = word_set(
    "a an the of in on at by to for from with and or be is are was were will would has have had it its this that than"
    " least most more before after until between end during do does s"
)
_FILLERS = word_set(
    "city town own newly further new also no fewer less over above below case counted reported recorded"
)
_MONTHS = word_set("january february march april may june july august september october november december")
_STEM = 5
_GROUPS: tuple[str, ...] = (
    "take takes taken captur* seiz* retak* recaptur* conquer* overrun* falls_to fall_to",
    "withdraw* leav* quit quits pull_out pulls_out exit exits",
    "lose loses lost", "hold holds held retain* keep keeps", "win wins",
    "cut cuts lower* reduc* decreas*trim*", "rais* hik* increas*", "rise rises climb* grow grows", "fall falls drop*",
    "sanction*", "lift lifts lifted eas*", "extend* renew* prolong*", "resum* restart*", "open opens opened reopen*",
    "clos* shut*", "sign signs signed agree*", "adopt* pass passes passed approv*", "veto*", "attack* bomb*",
    "strik* struck", "invad*", "fire fires fired launch*", "flee flees fled displac*", "kill* die dies died",
    "deploy* send sends sent dispatch*", "collaps* break_down breaks_down", "resign* step_down steps_down",
    "call_off calls_off cancel*", "call calls called", "releas*free frees freed", "arrest* detain*",
    "begin* start starts started", "end ends ended stop*",
)  # fmt: skip
"""Verbs that say the same, a group a line; `_` joins a verb and its particle."""

_SAME_NOUNS = {"truce": "ceasefire", "armistice": "ceasefire", "negotiations": "talks"}
_PAIR = re.compile(r"\b(falls?|pulls?|breaks?|steps?|calls?) (to|out|down|off)\b")
_LESS = re.compile(r"\b(?:at most|fewer than|less than|below|under|no more than)\b", re.IGNORECASE)
_NOT_LESS = re.compile(r"\bno (?:fewer|less) than\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|no longer|fails? to)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:be|is|are|been) (?:\w+ly )?(\w+)")
_BY = re.compile(r" by (?!(?:the end|\d|mid|early|late)\b)((?:the )?[\w-]+(?: [A-Z][\w-]*)*)")
_TAKEN_BY = re.compile(r"\bfalls? to ((?:the )?[\w-]+)")


@dataclass(frozen=True, slots=True)
class Likeness:
    """`share` of the words in common, 0 to 1; `same_numbers`: dates and thresholds are the same too.

    `same_act`: what is done is the same, by the same, to the same, in whatever words.
    """

    share: float
    same_numbers: bool
    same_act: bool = False

    @property
    def is_near(self) -> bool:
        return self.share >= NEAR or self.same_act

    @property
    def is_duplicate(self) -> bool:
        return self.same_act and self.same_numbers


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in the words by which it is compared."""

    words: frozenset[str]
    acts: frozenset[int]
    actor: frozenset[str]
    less: bool
    denied: bool


def likeness(one: str, other: str) -> Likeness:
    """Compare two questions by the stems of their words (Jaccard), and by what is done in them.

    >>> likeness("Will rebels take Hama by 5 December?", "Will Hama be bombed by 5 December?").share
    0.25
    >>> likeness("Will rebels take Hama by 5 December?", "Will rebels take Hama by 9 December?").is_duplicate
    False
    >>> likeness("Will rebels take Hama by 5 December?", "Hama falls to the rebels by 5 December").is_duplicate
    True
    """
    mine, theirs = _stems(one), _stems(other)
    together = mine | theirs
    share = len(mine & theirs) / len(together) if together else 0.0
    return Likeness(share, _numbers(one) == _numbers(other), _same(_asked(one), _asked(other)))


def _same(one: _Asked, other: _Asked) -> bool:
    if (one.acts, one.less, one.denied) != (other.acts, other.less, other.denied):
        return False
    if one.actor and other.actor and not one.actor & other.actor:
        return False
    mine, theirs = one.words - other.words, other.words - one.words
    shared = len(one.words & other.words)
    # A word in the place of another one asks something else; one more may only say it longer.
    return not (mine and theirs) and shared >= NEAR * (shared + len(mine) + len(theirs)) and shared > 0


def _asked(text: str) -> _Asked:
    joined = _PAIR.sub(r"\1_\2", text.casefold())
    words = [word for word in re.findall(r"[^\W\d]+", joined) if word not in _COMMON | _MONTHS | _FILLERS]
    acts = {word: group for word in words if (group := _group(word)) is not None}
    # "Imposes sanctions" and "is sanctioned" are one act.
    content = {_meant(word) for word in words if word not in acts and word not in ("impose", "imposes", "imposed")}
    return _Asked(
        frozenset(content),
        frozenset(acts.values()),
        _actor(text, joined, acts) & content,
        bool(_LESS.search(_NOT_LESS.sub("", text))),
        bool(_DENIED.search(text)),
    )


def _actor(text: str, joined: str, acts: dict[str, int]) -> frozenset[str]:
    """The words for who acts: in front of the verb, behind "by" where it is passive; none where nobody does."""
    taken = _TAKEN_BY.search(text)
    passive = _PASSIVE.search(joined)
    if taken or (passive and _group(passive.group(1)) is not None):
        by = taken or _BY.search(text)
        return _meanings(by.group(1)) if by else frozenset()
    at = min((joined.find(word) for word in acts), default=-1)
    return _meanings(joined[:at]) if at > 0 else frozenset()


def _meanings(text: str) -> frozenset[str]:
    return frozenset(_meant(word) for word in _WORD.findall(text.casefold()) if word not in _COMMON | _FILLERS)


def _meant(word: str) -> str:
    """A word's stem; of a country or a nationality the country's code, so that Kenyan police are Kenya's."""
    word = _SAME_NOUNS.get(word, word)
    return _nations().get(word) or word[:_STEM]


@cache
def _nations() -> dict[str, str]:
    """Countries and nationalities of one word, with the country's code."""
    import pycountry

    named = {one.name.casefold(): one.alpha_2 for one in pycountry.countries}
    named |= COUNTRIES | {"turkey": "TR", "russia": "RU", "iran": "IR", "syria": "SY"}
    named |= {word: code for code, listed in DEMONYMS.items() for word in listed.split()}
    return {word: code for word, code in named.items() if word.isalpha()}


def _group(word: str) -> int | None:
    return next((at for at, (whole, stems) in enumerate(_VERBS) if word in whole or word.startswith(stems)), None)


_VERBS = [
    (
        frozenset(word for word in group.split() if not word.endswith("*")),
        tuple(word[:-1] for word in group.split() if word.endswith("*")) or ("\0",),
    )
    for group in _GROUPS
]


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _COMMON | _MONTHS)


def _numbers(text: str) -> frozenset[str]:
    months = _MONTHS.intersection(_WORD.findall(text.casefold()))
    return months.union(_NUMBER.findall(text.replace(",", "")))
