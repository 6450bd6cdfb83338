"""Which of a sentence's quantities a claim is about, and what it counts."""

import re
from typing import TYPE_CHECKING

from forecasts.language.folding import word_set

from .context import Context
from .quantities import VERBS, Quantity, quantities
from .slots import Slot

if TYPE_CHECKING:
    from spacy.tokens import Token

_BARE = 100
_FROM, _COMPARED, _MEASURED = 6, 3, 2
_SHY = re.compile(
    r"(?:\b(?:the|its|their|his|her|both|these|those|all|our|of the)|'s) "
    r"(?:(?:top|first|last|other|remaining|final|main|next|same|rival|warring) )?\Z"
)
_NAMED = re.compile(r"[A-Z][\w.’'-]*\s\Z")
_COUNTING = ("NUM", "NOUN", "ADV", "SYM", "VERB", "ADJ", "DET")
_NO_UNITS = word_set("of the new more these those additional further")
_LONGEST_UNIT = 3


def quantity(context: Context) -> Quantity | None:
    """The quantity nearest to the predicate; None where the claim has none."""
    if context.lemma in VERBS:
        start = context.at(context.verb)
        return Quantity(start, start + len(context.verb), VERBS[context.lemma], "", "times")
    sentence = context.sentence
    found = [
        (weight, one.start, one)
        for one in quantities(sentence.folded, sentence.start, sentence.end)
        if (weight := _weight(context, one)) is not None
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def slot(context: Context, one: Quantity) -> Slot:
    normal = {"value": one.value, "unit": one.unit or counted(context, one), "comparator": one.comparator}
    return Slot(context.sentence.text[one.start : one.end], one.start, one.end, normal)


def _weight(context: Context, one: Quantity) -> int | None:
    """How far a quantity is from the predicate; None for what counts nothing of the claim."""
    if _is_elsewhere(context, one) or _is_shy(context, one):
        return None
    numbers = [token for token in context.tokens(one.start, one.end) if token.pos_ in _COUNTING]
    if not numbers or _is_condition(context, numbers[-1]):
        return None
    if one.unit not in ("percent", "share") and any(token.ent_type_ in ("TIME", "DATE") for token in numbers):
        return None
    named = _NAMED.search(context.sentence.text, max(0, one.start - 25), one.start)
    if named and not one.unit and one.value < 10**4 and numbers[-1].dep_ not in ("nummod", "dobj"):
        return None
    if (
        not one.unit
        and numbers[0].i > 0
        and numbers[-1].head.i == numbers[0].i - 1
        and numbers[-1].head.text[:1].isupper()
    ):
        # "Category 4", "Resolution 2254".
        return None
    distance = context.distance(numbers[-1])
    if distance is None or (not one.unit and not one.comparator and one.value < _BARE and distance > 2):
        return None
    starts = any(up.lower_ == "from" and context.distance(up) is not None for up in numbers[-1].ancestors)
    return distance + _FROM * starts - _COMPARED * bool(one.comparator) - _MEASURED * bool(one.unit)


def _is_elsewhere(context: Context, one: Quantity) -> bool:
    """Whether it is a time's or a likelihood's number."""
    likely = any(one.start < last and first < one.end for first, last in context.target.odds)
    taken = any(time.start < one.end and one.start < time.end for time in context.times)
    return taken or likely


def _is_condition(context: Context, number: "Token") -> bool:
    """ "If none gathers more than 50%": the number of a condition."""
    clauses = (up for up in number.ancestors if up.dep_ == "advcl" and context.verb not in up.subtree)
    return any(child.lower_ in ("if", "unless") and child.dep_ == "mark" for up in clauses for child in up.children)


def _is_shy(context: Context, one: Quantity) -> bool:
    """ "The two sides" and "one of them" count nothing that is foreseen."""
    bare = not one.unit and not one.comparator and one.value < _BARE
    folded = context.sentence.folded
    definite = folded.startswith("the ", one.start) or _SHY.search(folded, max(0, one.start - 24), one.start)
    # "The millions of doses" are known too.
    return (bool(definite) and one.is_round) or (bare and (one.value <= 1 or bool(definite)))


def counted(context: Context, one: Quantity) -> str:
    """What is counted, in the words behind the number."""
    tokens = context.tokens(one.start, one.end)
    last, doc = tokens[-1], context.doc
    head = last.head if last.dep_ in ("nummod", "quantmod", "compound") else None
    if head is None and last.i + 1 < len(doc) and doc[last.i + 1].lower_ == "of":
        head = next((child for child in doc[last.i + 1].children if child.dep_ == "pobj"), None)
    if head is None or head.pos_ not in ("NOUN", "PROPN") or head.i <= last.i:
        return ""
    words = [token.text for token in doc[last.i + 1 : head.i + 1] if token.lower_ not in _NO_UNITS]
    return " ".join(words[-_LONGEST_UNIT:])
