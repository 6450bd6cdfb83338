"""Where a claim happens: the nearest and narrowest place that its clause names."""

from typing import TYPE_CHECKING

from forecasts.language.folding import word_set

from . import names
from .actors import LITERAL
from .context import Context
from .gazetteer import Known, known
from .slots import Slot

if TYPE_CHECKING:
    from spacy.tokens import Token

_LOCATIVE = word_set(
    "in near at around across over from to into towards toward on outside inside within of throughout through onto"
    " against"
)
_MOTION = word_set("leave enter reach flee invade attack quit vacate exit cross strike bomb besiege")
_TAKING = word_set(
    "take seize capture retake recapture overrun encircle surround defend lose storm liberate occupy reopen close"
)
_PART_OF = word_set(
    "rest part parts south north east west centre center much most all half region areas outskirts suburbs capital"
)
_PARTS = word_set(
    "town city province state region district governorate oblast crossing camp port island peninsula valley border"
)
_SIZES = {"town": 0, "capital": 0, "region": 1, "country": 2}
_WHOSE, _ELSEWHERE = 3, 8


def place(context: Context, actor: Slot | None) -> Slot | None:
    """The place of a claim, by its common name; None where its clause names none."""
    found = [
        (rank, token.i, token, one)
        for token in context.doc
        if (one := _placed(context, token, actor)) is not None
        and context.distance(token) is not None
        and (rank := _rank(context, token, one)) < _ELSEWHERE
    ]
    if not found:
        return None
    _, _, token, one = min(found, key=lambda each: each[:2])
    first, last = _name_span(context, token)
    return context.slot(first, last, context.doc[first:last].text if one.kind == "town" else one.name)


def _rank(context: Context, token: "Token", one: Known) -> float:
    under = context.under_subject(token)
    whose = _WHOSE * (under and token.dep_ in ("poss", "compound"))
    return _SIZES[one.kind] + whose + _ELSEWHERE * _is_circumstance(context, token) + 0.5 * under


def _is_circumstance(context: Context, token: "Token") -> bool:
    """Whether it stands in a clause about something else: a condition, a cause, what came before."""
    verb = context.verb
    return any(
        up.dep_ in ("advcl", "conj", "ccomp", "pcomp")
        and up.pos_ in ("VERB", "AUX")
        and up != verb
        and up not in verb.ancestors
        for up in token.ancestors
    )


def _placed(context: Context, token: "Token", actor: Slot | None) -> Known | None:
    """The place that a name stands for where it stands as one: in, near, from; taken, left, reached."""
    if token.pos_ != "PROPN" or context.in_time(token) or _speaks(context, token) or _in_actor(context, token, actor):
        return None
    first, last = _name_span(context, token)
    one = known(context.doc[first:last].text) or _looks_like_one(token)
    inner = last - first == 1 and token.dep_ == "compound" and token.head.pos_ == "PROPN"
    if one is None or one.kind in ("body", "demonym") or (inner and token.head.lower_ not in _PARTS):
        return None
    return one if _stands_as_place(context, token, one) else None


def _stands_as_place(context: Context, token: "Token", one: Known) -> bool:
    own = token.head if token.dep_ in ("conj", "appos") else token
    if own.dep_ in ("poss", "compound") and own.head.pos_ in ("NOUN", "PROPN"):
        if own.head.lemma_.lower() in names.ACTORS:
            return False
        own = own.head
        if own == context.clause.subject and own.dep_ in ("nsubj", "nsubjpass"):
            return True
    if own.dep_ == "pobj" and own.head.lower_ in _LOCATIVE:
        # "The leaders of Armenia" are no place, "the rest of Sudan" is one.
        whole = own.head.lower_ == "of" and one.kind == "country"
        return not whole or own.head.head.lemma_.lower() in _PART_OF
    if own.dep_ in ("dobj", "dative") or (own.dep_ == "nsubjpass" and own.head == context.verb):
        return one.kind != "country" or context.lemma in _MOTION or own != token
    return own.dep_ == "nsubj" and one.kind in ("town", "capital") and context.lemma in LITERAL


def _looks_like_one(token: "Token") -> Known | None:
    """A place that no list has, where the parser or its verb says that it is one."""
    unknown = Known(token.text, "town")
    if token.dep_ == "compound" and token.head.lower_ in _PARTS:
        return unknown
    if token.lower_ in names.THINGS:
        return None
    if token.ent_type_ in ("GPE", "LOC", "FAC"):
        return unknown
    taken = token.dep_ == "dobj" and token.head.lemma_ in _MOTION | _TAKING
    return unknown if taken and not token.ent_type_ else None


def _name_span(context: Context, token: "Token") -> tuple[int, int]:
    doc = context.doc
    entity = next(
        (one for one in doc.ents if one.start <= token.i < one.end and one.label_ in ("GPE", "LOC", "FAC")), None
    )
    if entity is not None and (known(entity.text) is not None or entity.label_ in ("LOC", "FAC")):
        return entity.start + (doc[entity.start].lower_ == "the"), entity.end
    first = token.i
    while first > 0 and doc[first - 1].pos_ in ("PROPN", "ADJ", "ADP", "CCONJ", "PUNCT"):
        if known(doc[first - 1 : token.i + 1].text) is None:
            break
        first -= 1
    return first, token.i + 1


def _speaks(context: Context, token: "Token") -> bool:
    return context.target.speech[0] <= context.at(token) < context.target.speech[1]


def _in_actor(context: Context, token: "Token", actor: Slot | None) -> bool:
    """Whether it belongs to the name of who acts; "a mission to Haiti" has a place in it."""
    inside = actor is not None and actor.start <= context.at(token) < actor.end
    return inside and not (token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE - {"of"})
