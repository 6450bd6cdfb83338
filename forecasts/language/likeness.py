"""How alike two questions are: the same words, and whether only dates and numbers tell them apart."""

import re
from dataclasses import dataclass

from forecasts.language.folding import word_set

NEAR = 0.6
"""From this share of common words on, two questions are shown side by side."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_COMMON = word_set(
    "a an the of in on at by to for from with and or be is are was will would has have had it its this that than"
    " least most more before after until between end during"
)
_MONTHS = word_set("january february march april may june july august september october november december")
_STEM = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """`share` of the words in common, 0 to 1; `same_numbers`: dates and thresholds are the same too."""

    share: float
    same_numbers: bool

    @property
    def is_near(self) -> bool:
        return self.share >= NEAR

    @property
    def is_duplicate(self) -> bool:
        return self.share >= 0.9 and self.same_numbers


def likeness(one: str, other: str) -> Likeness:
    """Compare two questions by the stems of their words (Jaccard), function words and months left out.

    >>> likeness("Will rebels take Hama by 5 December?", "Will Hama be bombed by 5 December?").share
    0.25
    >>> likeness("Will rebels take Hama by 5 December?", "Will rebels take Hama by 9 December?")
    Likeness(share=1.0, same_numbers=False)
    """
    mine, theirs = _stems(one), _stems(other)
    together = mine | theirs
    share = len(mine & theirs) / len(together) if together else 0.0
    return Likeness(share, _numbers(one) == _numbers(other))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _COMMON | _MONTHS)


def _numbers(text: str) -> frozenset[str]:
    months = _MONTHS.intersection(_WORD.findall(text.casefold()))
    return months.union(_NUMBER.findall(text.replace(",", "")))
