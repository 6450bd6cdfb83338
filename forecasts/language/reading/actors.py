"""Who acts in a claim: a state, a body, a group, an office. Never who is counted, what happens, or who says so."""

import re
from typing import TYPE_CHECKING

from forecasts.language.folding import word_set

from . import names
from .clause import conjuncts, is_noun, is_pronoun, phrase
from .context import Context
from .gazetteer import Known, known
from .parser import parsed
from .slots import Slot
from .wording import happens

if TYPE_CHECKING:
    from spacy.tokens import Token

DETERMINERS = re.compile(
    r"^(?:the|a|an|its|their|his|her|this|that|these|those|both|some|any|other|several)\s+", re.IGNORECASE
)
LITERAL = word_set(
    "host fall see flood starve burn become be remain suffer face run lose change receive need get experience"
)
"""Verbs whose subject, where it is a town, is the town itself."""

_STATES = word_set("government governments authorities administration state")
_PREFIX = re.compile(r"^\w+-(?:member|nation|strong|party|run|led|backed|based) ", re.IGNORECASE)
_NO_ACTORS = ("EVENT", "LOC", "FAC", "LAW", "DATE", "WORK_OF_ART", "PRODUCT", "LANGUAGE")
_LONG = 4
_SURNAMES = word_set("trump bush brown rice hunt blair swift cook marshall mueller johnson")
"""Heads of state and the like whose names are words."""

_VAGUE = word_set("several many most few some more other")


def actor(context: Context) -> Slot | None:
    """Who acts, by the common English name; None where the sentence does not say."""
    verb = context.verb
    if happens(context.clause) or (is_noun(verb) and verb.dep_ not in ("ROOT", "acl", "relcl")):
        return None
    head = _agent(context) if context.clause.is_passive else context.clause.subject
    head = _referent(context, head) if head is not None else None
    if head is None or not all(_is_actor(context, one) for one in conjuncts(head)):
        return None
    return context.slot(*phrase(head), _common(context, head))


def _agent(context: Context) -> "Token | None":
    by = next((child for child in context.verb.children if child.dep_ == "agent"), None)
    agent = next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None
    return None if agent is None or context.in_time(agent) else agent


def _referent(context: Context, head: "Token") -> "Token | None":
    """Whom "it" or "they" stands for where the sentence tells: the subject of the verb of saying above it."""
    if not is_pronoun(head):
        return head
    if head.lower_ not in ("it", "they", "he", "she"):
        return None
    for above in context.verb.ancestors:
        said = next((child for child in above.children if child.dep_ == "nsubj" and child.i < head.i), None)
        if said is not None and said.pos_ in ("NOUN", "PROPN") and _is_actor(context, said):
            return said if _agrees(head, said) else _inside(context, head, said)
    return None


def _inside(context: Context, pronoun: "Token", said: "Token") -> "Token | None":
    """ "The Republic of Congo's M23 rebels said they": a plural that stands last in the name of who speaks."""
    last = context.doc[said.right_edge.i]
    fits = pronoun.lower_ == "they" and last.tag_ == "NNS" and said.i < last.i < pronoun.i
    return last if fits and _is_actor(context, last) else None


def _agrees(pronoun: "Token", head: "Token") -> bool:
    if pronoun.lower_ == "they":
        return head.tag_ in ("NNS", "NNPS") or head.ent_type_ in ("ORG", "NORP")
    return pronoun.lower_ == "it" or head.ent_type_ == "PERSON" or head.tag_ == "NN"


def _is_actor(context: Context, head: "Token") -> bool:
    if _is_counted(context, head):
        return False
    capital = head.text[:1].isupper()
    listed = capital and (one := named(context, head)) is not None and one.kind in ("body", "country")
    if head.pos_ == "PROPN" or listed or (head.ent_type_ in ("ORG", "NORP", "GPE", "PERSON") and capital):
        return _names_actor(context, head)
    if head.pos_ != "NOUN":
        return False
    words = {head.lemma_.lower(), head.lower_}
    return words.isdisjoint(names.SPEAKERS) and not words.isdisjoint(names.ACTORS)


def _is_counted(context: Context, head: "Token") -> bool:
    # "The two ministers" are known; "two ministers" are counted.
    definite = any(child.lower_ in ("the", "both", "these", "those") for child in head.children)
    counted = any(
        child.dep_ in ("nummod", "quantmod") and not context.in_time(child) and not (definite and child.text.isalpha())
        for child in head.children
    )
    vague = any(child.lower_ in _VAGUE and child.dep_ == "amod" for child in head.children)
    return counted or vague or head.lower_ in names.PEOPLE or head.pos_ == "NUM"


