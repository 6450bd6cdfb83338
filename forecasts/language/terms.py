"""Which likelihood word a cue carries.

A word counts only where it belongs to the cue: "a likely reference" quantifies nothing. Comparatives ("more
likely"), double negation ("not unlikely") and "not certain" are left unquantified, because no scale has them.
"""

import re

from forecasts.language.likelihood import UNQUANTIFIED, Likelihood, ScaleName, scaled

NONE = Likelihood()
_NEAR = 45
_BEYOND, _FAR_BEYOND, _LEAD = 26, 90, 12
_OPENING = re.compile(r"[\"']?(?:most |very |quite |more )?(?:likely|probably|almost certainly),")
_ODDS = re.compile(r"(?:chance|odds|prospect|likelihood|probabilit|possibilit)")
"""Nouns that are followed by what they are chances of, and only then by how good these are."""


_TURNED = {
    "likely": "unlikely",
    "very_likely": "unlikely",
    "highly_likely": "unlikely",
    "probable": "improbable",
    "highly_probable": "improbable",
    "almost_certain": UNQUANTIFIED,
    "nearly_certain": UNQUANTIFIED,
    "certain": UNQUANTIFIED,
    "impossible": UNQUANTIFIED,
    "unlikely": UNQUANTIFIED,
    "very_unlikely": UNQUANTIFIED,
    "highly_unlikely": UNQUANTIFIED,
    "improbable": UNQUANTIFIED,
    "highly_improbable": UNQUANTIFIED,
    "remote": UNQUANTIFIED,
}
"""What "not" makes of a term. Of a double negation it makes nothing that a scale knows."""

_TURNED_AFTER = {
    "very_likely": "very_unlikely",
    "highly_likely": "highly_unlikely",
    "probable": "probably_not",
    "highly_probable": "highly_improbable",
    "almost_certain": "almost_certainly_not",
    "nearly_certain": "almost_certainly_not",
    "certain": "impossible",
    "roughly_even_chance": "roughly_even_chance",
    "roughly_even_odds": "roughly_even_odds",
    "chances_about_even": "chances_about_even",
}
"""What "not" behind a term makes of it: there it denies what is foreseen, in front of it the term itself."""

_COMPARED = r"(?:more|less|equally|how|too|as|so|far more|even more|ever more|much more|no more|no less)"
_WORDS: tuple[tuple[str, str], ...] = (
    (UNQUANTIFIED, rf"{_COMPARED} (?:and more )?(?:un)?(?:likely|probable|certain)(?! (?:as )?not\b)(?! than not\b)"),
    (
        "roughly_even_chance",
        r"as likely as not|(?:roughly|about|an?) (?:an )?even chance|even chance|fifty[- ]fifty|50[-/–]50",
    ),
    (
        "roughly_even_odds",
        r"(?:roughly|about) even odds|even odds|odds\b[\w' -]{0,50}? (?:is|are|remain) (?:\w+ )?even\b",
    ),
    ("chances_about_even", r"chances?\b[\w' -]{0,50}? (?:is |are |were )?(?:about |roughly )?even\b"),
    ("likely", r"more likely than not"),
    ("highly_probable", r"very probabl[ey]"),
    (
        "almost_no_chance",
        r"(?:almost|virtually|practically|next to|close to) (?:no|zero) (?:chance|prospect|possibility|likelihood)",
    ),
    ("remote_chance", r"remote (?:chance|possibility|prospect|likelihood)"),
    ("realistic_possibility", r"realistic possibility"),
    ("highly_unlikely", r"highly unlikely"),
    ("very_unlikely", r"(?:very|extremely|exceedingly|most) unlikely"),
    ("highly_improbable", r"highly improbable"),
    ("unlikely", r"unlikely"),
    ("improbable", r"improbable"),
    ("highly_likely", r"highly likely"),
    ("very_likely", r"(?:very|extremely|overwhelmingly) likely"),
    ("highly_probable", r"highly probable"),
    ("nearly_certain", r"nearly certain|near(?:-| )certain"),
    ("almost_certain", r"(?:almost|virtually|practically|all but) certain(?:ly)?\b"),
    ("certain", r"certain (?:to|that)\b|is certain\b"),
    ("likely", r"likely"),
    ("probable", r"probabl[ey]"),
    ("remote", r"(?:is|are|remains?|looks?|seems?) (?:\w+ )?remote(?=[,.;!]|$| but| and| unless| if| as)"),
    ("impossible", r"(?:is|are|was) impossible(?! to\b)"),
)
_TERM = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<t{index}>{words})" for index, (_, words) in enumerate(_WORDS)) + r")(?![\w])"
)
_ATTRIBUTIVE = re.compile(
    r"(?:\b(?:a|an|the|its|his|their|one|any|its most|some|no|other|another|first|as a|of) |\b(?:the|its|"
    r"his|their) (?:most|more) )\Z"
)
_NOUN_AFTER = re.compile(r" (?!to\b|that\b|be\b|in\b|not\b|if\b|by\b|within\b|over\b)[a-z]+")
_NEGATION = re.compile(
    r"(?:\b(?:not|never|no longer|hardly|scarcely|neither|nor|far from|by no means|anything but|[a-z]+n't)\b"
    r"(?: (?:(?:yet|be|it|is|are|this|that|an?|the|seem|seems|appear|look|looks|think|believe|expect|"
    r"consider|see|now|at all|currently|especially|particularly|so|very|all that|as|any|deal|truce|war|"
    r"peace)\b ?){0,5})?"
    r"|\b(?:few|nobody|no one) (?:[\w'-]+ ){0,3}(?:thinks?|believes?|sees?|considers?) (?:[\w'-]+ ){0,6}"
    r"|\b(?:neither|nor|no|none) (?:[\w'-]+ ){1,4}(?:is|are|seems?|looks?|appears?|was|were)) ?\Z"
)
_DENIAL = re.compile(
    r",? (?:(?:to|will|would|is|are|be|have|has|can|could|may|going|that|it|they|he|she|this) ){0,3}(?:not|"
    r"never)\b(?! (?:only|just|long))"
    r",? ?|,? (?:(?:that|it|they|he|she) ){0,2}(?:won't|wouldn't|isn't|aren't|can't|doesn't|don't)\b"
)
_STATED = (
    ("icd_203", re.compile(r"\bICD[ -]?203\b|Intelligence Community Directive 203")),
    ("phia", re.compile(r"\bPHIA\b|Professional Head of Intelligence Assessment|[Pp]robability [Yy]ardstick")),
    ("kent", re.compile(r"Sherman Kent|[Ww]ords of [Ee]stimative [Pp]robability")),
)
_STATED_HINTS = ("203", "PHIA", "Intelligence Assessment", "ardstick", "Kent", "stimative")
_TERM_HINTS = ("likel", "certain", "probab", "chance", "odds", "remote", "possib", "prospect", "50", "fifty", "zero")


