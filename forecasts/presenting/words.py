"""Numbers, times and durations in words."""

from datetime import UTC, datetime, timedelta
from datetime import date as date_type
from zoneinfo import ZoneInfo

UNITS_OF_ONE_PERCENT = 100
SPANS = (
    (timedelta(days=730), timedelta(days=365.25), "year"),
    (timedelta(days=75), timedelta(days=30.44), "month"),
    (timedelta(hours=48), timedelta(days=1), "day"),
    (timedelta(minutes=100), timedelta(hours=1), "hour"),
    (timedelta(), timedelta(minutes=1), "minute"),
)


def percent(units: float | None) -> str:
    """A probability in units of 1/10,000 as people read it; an absent one is a dash.

    >>> percent(3400), percent(50), percent(9951), percent(10_000)
    ('34%', '<1%', '>99%', '100%')
    """
    if units is None:
        return "–"
    if 0 < units < UNITS_OF_ONE_PERCENT:
        return "<1%"
    if 99 * UNITS_OF_ONE_PERCENT < units < 100 * UNITS_OF_ONE_PERCENT:
        return ">99%"
    return f"{units / UNITS_OF_ONE_PERCENT:.0f}%"


def span(duration: timedelta) -> str:
    """A duration in one unit, whichever sign it has.

    >>> span(timedelta(days=12, hours=5)), span(timedelta(hours=-3))
    ('12 days', '3 hours')
    """
    length = abs(duration)
    if length < timedelta(minutes=1):
        return "less than a minute"
    unit, name = next((unit, name) for least, unit, name in SPANS if length >= least)
    count = max(1, int(length / unit))
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def ahead(moment: datetime, at: datetime) -> str:
    """How far a moment lies ahead of, or behind, `at`.

    >>> ahead(datetime(2024, 12, 13, tzinfo=UTC), datetime(2024, 12, 1, tzinfo=UTC))
    'in 12 days'
    """
    words = span(moment - at)
    return f"in {words}" if moment >= at else f"{words} ago"


def date(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment in a zone, such as 5 Dec 2024."""
    return calendar(moment.astimezone(zone))


def absolute(moment: datetime, zone: ZoneInfo) -> str:
    """A moment beyond doubt: in a zone, and in UTC where that differs."""
    local = moment.astimezone(zone)
    there = f"{local.day} {local:%B %Y, %H:%M} {zone.key}"
    if local.utcoffset() == timedelta():
        return there
    universal = moment.astimezone(UTC)
    day = "" if universal.date() == local.date() else f"{universal.day} {universal:%b}, "
    return f"{there} ({day}{universal:%H:%M} UTC)"


def calendar(day: date_type) -> str:
    """A day as people read it, such as 5 Dec 2024."""
    return f"{day.day} {day:%b %Y}"


def day(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment without its year, such as 5 Dec."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b}"


def short(number: float) -> str:
    """A number for an axis.

    >>> short(1_500_000), short(250_000), short(81)
    ('1.5m', '250k', '81')
    """
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if abs(number) >= size:
            return f"{number / size:.3g}{letter}"
    return f"{number:.3g}"


def rhythm(every: timedelta) -> str:
    """How often somebody is asked.

    >>> rhythm(timedelta(days=7)), rhythm(timedelta(days=10))
    ('weekly', 'every 10 days')
    """
    named = {1: "daily", 7: "weekly", 14: "every two weeks", 30: "monthly", 91: "quarterly"}
    if every % timedelta(days=1) == timedelta() and every.days in named:
        return named[every.days]
    return f"every {span(every)}"
