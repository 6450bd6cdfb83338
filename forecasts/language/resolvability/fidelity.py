"""Points 1, 2 and 8 once more, against the statement: does the draft ask what its text says, and is it still open?"""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from forecasts.language.folding import word_set
from forecasts.language.reading.names import DEMONYMS
from forecasts.language.resolvability.draft import Draft, Finding

BLANK = "…"
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_COMMON = word_set("""
the and for with from that this will would could may might its their his her between least most more than report reports
january february march april june july august september october november december before after until into over reuters
associated press afp two when how many what which according there have has are was were been not
""")
_VERBS = (
    r"agree|take|hold|meet|impose|carr(?:y|ie)|announce|exchange|send|withdraw|sign|attack|seize|recall|"
    r"expel|launch|reject"
)
_DEMONYM = re.compile(
    rf"\s*(?:The )?(?:{'|'.join(sorted({one for listed in DEMONYMS.values() for one in listed.split()}))})"
    rf"(?: and [A-Z]\w+)? (?:{_VERBS})(?:s|es)?\b",
    re.IGNORECASE,
)
_TWO = re.compile(
    r"\band (?:then )?(?!(?:its|his|has|was|is)\b)[a-z]{3,}s (?:the|a|an|its|their|his|her|to|from|into|at "
    r"least|in)\b(?! [a-z]+ of\b)"
)
_PAST = re.compile(r"\b(?:already|have|has|had|so far|since|registered|reported|reached|now)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w.])\d{1,3}(?:,\d{3})+(?!\w)|(?<![\w.,])\d+(?:\.\d+)?(?: million| billion| thousand)?(?![\w%])"
)
_TIMES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_LEAST = re.compile(
    r"\b(?:at least|more than) ((?:\d[\d,.]*\d|\d)(?: (?:thousand|million|billion))?) ([a-z]+)", re.IGNORECASE
)


def true_to_its_text(draft: Draft) -> Iterator[Finding]:
    """What a draft owes its statement where it claims to ask the same; any other has to be whole and open."""
    yield from _is_whole(draft)
    if draft.quote and draft.asks_same:
        yield from _shares_words(draft)
        yield from _keeps_the_deadline(draft)
    yield from _is_open(draft)


def _is_whole(draft: Draft) -> Iterator[Finding]:
    for text, where in ((draft.title, "title"), (draft.criteria, "criteria")):
        if BLANK in text:
            yield Finding(
                1,
                f"{where}_has_blank",
                "blocks",
                f"The {where} has a blank (“{BLANK}”).",
                "Fill it, or choose another question.",
            )
    if found := _DEMONYM.match(draft.title):
        yield Finding(
            2,
            "actor_is_no_actor",
            "blocks",
            f"“{found.group().strip()}”: a word for a nationality acts.",
            "Name who acts: the state, its army, a party.",
        )
    if found := _TWO.search(draft.title):
        yield Finding(
            1,
            "title_joined",
            "blocks",
            f"The title joins two propositions (“{found.group()}”).",
            "One forecast for each, or say in the criteria that both must hold.",
        )


def _shares_words(draft: Draft) -> Iterator[Finding]:
    asked, said = _stems(draft.title), _stems(draft.quote)
    shared = asked & said
    if asked and not shared:
        yield Finding(
            1,
            "title_strays",
            "blocks",
            "The title shares no word with the statement that it is linked to.",
            "Ask what the statement says, or call the forecast derived.",
        )
    elif asked and len(shared) * 3 < len(asked):
        yield Finding(
            1,
            "title_drifts",
            "warns",
            f"Most of the title is not in the statement; shared: {', '.join(sorted(shared))}.",
            "Keep actor, verb and object of the statement, or call the forecast derived.",
        )


def _stems(text: str) -> set[str]:
    """The beginnings of the words that carry meaning."""
    return {word[:_STEM] for word in map(str.lower, _WORD.findall(text)) if word not in _COMMON}


def _keeps_the_deadline(draft: Draft) -> Iterator[Finding]:
    if draft.said_until is None or draft.closes_at is None:
        return
    try:
        closing = draft.closes_at.astimezone(ZoneInfo(draft.time_zone or "UTC")).date()
    except (KeyError, ValueError, OSError):
        return
    if closing != draft.said_until:
        yield Finding(
            3,
            "deadline_differs",
            "warns",
            f"The statement ends on {draft.said_until:%-d %B %Y}, the forecast closes on {closing:%-d %B %Y}.",
            "Close when the statement says, or call the forecast narrower and say why.",
        )


def _is_open(draft: Draft) -> Iterator[Finding]:
    """Whether a number of the article has passed the threshold already."""
    asked = _LEAST.search(draft.title)
    if asked is None or not draft.article:
        return
    threshold, unit = _value(asked.group(1)), asked.group(2)
    for sentence in re.split(r"(?<=[.!?])\s+|\n", draft.article):
        if unit not in sentence.lower() or not _PAST.search(sentence) or draft.quote in sentence:
            continue
        passed = next((one.group() for one in _NUMBER.finditer(sentence) if _value(one.group()) >= threshold), None)
        if passed and re.search(rf"{re.escape(passed)} (?:[\w-]+ ){{0,2}}{re.escape(unit)}", sentence):
            yield Finding(
                8,
                "threshold_passed",
                "warns",
                f"“{passed} {unit}” stands in the article already.",
                "Count from the opening, or ask for more than has been reached.",
            )
            return


def _value(written: str) -> float:
    number, _, scale = written.partition(" ")
    digits = number.replace(",", "").rstrip(".")
    return float(digits) * _TIMES.get(scale, 1) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else 0.0
