"""What a statement is about: keyword scores, and "other" when they do not say."""

import re
from typing import get_args

from .keywords import FAIR, KEYWORDS, STRONG, WEAK, Category

CATEGORIES: tuple[Category, ...] = get_args(Category)

ENOUGH = 2
"""The lowest score that names a category."""

_ORDER: tuple[Category, ...] = (
    "airstrikes",
    "displacement",
    "negotiation",
    "humanitarian",
    "territorial_control",
    "international_response",
    "escalation",
    "other",
)


Hit = tuple[int, str, Category, int]
"""Where a keyword stands, the word, its category and its weight."""


def _alternatives(pattern: str) -> list[str]:
    """The top-level alternatives of a pattern, one level of a leading group unfolded."""
    parts, depth = [""], 0
    for sign in pattern:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _by_letter() -> dict[str, tuple[re.Pattern[str], list[tuple[Category, int]]]]:
    """One pattern for each first letter, so that a word is tried against a few keywords only."""
    letters: dict[str, list[tuple[str, Category, int]]] = {}
    for weight in (STRONG, FAIR, WEAK):
        for category in _ORDER:
            for pattern in (words for level, words in KEYWORDS[category] if level == weight):
                for word in _alternatives(pattern):
                    for letter in _first_letters(word):
                        letters.setdefault(letter, []).append((word, category, weight))
    return {letter: _compiled(words) for letter, words in letters.items()}


def _first_letters(word: str) -> set[str]:
    if not word.startswith("(?:"):
        return {word[0]}
    inner = word[3 : word.index(")")]
    after = word[word.index(")") + 1 :]
    options = {option[0] for option in inner.split("|")}
    return options | ({after.lstrip("?")[0]} if after.startswith("?") else set())


def _compiled(words: list[tuple[str, Category, int]]) -> tuple[re.Pattern[str], list[tuple[Category, int]]]:
    pattern = "|".join(f"({word})" for word, _, _ in words)
    return re.compile(rf"(?:{pattern})(?![\w-])"), [(category, weight) for _, category, weight in words]


_PATTERNS = _by_letter()
_WORD_START = re.compile(
    r"(?<![\w-])(?!(?:the|of|and|to|in|a|an|for|on|with|that|by|from|as|at|its|it|he|his|is|are|was|were|"
    r"be|has|have|will|would|"
    r"could|may|said|their|they|this|who|which|but|or|not|if|more)\b)[a-z]"
)


def hits(folded: str, start: int, end: int) -> list[Hit]:
    """The keywords of `folded[start:end]`, in order and apart from each other."""
    found: list[Hit] = []
    resume = start
    for letter in _WORD_START.finditer(folded, start, end):
        position = letter.start()
        if position < resume or letter.group() not in _PATTERNS:
            continue
        pattern, meaning = _PATTERNS[letter.group()]
        word = pattern.match(folded, position, end)
        if word:
            category, weight = meaning[(word.lastindex or 1) - 1]
            found.append((position, word.group(), category, weight))
            resume = word.end()
    return found


def scores(found: list[Hit], start: int, end: int) -> dict[Category, int]:
    """The weights of the keywords between two offsets; a word repeated counts once."""
    total: dict[Category, int] = {}
    seen: set[str] = set()
    for position, word, category, weight in found:
        if start <= position < end and word not in seen:
            seen.add(word)
            total[category] = total.get(category, 0) + weight
    return total


def category_of(found: list[Hit], focus: tuple[int, int], claim: tuple[int, int]) -> Category:
    """The best category: what the cue is about counts most, then the claim, then the rest of its sentence."""
    words: dict[str, tuple[Category, int]] = {}
    for position, word, category, weight in found:
        times = 1 + (claim[0] <= position < claim[1]) + 2 * (focus[0] <= position < focus[1])
        if word not in words or words[word][1] < weight * times:
            words[word] = (category, weight * times)
    total = dict.fromkeys(_ORDER, 0)
    for category, points in words.values():
        total[category] += points
    best = max(total, key=total.__getitem__)
    return best if total[best] >= ENOUGH else "other"