def term_in(text: str, begin: int = 0) -> str:
    """The first likelihood term of a folded passage, turned over where it is negated; else "unquantified".

    A term that starts before `begin` is passed over, with all its words.

    >>> term_in("it doesn't seem likely to change")
    'unlikely'
    >>> term_in("a likely reference to the talks")
    'unquantified'
    """
    for found in _TERM.finditer(text):
        term = _WORDS[int((found.lastgroup or "t0")[1:])][0]
        if found.start() < begin or _is_attributive(text, found):
            continue
        negated = _NEGATION.search(text, max(0, found.start() - _NEAR), found.start())
        denied = _DENIAL.match(text, found.end())
        if denied and not negated:
            return _TURNED_AFTER.get(term) or _TURNED.get(term, term)
        return _TURNED.get(term, term) if negated else term
    return UNQUANTIFIED


def likelihood_at(folded: str, start: int, end: int, cue: tuple[int, int], stated: ScaleName | None) -> Likelihood:
    """The likelihood that belongs to a cue: in it, or close by within the bounds of its claim."""
    passage = folded[max(start, cue[0] - _NEAR) : min(end, cue[1] + _FAR_BEYOND)]
    if not any(hint in passage for hint in _TERM_HINTS):
        return NONE
    reach = _FAR_BEYOND if _ODDS.match(folded, cue[0]) else _BEYOND
    begin, finish = max(start, cue[0] - _NEAR), min(end, cue[1] + reach)
    begin = _after_break(folded, begin, cue[0])
    opening = _OPENING.match(folded, start, cue[0])
    begin = start if opening and opening.end() >= begin - 1 else begin
    if reach == _BEYOND:
        finish = _before_break(folded, cue[1], finish)
    lead = max(start, begin - _LEAD)
    term = term_in(folded[lead:finish], begin - lead)
    return scaled(term, stated) if term != UNQUANTIFIED else NONE


def stated_scale(text: str) -> ScaleName | None:
    """The scale that a text names as its own, if it names one."""
    if not any(hint in text for hint in _STATED_HINTS):
        return None
    for scale, pattern in _STATED:
        if pattern.search(text):
            return scale  # type: ignore[return-value]
    return None


def _after_break(folded: str, begin: int, cue_start: int) -> int:
    last = max(folded.rfind(mark, begin, cue_start) + 1 for mark in (";", ",", " and ", " but "))
    return begin if folded.endswith(" all", begin, max(begin, last - 1)) else max(begin, last)


def _before_break(folded: str, cue_end: int, finish: int) -> int:
    breaks = [folded.find(mark, cue_end, finish) for mark in (";", ", ", " and ", " but ")]
    return min((at for at in breaks if at >= 0), default=finish)


def _is_attributive(text: str, found: re.Match[str]) -> bool:
    word = found.group()
    if not word.endswith(("likely", "probable", "certain")) or " " in word:
        return False
    before = _ATTRIBUTIVE.search(text, max(0, found.start() - 16), found.start())
    return (bool(before) or not found.start()) and _NOUN_AFTER.match(text, found.end()) is not None
