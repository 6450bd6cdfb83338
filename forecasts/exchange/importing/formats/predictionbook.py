"""PredictionBook's responses: a row each, with the prediction's text, the day it is known on, and the judgement."""

from collections.abc import Iterator

from forecasts.exchange.importing.cell_values import outcome_of
from forecasts.exchange.importing.format import Format, has_columns
from forecasts.exchange.importing.reading import About, LongRow, Reading, opened_by_first, shortened
from forecasts.exchange.importing.text_files import fitted, plain

COLUMNS = ("prediction_id", "prediction", "known_on", "judgement", "confidence", "response_created_at", "user")


def read(reading: Reading) -> Iterator[LongRow]:
    """A prediction closes as the day begins on which it is known; it opens with its first response.

    Who changes their mind after that day is kept unscored. Withdrawn predictions are annulled. A row without a
    confidence is a comment: the reason of nobody's number, left out.
    """
    reading.times.zone = reading.times.zone or "UTC"
    rows = reading.table(lambda header: plain(header) in COLUMNS)
    names = [plain(header) for header in rows.headers]
    reading.notes.append(f"confidence in percent; a prediction closes as its day begins ({reading.times.zone})")
    found = []
    for line, given in rows.rows():
        cells = fitted(given, len(names))
        if cells is None:
            reading.problem(line, "", f"{len(names)} columns were expected, {len(given)} found.")
            continue
        said = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        if said["confidence"]:
            found.append(_row(reading, line, said))
        else:
            reading.left_out["comments without a confidence"] += 1
    yield from opened_by_first(found)


def _row(reading: Reading, line: int, cells: dict[str, str]) -> LongRow:
    before = reading.count
    closes = reading.time(line, "known_on", cells["known_on"])
    about = About(
        cells["prediction"], None, closes, criteria=cells["prediction"],
        outcome=_outcome(reading, line, cells.get("judgement", ""), cells.get("withdrawn", "")), known_at=closes,
    )  # fmt: skip
    made_at = reading.time(line, "response_created_at", cells["response_created_at"])
    share = reading.share(line, "confidence", cells["confidence"], percent=True)
    row = LongRow(line, cells["prediction_id"], cells["user"], made_at, about, share)
    row.rationale = cells.get("comment", "")
    row.unread = reading.count > before
    return row


def _outcome(reading: Reading, line: int, text: str, withdrawn: str) -> str:
    if outcome_of(withdrawn) == "yes":
        return "annulled"
    word = "" if text.casefold() in ("", "unknown", "none") else outcome_of(text)
    if word is None:
        reading.problem(line, "judgement", f"it is right, wrong, unknown or empty; got “{shortened(text)}”.")
    return word or ""


FORMAT = Format(
    name="predictionbook",
    title="responses of PredictionBook",
    recognises=has_columns("prediction", "known_on", "judgement", "confidence", "response_created_at"),
    read=read,
)
