"""What a format hands over of a file: rows in long form, what it understood, and what it leaves open or cannot read."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from forecasts.exchange.importing.cell_values import Numbers, Shares, Times, rising
from forecasts.exchange.importing.choices import Choices, Open
from forecasts.exchange.importing.text_files import TextTable, composed, table
from forecasts.models.kinds import KINDS
from forecasts.rules.values import UNITS, shared_out
from forecasts.scoring.timeline import microseconds

MOST_LISTED = 100
COLUMNS = (
    "line", "key", "analyst", "made_at", "event", "probability", "numbers", "rationale", "title", "category",
    "opens_at", "closes_at", "outcome", "known_at", "rest", "unread",
)  # fmt: skip
"""Of the scratch file, and of the table that it becomes."""


@dataclass(frozen=True, slots=True)
class About:
    """What a row says of its forecast. Times in microseconds since 1970; levels in units of 1/10,000."""

    title: str
    opens_at: int | None
    closes_at: int | None
    category: str = ""
    kind: str = "binary"
    options: tuple[str, ...] = ()
    is_ordered: bool = False
    levels: tuple[int, ...] = ()
    unit: str = ""
    lower: float | None = None
    upper: float | None = None
    lower_open: bool = False
    upper_open: bool = False
    criteria: str = ""
    resolves_at: int | None = None
    outcome: str = ""
    value: float | None = None
    """Of an outcome: the number, the day, or the option's place."""
    known_at: int | None = None


@dataclass(slots=True)
class LongRow:
    """One answer: what was said, when, by whom, about what. `numbers` are an option's shares each, or quantiles."""

    line: int
    forecast: str
    analyst: str
    made_at: int | None
    about: About
    probability: float | None = None
    numbers: Sequence[float] | None = None
    event: str = "update"
    rationale: str = ""
    unread: bool = False
    """A cell of it could not be read, and the problem is noted: no other rule needs to look at it."""


@dataclass(slots=True)
class Reading:
    """A file as it is being read by a format. Whatever is odd is noted here, and reading goes on."""

    path: Path
    choices: Choices
    at: datetime
    folder: Path
    notes: list[str] = field(default_factory=list)
    questions: list[Open] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    uncounted: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    times: Times = field(init=False)
    numbers: Numbers = field(init=False)
    shares: Shares = field(init=False)

    def __post_init__(self) -> None:
        self.times = Times(self.choices.dates, self.choices.zone)
        self.numbers = Numbers(self.choices.decimals)
        self.shares = Shares(self.choices.probabilities)

    @property
    def count(self) -> int:
        """How many problems there are so far."""
        return len(self.problems) + self.uncounted

    def problem(self, line: int, column: str, reason: str) -> None:
        """A cell that cannot be read. The first hundred are listed, the others counted."""
        if len(self.problems) < MOST_LISTED:
            self.problems.append((line, f"{column}: {reason}" if column else reason))
        else:
            self.uncounted += 1

    def ask(self, name: str, question: str, *answers: str) -> None:
        if name not in {one.name for one in self.questions}:
            self.questions.append(Open(name, question, answers))

    def table(self, known: Callable[[str], bool], path: Path | None = None) -> TextTable:
        """A file as a table of texts, be it CSV or Parquet; the file that is imported where none is named."""
        path = path or self.path
        if not is_parquet(path):
            return table(path, known, self.choices.encoding, self.choices.delimiter)
        text = self.folder / f"{path.stem}.csv"
        with duckdb.connect() as reader:
            reader.execute("SET TimeZone = 'UTC'")
            reader.execute(f"COPY (SELECT * FROM read_parquet($path)) TO '{text}' (HEADER)", {"path": str(path)})  # noqa: S608
        return table(text, known)

    def time(self, line: int, column: str, text: str) -> int | None:
        """A time that must be there, in microseconds since 1970; None where it cannot be read, which is noted."""
        try:
            found = self.times.read(text.strip())
        except ValueError as error:
            self.problem(line, column, str(error))
            return None
        if found is None:
            hint = "" if self.times.zone else " Where it names no zone, --zone says which is meant."
            self.problem(line, column, f"it is no date and time with a zone; got “{shortened(text)}”.{hint}")
        return found

    def share(self, line: int, column: str, text: str, *, percent: bool = False) -> float | None:
        """A probability from 0 to 1; None where it is none, which is noted."""
        number = self.numbers.read(text, is_share=True)
        if number is not None and (percent or text.rstrip().endswith("%")):
            number /= 100
        if number is None or not 0 <= number <= 1:
            self.problem(line, column, f"it is no probability; got “{shortened(text)}”.")
            return None
        return number


