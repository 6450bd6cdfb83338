"""Estimates from files, all or nothing: in the general form or another that is known, as people send them.

What was understood is shown before anything is kept (`looked_at`), what a file leaves open is asked, and every row that
cannot be read is named. Imported forecasts take part in all statistics; nobody is asked about them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from forecasts.exchange.importing import differing, people, sql, uploads
from forecasts.exchange.importing.choices import CHANGES, Choices, Open
from forecasts.exchange.importing.differing import Difference
from forecasts.exchange.importing.estimate_files import Opened, opened
from forecasts.exchange.importing.formats import formats
from forecasts.exchange.importing.people import Named
from forecasts.exchange.importing.rest import AlreadyRecorded
from forecasts.exchange.importing.writing import Progress, Writing, write
from forecasts.models import Scenario, User
from forecasts.models.sql import unhurried
from forecasts.rules import access
from forecasts.rules.errors import InvalidImport
from forecasts.scores import scorekeeping

SHOWN = 5
MOST_QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows an import added, and what is to be said of it."""

    forecasts: int
    estimates: int
    verdicts: int
    late: int = field(default=0, compare=False)
    """Estimates of the file that were made when their forecast had closed: kept, and scored nowhere."""
    notes: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a file, before anything is kept."""

    format: str
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first ones, as read."""
    estimates: int
    forecasts: int
    late: int
    left_out: tuple[tuple[str, int], ...]
    people: tuple[Named, ...]
    differences: tuple[Difference, ...]
    questions: tuple[Open, ...]
    problems: tuple[str, ...]

    @property
    def may_be_imported(self) -> bool:
        """Nothing is left open, and every row can be read."""
        return not self.questions and not self.problems and not any(one.question for one in self.people)


@dataclass(frozen=True, slots=True)
class _Looked:
    held: Opened
    understood: Understood


@contextmanager
def _looked(path: Path, scenario: Scenario, at: datetime, choices: Choices, person: User | None) -> Iterator[_Looked]:
    with opened(path, choices, at) as held:
        reading, scratch = held.reading, held.scratch
        late, forecasts, estimates = scratch.execute(sql.COUNTED).fetchone() or (0, 0, 0)
        members_alone = person is not None and not person.is_superuser
        everybody = people.named(scratch, scenario, choices, members_alone=members_alone)
        bad = bool(reading.count)
        found = [] if bad else differing.differences(scratch, scenario, choices.change, at)
        columns, rows = _first_rows(held)
        yield _Looked(
            held,
            Understood(
                held.format, tuple(reading.notes), columns, rows, estimates, forecasts, late,
                tuple(sorted(reading.left_out.items())), tuple(everybody), tuple(found), tuple(reading.questions),
                tuple(held.problems()),
            ),
        )  # fmt: skip


def looked_at(
    path: Path, scenario: str, at: datetime, choices: Choices | None = None, person: User | None = None
) -> Understood:
    """What an import would make of a file; nothing is kept. Raises InvalidImport where it is no such file at all."""
    with _looked(path, _found(scenario), at, choices or Choices(), person) as looked:
        return looked.understood


def import_estimates(
    path: Path,
    scenario: str,
    at: datetime,
    progress: Progress = lambda _done, _total: None,
    *,
    unrelated: bool = False,
    choices: Choices | None = None,
    person: User | None = None,
) -> Imported:
    """Read a file into the scenario of this slug. The same file twice changes nothing.

    `unrelated` makes the scenario a pool of unrelated questions, each a situation by itself, instead of counting those
    that opened in one quarter as one. `progress` is called with the estimates written and those to write. `person` is
    who does this at the desk: their right is asked for. Raises InvalidImport, naming every line that is wrong and
    whatever has to be said first, and NotAllowed; then nothing is kept.
    """
    into = _found(scenario)
    if person is not None:
        access.require(access.may(person, "edit", into), "Estimates are imported by those who edit the scenario.")
    with _looked(path, into, at, choices or Choices(), person) as looked:
        understood = looked.understood
        _refuse(understood)
        with unhurried():
            Scenario.objects.select_for_update(no_key=True).get(pk=into.pk)
            if unrelated and not into.is_pool:
                into.is_pool = True
                into.save(update_fields=["is_pool"])
            note = f"From the file {path.name}."
            writing = Writing(into, at, note, person, people.whose(understood.people), understood.differences)
            try:
                written = write(looked.held, writing, progress)
            except AlreadyRecorded as error:
                raise InvalidImport(looked.held.said(error.line, error.problem)) from error
            scorekeeping.mark_due(sorted(written.changed), at)
    return Imported(written.forecasts, written.estimates, written.verdicts, understood.late, said(understood))


def said(understood: Understood) -> tuple[str, ...]:
    """What whoever imports should know: what was left out, whose names are taken for others', what differs."""
    late = understood.late
    return (
        *([f"{late:,} estimates were made when their forecast had closed: kept, and scored nowhere."] if late else []),
        *(f"{count:,} rows left out: {reason}." for reason, count in understood.left_out),
        *(one.note for one in understood.people if one.note),
        *map(str, understood.differences),
    )


def _refuse(understood: Understood) -> None:
    """Raise InvalidImport with everything that stands in the way."""
    asked = [one.question for one in understood.people if one.question]
    more = [f"And {len(asked) - MOST_QUESTIONS:,} more."] if len(asked) > MOST_QUESTIONS else []
    reasons = [*map(str, understood.questions), *asked[:MOST_QUESTIONS], *more, *understood.problems]
    if reasons:
        raise InvalidImport("\n".join(reasons))


def _first_rows(held: Opened) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The first rows as they were read, in words that mean one thing only."""
    shown = ("forecast", "analyst", "made at (UTC)", "value", "title", "opens (UTC)", "closes (UTC)", "outcome")
    found = held.scratch.execute(
        f"""
        SELECT key, analyst, strftime(make_timestamp(made_at), '%-d %B %Y %H:%M'),
            CASE WHEN event = 'withdraw' THEN 'withdrawn' WHEN numbers <> '' THEN numbers
                ELSE format('{{:.6g}}%', probability * 100) END,
            title, strftime(make_timestamp(opens_at), '%-d %B %Y %H:%M'),
            strftime(make_timestamp(closes_at), '%-d %B %Y %H:%M'), outcome
        FROM estimate ORDER BY n LIMIT {SHOWN}
        """  # noqa: S608
    )
    return shown, tuple(tuple("" if cell is None else str(cell) for cell in row) for row in found.fetchall())


def _found(slug: str) -> Scenario:
    found = Scenario.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Scenario.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise InvalidImport(f"Unknown scenario “{slug}”. There are: {known or 'none yet'}.")
    return found


__all__ = [
    "CHANGES", "Choices", "Imported", "InvalidImport", "Understood", "formats", "import_estimates", "looked_at", "said",
    "uploads",
]  # fmt: skip
