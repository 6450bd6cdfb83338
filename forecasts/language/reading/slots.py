"""What a statement says, part by part, each with the offsets where the text says it."""

from dataclasses import dataclass, field
from typing import Any

from .proposition import Proposition


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a statement: `text[start:end]` of the article, and its normal form."""

    text: str
    start: int
    end: int
    normal: Any


@dataclass(frozen=True, slots=True)
class Stated:
    """A likelihood as the text states it, of the proposition as written: a term, a number, or an interval.

    `term` is empty where only a number is stated; `value` is the middle of an interval; from 0 to 1.
    """

    term: str
    text: str
    start: int
    end: int
    value: float
    low: float
    high: float


NAMES = ("actor", "predicate", "object", "place", "quantity", "time", "polarity", "condition")


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one claim; None for what its sentence does not say."""

    actor: Slot | None = None
    predicate: Slot | None = None
    object: Slot | None = None
    place: Slot | None = None
    quantity: Slot | None = None
    time: Slot | None = None
    polarity: Slot | None = None
    condition: Slot | None = None
    proposition: Proposition = field(default_factory=Proposition)
    zone: str = "UTC"