def is_parquet(path: Path) -> bool:
    return path.suffix.lower() in (".parquet", ".pq")


def shortened(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 60 else f"{text[:59]}…"


def kept(reading: Reading, rows: Iterator[LongRow], into: Path) -> None:
    """Write rows in long form for the scratch database, each with its values checked against its forecast."""
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            numbers = None if row.unread else _fitting(reading, row)
            about = row.about
            writer.writerow(
                (
                    row.line, composed(row.forecast.strip()), composed(row.analyst.strip()), row.made_at, row.event,
                    row.probability, "" if numbers is None else json.dumps(numbers), row.rationale.replace("\0", ""),
                    composed(about.title), about.category or reading.choices.category or "other",
                    about.opens_at, about.closes_at, about.outcome, about.known_at, _rest(about), int(row.unread),
                )
            )  # fmt: skip


@lru_cache(maxsize=10_000)
def _rest(about: About) -> str:
    """What only some forecasts have, as JSON; empty for a plain yes-or-no."""
    plain = About(about.title, about.opens_at, about.closes_at)
    given: dict[str, Any] = {name: value for name, value in asdict(about).items() if value != getattr(plain, name)}
    for name in ("category", "outcome", "known_at"):
        given.pop(name, None)
    return json.dumps(given, sort_keys=True) if given else ""


def _fitting(reading: Reading, row: LongRow) -> list[float] | None:
    """The numbers as they are kept; None where there are none or they do not fit, which is noted."""
    about, numbers = row.about, row.numbers
    asks = KINDS[about.kind]
    if numbers is None or row.event != "update":
        if row.event == "update" and (row.probability is None or not asks.is_yes_or_no):
            row.unread = True
            reading.problem(row.line, asks.column, "it is missing.")
        return None
    wanted = len(about.options) if asks.has_options else len(about.levels)
    reason = ""
    if len(numbers) != wanted:
        reason = f"{wanted} were expected, {len(numbers)} found."
    elif asks.has_options:
        total = sum(numbers)
        if min(numbers) < 0 or abs(total - 1) > 0.01:
            reason = f"the probabilities must sum to 100%; they sum to {100 * total:.4g}%."
        else:
            return list(shared_out([number / total for number in numbers]))
    elif not rising(numbers):
        reason = "quantiles must rise with their levels."
    elif about.lower is not None and not about.lower_open and numbers[0] < about.lower:
        reason = f"values below {about.lower:g} are outside the forecast's range."
    elif about.upper is not None and not about.upper_open and numbers[-1] > about.upper:
        reason = f"values above {about.upper:g} are outside the forecast's range."
    if reason:
        row.unread = True
        reading.problem(row.line, asks.column, reason)
        return None
    return list(numbers)


def bare_about(reading: Reading, title: str, where: str) -> About:
    """Of a forecast of which the file says nothing: it opens with its first estimate, and its close has to be said."""
    opens, closes = reading.choices.opens_at, reading.choices.closes_at
    if closes is None:
        said = (
            f"The file does not say when its forecasts close. Give {where} beside it (--beside FILE), or their close."
        )
        reading.ask("closes", said, "2026-02-01T00:00Z")
    return About(
        title, None if opens is None else microseconds(opens), None if closes is None else microseconds(closes)
    )


def opened_by_first(rows: Iterable[LongRow]) -> Iterator[LongRow]:
    """The same rows; a forecast of which nobody says when it opened opens with the first of them."""
    held = list(rows)
    first: dict[str, int] = {}
    for row in held:
        if row.made_at is not None and not row.unread:
            first[row.forecast] = min(row.made_at, first.get(row.forecast, row.made_at))
    opened: dict[str, About] = {}
    for row in held:
        if row.about.opens_at is None:
            if row.forecast not in opened:
                opened[row.forecast] = replace(row.about, opens_at=first.get(row.forecast))
            row.about = opened[row.forecast]
        row.unread = row.unread or row.about.closes_at is None
        yield row


def keyed(title: str, stamp: str = "") -> str:
    """A key for a forecast that has no number where it comes from: its title, made short, and a digest of both."""
    digest = hashlib.sha256(f"{composed(title)}\0{stamp}".encode()).hexdigest()
    return f"{composed(title)[:150].strip()} [{digest[:10]}]"


def units_of_levels(levels: Sequence[float]) -> tuple[int, ...]:
    """Quantile levels from 0 to 1 in units of 1/10,000."""
    return tuple(round(level * UNITS) for level in levels)
