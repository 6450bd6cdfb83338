"""What whoever imports a file says of it, where the file itself leaves it open."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Self

CHANGES = ("title", "date", "outcome")
"""What of a forecast that is here already an import changes, if it is told to."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Answers to what a file may leave open; empty: the file says it, or it is asked.

    `people` gives the address of an account for a name or an address in the file, or nothing for somebody who has no
    account. `beside` are files that belong to it: the questions of a file of answers. `opens_at` and `closes_at` stand
    for dates that the file does not hold.
    """

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimals: str = ""
    dates: str = ""
    zone: str = ""
    probabilities: str = ""
    category: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    change: frozenset[str] = frozenset()
    beside: tuple[Path, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def with_(self, **changes: object) -> Self:
        """The same, but for what is given."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that a file leaves open: the option of the command that answers it, and what it may be."""

    name: str
    question: str
    answers: tuple[str, ...] = ()

    def __str__(self) -> str:
        given = "|".join(self.answers) if self.answers else "…"
        return f"{self.question} Say --{self.name} {given}."
