"""Which of a sentence's times is the claim's own."""

from datetime import date
from typing import TYPE_CHECKING

from forecasts.language.folding import word_set

from .context import Context
from .periods import Period
from .slots import Slot
from .times import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAID = word_set(
    "say tell announce warn report confirm write add note call speak argue state predict estimate pledge vow"
)
_LATER = word_set("before after until till once following when")
_RUNS = word_set("contract deal loan lease visa sentence mandate term licence license stay")
_LENGTHENS = word_set("extend renew prolong last run stay remain hold continue")
_INSIDE, _ASIDE, _OUTSIDE = 12, 30, 20
"""What a time costs that hangs elsewhere: inside the claim, in an aside of it, outside of it."""


def moment(context: Context) -> Time | None:
    """The time nearest to the predicate that does not lie in the past and does not tell when somebody spoke."""
    ranked = [(rank, time.start, time) for time in context.times if (rank := _nearness(context, time)) is not None]
    return min(ranked, key=lambda each: each[:2])[2] if ranked else None


def slot(context: Context, time: Time) -> Slot:
    period = time.period
    if period is not None and _is_before(context, time):
        period = Period(None, period.end)
    normal = None if period is None else {"from": _iso(period.start), "to": _iso(period.end)}
    return Slot(context.sentence.text[time.start : time.end], time.start, time.end, normal)


def _is_before(context: Context, time: Time) -> bool:
    """Whether it is the time of something that the claim comes before: "before they lapse on 31 July"."""
    tops = [up for token in context.tokens(time.start, time.end) for up in token.ancestors]
    if any(up.lower_ == "before" and up.dep_ == "prep" and context.at(up) < time.start for up in tops):
        # "Before its June election".
        return True
    clauses = (up for up in tops if up.dep_ == "advcl" and up in context.verb.subtree)
    marks = (child for up in clauses for child in up.children if child.dep_ in ("mark", "advmod"))
    return any(mark.lower_ in ("before", "until") for mark in marks)


def loose(context: Context) -> Slot | None:
    """A time that no calendar has: "after the harvest", "before the rainy season"."""
    for child in context.verb.children:
        if child.lower_ in _LATER and child.dep_ in ("prep", "mark", "advmod"):
            below = list(child.subtree)
            if len(below) > 1:
                return context.slot(below[0].i, below[-1].i + 1, None)
        if child.dep_ == "advcl" and any(
            one.lower_ in _LATER and one.dep_ in ("mark", "advmod") for one in child.children
        ):
            return context.slot(child.left_edge.i, child.right_edge.i + 1, None)
    return None


def _nearness(context: Context, time: Time) -> int | None:
    if time.is_past or (time.start < context.target.speech[1] and context.target.speech[0] < time.end):
        return None
    tokens = context.tokens(time.start, time.end)
    if not tokens:
        return None
    top = min(tokens, key=lambda token: len(list(token.ancestors)))
    if _tells_when_said(context, top) or _says_how_long(context, time, top):
        return None
    if _happened(context, top):
        return None
    distance = context.distance(top)
    inside = context.target.start <= time.start < context.target.end
    if distance is None:
        distance = _INSIDE if inside and not _is_aside(context, top) else _ASIDE
    return distance + _OUTSIDE * (not inside)


def _happened(context: Context, top: "Token") -> bool:
    """Whether it hangs on something else that has happened: "warned that …, and expressed concern about the winter"."""
    verb = next((up for up in top.ancestors if up.pos_ == "VERB"), None)
    return (
        verb is not None
        and verb != context.verb
        and verb.tag_ in ("VBD", "VBN")
        and verb.dep_ == "conj"
        and verb not in context.clause.governors
        and context.verb not in verb.subtree
        and verb not in context.verb.subtree
    )


def _says_how_long(context: Context, time: Time, top: "Token") -> bool:
    """ "A contract until 2027": how long what is agreed runs, and not by when it is."""
    if top.i < 2 or context.lemma in _LENGTHENS:
        return False
    first = context.tokens(time.start, time.end)[0]
    if first.lower_ not in ("until", "till", "through") and first.i > 0:
        first = context.doc[first.i - 1]
    return first.lower_ in ("until", "till", "through") and context.doc[first.i - 1].lemma_.lower() in _RUNS


def _is_aside(context: Context, token: "Token") -> bool:
    verb = context.verb
    return any(
        up.dep_ in ("relcl", "appos", "parataxis")
        and up != verb
        and verb not in up.ancestors
        and up not in verb.ancestors
        for up in (token, *token.ancestors)
    )


def _tells_when_said(context: Context, top: "Token") -> bool:
    """Whether it tells when somebody spoke: "said on Monday", "last week warned"."""
    for head in top.ancestors:
        copula = context.verb.dep_ in ("acomp", "oprd", "attr") and head == context.verb.head
        if head == context.verb or copula or (head in context.clause.governors and head.tag_ != "VBD"):
            return False
        if head.tag_ == "VBD":
            return context.verb in head.subtree or head.lemma_ in _SAID
    return False


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
