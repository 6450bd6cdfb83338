"""What a statement is about: keyword scores, and "other" when they do not say."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from forecasts.language.categories import CATEGORIES, OTHER
from forecasts.language.categories.weights import GAP, NAME
from forecasts.language.sentences import Sentence
from forecasts.language.tokens import Words

ENOUGH = 4
"""The lowest score that names a category."""

CONTEXT, MOST_OF_CONTEXT = 4, 12
"""How many sentences before one give its context, and the most that these add to a category."""

_ORDER = sorted(CATEGORIES, key=lambda key: CATEGORIES[key].precedence)
_GAP = 3
_LONGEST_STEM = 14

Hit = tuple[int, str, str, int]
"""Where a keyword stands, the word, its category and its weight."""

Span = tuple[int, int, int]
"""Start and end of a part of the text, and how often a keyword in it counts."""


_ANYWHERE: list[Span] = [(0, sys.maxsize, 1)]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A keyword: what follows its first word, its category and its weight.

    `second` is the word that must come next where only one will do: most phrases fail there, and cheaply.
    """

    rest: tuple[str, ...]
    category: str
    weight: int
    spelled: str
    second: str


def _phrases() -> Iterable[tuple[str, Phrase]]:
    for category in CATEGORIES.values():
        for weight, listed in category.keywords.items():
            yield from _listed(listed, category.key, weight)


def _listed(listed: str, category: str, weight: int) -> Iterable[tuple[str, Phrase]]:
    for spelled in listed.split(","):
        first, *rest = spelled.split()
        second = rest[0] if rest and rest[0] not in (GAP, NAME) and rest[0][-1] != "*" else ""
        yield first, Phrase(tuple(rest), category, weight, " ".join(spelled.split()), second)


def _index() -> dict[str, tuple[Phrase, ...]]:
    by_first: dict[str, list[Phrase]] = {}
    for first, phrase in _phrases():
        by_first.setdefault(first, []).append(phrase)
    return {first: tuple(phrases) for first, phrases in by_first.items()}


_BY_FIRST = _index()


@lru_cache(maxsize=20_000)
def _starting_with(word: str) -> tuple[Phrase, ...]:
    """The keywords that a word may begin, longest first."""
    stems = (word[:length] + "*" for length in range(min(len(word), _LONGEST_STEM), 1, -1))
    found = [*_BY_FIRST.get(word, ()), *(phrase for stem in stems for phrase in _BY_FIRST.get(stem, ()))]
    return tuple(sorted(found, key=lambda phrase: (-len(phrase.rest), phrase.spelled.endswith("*"))))


class Topics:
    """The keywords of the sentences of a text, each read at most once."""

    def __init__(self, words: Words, sentences: list[Sentence]) -> None:
        self._words, self._sentences = words, sentences
        self._read: dict[int, list[Hit]] = {}

    def of(self, index: int) -> list[Hit]:
        """The keywords of a sentence."""
        if index not in self._read:
            sentence = self._sentences[index]
            self._read[index] = hits(self._words, sentence.start, sentence.end)
        return self._read[index]

    def before(self, index: int) -> Iterator[Hit]:
        """The keywords of the sentences just before one."""
        return chain.from_iterable(map(self.of, range(max(0, index - CONTEXT), index)))


def hits(words: Words, start: int, end: int) -> list[Hit]:
    """The keywords that start within two offsets, in order and apart from each other; neutral ones left out."""
    found: list[Hit] = []
    at, last = words.between(start, end)
    while at < last:
        after = at + 1
        following = words.words[after] if after < last else ""
        for phrase in _starting_with(words.words[at]):
            if phrase.second and phrase.second != following:
                continue
            finish = _end_of(words, at + 1, last, phrase.rest) if phrase.rest else after
            if finish:
                after = finish
                if phrase.weight:
                    found.append((words.starts[at], phrase.spelled, phrase.category, phrase.weight))
                break
        at = after
    return found


def _end_of(words: Words, at: int, last: int, rest: tuple[str, ...]) -> int:
    """The index after the phrase, or 0 where the words do not spell it."""
    for place, wanted in enumerate(rest):
        if wanted == GAP:
            ends = (_end_of(words, at + gap, last, rest[place + 1 :]) for gap in range(_GAP + 1))
            return next(filter(None, ends), 0)
        if at >= last or not (words.is_name(at) if wanted == NAME else _spells(words.words[at], wanted)):
            return 0
        at += 1
    return at


def _spells(word: str, wanted: str) -> bool:
    return word == wanted or (wanted[-1] == "*" and word.startswith(wanted[:-1]))


def scores(found: list[Hit], start: int, end: int) -> dict[str, int]:
    """The weights of the keywords between two offsets; a word repeated counts once."""
    return _total(found, [(start, end, 1)])


def category_of(found: list[Hit], spans: list[Span], before: Iterable[Hit] = ()) -> str:
    """The best category; each keyword counts as often as the first span that holds it says.

    `before` are the keywords of the sentences before: what they are about tips the balance, within bounds. They are
    read only where they can.
    """
    total = _total(found, spans)
    first, second = sorted([0, 0, *total.values()])[-1:-3:-1]
    if first - second <= MOST_OF_CONTEXT:
        for category, points in _total(before, _ANYWHERE).items():
            total[category] = total.get(category, 0) + min(points, MOST_OF_CONTEXT)
    best = max(total.values(), default=0)
    return next(category for category in _ORDER if total.get(category) == best) if best >= ENOUGH else OTHER


def _total(found: Iterable[Hit], spans: list[Span]) -> dict[str, int]:
    counted: dict[str, tuple[str, int]] = {}
    for position, word, category, weight in found:
        points = weight * _times(position, spans)
        if points and (word not in counted or points > counted[word][1]):
            counted[word] = (category, points)
    total: dict[str, int] = {}
    for category, points in counted.values():
        total[category] = total.get(category, 0) + points
    return total


def _times(position: int, spans: list[Span]) -> int:
    for start, end, times in spans:
        if start <= position < end:
            return times
    return 0
