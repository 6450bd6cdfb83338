"""What a spec's form is filled with, from what a draft says. What is not found is left blank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from forecasts.evidence.feed import Feed
from forecasts.evidence.feeds import feed_named, feeds
from forecasts.evidence.menus import Choice, Menus
from forecasts.evidence.occurring import means
from forecasts.evidence.spec import Rule
from forecasts.models import Forecast, Vintage
from forecasts.questions import slot_reading
from forecasts.questions.drafting.filling import Blanks

USUAL = "ucdp_ged"
_PLACES = ("country", "adm_1", "adm_2", "location")
_MEASURES = {
    "figure": ("displac", "flee", "leave", "home"),
    "best": ("kill", "die", "dead", "death", "lives", "casualt"),
    "fatalities": ("kill", "die", "dead", "death", "lives", "casualt"),
    "civilians": ("civilian",),
}
"""Words of a question that ask for a measure."""


@dataclass(frozen=True)
class Drafted:
    """What is known of the question: its words, places, dates and number."""

    words: str
    places: tuple[str, ...]
    first: date | None
    last: date | None
    number: int | None
    sources: tuple[str, ...]
    """Addresses of the source that decides it."""


def of_blanks(blanks: Blanks, words: str, places: Iterable[str], number: int | None) -> Drafted:
    opens_on = _whole_day(blanks.opens_at.astimezone(ZoneInfo(blanks.zone)))
    return Drafted(
        words=f"{words} {blanks.template.title}",
        places=tuple(place for place in (blanks.place, *places) if place),
        first=max(blanks.starts_on or opens_on, opens_on),
        last=blanks.closes_on,
        number=blanks.threshold or number,
        sources=(blanks.authority.url,),
    )


def of_forecast(forecast: Forecast) -> Drafted:
    """A draft that is kept already; the slots of its statement, where somebody has read it."""
    opens, closes = (one and one.astimezone(forecast.zone) for one in (forecast.opens_at, forecast.closes_at))
    said = slot_reading.said(forecast.statement) if forecast.statement else None
    slots = said[0] if said else None
    quantity = slots.quantity.normal if slots and slots.quantity else {}
    when = slots.time.normal if slots and slots.time and slots.time.normal else {}
    place = str(slots.place.normal or slots.place.text) if slots and slots.place else ""
    return Drafted(
        words=forecast.title,
        places=tuple(one for one in (place, *_named(forecast.title)) if one),
        first=_day(when.get("from")) or (_whole_day(opens) if opens else None),
        last=_day(when.get("to")) or (closes.date() if closes else None),
        number=quantity.get("value") if quantity.get("unit") != "share" else None,
        sources=(forecast.resolution_source_url,),
    )


def feed_for(drafted: Drafted, at: datetime) -> Feed:
    """The feed whose source decides it, else one that counts what it asks, among those of which a file is kept."""
    kept = set(Vintage.objects.known(at).order_by().values_list("feed", flat=True).distinct())
    hosts = {urlsplit(address).hostname for address in drafted.sources}
    there = [feed for feed in feeds().values() if not kept or feed.name in kept]
    decides = [feed for feed in there if urlsplit(feed.home).hostname in hosts]
    counts = [feed for feed in there if _measure(feed, drafted.words) not in ("", "events")]
    usual = [feed for feed in there if feed.name == USUAL]
    return next(iter([*decides, *counts, *usual, *there]), feed_named(USUAL))


def initial(drafted: Drafted, feed: Feed, found: Menus) -> dict[str, Any]:
    """The form's first look."""
    return {
        "measure": _measure(feed, drafted.words) or feed.measure_names[0],
        "comparison": "at_least",
        "number": drafted.number,
        "first": drafted.first,
        "last": drafted.last,
        "rule": Rule.INSIDE,
        **_placed(drafted.places, feed, found),
    }


def _placed(places: Iterable[str], feed: Feed, found: Menus) -> dict[str, list[str]]:
    """The first place that a menu has, at its broadest level, and the country around it."""
    levels = [name for name in _PLACES if feed.text(name)]
    for place in places:
        for level in levels:
            meant = next((one for one in found.get(level, ()) if means(place, one.value)), None)
            if meant is not None:
                return {f"text_{level}": [meant.value], **_around(meant, level)}
    return {}


def _around(meant: Choice, level: str) -> dict[str, list[str]]:
    return {"text_country": [meant.country]} if level != "country" and meant.country else {}


def _measure(feed: Feed, words: str) -> str:
    text = words.casefold()
    asked = [name for name in feed.measure_names if any(word in text for word in _MEASURES.get(name, ()))]
    return asked[-1] if asked else ""


def _named(title: str) -> list[str]:
    """Runs of capitalised words of a title, such as places."""
    runs: list[list[str]] = [[]]
    for word in title.replace(",", " , ").split():
        runs = [*runs[:-1], [*runs[-1], word]] if word[:1].isupper() else [*runs, []]
    return [" ".join(run) for run in runs if run]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole_day(moment: datetime) -> date:
    """The first day that lies wholly after a moment: what happened before the opening does not count."""
    return moment.date() if moment.time() == time() else moment.date() + timedelta(days=1)
