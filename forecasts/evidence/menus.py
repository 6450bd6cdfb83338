"""What a spec may be chosen from: the countries, regions, actors and types as they occur in a vintage."""

from dataclasses import dataclass
from datetime import datetime

import orjson

from forecasts.evidence.feeds import feed_named
from forecasts.evidence.occurring import MOST_KEPT, note_on, write
from forecasts.evidence.spec import Spec
from forecasts.evidence.taking import MENUS, beside, opened
from forecasts.models import Vintage
from forecasts.rules.errors import InvalidVintage

type Menus = dict[str, list["Choice"]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that occurs, and the country in which most of its events lie."""

    value: str
    country: str = ""


def newest(feed: str, at: datetime) -> tuple[Vintage | None, Menus]:
    """The newest vintage of a feed with its menus; empty ones where no file of it is whole."""
    vintage = Vintage.objects.known(at).filter(feed=feed).first()
    try:
        return vintage, menus(vintage) if vintage else {}
    except InvalidVintage:
        return vintage, {}


def notes(spec: Spec, found: Menus) -> list[str]:
    """On values that do not occur. Raises InvalidSpec where one is misspelt or cannot exist in the feed."""
    said = []
    for text in spec.feed.texts:
        held = [choice.value for choice in found.get(text.name, ())]
        if held and not text.codes and len(held) < MOST_KEPT:
            said += [note_on(text, value, held) for value in spec.texts.get(text.name, ())]
    return [note for note in said if note]


def menus(vintage: Vintage) -> Menus:
    """By field, those of most events first. Raises InvalidVintage where the vintage's file is gone."""
    kept = beside(vintage.file, MENUS)
    if not kept.is_file():
        with opened(vintage) as database:
            write(database, feed_named(vintage.feed), kept)
    return {name: [Choice(*one) for one in values] for name, values in orjson.loads(kept.read_bytes()).items()}
