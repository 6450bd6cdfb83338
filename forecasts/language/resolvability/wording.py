"""Points 1, 2 and 4: what the words ask, of whom, and how much of it."""

import re
from collections.abc import Iterator

from forecasts.language import phrases
from forecasts.language.resolvability.draft import Draft, Finding
from forecasts.language.resolvability.kinds import KINDS


def one_proposition(draft: Draft) -> Iterator[Finding]:
    yield from _is_one(draft)
    yield from KINDS[draft.kind].answered(draft)
    yield from _asks_plainly(draft)
    yield from _says_in_the_criteria_what_it_asks(draft)


def _is_one(draft: Draft) -> Iterator[Finding]:
    if not draft.title.strip():
        yield Finding(
            1,
            "title_missing",
            "blocks",
            "There is no title.",
            "Will <actor> <do what> to <object> in <place> by <date>?",
        )
    elif phrases.TWO_VERBS.search(draft.title):
        yield Finding(
            1,
            "title_joined",
            "warns",
            "The title joins two propositions.",
            "One forecast for each, or say in the criteria that both must hold.",
        )


def _asks_plainly(draft: Draft) -> Iterator[Finding]:
    if hedge := phrases.HEDGE.search(draft.title):
        yield Finding(
            1,
            "title_hedged",
            "blocks",
            f"The title hedges (“{hedge.group()}”).",
            "Ask whether it will happen; how likely it is, is what forecasters say.",
        )
    yield from KINDS[draft.kind].plain(draft)


def _says_in_the_criteria_what_it_asks(draft: Draft) -> Iterator[Finding]:
    if not draft.criteria.strip():
        yield Finding(
            1,
            "criteria_missing",
            "blocks",
            "There are no criteria.",
            "Resolves YES if … between <opening> and <closing>, according to <source>; otherwise NO.",
        )
    elif _digits(draft.title) - _digits(draft.criteria + draft.fine_print):
        yield Finding(
            1,
            "title_differs",
            "warns",
            "A number in the title is not in the criteria.",
            "Repeat the title's threshold and date in the criteria, word for word.",
        )
    else:
        yield from _as_strong(draft)


def _as_strong(draft: Draft) -> Iterator[Finding]:
    """Words by which the title asks for more than the criteria, or the criteria for more than the title."""
    every = phrases.EVERY.search(draft.title)
    if every and every.group().lower()[:4] not in draft.terms:
        yield Finding(
            1,
            "title_stronger",
            "warns",
            f"The title says “{every.group()}”, the criteria do not.",
            "Say the same in both: what is left over would be argued about.",
        )
    for one, other in ((phrases.AT_LEAST, phrases.MORE_THAN), (phrases.MORE_THAN, phrases.AT_LEAST)):
        said = one.search(draft.title)
        if said and other.search(draft.criteria) and not one.search(draft.criteria):
            yield Finding(
                1,
                "comparator_differs",
                "warns",
                f"The title says “{said.group()}”, the criteria another comparator.",
                "Use one comparator in both: exactly at the threshold they part.",
            )


def named(draft: Draft) -> Iterator[Finding]:
    if phrases.CASED.search(draft.title) and not phrases.NAME.search(draft.title) and not _begins_with_name(draft):
        yield Finding(
            2,
            "nobody_named",
            "blocks",
            "The title names neither actor nor place.",
            "Name who acts, on whom or what, and where, as the source of truth spells them.",
        )
    if away := phrases.POINTS_AWAY.match(draft.title):
        yield Finding(
            2,
            "subject_elsewhere",
            "blocks",
            f"“{away.group().strip()}” stands for something that the title does not name.",
            "Write the name itself: a forecast is read without its article.",
        )
    counts = bool(phrases.THRESHOLD.search(draft.title)) or KINDS[draft.kind].is_count
    for word in dict.fromkeys(match.group() for match in phrases.VAGUE.finditer(draft.title)):
        if not _is_defined(word, draft.terms):
            yield Finding(
                2,
                "contested_term",
                "blocks" if phrases.GRADED.match(word) and not counts else "warns",
                f"“{word}” is contested and not defined.",
                f"“{word}” means … (an observable act, a count, or a named source's label).",
            )


def observable(draft: Draft) -> Iterator[Finding]:
    """Whether what the title asks can be seen by anybody."""
    found = phrases.UNSEEN.search(draft.title)
    if found and not phrases.THRESHOLD.search(draft.title) and not _is_defined(found.group(), draft.terms):
        yield Finding(
            2,
            "nothing_to_see",
            "blocks",
            f"“{found.group()}”: no report would settle it.",
            "Ask what would be seen: who does what, or a count that passes a number; or define it in the criteria.",
        )


def _begins_with_name(draft: Draft) -> bool:
    """Whether the first word of a title is a name: the criteria spell it with a capital inside a sentence."""
    first = draft.title.split(" ", 1)[0]
    return bool(re.search(rf"(?<![.!?] )(?<!^)\b{re.escape(first)}(?!\w)", draft.criteria)) and first not in (
        "The",
        "A",
        "An",
    )


def _is_defined(word: str, terms: str) -> bool:
    """Whether a sentence that explains something speaks of the word."""
    stem = word.lower()[:6]
    return any(
        stem in sentence and phrases.DEFINED.search(sentence) for sentence in re.split(r"(?<=[.;!?])\s+|\n", terms)
    )


def counted(draft: Draft) -> Iterator[Finding]:
    yield from KINDS[draft.kind].counted(draft)


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text.replace(",", "")))
