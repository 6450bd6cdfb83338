"""What is checked, and what a check says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Level = Literal["passes", "warns", "blocks"]

POINTS: dict[int, str] = {
    1: "The title is one proposition, neither stronger nor weaker than the criteria.",
    2: "Actor, action, object and place are named, contested terms defined.",
    3: "Opening and closing are absolute, with a time zone; happened or reported by then.",
    4: "What is counted has a threshold, unit, comparator and counting rule.",
    5: "A source of truth with its address and lag, a fallback, and what holds when sources conflict.",
    6: "A path to NO; what annuls; what makes it ambiguous; how long a state must persist.",
    7: "A resolver and a backup; closing before or at the time of resolving.",
    8: "Uncertain at opening: not known, not fixed, not already possible without saying so.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A forecast as drafted. Times are aware; `published_at` is the article's, `quote` the words it rests on.

    `asks_same` says that it claims to ask the very thing that the quote says or denies; `said_until` is the last day
    that the quote gives.
    """

    title: str = ""
    criteria: str = ""
    fine_print: str = ""
    background: str = ""
    kind: str = "binary"
    unit: str = ""
    options: tuple[str, ...] = ()
    resolution_source: str = ""
    source_url: str = ""
    lag: str = ""
    fallback: str = ""
    time_zone: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    resolves_at: datetime | None = None
    resolver: str = ""
    backup: str = ""
    published_at: datetime | None = None
    quote: str = ""
    asks_same: bool = False
    said_until: date | None = None
    article: str = ""

    @property
    def terms(self) -> str:
        """Criteria and fine print, in lower case: what a resolver goes by."""
        return f"{self.criteria}\n{self.fine_print}".lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one point; `instead` says what to write, and is empty where the point passes."""

    point: int
    code: str
    level: Level
    message: str
    instead: str = ""
