"""Finds cues: one pass over the words of a text, a few anchored patterns at each trigger word."""

import re
from dataclasses import dataclass
from functools import cache

from forecasts.language.folding import word_set

from . import HEADLINES, RULES, Rule
from .rule import Kind

_REACH = 90

MOST_PLACES = 80
"""Trigger words looked at in one sentence at most, so that hostile text costs no more than any other."""

_COMMON = (
    r"(?!(?:the|of|and|a|an|for|with|that|by|from|as|at|its|it|he|his|she|her|has|have|had|they|their|"
    r"this|who|which|but|not|more|"
    r"said|after|all|also|than|been|over|into|about|under|people|we|one)\b)"
)
_WORD = re.compile(rf"(?<!\w)[a-z]+n't(?!\w)|'ll(?!\w)|(?<!\w){_COMMON}[a-z]+(?!\w)")


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
        self.pattern = re.compile(rule.pattern)
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
    return re.compile(rf"(?:{pattern})\Z") if pattern else None


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


_MONTH_AFTER = re.compile(r" (?:\d|of\b|this\b|last\b|next\b|and (?:June|July|April))|[,.;:)]")
_MONTH_BEFORE = re.compile(
    r"(?:\d|\b(?:[Ii]n|[Oo]n|[Ss]ince|[Ll]ast|[Nn]ext|[Tt]his|[Uu]ntil|[Bb]y|[Ee]arly|[Ll]ate|[Mm]id|"
    r"[Ff]rom|[Oo]f|[Dd]uring|[Tt]heresa|April|and))[ -]\Z"
)
_INVERTED = word_set("will would could might may can shall should")


def find_cues(text: str, folded: str, start: int, end: int, *, headline: bool = False) -> list[Cue]:
    """Cues in `text[start:end]`, in order and apart from each other. `folded` is the whole text, folded."""
    rules = _by_trigger(headline=headline)
    found: list[Cue] = []
    resume, places = start, 0
    for word in _WORD.finditer(folded, start, end):
        position = word.start()
        candidates = rules.get(word.group())
        if candidates is None or position < resume or _is_homograph(text, start, word, headline=headline):
            continue
        places += 1
        if places > MOST_PLACES:
            break
        cue = _first(candidates, folded, position, start, end)
        if cue is not None:
            found.append(cue)
            resume = cue.end
    return found


def _first(candidates: tuple[_Compiled, ...], folded: str, position: int, start: int, end: int) -> Cue | None:
    for candidate in candidates:
        found = candidate.match(folded, position, start, end)
        if found:
            rule = candidate.rule
            end_of_cue = position + len(found.group().rstrip())
            return Cue(position, end_of_cue, rule.name, rule.kind, rule.category, rule.about)
    return None


def _is_homograph(text: str, start: int, word: re.Match[str], *, headline: bool) -> bool:
    """The month, a name, or the start of a question, where the same letters could be a modal verb."""
    if word.group() not in _INVERTED or not text[word.start()].isupper():
        return False
    if not text[start : word.start()].strip("\"'“‘«([ —–-"):
        return True
    if _MONTH_BEFORE.search(text, max(start, word.start() - 10), word.start()) or _MONTH_AFTER.match(text, word.end()):
        return word.group() == "may"
    return not headline and not text[word.start() : word.end()].isupper()
