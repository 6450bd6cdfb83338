"""Finds cues: one pass over the words of a text, a few anchored patterns at each trigger word."""

import re
from dataclasses import dataclass
from functools import cache

from forecasts.language.cues import HEADLINES, RULES, Rule
from forecasts.language.cues.rule import Kind
from forecasts.language.folding import word_set
from forecasts.language.tokens import Words

_REACH = 90

MOST_PLACES = 80
"""Trigger words looked at in one sentence at most, so that hostile text costs no more than any other."""


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that speak of the future, with the name of the rule that knows them."""

    start: int
    end: int
    rule: str
    kind: Kind
    category: str
    about: str


class _Compiled:
    __slots__ = ("bars", "before", "needs", "not_before", "pattern", "rule")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        # “vowed to ‘crush’ them”: a word of the pattern may open a quotation.
        self.pattern = re.compile(rule.pattern.replace(" (?:", '"? ["\']?(?:'))
        self.before = _ending(rule.before)
        self.not_before = _ending(rule.not_before)
        self.needs = re.compile(rule.needs) if rule.needs else None
        self.bars = re.compile(rule.bars) if rule.bars else None

    def match(self, folded: str, position: int, start: int, end: int) -> re.Match[str] | None:
        found = self.pattern.match(folded, position, end)
        return found if found and self._allowed(folded, position, start, end) else None

    def _allowed(self, folded: str, position: int, start: int, end: int) -> bool:
        begin = max(start, position - _REACH)
        if self.before and not self.before.search(folded, begin, position):
            return False
        if self.not_before and self.not_before.search(folded, begin, position):
            return False
        if self.needs and not self.needs.search(folded, start, end):
            return False
        return not (self.bars and self.bars.search(folded, start, end))


def _ending(pattern: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?:{pattern})[\"']?\Z", re.MULTILINE) if pattern else None


def _index(rules: tuple[Rule, ...]) -> dict[str, tuple[_Compiled, ...]]:
    found: dict[str, list[_Compiled]] = {}
    for compiled in map(_Compiled, rules):
        for word in compiled.rule.triggers.split():
            found.setdefault(word, []).append(compiled)
    return {word: tuple(rules) for word, rules in found.items()}


@cache
def _by_trigger(*, headline: bool) -> dict[str, tuple[_Compiled, ...]]:
    """Compiled when the first text is read: most processes never read one."""
    return _index(RULES + HEADLINES if headline else RULES)


_TRIGGERS = frozenset(trigger for rule in RULES + HEADLINES for trigger in rule.triggers.split())
_LETTERS = frozenset(trigger.split("'")[0] or trigger[1:] for trigger in _TRIGGERS)
_MONTH_AFTER = re.compile(r" (?:\d|of\b|this\b|last\b|next\b|and (?:June|July|April))|[,.;:)]")
_MONTH_BEFORE = re.compile(
    r"(?:\d|\b(?:[Ii]n|[Oo]n|[Ss]ince|[Ll]ast|[Nn]ext|[Tt]his|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Mm]id|"
    r"[Ff]rom|[Oo]f|[Dd]uring|[Tt]heresa|April|and))[ -]\Z"
)
_INVERTED = word_set("will would could might may can shall should")


Place = tuple[int, str]
"""Where a trigger starts, and the trigger."""


def places(folded: str, words: Words) -> list[Place]:
    """The triggers of a folded text, in order: the only places where a cue can start."""
    found: list[Place] = []
    for word, start in zip(words.words, words.starts, strict=True):
        if word in _LETTERS and (place := _trigger(folded, word, start)):
            found.append(place)
    return found


def _trigger(folded: str, word: str, start: int) -> Place | None:
    end = start + len(word)
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if before.isalnum() or after.isalnum() or "_" in (before, after):
        return None
    if after == "'" and folded[end + 1 : end + 2] == "t":
        word = f"{word}'t"
    elif before == "'" and word in ("ll", "d"):
        word, start = f"'{word}", start - 1
    return (start, word) if word in _TRIGGERS else None


def find_cues(
    text: str, folded: str, span: tuple[int, int], found: list[Place], *, headline: bool = False
) -> list[Cue]:
    """Cues in `text[span[0]:span[1]]`, in order and apart from each other.

    `folded` is the whole text, folded; `found` are the triggers within the span.
    """
    start, end = span
    rules = _by_trigger(headline=headline)
    cues: list[Cue] = []
    resume = start
    for position, word in found[:MOST_PLACES]:
        candidates = rules.get(word, ())
        if not candidates or position < resume or _is_homograph(text, start, position, word, headline=headline):
            continue
        cue = _first(candidates, folded, position, start, end)
        if cue is not None:
            cues.append(cue)
            resume = cue.end
    return cues


def _first(candidates: tuple[_Compiled, ...], folded: str, position: int, start: int, end: int) -> Cue | None:
    for candidate in candidates:
        found = candidate.match(folded, position, start, end)
        if found:
            rule = candidate.rule
            end_of_cue = position + len(found.group().rstrip())
            return Cue(position, end_of_cue, rule.name, rule.kind, rule.category, rule.about)
    return None


def _is_homograph(text: str, start: int, position: int, word: str, *, headline: bool) -> bool:
    """The month, a name, or the start of a question, where the same letters could be a modal verb."""
    if word not in _INVERTED or not text[position].isupper():
        return False
    if not text[start:position].strip("\"'“‘«([ —–-"):
        return True
    end = position + len(word)
    if _MONTH_BEFORE.search(text, max(start, position - 10), position) or _MONTH_AFTER.match(text, end):
        return word == "may"
    return not headline and not text[position:end].isupper()
