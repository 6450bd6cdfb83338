"""What a feed is: a kind of data file about events, said in one record from which everything else derives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Text:
    """A field that a filter gives a list of values for."""

    name: str
    columns: tuple[str, ...]
    """What the file calls it, the first that it has. Several with `any_of`: each of them may hold the value."""
    said: str
    """The field in words, before its values: "in", "of the type"."""
    codes: Mapping[str, str] = NOTHING
    """What stands in the file to what a filter says; empty where the file's own words are taken."""
    known: tuple[str, ...] = ()
    """Values that exist whether or not a file holds them; any other is an error unless the file holds it."""
    pattern: str = ""
    """What a value looks like, where the feed uses codes."""
    any_of: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Limit:
    """A code that says how sure something is: a filter gives the largest that counts."""

    name: str
    columns: tuple[str, ...]
    highest: int
    said: str


@dataclass(frozen=True)
class Measure:
    """What can be summed over events, in whole numbers; without a column each event counts one."""

    name: str
    said: str
    column: str = ""


@dataclass(frozen=True)
class Feed:
    """A kind of data file."""

    name: str
    title: str
    home: str
    """Its address."""
    credit: str
    licence: str
    licence_url: str
    shows: Literal["rows", "ids", "nothing"]
    """What the licence lets others be shown of counted rows."""
    lag_days: int
    """How long after the fact a window is held to be complete."""
    look_back: str
    """How far back its files reach, and how long it goes on changing what it said."""
    versions: str
    """How versions are called, and what they revise."""
    fetched: str
    """How a file is had."""

    ids: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    texts: tuple[Text, ...]
    measures: tuple[Measure, ...]
    limits: tuple[Limit, ...] = ()
    place: tuple[str, str] | None = None
    """The columns of latitude and longitude, where events have a place."""
    levels: tuple[str, ...] = ()
    """Measures that are estimates of one thing: neighbours of each other."""
    varied: str = ""
    """The text field whose values make neighbouring rules."""
    keys: tuple[str, ...] = ()
    """Text fields that narrow most first: what counting joins on."""
    details: tuple[str, ...] = ()
    """Columns that are kept for showing."""
    marks: tuple[str, ...] = ()
    """Columns by which its files are told from those of other feeds."""
    tried: bool = True
    """Whether it was tried on a real file."""
    cautions: tuple[str, ...] = ()
    """What whoever counts by it should know."""
    covers: Callable[[str], tuple[date, date] | None] = field(default=lambda _version: None)
    """The days that a version speaks for, where its name says so; otherwise its events do."""
    series: Callable[[str], str] = field(default=lambda _version: "")
    """Versions of one series replace each other; a vintage is compared with the one before in its series."""

    def measure(self, name: str) -> Measure:
        return next(measure for measure in self.measures if measure.name == name)

    @property
    def measure_names(self) -> tuple[str, ...]:
        return tuple(measure.name for measure in self.measures)

    def text(self, name: str) -> Text | None:
        """The field of this name; it also answers to what the file calls it."""
        named = [text for text in self.texts if name == text.name]
        return next(iter(named or [text for text in self.texts if name in text.columns and not text.any_of]), None)

    def limit(self, name: str) -> Limit | None:
        return next((limit for limit in self.limits if name == limit.name or name in limit.columns), None)

    @property
    def filters(self) -> tuple[str, ...]:
        """The keys that a filter may have."""
        names = [text.name for text in self.texts] + [limit.name for limit in self.limits]
        return (*names, "within") if self.place else tuple(names)
