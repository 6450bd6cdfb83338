"""When somebody wants mail: hours, weekdays and absences in their own time zone. Pure; knows no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EACH, DAILY, WEEKLY = "each", "daily", "weekly"
EVERY_DAY = frozenset(range(7))
WEEKEND = {4, 5, 6}
DAY = timedelta(days=1)
# A week, a skipped day, and the days that a zone may lie ahead or back.
LOOKED_AHEAD = 24


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How one person wants mail. Weekdays from Monday 0 to Sunday 6; no mail before the day `absent_until`."""

    zone: ZoneInfo
    digest: str = EACH
    hour: int = 9
    weekdays: frozenset[int] = EVERY_DAY
    absent_until: date | None = None


def zone(name: str) -> ZoneInfo:
    """The zone of a name; UTC where there is none of it, so that one odd account holds nobody up."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def window(rhythm: Rhythm, moment: datetime) -> datetime:
    """The first instant from `moment` on at which the person wants the mail.

    Each mail on its own goes at once on the chosen weekdays, and after other days and absences at the chosen hour of
    the next chosen day. A daily digest goes at the hour of each chosen day, a weekly one on the first day of the week.
    """
    first = max(moment, back(rhythm, moment) or moment)
    if rhythm.digest == EACH and first == moment and _local(rhythm, moment).weekday() in rhythm.weekdays:
        return moment
    days = {first_day(_days(rhythm))} if rhythm.digest == WEEKLY else _days(rhythm)
    return next(instant for instant in _hours(rhythm, first, days) if instant >= first)


def window_before(rhythm: Rhythm, moment: datetime, end: datetime) -> datetime:
    """The same for a question that ends: where the mail would come too late, an hour before the end that does not.

    Half the time that is left is kept for the answer, but no more than half a day. First the weekly mail gives way, to
    the hour of a chosen day; then hour and days off, for which the mail goes at once. An absence gives way to nothing.
    """
    usual, latest = window(rhythm, moment), end - min(DAY / 2, (end - moment) / 2)
    if usual <= latest:
        return usual
    first = max(moment, back(rhythm, moment, end) or moment)
    sooner = next(instant for instant in _hours(rhythm, first, _days(rhythm)) if instant >= first)
    return sooner if sooner <= latest else first


def next_day(rhythm: Rhythm, moment: datetime) -> datetime:
    """The hour of the first chosen day after that of `moment`."""
    day = _local(rhythm, moment).date()
    return next(one for one in _hours(rhythm, moment, _days(rhythm)) if one.astimezone(rhythm.zone).date() > day)


def weekly(rhythm: Rhythm, moment: datetime) -> datetime:
    """The first instant after `moment` for what comes once a week, whatever the digest."""
    return next(instant for instant in _hours(rhythm, moment, {first_day(_days(rhythm))}) if instant > moment)


def first_day(days: frozenset[int]) -> int:
    """The first day of a week in which these are chosen, from Monday 0 to Sunday 6: the one after the weekend.

    The weekend is the longest break with a Friday, Saturday or Sunday in it; where there is none, or no longest one,
    weeks begin on Monday.

    >>> first_day(frozenset({6, 0, 1, 2, 3})), first_day(frozenset({5, 6, 0, 1, 2})), first_day(frozenset({0, 4}))
    (6, 5, 0)
    """
    breaks = {day: _break_before(day, days) for day in days}
    weekends = {day: len(off) for day, off in breaks.items() if off & WEEKEND}
    longest = [day for day, length in weekends.items() if length == max(weekends.values())]
    return longest[0] if len(longest) == 1 else min(days)


def _break_before(day: int, days: frozenset[int]) -> set[int]:
    return {(day - back) % 7 for back in takewhile(lambda back: (day - back) % 7 not in days, range(1, 7))}


def back(rhythm: Rhythm, moment: datetime, end: datetime | None = None) -> datetime | None:
    """When the absence that holds at `moment` ends: at the chosen hour of its day. None where none holds.

    For a question that ends before that hour it is over when that day begins.
    """
    usual = _back(rhythm, moment, rhythm.hour)
    return usual if usual is None or end is None or usual < end else _back(rhythm, moment, 0)


def _back(rhythm: Rhythm, moment: datetime, hour: int) -> datetime | None:
    if rhythm.absent_until is None or _local(rhythm, moment).date() >= rhythm.absent_until:
        return None
    days = (rhythm.absent_until + DAY * ahead for ahead in range(LOOKED_AHEAD))
    return next(instant for day in days if (instant := at_hour(day, hour, rhythm.zone)) is not None)


def at_hour(day: date, hour: int, place: ZoneInfo) -> datetime | None:
    """The first instant of a day at which its clocks show this hour or later, in UTC.

    Where the hour is skipped it is the instant of the change, where it comes twice the first; None where the whole
    day, or what is left of it, is skipped.
    """
    wanted = datetime.combine(day, time(hour))
    early = wanted.replace(tzinfo=place, fold=1).astimezone(UTC)
    late = wanted.replace(tzinfo=place, fold=0).astimezone(UTC)
    instant = _change(early, late, place) if early < late else late
    return instant if instant.astimezone(place).date() == day else None


def _change(early: datetime, late: datetime, place: ZoneInfo) -> datetime:
    """When the clocks change between two instants, to the second."""
    before = early.astimezone(place).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=1) // 2)
        early, late = (middle, late) if middle.astimezone(place).utcoffset() == before else (early, middle)
    return late


def _hours(rhythm: Rhythm, moment: datetime, days: set[int] | frozenset[int]) -> Iterator[datetime]:
    """The chosen hour of the days around and after `moment` whose weekday is one of `days`, in order."""
    start = _local(rhythm, moment).date() - DAY
    for ahead in range(LOOKED_AHEAD):
        day = start + DAY * ahead
        if day.weekday() in days and (instant := at_hour(day, rhythm.hour, rhythm.zone)) is not None:
            yield instant


def _days(rhythm: Rhythm) -> frozenset[int]:
    return rhythm.weekdays or EVERY_DAY


def _local(rhythm: Rhythm, moment: datetime) -> datetime:
    return moment.astimezone(rhythm.zone)
