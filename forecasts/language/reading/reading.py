"""Reads the claims of a text: the cues first, then a parse of the sentences that have one."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from forecasts.language.attribution import spoken
from forecasts.language.folding import fold
from forecasts.language.likelihood import UNQUANTIFIED, range_of
from forecasts.language.pasted import Cleaned, cleaned
from forecasts.language.statements import Claim, FoundStatement, found_in, restored, restored_claim
from forecasts.language.tokens import Words

from .assembling import assembled
from .context import Sentence, Target
from .odds import Odds, odds
from .parser import parsed
from .slots import NAMES, Slot, Slots, Stated


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim, what it says, and how likely its text calls it."""

    statement: FoundStatement
    claim: Claim
    slots: Slots
    likelihood: Stated | None


def read(text: str, published: date) -> list[Reading]:
    """The claims of a text published on a day, each read into its slots."""
    clean = cleaned(text)
    if clean is None:
        return _read(text, published)
    return [_restored(one, clean, text) for one in _read(clean.text, published)]


def _read(text: str, published: date) -> list[Reading]:
    found = found_in(text)
    folded = fold(text)
    words = Words(folded, text)
    docs = parsed([text[one.sentence_start : one.sentence_end] for one in found])
    readings = []
    for statement, doc in zip(found, docs, strict=True):
        sentence = Sentence(text, folded, statement.sentence_start, statement.sentence_end, doc)
        speech = spoken(text, words, sentence.start, sentence.end)
        numbers = odds(folded, sentence.start, sentence.end)
        for claim in statement.claims:
            number = _nearest(numbers, claim)
            target = Target(
                claim.start,
                claim.end,
                (claim.cue.start, claim.cue.end),
                (speech.start, speech.end),
                (number.start, number.end) if number else (0, 0),
            )
            slots = assembled(sentence, target, published)
            readings.append(Reading(statement, claim, slots, _stated(text, claim, number)))
    return readings


def _restored(one: Reading, clean: Cleaned, text: str) -> Reading:
    """A reading with the offsets and the words of the stored text, and the numbers in its brackets."""
    claim = restored_claim(one.claim, clean, text)
    said: dict[str, Any] = {name: _back(getattr(one.slots, name), clean, text) for name in NAMES}
    slots = replace(one.slots, **said)
    likelihood = one.likelihood
    if likelihood is not None:
        start, end = clean.back(likelihood.start, likelihood.end)
        likelihood = replace(likelihood, text=text[start:end], start=start, end=end)
    folded = fold(text)
    begin, finish = clean.back(one.statement.sentence_start, one.statement.sentence_end)
    number = _nearest(odds(folded, begin, finish), claim)
    if number is not None:
        likelihood = _numbered(likelihood.term if likelihood else "", text, number)
    return Reading(restored(one.statement, clean, text), claim, slots, likelihood)


def _back(slot: Slot | None, clean: Cleaned, text: str) -> Slot | None:
    if slot is None:
        return None
    start, end = clean.back(slot.start, slot.end)
    return replace(slot, text=text[start:end], start=start, end=end)


def _nearest(numbers: list[Odds], claim: Claim) -> Odds | None:
    inside = [one for one in numbers if claim.start <= one.start < claim.end] or numbers
    return min(inside, key=lambda one: abs(one.start - claim.cue.start), default=None)


def _stated(text: str, claim: Claim, number: Odds | None) -> Stated | None:
    word = claim.likelihood
    term = "" if word.term == UNQUANTIFIED else word.term
    if number is not None:
        return _numbered(term, text, number)
    if not term or word.scale is None:
        return None
    bounds = range_of(term, word.scale, word.edition)
    if bounds is None:
        return None
    return Stated(term, claim.cue.quote, claim.cue.start, claim.cue.end, round(sum(bounds) / 2, 6), *bounds)


def _numbered(term: str, text: str, number: Odds) -> Stated:
    middle = round((number.low + number.high) / 2, 6)
    return Stated(term, text[number.start : number.end], number.start, number.end, middle, number.low, number.high)
