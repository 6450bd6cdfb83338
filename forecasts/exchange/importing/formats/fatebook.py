"""Fatebook's export of one's questions: a row a forecast; of several options a row each, as it asks them one by one."""

from collections.abc import Iterator

from forecasts.exchange.importing.cell_values import outcome_of
from forecasts.exchange.importing.format import Format, has_columns
from forecasts.exchange.importing.reading import About, LongRow, Reading, keyed, shortened
from forecasts.exchange.importing.text_files import fitted, plain

COLUMNS = (
    "question_title", "multiple_choice_option", "forecast_created_by", "forecast_(scale_=_0_1)", "forecast_created_at",
    "question_created_by", "question_created_at", "question_resolve_by", "resolution", "resolved_at", "question_notes",
)  # fmt: skip
_OUTCOMES = {"other": "annulled"}


def read(reading: Reading) -> Iterator[LongRow]:
    """Times without a zone are UTC, as Fatebook writes them.

    It asks of each option by itself, and the shares of its options need not sum to one: each option is a yes-or-no.
    """
    reading.times.zone = reading.times.zone or "UTC"
    rows = reading.table(lambda header: plain(header) in COLUMNS)
    names = [plain(header) for header in rows.headers]
    reading.notes.append(f"times in {reading.times.zone}, each option a question of its own")
    for line, given in rows.rows():
        cells = fitted(given, len(names))
        if cells is None:
            reading.problem(line, "", f"{len(names)} columns were expected, {len(given)} found.")
            continue
        yield _row(reading, line, {name: cell.strip() for name, cell in zip(names, cells, strict=True)})


def _row(reading: Reading, line: int, cells: dict[str, str]) -> LongRow:
    before = reading.count
    option, title = cells.get("multiple_choice_option", ""), cells["question_title"]
    title = f"{title}: {option}" if option else title
    about = About(
        title,
        reading.time(line, "Question created at", cells["question_created_at"]),
        reading.time(line, "Question resolve by", cells["question_resolve_by"]),
        criteria=cells.get("question_notes", ""),
        outcome=_outcome(reading, line, cells.get("resolution", "")),
        known_at=reading.time(line, "Resolved at", cells["resolved_at"]) if cells.get("resolved_at") else None,
    )
    key = keyed(title, cells["question_created_at"])
    made_at = reading.time(line, "Forecast created at", cells["forecast_created_at"])
    share = reading.share(line, "Forecast (scale = 0-1)", cells["forecast_(scale_=_0_1)"])
    return LongRow(line, key, cells["forecast_created_by"], made_at, about, share, unread=reading.count > before)


def _outcome(reading: Reading, line: int, text: str) -> str:
    word = _OUTCOMES.get(text.casefold()) or outcome_of(text)
    if word is None:
        reading.problem(line, "Resolution", f"it is YES, NO, AMBIGUOUS or empty; got “{shortened(text)}”.")
    return word or ""


FORMAT = Format(
    name="fatebook",
    title="an export of Fatebook",
    recognises=has_columns("Question title", "Forecast created by", "Forecast created at", "Question resolve by"),
    read=read,
)
