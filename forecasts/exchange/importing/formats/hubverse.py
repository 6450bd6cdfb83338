"""Model output of a hub (hubverse): quantiles, shares of categories, and distribution functions, a row a value."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from forecasts.exchange.importing.format import Format, has_columns
from forecasts.exchange.importing.reading import About, LongRow, Reading, shortened, units_of_levels
from forecasts.exchange.importing.text_files import fitted, plain
from forecasts.scoring.timeline import microseconds

VALUES = ("output_type", "output_type_id", "value")
ABOUT_TIME = ("origin_date", "reference_date", "forecast_date", "round_id", "horizon", "model_id")
DATES = ("reference_date", "origin_date", "forecast_date")
OBSERVED = ("oracle_value", "observation", "value")
_MODEL = re.compile(r"\d{4}-\d\d-\d\d-(.+)")

type Task = tuple[tuple[str, str], ...]
"""What is asked: the task's columns but for those of time."""


def read(reading: Reading) -> Iterator[LongRow]:
    """One answer for each model, reference date and task.

    A task is what its columns say but for the reference date and the horizon, so a later round is an update. It closes
    when its target's date is over. The model is that of the file's name, YYYY-MM-DD-team-model, unless a column names
    it. Observations come beside it. Of distribution functions each step is a yes-or-no; means and samples are left out.
    """
    rows = reading.table(lambda header: plain(header) in (*VALUES, *DATES, "target", "location"))
    names = [plain(header) for header in rows.headers]
    observed = _observed(reading)
    named = _MODEL.fullmatch(reading.path.stem)
    answers: dict[tuple[str, str, Task, str], list[tuple[int, str, float]]] = {}
    for line, given in rows.rows():
        cells = fitted(given, len(names))
        if cells is None:
            reading.problem(line, "", f"{len(names)} columns were expected, {len(given)} found.")
            continue
        said = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        value = _value(reading, line, said)
        if value is not None:
            model = said.get("model_id") or (named[1] if named else reading.path.stem)
            answers.setdefault((model, _made(said), _task(said), _kind(said)), []).append(
                (line, said["output_type_id"], value)
            )
    reading.notes.append("made as the reference date begins (UTC); a task closes when its target's date is over")
    first = {task: made for _, made, task, _ in sorted(answers, key=lambda one: one[1], reverse=True)}
    options = _options(answers)
    for (model, made, task, kind), found in answers.items():
        yield from _Answer(reading, task, observed.get(task), first[task], options).rows(model, made, kind, found)


def _value(reading: Reading, line: int, cells: Mapping[str, str]) -> float | None:
    kind = cells["output_type"].casefold()
    if kind not in ("quantile", "median", "pmf", "cdf"):
        reading.left_out[f"of output type “{shortened(kind)}”"] += 1
        return None
    if kind == "median" and cells["output_type_id"].casefold() in ("", "na"):
        reading.left_out["medians beside quantiles"] += 1
        return None
    value = reading.numbers.read(cells["value"])
    if value is None:
        reading.problem(line, "value", f"it is no number; got “{shortened(cells['value'])}”.")
    return value


def _kind(cells: Mapping[str, str]) -> str:
    return cells["output_type"].casefold()


def _made(cells: Mapping[str, str]) -> str:
    return next((cells[name] for name in DATES if cells.get(name)), "")


def _task(cells: Mapping[str, str]) -> Task:
    """The task's columns; where it has no date of its target, the reference date and the horizon tell tasks apart."""
    has_target_date = any(name in cells for name in ("target_end_date", "target_date"))
    left = VALUES + (ABOUT_TIME if has_target_date else ("model_id",))
    return tuple((name, cells[name]) for name in sorted(cells) if name not in left and cells[name])


def _options(answers: Mapping[tuple[str, str, Task, str], list[tuple[int, str, float]]]) -> dict[Task, tuple[str, ...]]:
    """Of each task with categories: all that anybody gave a share, in their order."""
    found: dict[Task, dict[str, None]] = {}
    for (_, _, task, kind), values in answers.items():
        if kind == "pmf":
            found.setdefault(task, {}).update(dict.fromkeys(name for _, name, _ in values))
    return {task: tuple(names) for task, names in found.items()}


