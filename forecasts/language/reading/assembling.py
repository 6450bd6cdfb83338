"""Fills the slots of a claim from the parse of its sentence."""

from datetime import date
from typing import TYPE_CHECKING

from forecasts.language.folding import word_set

from . import figures, moments
from .actors import DETERMINERS, actor
from .clause import clause_at, is_noun, is_pronoun, phrase
from .context import Context, Sentence, Target
from .gazetteer import known
from .places import place
from .proposition import Proposition
from .quantities import VERBS, Quantity
from .slots import Slot, Slots
from .times import clocks, times
from .wording import Wording, happens, is_awaited

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = word_set("on to from with against for into of as towards at")
_CONDITIONS = word_set("if unless provided once should")
_ZONED = ("country", "capital", "region", "demonym")


def assembled(sentence: Sentence, target: Target, published: date) -> Slots:
    """The slots of a claim. What its sentence does not say stays None."""
    begin = sentence.start
    cue = (target.cue[0] - begin, target.cue[1] - begin)
    clause = clause_at(sentence.doc, target.start - begin, target.end - begin, cue)
    if clause is None:
        return Slots()
    found = times(sentence.text, sentence.folded, sentence.start, sentence.end, published)
    context = Context(sentence, target, clause, found)
    who, number, moment = actor(context), figures.quantity(context), moments.moment(context)
    where = place(context, who)
    return Slots(
        actor=who,
        predicate=_predicate(context),
        object=_object(context, who),
        place=where,
        quantity=figures.slot(context, number) if number else None,
        time=moments.slot(context, moment) if moment else moments.loose(context),
        polarity=_polarity(context),
        condition=_condition(context),
        proposition=_proposition(context, number, who),
        zone=_zone(context, where, who),
    )


def _predicate(context: Context) -> Slot:
    verb = context.verb
    if happens(context.clause) or is_noun(verb) or is_awaited(context.clause):
        return context.slot(verb.i, verb.i + 1, "occur")
    particles = [child for child in verb.children if child.dep_ == "prt"]
    last = max([verb.i, *(child.i for child in particles if child.i == verb.i + 1)])
    lemma = " ".join([context.lemma, *(child.lower_ for child in particles)])
    return context.slot(verb.i, last + 1, lemma)


def _object(context: Context, who: Slot | None) -> Slot | None:
    """What it is done to, or what happens where nobody acts."""
    head = _object_head(context, who)
    if head is None or is_pronoun(head):
        return None
    first, last = phrase(head)
    while last - 1 > head.i and context.doc[last - 1] == context.verb:
        last -= 1
    while last - 1 > head.i and (
        context.in_time(context.doc[last - 1]) or context.doc[last - 1].pos_ in ("ADP", "PUNCT", "DET")
    ):
        last -= 1
    return context.slot(first, last, DETERMINERS.sub("", context.doc[first:last].text))


def _object_head(context: Context, who: Slot | None) -> "Token | None":
    verb, subject = context.verb, context.clause.subject
    if happens(context.clause):
        return subject or (verb.head if verb.dep_ == "amod" else None)
    if is_noun(verb):
        return verb
    kinds = ("dobj", "attr", "oprd", "acomp")
    direct = next(
        (one for one in verb.rights if one.dep_ in kinds and one.pos_ != "NUM" and not context.in_time(one)), None
    )
    if direct is not None:
        return direct
    if context.clause.is_passive:
        return subject
    return _by_preposition(context) or (subject if who is None else None)


def _by_preposition(context: Context) -> "Token | None":
    for child in context.verb.rights:
        below = next((one for one in child.children if one.dep_ == "pobj"), None) if child.dep_ == "prep" else None
        if (
            below is None
            or child.lower_ not in _OBJECTS
            or context.in_time(below)
            or context.doc[child.i - 1].text == ","
        ):
            continue
        if below.pos_ != "NUM" and below.lower_ not in ("%", "percent", "cent"):
            return below
    return None


def _polarity(context: Context) -> Slot | None:
    """The word that denies what is said, if one does."""
    for token in (context.verb, *context.clause.governors):
        for child in token.children:
            if child.dep_ == "neg" or (child.lower_ in ("never", "hardly", "scarcely") and child.dep_ == "advmod"):
                return context.slot(child.i, child.i + 1, "negative")
        if token.lemma_ in ("fail", "refuse"):
            return context.slot(token.i, token.i + 1, "negative")
    subject = context.clause.subject
    of_it = subject.children if subject is not None else ()
    no = next((child for child in of_it if child.lower_ in ("no", "neither") and child.dep_ == "det"), None)
    return context.slot(no.i, no.i + 1, "negative") if no is not None else None


def _condition(context: Context) -> Slot | None:
    """The clause that the claim hangs on: "if the truce fails", "unless a deal is reached"."""
    verb = context.verb
    for token in context.doc:
        if token.lower_ not in _CONDITIONS or (token.dep_ not in ("mark", "advmod") and token.lower_ != "should"):
            continue
        top = token.head
        first, last = top.left_edge.i, top.right_edge.i + 1
        if top.dep_ in ("advcl", "ccomp", "ROOT", "conj") and not first <= verb.i < last:
            return context.slot(first, last, "unless" if token.lower_ == "unless" else "if")
    return None


def _proposition(context: Context, number: Quantity | None, who: Slot | None) -> Proposition:
    spans = [(time.start, time.end) for time in context.times if not time.is_past]
    if loose := moments.loose(context):
        spans.append((loose.start, loose.end))
    spans += [*context.target.odds, *clocks(context.sentence.folded, context.sentence.start, context.sentence.end)]
    without = [span for start, end in spans if (span := context.span(start, end))]
    said = number if number and context.lemma not in VERBS and not _is_modifier(context, number) else None
    figure = context.span(said.start, said.end) if said else None
    return Wording(context.doc, context.clause, without, figure, _called(who)).proposition()


def _is_modifier(context: Context, number: Quantity) -> bool:
    """ "A 50 basis point increase": the words for how much cannot stand in its place."""
    last = context.tokens(number.start, number.end)[-1]
    opens = context.sentence.folded[number.start : number.start + 3]
    return opens.startswith(("a ", "an ")) and last.dep_ == "compound" and bool(number.unit)


def _called(who: Slot | None) -> str:
    """Who acts, where a pronoun stands for it: with the article that its own words have."""
    if who is None:
        return ""
    return f"the {who.normal}" if who.text.lower().startswith("the ") else str(who.normal)


def _zone(context: Context, where: Slot | None, who: Slot | None) -> str:
    """The time zone of where it happens, else of who acts, else of the first country that is named."""
    if where and (one := known(str(where.normal))) and one.zone:
        return one.zone
    named = [str(who.normal)] if who else []
    named += [entity.text for entity in context.doc.ents if entity.label_ in ("GPE", "NORP", "LOC")]
    found = (known(name) for name in named)
    return next((one.zone for one in found if one and one.zone and one.kind in _ZONED), "UTC")
