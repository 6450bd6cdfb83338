"""Periods of the calendar: first and last day, both included."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month that a northern meteorological season begins with."""

EARLY, MIDDLE = 10, 15
"""The days of a month on which its early and its middle part end."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both included; None where a side is open. `size` is the unit that it is one of."""

    start: date | None
    end: date | None
    size: str = "day"


def day_of(day: date) -> Period:
    return Period(day, day)


def month_of(year: int, month: int) -> Period:
    """A month of the calendar; months beyond December run on into later years.

    >>> month_of(2027, 14).end
    datetime.date(2028, 2, 29)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def year_of(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def months(year: int, first: int, count: int, size: str) -> Period:
    return Period(month_of(year, first).start, month_of(year, first + count - 1).end, size)


def quarter_of(day: date, ahead: int = 0) -> Period:
    return months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * ahead, 3, "quarter")


def week_of(day: date, ahead: int = 0) -> Period:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=ahead)
    return Period(monday, monday + timedelta(days=6), "week")


def weekend_of(day: date, ahead: int = 0) -> Period:
    end = week_of(day, ahead).end
    assert end is not None  # noqa: S101 - a week has an end
    return Period(end - timedelta(days=1), end, "weekend")


def season_of(name: str, year: int) -> Period:
    return months(year, SEASONS[name], 3, "season")


def early(period: Period) -> Period:
    """The first part: to the 10th of a month, the first third of anything else."""
    if period.size == "month" and period.start:
        return Period(period.start, period.start.replace(day=EARLY))
    return _third(period, 0)


def middle(period: Period) -> Period:
    """The middle: to the 15th of a month, the middle third of anything else; of a century the year 50."""
    if period.size == "century" and period.end:
        return year_of(period.end.year - 50)
    if period.size == "month" and period.start:
        return Period(period.start.replace(day=EARLY + 1), period.start.replace(day=MIDDLE))
    return _third(period, 1)


def late(period: Period) -> Period:
    """The last part: from the 21st of a month, the last third of anything else."""
    if period.size == "month" and period.start:
        return Period(period.start.replace(day=21), period.end)
    return _third(period, 2)


def close(period: Period) -> Period:
    """The end of a period: its last day, with the tenth before it."""
    if period.start is None or period.end is None:
        return period
    return Period(period.end - (period.end - period.start) // 10, period.end, "close")


def _third(period: Period, number: int) -> Period:
    if period.start is None or period.end is None or period.start == period.end:
        return period
    if period.size == "year":
        return months(period.start.year, (1, 5, 10)[number], (3, 2, 3)[number], "part")
    length = (period.end - period.start).days + 1
    first = period.start + timedelta(days=length * number // 3)
    return Period(first, period.start + timedelta(days=length * (number + 1) // 3 - 1))


def shifted(day: date, count: float, unit: str) -> date:
    """A day so many hours, days, weeks, fortnights, months, quarters, years or decades later.

    >>> shifted(date(2027, 1, 31), 1, "month")
    datetime.date(2027, 2, 28)
    """
    if unit in _DAYS:
        return day + timedelta(days=round(count * _DAYS[unit]))
    months_later = day.month - 1 + round(count * _MONTHS[unit])
    year, month = min(day.year + months_later // 12, MAXYEAR), months_later % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120}


def joined(first: Period, last: Period) -> Period:
    return Period(first.start, last.end, "range")
