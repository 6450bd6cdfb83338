"""Reads the claims of a text: the cues first, then a parse of the sentences that have one."""

from dataclasses import dataclass
from datetime import date

from forecasts.language.attribution import spoken
from forecasts.language.folding import fold
from forecasts.language.likelihood import UNQUANTIFIED, range_of
from forecasts.language.statements import Claim, FoundStatement, find_statements
from forecasts.language.tokens import Words

from .assembling import assembled
from .context import Sentence, Target
from .odds import Odds, odds
from .parser import parsed
from .slots import Slots, Stated


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim, what it says, and how likely its text calls it."""

    statement: FoundStatement
    claim: Claim
    slots: Slots
    likelihood: Stated | None


def read(text: str, published: date) -> list[Reading]:
    """The claims of a text published on a day, each read into its slots."""
    found = find_statements(text)
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
            readings.append(
                Reading(statement, claim, assembled(sentence, target, published), _stated(text, claim, number))
            )
    return readings


def _nearest(numbers: list[Odds], claim: Claim) -> Odds | None:
    inside = [one for one in numbers if claim.start <= one.start < claim.end] or numbers
    return min(inside, key=lambda one: abs(one.start - claim.cue.start), default=None)


def _stated(text: str, claim: Claim, number: Odds | None) -> Stated | None:
    word = claim.likelihood
    term = "" if word.term == UNQUANTIFIED else word.term
    if number is not None:
        middle = round((number.low + number.high) / 2, 6)
        return Stated(term, text[number.start : number.end], number.start, number.end, middle, number.low, number.high)
    if not term or word.scale is None:
        return None
    bounds = range_of(term, word.scale, word.edition)
    if bounds is None:
        return None
    return Stated(term, claim.cue.quote, claim.cue.start, claim.cue.end, round(sum(bounds) / 2, 6), *bounds)
