"""What the names of periods mean, against the day of publication: "Friday", "the second quarter", "mid-century"."""

import re
from datetime import date, timedelta

from .feasts import feast
from .periods import (
    MONTHS,
    WEEKDAYS,
    Period,
    day_of,
    joined,
    month_of,
    months,
    quarter_of,
    season_of,
    week_of,
    weekend_of,
    year_of,
)


def unit_of(turn: str, unit: str, day: date) -> Period | None:
    """The week, month or year that "this" or "next" names."""
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


def _decade(found: re.Match[str], _day: date) -> Period:
    first = int(found["decade"])
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade")


def _century(_found: re.Match[str], day: date) -> Period:
    first = day.year // 100 * 100
    return Period(date(first + 1, 1, 1), date(first + 100, 12, 31), "century")


def _week_from(found: re.Match[str], day: date) -> Period | None:
    month, number = found["month"] or found["month2"], found["day"] or found["day2"]
    whole = month_of(_year(found["year"], day) or _next_month(_number(month), day), _number(month))
    try:
        first = whole.start.replace(day=int(re.sub(r"\D", "", number))) if whole.start else None
    except ValueError:
        return None
    return Period(first, first + timedelta(days=6)) if first else None


def _weekday_of(found: re.Match[str], day: date) -> Period:
    monday = week_of(day, found["turn"] == "next").start
    assert monday  # noqa: S101 - a week has a start
    monday -= timedelta(days=monday.weekday())
    return day_of(monday + timedelta(days=WEEKDAYS.index(found["weekday"])))


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


MEANING = {
    "iso": _date, "date": _date, "week_of": _week_of, "month": _month, "piece": _piece, "season": _season,
    "unit": lambda found, day: unit_of(found["turn"], found["unit"], day), "year": _whole_year, "weekday": _weekday,
    "near": _near, "feast": _feast, "bare_day": _bare_day, "decade": _decade, "century": _century,
    "week_from": _week_from, "weekday_of": _weekday_of,
}  # fmt: skip
"""By the name of a pattern in `time_words`: what it stands for; None where the calendar has no such day."""
