"""What a draft of each kind must say beside what all must: a record for each kind of question."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forecasts.language import phrases
from forecasts.language.resolvability.draft import Draft, Finding

type Look = Callable[[Draft], Iterator[Finding]]


def _nothing(draft: Draft) -> Iterator[Finding]:
    yield from ()


def _is_no_open_question(draft: Draft) -> Iterator[Finding]:
    if question := phrases.OPEN_QUESTION.match(draft.title):
        yield Finding(
            1,
            "title_not_yes_or_no",
            "blocks",
            f"“{question.group().strip()}” is not answered by Yes or No.",
            "Ask whether it will happen, or choose the kind that the answer has: a number, a date, one of several.",
        )


def _asks_for_no_yes(draft: Draft) -> Iterator[Finding]:
    if phrases.YES_OR_NO.match(draft.title):
        yield Finding(
            1,
            "title_yes_or_no",
            "warns",
            "The title asks for Yes or No, and another kind of answer is taken.",
            "Ask how many, when or which, or let it be answered by Yes or No.",
        )


def _is_not_negated(draft: Draft) -> Iterator[Finding]:
    if negation := phrases.NEGATED.search(draft.title):
        yield Finding(
            1,
            "title_negated",
            "warns",
            f"The title asks for what does not happen (“{negation.group()}”): Yes and No are easily mixed up.",
            "Ask whether it happens.",
        )


def _has_a_threshold_where_it_counts(draft: Draft) -> Iterator[Finding]:
    if not _is_counted(draft):
        return
    if not phrases.THRESHOLD.search(f"{draft.title} {draft.terms}"):
        # A number without a comparator cannot be decided; things without a number may mean “any”.
        has_number = phrases.NUMBER.search(_without_dates(draft.title)) is not None
        yield Finding(
            4,
            "threshold_missing" if has_number else "how_many_open",
            "blocks" if has_number else "warns",
            "Something is counted without a threshold and comparator."
            if has_number
            else "How many of them it takes is not said.",
            "Write “at least <number> <unit>”, or that one is enough.",
        )
    yield from _says_how_it_counts(draft)


def _has_a_unit(draft: Draft) -> Iterator[Finding]:
    if not draft.unit.strip():
        yield Finding(
            4,
            "unit_missing",
            "blocks",
            "A number is asked for without a unit.",
            "Name the unit: people, events, square kilometres, US dollars.",
        )
    yield from _says_how_it_counts(draft)


def _has_options(draft: Draft) -> Iterator[Finding]:
    if len(set(draft.options)) < 2:
        yield Finding(
            4,
            "options_missing",
            "blocks",
            "There are fewer than two different options.",
            "List options that exclude each other and leave nothing out.",
        )
    elif not any(phrases.LEFTOVER.search(option) for option in draft.options):
        yield Finding(
            4,
            "options_incomplete",
            "warns",
            "No option takes what the others leave out.",
            "Add “none of these” or “another”, unless the others cover everything.",
        )
    if _is_counted(draft):
        yield from _says_how_it_counts(draft)


def _says_how_it_counts(draft: Draft) -> Iterator[Finding]:
    if not phrases.COUNTING.search(draft.terms):
        yield Finding(
            4,
            "counting_rule_missing",
            "warns",
            "The counting rule is open.",
            "Say peak, cumulative or current, and which estimate: best, low or high.",
        )


def _says_when_it_is_no(draft: Draft) -> Iterator[Finding]:
    if not phrases.TO_NO.search(draft.terms):
        yield Finding(
            6, "no_path_to_no", "blocks", "Nothing says when it resolves NO.", "Otherwise, at closing, it resolves NO."
        )


def _is_counted(draft: Draft) -> bool:
    return bool(phrases.COUNTED.search(_without_dates(draft.title)))


def _without_dates(title: str) -> str:
    return phrases.UNCOUNTED.sub("", title)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether the title wants the answer that is taken, whether it says so plainly, what is counted, what decides."""

    answered: Look
    plain: Look
    counted: Look
    decided: Look
    is_count: bool = False
    """Its answer is a number of something, so that what is counted must be defined."""


KINDS: dict[str, Asked] = {
    "binary": Asked(_is_no_open_question, _is_not_negated, _has_a_threshold_where_it_counts, _says_when_it_is_no),
    "multiple_choice": Asked(_asks_for_no_yes, _nothing, _has_options, _nothing),
    "numeric": Asked(_asks_for_no_yes, _nothing, _has_a_unit, _nothing, is_count=True),
    "date": Asked(_asks_for_no_yes, _nothing, _nothing, _nothing),
}
