"""The professional frame of a question: window, counting rule, reporting, annulment, ambiguity, fallback."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forecasts.language.categories.authorities import AGENCIES, OCHA, Authority

END_OF_DAY = time(23, 59)
DAYS_TO_REPORT = 7
COUNTING = {
    "peak": "The highest figure published for the window counts; where a range is published, its middle.",
    "first": "The first published figure for the period counts; later revisions do not.",
    "": "What is counted is counted cumulatively over the window.",
}


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def closing(day: date, zone: str) -> datetime:
    """The end of a day where it happens."""
    return datetime.combine(day, END_OF_DAY, ZoneInfo(zone))


def short(authority: Authority) -> str:
    """The source's name inside a sentence."""
    if authority is AGENCIES:
        return "two of Reuters, Associated Press and AFP"
    return authority.name.split(" (")[0].removesuffix(" situation reports").removesuffix(" event data")


def late(authority: Authority) -> timedelta:
    return max(authority.late, timedelta(days=DAYS_TO_REPORT))


def window(opens: date, closes: date, zone: str, authority: Authority, *, resolved: date) -> str:
    return (
        f"It must happen between {spoken(opens)} and {spoken(closes)}, 23:59 {zone}, and be reported by "
        f"{spoken(resolved)} by {short(authority)}."
    )


def fine_print(authority: Authority) -> str:
    days = late(authority).days
    return (
        f"What happened before the opening does not count. Annulled if {short(authority)} stop publishing "
        f"before the closing "
        f"and the fallback has nothing either. Ambiguous if source and fallback leave it open {days} days "
        f"after the closing."
    )


def fallback(authority: Authority) -> str:
    second = AGENCIES.name if authority is not AGENCIES else OCHA.name
    return f"{second}. Where the two differ, the source prevails over this fallback."