class _Answer:
    """The values of one task, as answers."""

    def __init__(
        self, reading: Reading, task: Task, observed: str | None, first: str, options: Mapping[Task, tuple[str, ...]]
    ) -> None:
        self.reading, self.task, self.observed = reading, task, observed
        self.options = options.get(task, ())
        said = dict(task)
        over = _day(said.get("target_end_date") or said.get("target_date") or "")
        horizon = reading.numbers.read(said.get("horizon", ""))
        if over is None and horizon is not None and (made := _day(_made(said))):
            over = made + timedelta(weeks=horizon)
        self.opens = _moment(_day(first))
        self.closes = None if over is None else _moment(over + timedelta(days=1))
        if self.opens is not None and self.closes is not None:
            # A nowcast is made after its target: the forecast was open the day before.
            self.opens = min(self.opens, self.closes - 86_400_000_000)
        self.title = ", ".join(value for name, value in task if name != "target_end_date")
        self.title += f", {over.isoformat()}" if over else ""

    def rows(self, model: str, made: str, kind: str, found: list[tuple[int, str, float]]) -> Iterator[LongRow]:
        line, made_at = found[0][0], _moment(_day(made))
        if made_at is None or self.closes is None:
            column = "reference_date" if made_at is None else "target_end_date"
            self.reading.problem(line, column, "it is no date such as 2026-01-03.")
            return
        if kind == "pmf":
            shares = {name: value for _, name, value in found}
            row = self._row(line, model, made_at, "multiple_choice", "")
            row.numbers = [shares.get(name, 0.0) for name in self.options]
            yield row
        elif kind == "cdf":
            for place, name, value in found:
                row = self._row(place, model, made_at, "binary", f" ≤ {name}")
                row.probability = value
                yield row
        else:
            levels = sorted((self._level(place, name), value) for place, name, value in found)
            row = self._row(line, model, made_at, "numeric", "", tuple(level for level, _ in levels))
            row.numbers = [value for _, value in levels]
            yield row

    def _row(
        self, line: int, model: str, made_at: int, kind: str, step: str, levels: tuple[float, ...] = ()
    ) -> LongRow:
        outcome, value = self._outcome(kind, step)
        about = About(
            f"{self.title}{step}", self.opens, self.closes, kind=kind, levels=units_of_levels(levels),
            options=self.options if kind == "multiple_choice" else (), outcome=outcome, value=value,
        )  # fmt: skip
        key = "/".join(value for _, value in self.task) + step
        return LongRow(line, key[:200], model, made_at, about)

    def _level(self, line: int, text: str) -> float:
        level = self.reading.numbers.read(text)
        if level is None or not 0 < level < 1:
            self.reading.problem(line, "output_type_id", f"it is no level between 0 and 1; got “{shortened(text)}”.")
            return 0.0
        return level

    def _outcome(self, kind: str, step: str) -> tuple[str, float | None]:
        if self.observed is None:
            return "", None
        if kind == "multiple_choice":
            known = self.observed in self.options
            return ("option", self.options.index(self.observed)) if known else ("", None)
        number = self.reading.numbers.read(self.observed)
        if number is None:
            return "", None
        if kind == "binary":
            bound = self.reading.numbers.read(step.removeprefix(" ≤ "))
            return ("", None) if bound is None else ("yes" if number <= bound else "no", None)
        return "value", number


def _observed(reading: Reading) -> dict[Task, str]:
    """What came of each task, of the files of observations (oracle output or target data) beside this one."""
    found: dict[Task, str] = {}
    for path in reading.choices.beside:
        rows = reading.table(lambda header: plain(header) in (*OBSERVED, "target", "location"), path)
        names = [plain(header) for header in rows.headers]
        value = next(name for name in OBSERVED if name in names)
        for _, given in rows.rows():
            cells = dict(zip(names, (cell.strip() for cell in given), strict=False))
            if cells.get("output_type") == "pmf" and reading.numbers.read(cells[value]) != 1:
                continue
            said = {
                name: cells[name] for name in cells if name not in (value, "output_type", "output_type_id", "as_of")
            }
            found[_task(said)] = cells["output_type_id"] if cells.get("output_type") == "pmf" else cells[value]
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(day: date | None) -> int | None:
    return None if day is None else microseconds(datetime(day.year, day.month, day.day, tzinfo=UTC))


FORMAT = Format(
    name="hubverse",
    title="model output of a hub",
    recognises=has_columns("output_type", "output_type_id", "value"),
    read=read,
)
