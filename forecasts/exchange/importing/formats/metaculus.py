"""Metaculus's data download: forecast_data.csv, and beside it question_data.csv with titles, dates and resolutions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from forecasts.exchange.importing.cell_values import outcome_of
from forecasts.exchange.importing.format import Format, has_columns
from forecasts.exchange.importing.reading import (
    About,
    LongRow,
    Reading,
    bare_about,
    opened_by_first,
    shortened,
    units_of_levels,
)
from forecasts.exchange.importing.text_files import fitted, plain
from forecasts.models.kinds import DAY

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
KINDS = {
    "binary": "binary", "multiple_choice": "multiple_choice", "numeric": "numeric", "discrete": "numeric",
    "date": "date",
}  # fmt: skip
PAST = {"below_lower_bound": "below", "above_upper_bound": "above"}
SECONDS = DAY.total_seconds()
MICROSECONDS = 1_000_000


def read(reading: Reading) -> Iterator[LongRow]:
    """A forecast lasts from its start to its end: where an end has come and nothing follows, it was withdrawn.

    Aggregates are left out. Of a continuous forecast five quantiles are kept, read off its distribution.
    """
    reading.times.zone = reading.times.zone or "UTC"
    questions = _Questions(reading)
    rows = reading.table(lambda header: plain(header) in ("question_id", "start_time", "probability_yes"))
    found: dict[tuple[str, str], list[tuple[int, LongRow, int | None]]] = {}
    for line, cells in _cells(reading, rows):
        if cells.get("forecaster_count") or not cells["forecaster_id"]:
            reading.left_out["aggregates of many forecasters"] += 1
            continue
        row = _row(reading, line, cells, questions)
        if row is not None:
            end = reading.time(line, "End Time", cells["end_time"]) if cells.get("end_time") else None
            found.setdefault((row.forecast, row.analyst), []).append((row.made_at or 0, row, end))
    reading.notes.append("an end with nothing after it is a withdrawal")
    in_time = (sorted(held, key=lambda one: (one[0], one[1].line)) for held in found.values())
    yield from opened_by_first(row for held in in_time for row in _with_ends(reading, held))


def _cells(reading: Reading, rows: Any) -> Iterator[tuple[int, dict[str, str]]]:
    names = [plain(header) for header in rows.headers]
    for line, given in rows.rows():
        cells = fitted(given, len(names))
        if cells is None:
            reading.problem(line, "", f"{len(names)} columns were expected, {len(given)} found.")
        else:
            yield line, {name: cell.strip() for name, cell in zip(names, cells, strict=True)}


def _with_ends(reading: Reading, held: Sequence[tuple[int, LongRow, int | None]]) -> Iterator[LongRow]:
    """The rows of one forecaster on one question, and a withdrawal wherever none follows as one ends."""
    now = int(reading.at.timestamp() * MICROSECONDS)
    for place, (_, row, end) in enumerate(held):
        yield row
        following = held[place + 1][0] if place + 1 < len(held) else None
        closes = row.about.closes_at
        is_over = end is not None and end <= now and (closes is None or end < closes)
        if is_over and (following is None or following > (end or 0)):
            yield LongRow(row.line, row.forecast, row.analyst, end, row.about, event="withdraw", unread=row.unread)


def _row(reading: Reading, line: int, cells: Mapping[str, str], questions: "_Questions") -> LongRow | None:
    before = reading.count
    about = questions.about(cells["question_id"])
    row = LongRow(line, cells["question_id"], cells.get("forecaster_username") or cells["forecaster_id"], None, about)
    row.made_at = reading.time(line, "Start Time", cells["start_time"])
    if text := cells.get("probability_yes", ""):
        row.probability = reading.share(line, "Probability Yes", text)
    elif text := cells.get("probability_yes_per_category", ""):
        shares = _list(text)
        row.numbers = [float(one or 0) for one in shares or []]
        if shares is None:
            reading.problem(line, "Probability Yes Per Category", f"it is no list; got “{shortened(text)}”.")
    elif text := cells.get("continuous_cdf", ""):
        row.numbers = questions.quantiles(cells["question_id"], _list(text))
        if row.numbers is None:
            reading.problem(line, "Continuous CDF", "it does not fit the question's Continuous Range.")
    row.unread = reading.count > before
    return row


class _Questions:
    """What question_data.csv says, by question; where it is not beside the file, what its rows themselves tell."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.by_id: dict[str, dict[str, str]] = {}
        for path in reading.choices.beside:
            rows = reading.table(lambda header: plain(header) in ("question_id", "question_title"), path)
            self.by_id |= {cells["question_id"]: cells for _, cells in _cells(reading, rows)}
        self.about = lru_cache(maxsize=None)(self._about)

    def _about(self, question: str) -> About:
        cells = self.by_id.get(question)
        if cells is None:
            return bare_about(
                self.reading, f"Question {question} of Metaculus", "the question_data.csv of the download"
            )
        kind = KINDS.get(cells["question_type"].casefold().replace(" ", "_"), "binary")
        options = tuple(str(one) for one in _list(cells.get("mc_options_(all)", "")) or [])
        outcome, value = self._outcome(kind, options, cells.get("resolution", ""))
        times = {
            name: self._time(cells, name) for name in ("open_time", "scheduled_close_time", "resolution_known_time")
        }
        bounds = [self._bound(kind, cells.get(name, "")) for name in ("lower_bound", "upper_bound")]
        return About(
            cells["question_title"], times["open_time"], times["scheduled_close_time"], kind=kind, options=options,
            levels=units_of_levels(LEVELS) if kind in ("numeric", "date") else (), lower=bounds[0], upper=bounds[1],
            lower_open=outcome_of(cells.get("open_lower_bound", "")) == "yes",
            upper_open=outcome_of(cells.get("open_upper_bound", "")) == "yes",
            outcome=outcome, value=value, known_at=times["resolution_known_time"],
        )  # fmt: skip

    def _time(self, cells: Mapping[str, str], name: str) -> int | None:
        return self.reading.times.read(cells.get(name, "")) if cells.get(name) else None

    def _bound(self, kind: str, text: str) -> float | None:
        if not text:
            return None
        number = self._number(text)
        return number / SECONDS if number is not None and kind == "date" else number

    def _number(self, text: str) -> float | None:
        """A number, or a time as seconds since 1970."""
        moment = self.reading.times.read(text)
        return self.reading.numbers.read(text) if moment is None else moment / MICROSECONDS

    def _outcome(self, kind: str, options: Sequence[str], text: str) -> tuple[str, float | None]:
        word = outcome_of(text)
        if word is not None and (kind == "binary" or word in ("", "annulled", "ambiguous")):
            return word, None
        if text in options:
            return "option", options.index(text)
        if text in PAST:
            return PAST[text], None
        number = self._number(text) if kind in ("numeric", "date") else None
        if number is None:
            self.reading.left_out[f"a resolution that is none of the question's: “{shortened(text)}”"] += 1
            return "", None
        return "value", number // SECONDS if kind == "date" else number

    def quantiles(self, question: str, cdf: Sequence[Any] | None) -> list[float] | None:
        """Numbers at the levels, read off a distribution function; past an end of the range, that end."""
        places = _list(self.by_id.get(question, {}).get("continuous_range", ""))
        if not cdf or places is None or len(places) != len(cdf):
            return None
        numbers = [self._number(str(place)) for place in places]
        if any(number is None for number in numbers):
            return None
        steps, at = np.array(cdf, dtype=float), np.array(numbers, dtype=float)
        scale = SECONDS if self.about(question).kind == "date" else 1
        return [float(one) / scale for one in np.interp(LEVELS, steps, at)]


def _list(text: str) -> list[Any] | None:
    """A list as Metaculus writes it: JSON, or Python's own with quotes of one stroke and None."""
    for attempt in (text, text.replace("'", '"').replace("None", "null")):
        try:
            found = json.loads(attempt)
        except ValueError:
            continue
        return found if isinstance(found, list) else None
    return None


FORMAT = Format(
    name="metaculus",
    title="forecasts of Metaculus's data download",
    recognises=has_columns("Question ID", "Forecaster ID", "Start Time", "End Time"),
    read=read,
)
