"""Time expressions of a text, resolved against the day of its publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from . import time_words as words
from .meanings import MEANING, unit_of
from .numerals import numeral
from .periods import Period, close, day_of, early, joined, late, middle, month_of, shifted, year_of

BEFORE = ("before", "ahead of", "prior to")
BY = (
    "by",
    "no later than",
    "not later than",
    "on or before",
    "through",
    "through to",
    "until",
    "till",
    "up to",
    "within",
    "between now and",
    "from now to",
    "from now until",
)
OPEN = ("no earlier than", "not before", "at the earliest in")
VAGUE = {
    "hour": 48,
    "day": 7,
    "week": 4,
    "month": 3,
    "year": 3,
    "quarter": 2,
    "decade": 1,
    "fortnight": 1,
    "weekend": 1,
}
"""How many of a unit "the coming days", "a few weeks" or "the months ahead" are taken for."""

_EXACT = {"a couple of": 2.0, "couple of": 2.0, "a": 1.0, "an": 1.0, "half a": 0.5}
_PARTS = {"early": early, "middle": middle, "late": late, "close": close}
_MAKES = {"early": early, "middle": middle, "late": late}
_WORD = re.compile(r"(?<![\w'])[\w]")
_REACH = 60
_YEAR_AS_COUNT = re.compile(r"\b(?:19|20)\d\d (?:quarter|season|year|campaign)")


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: where it stands in the text, and the days it covers; no period where none can be said."""

    start: int
    end: int
    period: Period | None
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class _Now:
    """A text and the day on which it says "tomorrow"."""

    text: str
    folded: str
    day: date


def times(text: str, folded: str, start: int, end: int, published: date) -> list[Time]:
    """The time expressions of `text[start:end]`, in order, apart from each other. `folded` is the text, folded."""
    return list(_found(_Now(text, folded, published), start, end))


