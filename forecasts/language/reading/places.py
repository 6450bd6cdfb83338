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
_ONLY_PLACES = word_set("near around outside inside across throughout in")
"""What stands before the name of a town that the parser takes for a person's."""

_NAMES = ("ORG", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW")
_SIDES = word_set("north south east west northern southern eastern western central greater new port san saint st el")
_CLOCKS = ("EST", "EDT", "CST", "PST", "PDT", "MST", "GMT", "UTC", "CET", "EET", "BST", "ET", "PT", "AM", "PM")
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
    # "A deal being finalised in Doha" is done elsewhere; of "people trapped in El Fasher" the place is theirs.
    aside = ("advcl", "conj", "ccomp", "pcomp", *(() if context.under_subject(token) else ("acl", "relcl")))
    return any(
        up.dep_ in aside and up.pos_ in ("VERB", "AUX") and up != verb and up not in verb.ancestors
        for up in token.ancestors
    )


def _placed(context: Context, token: "Token", actor: Slot | None) -> Known | None:
    """The place that a name stands for where it stands as one: in, near, from; taken, left, reached."""
    if token.pos_ != "PROPN" or context.in_time(token) or _speaks(context, token) or _in_actor(context, token, actor):
        return None
    first, last = _name_span(context, token)
    if token.lower_ in names.THINGS or token.text in _CLOCKS or _is_longer_name(context, token, first, last):
        return None
    one = known(context.doc[first:last].text) or _looks_like_one(token)
    inner = last - first == 1 and token.dep_ == "compound" and token.head.pos_ == "PROPN"
    if one is None or one.kind in ("body", "demonym") or (inner and token.head.lower_ not in _PARTS):
        return None
    return one if _stands_as_place(context, token, one) else None


def _stands_as_place(context: Context, token: "Token", one: Known) -> bool:
    own = token.head if token.dep_ in ("conj", "appos") else token
    joined = own.dep_ == "nmod" and own.head.lemma_.lower() in _PARTS
    if (own.dep_ in ("poss", "compound") or joined) and own.head.pos_ in ("NOUN", "PROPN"):
        if own.head.lemma_.lower() in names.ACTORS:
            return False
        own = own.head
        if own == context.clause.subject and own.dep_ in ("nsubj", "nsubjpass"):
            return True
    if own.dep_ == "pobj" and own.head.lower_ in _LOCATIVE:
        # "The leaders of Armenia" are no place, "the rest of Sudan" is one.
        whole = own.head.lower_ == "of" and one.kind == "country"
        return not whole or not _PART_OF.isdisjoint((own.head.head.lemma_.lower(), own.head.head.lower_))
    if own.dep_ in ("dobj", "dative") or (own.dep_ == "nsubjpass" and own.head == context.verb):
        return one.kind != "country" or context.lemma in _MOTION or own != token
    return own.dep_ == "nsubj" and one.kind in ("town", "capital") and context.lemma in LITERAL


def _looks_like_one(token: "Token") -> Known | None:
    """A place that no list has, where the parser or its verb says that it is one."""
    unknown = Known(token.text, "town")
    if token.dep_ == "compound" and token.head.lower_ in _PARTS:
        return unknown
    if token.ent_type_ in ("GPE", "LOC", "FAC"):
        return unknown
    if token.ent_type_ == "PERSON" and token.dep_ == "pobj" and token.head.lower_ in _ONLY_PLACES:
        return unknown
    taken = token.dep_ == "dobj" and token.head.lemma_ in _MOTION | _TAKING
    return unknown if taken and not token.ent_type_ else None


def _is_longer_name(context: Context, token: "Token", first: int, last: int) -> bool:
    """Whether a town's name is part of another one: "Atletico Madrid", "SADC Mission"."""
    around = next((one for one in context.doc.ents if one.start <= token.i < one.end), None)
    # An entity that runs over a preposition is none: "Adré before Easter".
    if (
        around is not None
        and around.label_ in _NAMES
        and around.end - around.start > last - first
        and not any(one.pos_ == "ADP" and one.lower_ != "of" for one in around)
    ):
        return True
    before = context.doc[first - 1] if first > 0 else None
    if before is None or before.dep_ != "compound" or before.head != token or before.pos_ != "PROPN":
        return False
    return token.ent_type_ not in ("GPE", "LOC", "FAC", "PERSON") and before.lower_ not in _SIDES


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
    if first == token.i and known(token.text) is None:
        # "Chasiv Yar": a name of two words that no list has.
        while first > 0 and doc[first - 1].dep_ == "compound" and doc[first - 1].head == token:
            first -= 1
    return first, token.i + 1


def _speaks(context: Context, token: "Token") -> bool:
    return context.target.speech[0] <= context.at(token) < context.target.speech[1]


def _in_actor(context: Context, token: "Token", actor: Slot | None) -> bool:
    """Whether it belongs to the name of who acts; "a mission to Haiti" has a place in it."""
    inside = actor is not None and actor.start <= context.at(token) < actor.end
    return inside and not (token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE - {"of"})
