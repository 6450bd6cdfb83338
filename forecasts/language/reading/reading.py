"""Reads the claims of a text: the cues first, then a parse of the sentences that have one."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from forecasts.language.attribution import spoken
from forecasts.language.folding import fold
from forecasts.language.likelihood import UNQUANTIFIED, Likelihood, Range, ScaleName, range_of
from forecasts.language.pasted import Cleaned, cleaned
from forecasts.language.statements import Claim, FoundStatement, found_in, restored, restored_claim
from forecasts.language.tokens import Words

from .assembling import assembled
from .context import Sentence, Target
from .odds import Odds, odds
from .parser import parsed
from .slots import NAMES, Slot, Slots, Stated

VERSION = "slots 3, en_core_web_sm 3.8.0"
"""Changes with what reads: what another version read is read anew."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim, what it says, and how likely its text calls it."""

    statement: FoundStatement
    claim: Claim
    slots: Slots
    likelihood: Stated | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim to be read: its sentence, its own words, its cue, as offsets of the text, and its likelihood's word."""

    sentence: tuple[int, int]
    claim: tuple[int, int]
    cue: tuple[int, int]
    likelihood: Likelihood = Likelihood()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class Read:
    """What an asked claim says."""

    slots: Slots
    likelihood: Stated | None


def read(text: str, published: date) -> list[Reading]:
    """The claims of a text published on a day, each read into its slots."""
    clean = cleaned(text)
    found = found_in(clean.text if clean else text)
    claims = [(statement, claim) for statement in found for claim in statement.claims]
    asked = [
        Asked(
            (statement.sentence_start, statement.sentence_end),
            (claim.start, claim.end),
            (claim.cue.start, claim.cue.end),
            claim.likelihood,
        )
        for statement, claim in claims
    ]
    said = _read(clean.text if clean else text, asked, published)
    if clean is None:
        return [Reading(*claim, one.slots, one.likelihood) for claim, one in zip(claims, said, strict=True)]
    return [
        Reading(restored(statement, clean, text), restored_claim(claim, clean, text), one.slots, one.likelihood)
        for (statement, claim), one in zip(claims, _back(said, asked, clean, text), strict=True)
    ]


def read_claims(text: str, asked: list[Asked], published: date) -> list[Read]:
    """What claims say whose places in a text are known, in their order."""
    clean = cleaned(text)
    if clean is None:
        return _read(text, asked, published)
    moved = [
        replace(one, sentence=_forth(one.sentence, clean), claim=_forth(one.claim, clean), cue=_forth(one.cue, clean))
        for one in asked
    ]
    return _back(_read(clean.text, moved, published), moved, clean, text)


def _forth(span: tuple[int, int], clean: Cleaned) -> tuple[int, int]:
    return clean.forth(span[0]), clean.forth(span[1])


def _read(text: str, asked: list[Asked], published: date) -> list[Read]:
    folded = fold(text)
    words = Words(folded, text)
    spans = list(dict.fromkeys(one.sentence for one in asked))
    docs = dict(zip(spans, parsed([text[start:end] for start, end in spans]), strict=True))
    said = []
    for one in asked:
        start, end = one.sentence
        speech = spoken(text, words, start, end)
        numbers = odds(folded, start, end)
        number = _nearest(numbers, one)
        stated = tuple((each.start, each.end) for each in numbers)
        target = Target(*one.claim, one.cue, (speech.start, speech.end), stated)
        slots = assembled(Sentence(text, folded, start, end, docs[one.sentence]), target, published)
        said.append(Read(slots, _stated(text, one, number)))
    return said


def _back(said: list[Read], asked: list[Asked], clean: Cleaned, text: str) -> list[Read]:
    """Readings with the offsets and the words of the stored text, and the numbers in its brackets."""
    folded = fold(text)
    return [_one_back(one, claim, clean, (text, folded)) for one, claim in zip(said, asked, strict=True)]


def _one_back(one: Read, asked: Asked, clean: Cleaned, stored: tuple[str, str]) -> Read:
    text, folded = stored
    moved: dict[str, Any] = {name: _slot_back(getattr(one.slots, name), clean, text) for name in NAMES}
    likelihood = one.likelihood
    if likelihood is not None:
        start, end = clean.back(likelihood.start, likelihood.end)
        likelihood = replace(likelihood, text=text[start:end], start=start, end=end)
    place = replace(asked, claim=clean.back(*asked.claim), cue=clean.back(*asked.cue))
    number = _nearest(odds(folded, *clean.back(*asked.sentence)), place)
    if number is not None:
        likelihood = _numbered(likelihood.term if likelihood else "", text, number)
    return Read(replace(one.slots, **moved), likelihood)


def _slot_back(slot: Slot | None, clean: Cleaned, text: str) -> Slot | None:
    if slot is None:
        return None
    start, end = clean.back(slot.start, slot.end)
    return replace(slot, text=text[start:end], start=start, end=end)


def _nearest(numbers: list[Odds], asked: Asked) -> Odds | None:
    inside = [one for one in numbers if asked.claim[0] <= one.start < asked.claim[1]]
    # "We put at 35% the chance that …": the number stands in front of the claim.
    inside = inside or [one for one in numbers if one.start < asked.claim[0]]
    return min(inside, key=lambda one: abs(one.start - asked.cue[0]), default=None)


def _stated(text: str, asked: Asked, number: Odds | None) -> Stated | None:
    word = asked.likelihood
    term = "" if word.term == UNQUANTIFIED else word.term
    if number is not None:
        return _numbered(term, text, number)
    if not term or word.scale is None:
        return None
    bounds = _bounds(term, word.scale, word.edition)
    if bounds is None:
        return None
    return Stated(term, text[slice(*asked.cue)], *asked.cue, round(sum(bounds) / 2, 6), *bounds)


def _bounds(term: str, scale: ScaleName, edition: str) -> Range | None:
    """Of a word on a scale that is not known here, as folders may name one, nothing is said."""
    try:
        return range_of(term, scale, edition)
    except KeyError:
        return None


def _numbered(term: str, text: str, number: Odds) -> Stated:
    middle = round((number.low + number.high) / 2, 6)
    return Stated(term, text[number.start : number.end], number.start, number.end, middle, number.low, number.high)
