"""Time expressions of a text, resolved against the day of its publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from . import time_words as words
from .feasts import feast
from .numerals import numeral
from .periods import (
    MONTHS,
    WEEKDAYS,
    Period,
    close,
    day_of,
    early,
    joined,
    late,
    middle,
    month_of,
    months,
    quarter_of,
    season_of,
    shifted,
    week_of,
    weekend_of,
    year_of,
)

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
    if not through or through.group().strip() not in open_to.get(word, (through.group().strip(),)):
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
        whole = _unit("the", edge["unit"] or "year", now.day)
        return edge.end(), (close(whole) if edge["edge"] else middle(whole)) if whole else None
    later = words.LATER.match(now.folded, begin, end)
    if later:
        turn, _, unit = later["whole"].removeprefix("in ").rpartition(" ")
        return later.end(), _unit(turn, unit, now.day) if turn else day_of(now.day)
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
    period = _MEANING[name](match, now.day)
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
        whole = year_of(int(unit)) if unit.isdecimal() else _unit("this", unit, now.day)
        return Time(begin, rest.end(), Period(now.day, whole.end, "stretch") if whole else None)
    for pattern in words.STRETCHES:
        found = pattern.match(now.folded, begin, end)
        if found and not (
            found.groupdict().get("how") == "in" and words.MOST.search(now.folded, max(0, begin - 60), begin)
        ):
            past = bool(words.PAST.search(now.folded, max(0, begin - 12), begin))
            return Time(begin, found.end(), _ahead(found.groupdict(), now.day), past)
    return None


def _ahead(said: dict[str, str | None], day: date) -> Period:
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


def _unit(turn: str, unit: str, day: date) -> Period | None:
    ahead = 1 if turn in ("next", "the coming", "the next", "the following", "coming", "the new") else 0
    if unit == "week":
        return week_of(day, ahead)
    if unit == "weekend":
        return weekend_of(day, 1 if turn == "next" else 0)
    if unit == "month":
        return month_of(day.year, day.month + ahead)
    if unit == "quarter":
        return quarter_of(day, ahead)
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * ahead
        return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade")
    return year_of(day.year + ahead)


def _year(said: str | None, day: date) -> int | None:
    if said is None:
        return None
    return int(said) if said.isdecimal() else day.year + (said == "next year")


def _number(month: str) -> int:
    return next(at for at, name in enumerate(MONTHS, 1) if name.startswith(month[:3]))


def _next_month(month: int, day: date) -> int:
    """The year of the next such month; the present one counts."""
    return day.year + (month < day.month)


def _date(found: re.Match[str], day: date) -> Period | None:
    said = found.groupdict()
    month = _number(said["month"]) if said["month"].rstrip(".").isalpha() else int(said["month"])
    numbers = [int(re.sub(r"\D", "", one)) for one in (said["day"], said.get("day2")) if one]
    year = _year(said.get("year"), day)
    try:
        first, last = (date(year or day.year, month, one) for one in (numbers[0], numbers[-1]))
        if year is None and last < day - timedelta(days=1):
            first, last = first.replace(year=day.year + 1), last.replace(year=day.year + 1)
    except ValueError:
        return None
    return Period(first, last)


def _month(found: re.Match[str], day: date) -> Period:
    month = _number(found["month"])
    year = _year(found["year"], day)
    period = month_of(year or _next_month(month, day), month)
    just_over = month_of(day.year, day.month - 1) if day.month > 1 else month_of(day.year - 1, 12)
    # "In July", said in August, is last month: the figures for it are still to come.
    return (
        just_over
        if year is None and found["turn"] is None and just_over.start and just_over.start.month == month
        else period
    )


def _week_of(found: re.Match[str], day: date) -> Period:
    month = _number(found["month"])
    whole = month_of(_year(found["year"], day) or _next_month(month, day), month)
    assert whole.start and whole.end  # noqa: S101, PT018 - a month has both
    number = ("first", "second", "third", "fourth", "last").index(found["ordinal"])
    if number == len(MONTHS[0]) or found["ordinal"] == "last":
        return Period(whole.end - timedelta(days=6), whole.end)
    first = whole.start + timedelta(weeks=number)
    return Period(first, first + timedelta(days=6))


_LENGTHS = {"quarter": 3, "half": 6, "three months": 3, "six months": 6, "four months": 4, "trimester": 3}
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3}


def _piece(found: re.Match[str], day: date) -> Period:
    said, year = found["year"], found["year"]
    short = found["short"]
    length = (3 if short[0] == "q" else 6) if short else _LENGTHS[found["piece"] or found["piece0"]]
    if short:
        number = int(short[1]) - 1
    elif found["ordinal"] in _ORDINALS:
        number = _ORDINALS[found["ordinal"]]
    else:
        number = 12 // length - 1
    first = 1 + number * length
    named = _year(year if said and (said.isdecimal() or said in ("next year", "this year")) else None, day)
    if named is None:
        end = month_of(day.year, first + length - 1).end
        named = day.year + (end is not None and end < day and not said)
    return months(named, first, length, "quarter")


def _season(found: re.Match[str], day: date) -> Period:
    name, said = found["season"], found["year"]
    if said:
        return season_of(name, int(said))
    year = day.year - 1
    while (end := season_of(name, year).end) is None or end < day:
        year += 1
    period = season_of(name, year)
    inside = period.start is not None and period.start <= day
    return season_of(name, year + 1) if found["turn"] == "next" and inside else period


def _whole_year(found: re.Match[str], day: date) -> Period:
    first, last = int(found["year"]), found["year2"]
    if not last:
        return year_of(first)
    final = int(last) if len(last) > 2 else first // 100 * 100 + int(last)
    return joined(year_of(first), year_of(max(first, final)))


def _weekday(found: re.Match[str], day: date) -> Period:
    number = WEEKDAYS.index(found["weekday"])
    if found["turn"] == "next":
        monday = week_of(day, 1).start
        assert monday  # noqa: S101 - a week has a start
        return day_of(monday + timedelta(days=number))
    return day_of(day + timedelta(days=(number - day.weekday()) % 7))


def _near(found: re.Match[str], day: date) -> Period:
    ahead = {"tomorrow": 1, "overnight": 1, "the day after tomorrow": 2}.get(found["near"], 0)
    return day_of(day + timedelta(days=ahead))


def _feast(found: re.Match[str], day: date) -> Period | None:
    year = found["year"]
    return feast(found["feast"], date(int(year), 1, 1) if year else day)


def _bare_day(found: re.Match[str], day: date) -> Period | None:
    number = int(re.sub(r"\D", "", found["day"]))
    whole = month_of(day.year, day.month + (number < day.day))
    assert whole.start  # noqa: S101 - a month has a start
    try:
        return day_of(whole.start.replace(day=number))
    except ValueError:
        return None


_MEANING = {
    "iso": _date, "date": _date, "week_of": _week_of, "month": _month, "piece": _piece, "season": _season,
    "unit": lambda found, day: _unit(found["turn"], found["unit"], day), "year": _whole_year, "weekday": _weekday,
    "near": _near, "feast": _feast, "bare_day": _bare_day,
}  # fmt: skip
