"""When mail goes out, against a calendar that walks the clock from quarter hour to quarter hour."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forecasts.rules import timing
from forecasts.rules.timing import DAILY, EACH, WEEKLY, Rhythm

QUARTER = timedelta(minutes=15)
ZONES = sorted(name for name in available_timezones() if not name.startswith(("Etc/", "posix", "right")))
DAYS = st.dates(date(2016, 1, 1), date(2036, 12, 1))

moments = st.builds(
    lambda day, quarter: datetime(day.year, day.month, day.day, tzinfo=UTC) + quarter * QUARTER,
    DAYS,
    st.integers(0, 95),
)
weekdays = st.frozensets(st.integers(0, 6), min_size=1)


def clock(rhythm: Rhythm, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Every quarter hour from two days before `moment` on, with what the clocks of the zone show."""
    instant = moment - timedelta(days=2)
    while True:
        yield instant, instant.astimezone(rhythm.zone)
        instant += QUARTER


def hours(rhythm: Rhythm, moment: datetime, days: frozenset[int]) -> Iterator[datetime]:
    """The first quarter hour of each such day at which its clocks show the hour or later."""
    seen: set[date] = set()
    for instant, shown in clock(rhythm, moment):
        if shown.hour >= rhythm.hour and shown.date() not in seen:
            seen.add(shown.date())
            if shown.weekday() in days:
                yield instant


def by_hand(rhythm: Rhythm, moment: datetime) -> datetime:
    """The window as somebody with a clock and a calendar on the wall would find it."""
    absent = rhythm.absent_until
    is_back = absent is None or moment.astimezone(rhythm.zone).date() >= absent
    if rhythm.digest == EACH and is_back and moment.astimezone(rhythm.zone).weekday() in rhythm.weekdays:
        return moment
    days = frozenset({timing.first_day(rhythm.weekdays)}) if rhythm.digest == WEEKLY else rhythm.weekdays
    for instant in hours(rhythm, moment, days):
        if instant >= moment and (absent is None or instant.astimezone(rhythm.zone).date() >= absent):
            return instant
    raise AssertionError("the clock stopped")


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(ZONES), st.sampled_from([EACH, DAILY, WEEKLY]), st.integers(0, 23), weekdays, moments,
    st.one_of(st.none(), st.integers(-3, 10)),
)  # fmt: skip
@example("Antarctica/Troll", DAILY, 2, frozenset({6}), datetime(2024, 3, 30, 12, tzinfo=UTC), None)
@example("Australia/Lord_Howe", DAILY, 2, frozenset({6}), datetime(2024, 10, 5, 12, tzinfo=UTC), None)
@example("America/New_York", DAILY, 2, frozenset(range(7)), datetime(2024, 3, 10, 5, tzinfo=UTC), None)
@example("America/New_York", DAILY, 1, frozenset(range(7)), datetime(2024, 11, 3, 5, 30, tzinfo=UTC), None)
@example("Asia/Beirut", WEEKLY, 0, frozenset({6}), datetime(2024, 3, 30, 12, tzinfo=UTC), 1)
@example("Africa/Cairo", DAILY, 0, frozenset({4}), datetime(2024, 4, 25, 12, tzinfo=UTC), None)
def test_a_window_is_where_clock_and_calendar_put_it(
    zone: str, digest: str, hour: int, days: frozenset[int], moment: datetime, absent: int | None
) -> None:
    until = None if absent is None else moment.astimezone(ZoneInfo(zone)).date() + timedelta(days=absent)
    rhythm = Rhythm(ZoneInfo(zone), digest, hour, days, until)
    assert timing.window(rhythm, moment) == by_hand(rhythm, moment)


@pytest.mark.validate
@settings(max_examples=5_000, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 23), weekdays, moments)
def test_every_zone_and_hour_of_twenty_years_agrees_with_the_clock(
    zone: str, hour: int, days: frozenset[int], moment: datetime
) -> None:
    rhythm = Rhythm(ZoneInfo(zone), DAILY, hour, days)
    assert timing.window(rhythm, moment) == by_hand(rhythm, moment)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 23), weekdays, moments)
def test_windows_do_not_move_and_come_once_a_day_at_most(
    zone: str, hour: int, days: frozenset[int], moment: datetime
) -> None:
    rhythm = Rhythm(ZoneInfo(zone), DAILY, hour, days)
    first = timing.window(rhythm, moment)
    assert timing.window(rhythm, first) == first
    second = timing.window(rhythm, first + timedelta(seconds=1))
    assert first.astimezone(rhythm.zone).date() < second.astimezone(rhythm.zone).date()


def test_an_hour_that_clocks_skip_is_the_instant_of_their_change() -> None:
    new_york = ZoneInfo("America/New_York")
    assert timing.at_hour(date(2024, 3, 10), 2, new_york) == datetime(2024, 3, 10, 7, tzinfo=UTC)
    troll = ZoneInfo("Antarctica/Troll")
    assert timing.at_hour(date(2024, 3, 31), 2, troll) == datetime(2024, 3, 31, 1, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_first_of_them() -> None:
    assert timing.at_hour(date(2024, 11, 3), 1, ZoneInfo("America/New_York")) == datetime(2024, 11, 3, 5, tzinfo=UTC)


def test_a_midnight_that_is_skipped_is_one_o_clock() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    shown = timing.at_hour(date(2024, 3, 31), 0, beirut)
    assert shown is not None
    assert f"{shown.astimezone(beirut):%d %H:%M}" == "31 01:00"


def test_a_day_that_never_was_has_no_hour() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert timing.at_hour(date(2011, 12, 30), 9, apia) is None
    fridays = Rhythm(apia, DAILY, 9, frozenset({4}))
    after = timing.window(fridays, datetime(2011, 12, 29, 23, tzinfo=UTC))
    assert after.astimezone(apia).date() == date(2012, 1, 6)


def test_what_comes_weekly_comes_after_now_whatever_the_digest() -> None:
    monday = datetime(2024, 12, 2, 9, tzinfo=UTC)
    rhythm = Rhythm(ZoneInfo("UTC"), EACH)
    assert timing.weekly(rhythm, monday - timedelta(seconds=1)) == monday
    assert timing.weekly(rhythm, monday) == monday + timedelta(days=7)


def test_a_zone_that_there_is_not_counts_as_utc() -> None:
    assert timing.zone("Mars/Olympus_Mons") == timing.zone("../etc/passwd") == ZoneInfo("UTC")


def test_who_is_away_hears_on_the_day_of_their_return_at_their_hour() -> None:
    rhythm = Rhythm(ZoneInfo("Europe/Berlin"), EACH, 8, absent_until=date(2024, 12, 10))
    assert timing.window(rhythm, datetime(2024, 12, 3, 15, tzinfo=UTC)) == datetime(2024, 12, 10, 7, tzinfo=UTC)
    assert timing.window(rhythm, datetime(2024, 12, 10, 5, tzinfo=UTC)) == datetime(2024, 12, 10, 5, tzinfo=UTC)
