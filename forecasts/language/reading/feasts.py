"""Feasts that texts give times by."""

from datetime import date, timedelta

from dateutil.easter import easter

from .periods import Period, day_of

NAMES = (
    "good friday", "easter", "pentecost", "orthodox easter", "ascension day", "christmas", "new year", "new year's eve",
    "new year's day", "ramadan", "eid al-fitr", "eid al-adha", "eid", "ashura", "nowruz", "thanksgiving",
)  # fmt: skip
ORTHODOX = 2
_FITR, _ADHA, _ASHURA, _RAMADAN = (10, 1), (12, 10), (1, 10), 9
_MOVED = {"good friday": -2, "easter": 0, "ascension day": 39, "pentecost": 49}
_FIXED = {
    "christmas": (12, 25),
    "new year": (1, 1),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "nowruz": (3, 21),
}


def feast(name: str, after: date) -> Period | None:
    """The next feast of that name that has not ended before a day; None where no calendar here has it."""
    found = (_in_year(name, year) for year in (after.year - 1, after.year, after.year + 1, after.year + 2))
    return next((period for period in found if period and period.end and period.end >= after), None)


def _in_year(name: str, year: int) -> Period | None:
    if name in _MOVED:
        return day_of(easter(year) + timedelta(days=_MOVED[name]))
    if name == "orthodox easter":
        return day_of(easter(year, ORTHODOX))
    if name in _FIXED:
        return day_of(date(year, *_FIXED[name]))
    if name == "thanksgiving":
        first = date(year, 11, 1)
        return day_of(first + timedelta(days=(3 - first.weekday()) % 7 + 21))
    return _islamic(name, year)


def _islamic(name: str, year: int) -> Period | None:
    """Days of Umm al-Qura's calendar in a year of ours; the first where there are two."""
    # Costs 20 ms, and few texts have such a day.
    from hijridate import Gregorian, Hijri

    dates = {"eid": _FITR, "eid al-fitr": _FITR, "eid al-adha": _ADHA, "ashura": _ASHURA, "ramadan": (_RAMADAN, 1)}
    if name not in dates:
        return None
    first = Gregorian(year, 1, 1).to_hijri().year
    for lunar in (first, first + 1):
        begins = Hijri(lunar, *dates[name])
        day = begins.to_gregorian()
        if day.year == year:
            length = begins.month_length() if name == "ramadan" else 1
            return Period(date(day.year, day.month, day.day), day + timedelta(days=length - 1), "feast")
    return None
