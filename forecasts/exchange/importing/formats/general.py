"""The general form: one row an estimate, with what it says of its forecast, as CSV of whatever make."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from forecasts.exchange.importing.cell_values import COMMA, DAY_FIRST, MONTH_FIRST, POINT, Numbers, listed, outcome_of
from forecasts.exchange.importing.format import Format
from forecasts.exchange.importing.reading import About, LongRow, Reading, shortened, units_of_levels
from forecasts.exchange.importing.text_files import DELIMITERS, TextTable, composed, fitted, plain
from forecasts.models.kinds import KINDS
from forecasts.rules.errors import InvalidImport
from forecasts.scoring.timeline import microseconds

REQUIRED = ("forecast", "analyst", "made_at", "probability", "opens_at", "closes_at")
OPTIONAL = (
    "title", "category", "outcome", "known_at", "kind", "options", "probabilities", "levels", "quantiles", "unit",
    "lower", "upper", "event", "rationale", "criteria",
)  # fmt: skip
NAMES = (*REQUIRED, *OPTIONAL)
VALUES = ("probability", "probabilities", "quantiles")
TIMES = ("made_at", "opens_at", "closes_at", "known_at")
QUANTITIES = ("quantiles", "lower", "upper")
EVENTS = ("", "update", "withdraw")
MOST_SHOWN = 60


def read(reading: Reading) -> Iterator[LongRow]:
    """Look at all cells once, to learn how they are written; then read them."""
    rows = reading.table(lambda header: plain(header) in NAMES)
    names = _columns(reading, rows)
    _look(reading, rows, names)
    if not reading.questions:
        yield from _Rows(reading).read(rows, names)


def _columns(reading: Reading, rows: TextTable) -> list[str]:
    names = [plain(header) for header in rows.headers]
    here = f"{reading.path.name}:"
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise InvalidImport(f"{here} the column {twice[0]} comes twice.")
    needed = [name for name in REQUIRED if name != "probability" or not set(VALUES) & set(names)]
    dated = {"opens_at": reading.choices.opens_at, "closes_at": reading.choices.closes_at}
    if missing := [name for name in needed if name not in names and not dated.get(name)]:
        raise InvalidImport(f"{here} the file lacks the columns {', '.join(missing)}.")
    if unknown := [name for name in names if name not in NAMES]:
        raise InvalidImport(f"{here} unknown columns {', '.join(unknown)}. Allowed: {', '.join(NAMES)}.")
    return names


def _look(reading: Reading, rows: TextTable, names: list[str]) -> None:
    """Learn how times, numbers and shares are written, ask what stays open, and note what was understood."""
    times = {name: names.index(name) for name in TIMES if name in names}
    shares = {name: names.index(name) for name in ("probability", "probabilities") if name in names}
    numbers = {name: names.index(name) for name in (*QUANTITIES, "outcome") if name in names}
    for _, given in rows.rows():
        cells = fitted(given, len(names))
        if cells is None:
            continue
        for place in times.values():
            if cells[place]:
                reading.times.look(cells[place].strip())
        for place in shares.values():
            for text in listed(cells[place]):
                reading.numbers.look(text, is_share=True)
                if not text.endswith("%"):
                    reading.shares.look(Numbers().read(text, is_share=True))
        for place in numbers.values():
            for text in listed(cells[place]):
                reading.numbers.look(text)
    for one in (reading.times, reading.numbers, reading.shares):
        one.settle()
    _ask(reading)
    _tell(reading, rows)


def _ask(reading: Reading) -> None:
    times, numbers = reading.times, reading.numbers
    if times.is_open:
        said = f"“{times.undecided}” may be day and month in either order, and no date in the file tells."
        reading.ask("dates", said, DAY_FIRST, MONTH_FIRST)
    if times.unzoned and not times.zone and not times.zoned:
        reading.ask("zone", "No time in the file names its zone.", "UTC", "Europe/Berlin", "…")
    elif times.undecided and times.unzoned and not times.zone:
        reading.ask("zone", f"Times such as “{times.undecided}” name no zone.", "UTC", "Europe/Berlin", "…")
    if numbers.is_open:
        said = f"“{numbers.undecided}” may be thousands or a decimal comma, and no number in the file tells."
        reading.ask("decimals", said, COMMA, POINT)


def _tell(reading: Reading, rows: TextTable) -> None:
    times = reading.times
    reading.notes.append(f"{DELIMITERS.get(rows.delimiter, rows.delimiter)}, {rows.encoding.upper()}")
    if reading.numbers.decimals:
        reading.notes.append(f"decimals with a {reading.numbers.decimals}")
    if reading.shares.scale and (reading.shares.over or reading.shares.between):
        by = {"percent": "percent: 28 is 28%", "fraction": "fractions: 0.28 is 28%"}
        reading.notes.append(f"probabilities as {by[reading.shares.scale]}")
    if times.order:
        reading.notes.append(f"dates {times.order}")
    if times.unzoned and times.zone:
        reading.notes.append(f"times without a zone in {times.zone}")


class _Rows:
    """Cells to values."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.read_before: dict[tuple[str, ...], About] = {}

    def read(self, rows: TextTable, names: list[str]) -> Iterator[LongRow]:
        count = len(names)
        for line, given in rows.rows():
            cells = fitted(given, count)
            if cells is None:
                self.reading.problem(line, "", f"{count} columns were expected, {len(given)} found.")
                continue
            yield self._row(line, dict(zip(names, cells, strict=True)))

    def _row(self, line: int, cells: Mapping[str, str]) -> LongRow:
        before = self.reading.count
        forecast = cells["forecast"].strip()
        said = (forecast, *(cells.get(name, "").strip() for name in _ABOUT))
        about = self.read_before.get(said) or self._about(line, *said)
        if self.reading.count == before:
            # A bad cell of a forecast is named in each of its rows.
            self.read_before[said] = about
        made_at = self.reading.time(line, "made_at", cells["made_at"])
        event = cells.get("event", "").strip().casefold()
        if event not in EVENTS:
            self.reading.problem(line, "event", f"it is update, withdraw or empty; got “{shortened(event)}”.")
        row = LongRow(line, forecast, cells["analyst"], made_at, about, event=event or "update")
        row.rationale = composed(cells.get("rationale", ""))
        if row.event == "update":
            self._value(row, cells)
        row.unread = self.reading.count > before
        return row

    def _value(self, row: LongRow, cells: Mapping[str, str]) -> None:
        column = KINDS[row.about.kind].column
        text = cells.get(column, "")
        is_share = column != "quantiles"
        texts = listed(text) if column != "probability" else [text]
        numbers = [self._number(row.line, column, one, is_share=is_share) for one in texts]
        given = [number for number in numbers if number is not None]
        if len(given) < len(numbers):
            return
        if column == "probability":
            [row.probability] = given
            self._check_share(row.line, text, given[0])
        else:
            row.numbers = list(given)

    def _check_share(self, line: int, text: str, share: float) -> None:
        if not 0 <= share <= 1:
            hint = " Where percent is meant: --probabilities percent." if self.reading.shares.is_open else ""
            self.reading.problem(line, "probability", f"it lies between 0 and 1; got {shortened(text)}.{hint}")

    def _number(self, line: int, column: str, text: str, *, is_share: bool = False) -> float | None:
        number = self.reading.numbers.read(text, is_share=is_share) if text.strip() else None
        if number is None:
            self.reading.problem(line, column, f"it is no number; got “{shortened(text)}”.")
            return None
        return self.reading.shares.of(text, number) if is_share else number

    def _about(self, line: int, forecast: str, *said: str) -> About:
        cells = dict(zip(_ABOUT, said, strict=True))
        reading, choices = self.reading, self.reading.choices
        kind = cells["kind"].casefold().replace(" ", "_") or _kind_by(cells)
        if kind not in KINDS:
            reading.problem(line, "kind", f"it is one of {', '.join(KINDS)}; got “{shortened(cells['kind'])}”.")
            kind = "binary"
        opens = reading.time(line, "opens_at", cells["opens_at"]) if cells["opens_at"] else _micro(choices.opens_at)
        closes = (
            reading.time(line, "closes_at", cells["closes_at"]) if cells["closes_at"] else _micro(choices.closes_at)
        )
        for name, moment in (("opens_at", opens), ("closes_at", closes)):
            if moment is None and not cells[name]:
                reading.problem(line, name, "it is empty.")
        known_at = reading.time(line, "known_at", cells["known_at"]) if cells["known_at"] else None
        levels = [self._number(line, "levels", text, is_share=True) or 0.0 for text in listed(cells["levels"])]
        options = tuple(map(composed, listed(cells["options"])))
        outcome, value = self._outcome(line, kind, options, cells["outcome"])
        bounds = [self._number(line, name, cells[name]) if cells[name] else None for name in ("lower", "upper")]
        return About(
            composed(cells["title"]) or forecast, opens, closes, category=cells["category"].casefold(), kind=kind,
            options=options, levels=units_of_levels(levels), unit=cells["unit"], lower=bounds[0], upper=bounds[1],
            criteria=cells["criteria"], outcome=outcome, value=value, known_at=known_at,
        )  # fmt: skip

    def _outcome(self, line: int, kind: str, options: tuple[str, ...], text: str) -> tuple[str, float | None]:
        asks, word = KINDS[kind], outcome_of(text)
        if word in ("", "annulled", "ambiguous") or (asks.is_yes_or_no and word):
            return word or "", None
        if asks.has_options and composed(text) in options:
            return "option", options.index(composed(text))
        if asks.has_quantiles and text.casefold() in ("below", "above"):
            return text.casefold(), None
        if asks.has_quantiles and (quantity := self._quantity(kind, text)) is not None:
            return "value", quantity
        allowed = "1, 0" if asks.is_yes_or_no else "one of the options" if asks.has_options else asks.noun
        self.reading.problem(
            line, "outcome", f"it is {allowed}, annulled, ambiguous or empty; got “{shortened(text)}”."
        )
        return "", None

    def _quantity(self, kind: str, text: str) -> float | None:
        if not KINDS[kind].is_dated:
            return self.reading.numbers.read(text)
        try:
            return KINDS[kind].read(text)
        except ValueError:
            return None


_ANSWERS = ("forecast", "analyst", "made_at", "event", "rationale", *VALUES)
_ABOUT = tuple(name for name in NAMES if name not in _ANSWERS)


def _kind_by(cells: Mapping[str, str]) -> str:
    """The kind of a forecast whose row names none: by the value that it gives."""
    return "multiple_choice" if cells["options"] else "numeric" if cells["levels"] else "binary"


def _micro(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


FORMAT = Format(name="general", title="the general form", recognises=lambda _: True, read=read)