def _names_actor(context: Context, head: "Token") -> bool:
    """Whether a name is one of an actor, and not of a town, an operation or a storm."""
    first, last = phrase(head)
    words = [token.lower_ for token in context.doc[first:last]]
    place = named(context, head)
    if not names.THINGS.isdisjoint(words) or head.ent_type_ in _NO_ACTORS:
        return words[-1] in names.ACTORS or (place is not None and place.kind in ("body", "country"))
    if place is None and _is_word(context, head):
        return False
    if place is None:
        # A name that no list has and that the parser takes for a place acts only where places do not.
        return head.ent_type_ != "GPE" or context.lemma not in LITERAL
    if place.kind == "capital":
        return context.lemma not in LITERAL and not context.clause.is_passive
    if place.kind == "demonym":
        return head.tag_ == "NNPS" or head.pos_ == "NOUN"
    return place.kind in ("country", "body") or (head.ent_type_ == "PERSON" and place.kind == "town")


def _is_word(context: Context, head: "Token") -> bool:
    """Whether what stands first in a sentence has its capital letter from there: "Landfall could come"."""
    if head.i != 0 or len(head) < _LONG or not head.text[1:].islower() or head.lower_ in _SURNAMES:
        return False
    if head.lower_ in names.ACTORS:
        return False
    if re.search(rf"[a-z,;] {re.escape(head.text)}\b", context.sentence.text):
        return False
    small = next(parsed([context.doc[0].text.lower() + context.doc.text[len(head) :]]))
    return small[0].pos_ != "PROPN"


def named(context: Context, head: "Token") -> Known | None:
    """What is known by the name that ends in a token."""
    first, last = phrase(head)
    whole = DETERMINERS.sub("", context.doc[first:last].text)
    found = known(whole) or known(_PREFIX.sub("", whole))
    # "Bank of England" is no town called Bank.
    return found or (known(_name(context, head)) if last == head.i + 1 else None)


def _name(context: Context, head: "Token") -> str:
    """The proper name that ends in a token: its compounds and itself."""
    doc, first = context.doc, head.i
    while first > 0 and doc[first - 1].pos_ in ("PROPN", "PUNCT", "ADP") and doc[first - 1].text not in ",(":
        if doc[first - 1].head not in doc[first : head.i + 1]:
            break
        first -= 1
    return doc[first : head.i + 1].text


def _common(context: Context, head: "Token") -> str:
    """The common English name of who acts, of each where there are several."""
    parts = [_common_one(context, one) for one in conjuncts(head)]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _common_one(context: Context, head: "Token") -> str:
    own = [token for token in context.doc[slice(*phrase(head))] if _belongs(token, head)]
    while head.pos_ == "PROPN" and len(own) > 1 and own[0].pos_ == "ADJ" and own[0].text.islower():
        # "The powerful Arakan Army": no part of its name.
        own = own[1:]
    if head.pos_ == "NOUN":
        own = _from_demonym(own)
    text = context.sentence.text[context.at(own[0]) : context.at(own[-1]) + len(own[-1])] if own else head.text
    text = _PREFIX.sub("", DETERMINERS.sub("", text))
    place = known(text)
    if place and place.kind in ("country", "body", "capital"):
        return place.country if place.kind == "capital" else place.name
    if head.lemma_.lower() in _STATES:
        whose = next((state for child in head.children if (state := known(child.text)) and state.country), None)
        if whose:
            return whose.country
    return " ".join(text.split()).strip(" ,")


def _from_demonym(own: list["Token"]) -> list["Token"]:
    """ "Well-provisioned Ukrainian forces" are Ukrainian forces."""
    at = next((at for at, one in enumerate(own) if (of := known(one.text)) and of.kind == "demonym"), 0)
    return own[at:] if all(one.pos_ in ("ADJ", "ADV", "PUNCT", "VERB", "DET") for one in own[:at]) else own


def _belongs(token: "Token", head: "Token") -> bool:
    """Whether a token is part of a name, and not of another one that is joined to it."""
    if token != head and head not in token.ancestors:
        return False
    joined = (up for up in (token, *token.ancestors) if up.dep_ in ("conj", "cc") and up != head)
    return not any(head in up.ancestors for up in joined)
