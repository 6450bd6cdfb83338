"""Survey forecasts of the Good Judgment Project (survey_fcasts.*.csv), with ifps.csv beside them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from forecasts.exchange.importing.format import Format, has_columns
from forecasts.exchange.importing.reading import About, LongRow, Reading, bare_about, opened_by_first, shortened
from forecasts.exchange.importing.text_files import TextTable, fitted, plain

COLUMNS = (
    "ifp_id",
    "user_id",
    "forecast_id",
    "fcast_type",
    "answer_option",
    "value",
    "fcast_date",
    "timestamp",
    "q_text",
)
WITHDRAWN = "4"
VOIDED = "voided"


def read(reading: Reading) -> Iterator[LongRow]:
    """A forecast has a row for each answer option; type 4 withdraws. Two answers, a and b, are yes-or-no: a is yes.

    Conditional questions (ending in -1 to -5) have a row each condition, and keep their own number. Times are UTC, at
    the time of day where the file gives one.
    """
    reading.times.zone = reading.times.zone or "UTC"
    questions = _Questions(reading)
    rows = reading.table(lambda header: plain(header) in COLUMNS)
    reading.notes.append("answer a of two is yes; type 4 is a withdrawal; dates in UTC")
    yield from opened_by_first(_answers(reading, rows, questions))


def _answers(reading: Reading, rows: TextTable, questions: "_Questions") -> Iterator[LongRow]:
    held: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = {}
    for line, cells in _cells(reading, rows):
        held.setdefault((cells["user_id"], cells["forecast_id"]), []).append((line, cells))
    for found in held.values():
        yield _row(reading, found, questions)


def _cells(reading: Reading, rows: TextTable) -> Iterator[tuple[int, dict[str, str]]]:
    names = [plain(header) for header in rows.headers]
    for line, given in rows.rows():
        cells = fitted(given, len(names))
        if cells is None:
            reading.problem(line, "", f"{len(names)} columns were expected, {len(given)} found.")
        else:
            yield line, {name: cell.strip() for name, cell in zip(names, cells, strict=True)}


def _row(reading: Reading, found: list[tuple[int, dict[str, str]]], questions: "_Questions") -> LongRow:
    before = reading.count
    line, cells = found[0]
    shares: dict[str, float] = {}
    for place, one in found:
        share = reading.share(place, "value", one["value"]) if one["fcast_type"] != WITHDRAWN else None
        if share is not None:
            shares[one["answer_option"].casefold()] = share
    about = questions.about(cells["ifp_id"], max(2, len(shares)))
    row = LongRow(line, cells["ifp_id"], cells["user_id"], _made(reading, line, cells), about)
    if cells["fcast_type"] == WITHDRAWN:
        row.event = "withdraw"
    elif about.kind == "binary":
        row.probability = shares.get("a", 1 - shares["b"] if "b" in shares else None)
    else:
        row.numbers = [shares.get(chr(ord("a") + place), 0.0) for place in range(len(about.options))]
    row.unread = reading.count > before
    return row


def _made(reading: Reading, line: int, cells: Mapping[str, str]) -> int | None:
    """Its time where there is one; else its date."""
    stamp = cells.get("timestamp", "")
    if stamp and (moment := reading.times.read(stamp)) is not None:
        return moment
    return reading.time(line, "fcast_date", cells["fcast_date"])


class _Questions:
    """What ifps.csv says of each question."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.by_id: dict[str, tuple[int, dict[str, str]]] = {}
        for path in reading.choices.beside:
            rows = reading.table(lambda header: plain(header) in ("ifp_id", "q_text", "outcome", "date_closed"), path)
            self.by_id |= {cells["ifp_id"]: (line, cells) for line, cells in _cells(reading, rows)}
        self.about = lru_cache(maxsize=None)(self._about)

    def _about(self, question: str, answers: int) -> About:
        if question not in self.by_id:
            about = bare_about(self.reading, f"Question {question} of the Good Judgment Project", "ifps.csv")
            letters = tuple(chr(ord("a") + place) for place in range(answers))
            if answers == 2:
                return about
            return About(about.title, about.opens_at, about.closes_at, kind="multiple_choice", options=letters)
        line, cells = self.by_id[question]
        options = _options(cells.get("options", ""))
        is_binary = len(options) == 2 or int(cells.get("n_opts") or 2) == 2
        outcome, value = self._outcome(line, cells, options, is_binary=is_binary)
        closes = self._time(line, cells, "date_suspend", "date_closed", "date_to_close")
        return About(
            cells["q_text"], self._time(line, cells, "date_start"), closes, criteria=cells.get("q_desc", ""),
            kind="binary" if is_binary else "multiple_choice", options=() if is_binary else options,
            is_ordered=cells.get("q_type") == "6", outcome=outcome, value=value,
            known_at=self._time(line, cells, "date_closed") if outcome else None,
        )  # fmt: skip

    def _time(self, line: int, cells: Mapping[str, str], *names: str) -> int | None:
        name = next((one for one in names if cells.get(one) not in (None, "", "NULL", "NA")), names[-1])
        return self.reading.time(line, name, cells.get(name, ""))

    def _outcome(
        self, line: int, cells: Mapping[str, str], options: tuple[str, ...], *, is_binary: bool
    ) -> tuple[str, float | None]:
        letter = cells.get("outcome", "").casefold()
        if cells.get("q_status", "").casefold() == VOIDED:
            return "annulled", None
        if not letter or letter in ("na", "null"):
            return "", None
        place = ord(letter[0]) - ord("a")
        if len(letter) > 1 or not 0 <= place < max(len(options), 2):
            self.reading.problem(line, "outcome", f"it is one of the answers; got “{shortened(letter)}”.")
            return "", None
        return ("no" if place else "yes", None) if is_binary else ("option", place)


def _options(text: str) -> tuple[str, ...]:
    """Labels out of “(a) Yes, (b) No”."""
    parts = text.replace("\n", " ").split("(")
    labels = [part.partition(")") for part in parts if len(part.partition(")")[0].strip()) == 1]
    return tuple(label.strip().rstrip(",;").strip() for _, bracket, label in labels if bracket)


FORMAT = Format(
    name="gjp",
    title="survey forecasts of the Good Judgment Project",
    recognises=has_columns("ifp_id", "user_id", "forecast_id", "fcast_type", "answer_option", "value"),
    read=read,
)