def clocks(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where `folded[start:end]` tells the time of day: "at 2 p.m. (0100 GMT)"."""
    return [match.span() for match in words.CLOCK.finditer(folded, start, end)]


def _found(now: _Now, start: int, end: int) -> Iterator[Time]:
    at = start
    for trigger in words.TRIGGER.finditer(now.folded, start, end):
        if trigger.start() < at:
            continue
        begins = (word.start() for word in _WORD.finditer(now.folded, max(at, trigger.start() - _REACH), trigger.end()))
        found = next(
            (time for begin in begins if (time := _expression(now, begin, end)) and time.end > trigger.start()), None
        )
        if found and found.end >= trigger.end():
            at = found.end
            yield found


def _expression(now: _Now, begin: int, end: int) -> Time | None:
    """A time expression that begins exactly here, with its preposition."""
    stretch = _stretch(now, begin, end)
    if stretch:
        return stretch
    preposition = words.PREPOSITION.match(now.folded, begin, end)
    word = preposition["word"] if preposition else ""
    found = _period(now, preposition.end() if preposition else begin, end)
    if found is None:
        return None
    finish, period = found
    if word in ("from", "between", "in", "") or now.folded[finish : finish + 1] in "-–":
        finish, period = _range(now, finish, end, period, word)
    return _placed(now, begin, finish, period, word)


def _placed(now: _Now, begin: int, finish: int, period: Period | None, word: str) -> Time:
    past = word == "since" or bool(words.PAST.search(now.folded, max(0, begin - 12), begin))
    if period is None:
        return Time(begin, finish, None, past)
    period = _bounded(period, word, now.day)
    past = past or (period.end is not None and period.end < now.day)
    return Time(begin, finish, period, past)


def _bounded(period: Period, word: str, day: date) -> Period:
    """What a preposition makes of a period: "by March" ends with it, "before March" with the day before it."""
    if word in BEFORE and period.size == "close":
        return Period(day, period.end)
    if word in BEFORE:
        return Period(day, period.start - timedelta(days=1) if period.start else None)
    if word in ("until", "till") and period.size in ("year", "month", "season") and period.start:
        return Period(day, period.start - timedelta(days=1) if period.start > day else period.end)
    if word in BY:
        return Period(day, period.end)
    if word == "after":
        return Period(period.end + timedelta(days=1) if period.end else None, None)
    if word in OPEN:
        return Period(period.start, None if period.size != "range" else period.end)
    if word in ("as early as", "as soon as"):
        return Period(period.start, period.end)
    return (
        replace(period, start=max(period.start, day)) if period.start and period.end and period.end >= day else period
    )


def _range(now: _Now, finish: int, end: int, first: Period | None, word: str) -> tuple[int, Period | None]:
    """A second period behind the first one: "between May and July", "from June through August"."""
    through = words.THROUGH.match(now.folded, finish, end)
    open_to = {"": ("to", "-", "–", "through"), "in": ("-", "–", "or", "and", "to")}
    if not through or (joint := through.group().split()[0] if through.group().strip() else "") not in open_to.get(
        word, (joint,)
    ):
        return finish, first
    second = _period(now, through.end(), end)
    if second is None or second[1] is None or first is None:
        return finish, first
    last = second[1]
    if first.start and last.end and last.end < first.start and last.size == "month":
        last = month_of(last.end.year + 1, last.end.month)
    if first.start and last.end and last.start and first.start > last.start and first.size == "month":
        first = month_of(first.start.year - 1, first.start.month)
    return second[0], joined(first, last)


def _period(now: _Now, begin: int, end: int) -> tuple[int, Period | None] | None:
    """Where a period ends that begins here, and its days; a part of it where the text says so."""
    edge = words.EDGE.match(now.folded, begin, end)
    if edge:
        whole = unit_of("the", edge["unit"] or "year", now.day)
        return edge.end(), (close(whole) if edge["edge"] else middle(whole)) if whole else None
    later = words.LATER.match(now.folded, begin, end)
    if later:
        turn, _, unit = later["whole"].removeprefix("in ").rpartition(" ")
        return later.end(), unit_of(turn, unit, now.day) if turn else day_of(now.day)
    part = words.PART.match(now.folded, begin, end)
    at = part.end() if part else begin
    found = max(
        ((match.end(), name, match) for name, pattern in words.BASES if (match := pattern.match(now.folded, at, end))),
        key=lambda one: one[0],
        default=None,
    )
    if found is None or not _is_named(now, found[2]):
        return None
    finish, name, match = found
    period = MEANING[name](match, now.day)
    if part and period:
        period = _PARTS[part.lastgroup or "close"](period)
    return finish, period


def _is_named(now: _Now, found: re.Match[str]) -> bool:
    """ "may" and "march" are months with a capital letter only."""
    said = found.groupdict()
    if said.get("season") == "fall" and not said.get("turn") and not said.get("year"):
        # "Is expected to fall": autumn has an article or a year.
        return False
    month = said.get("month")
    if month not in ("may", "march", "mar", "sun", "august"):
        return True
    return now.text[found.start("month")].isupper() and not now.folded.startswith(" be ", found.end())


def _stretch(now: _Now, begin: int, end: int) -> Time | None:
    """A stretch from now on: "over the next few days", "within two weeks", "the rest of the year"."""
    rest = words.REST.match(now.folded, begin, end)
    if rest:
        unit = rest["unit"]
        whole = year_of(int(unit)) if unit.isdecimal() else unit_of("this", unit, now.day)
        return Time(begin, rest.end(), Period(now.day, whole.end, "stretch") if whole else None)
    for pattern in words.STRETCHES:
        found = pattern.match(now.folded, begin, end)
        if (
            found
            and not _YEAR_AS_COUNT.search(found.group())
            and not (found.groupdict().get("how") == "in" and words.MOST.search(now.folded, max(0, begin - 60), begin))
        ):
            past = bool(words.PAST.search(now.folded, max(0, begin - 12), begin))
            return Time(begin, found.end(), _ahead(found.groupdict(), now.day), past)
    return None


def _ahead(said: dict[str, str | None], day: date) -> Period:
    if one := said.get("one"):
        return Period(day, shifted(day, 1, one), "stretch")
    unit = said.get("unit") or said.get("unit2") or "day"
    first, last = said.get("count"), said.get("count2")
    count = 1.0 if said.get("how2") else _counted(first, unit)
    if said.get("unit") and said.get("unit2"):
        unit = said["unit2"] or unit
        count = _counted(first, unit)
    until = shifted(day, _counted(last, unit) if last else count, unit)
    # "In six weeks" names the day; "within" and "over" what leads up to it.
    begins = (
        shifted(day, count, unit) if said.get("how") in ("in", "after") and first and not said.get("ahead") else day
    )
    return Period(begins, None if said.get("how") == "after" else until, "stretch")


def _counted(written: str | None, unit: str) -> float:
    if written is None:
        return VAGUE[unit]
    if written in _EXACT:
        return _EXACT[written]
    number = numeral(written)
    return number.value if number else VAGUE[unit]
