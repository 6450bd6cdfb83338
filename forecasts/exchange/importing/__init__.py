"""Estimates from files: CSV or Parquet in long form, all or nothing.

A row names a forecast and an analyst, says when the estimate was made and its probability, and repeats the
forecast's title, category, dates and outcome. Imported forecasts take part in all statistics; nobody is asked about
them.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from forecasts.exchange.importing.estimate_files import check, opened, said
from forecasts.exchange.importing.writing import AlreadyRecorded, Progress, write
from forecasts.models import Scenario
from forecasts.rules.errors import InvalidImport
from forecasts.scores import scorekeeping


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows an import added."""

    forecasts: int
    estimates: int
    verdicts: int


def import_estimates(
    path: Path,
    scenario: str,
    at: datetime,
    progress: Progress = lambda _done, _total: None,
    *,
    unrelated: bool = False,
) -> Imported:
    """Read a file into the scenario of this slug. The same file twice changes nothing.

    `unrelated` makes the scenario a pool of unrelated questions, each a situation by itself, instead of counting those
    that opened in one quarter as one. `progress` is called with the estimates written and those to write. Raises
    InvalidImport, naming the line; then nothing is kept.
    """
    with opened(path) as scratch:
        check(scratch, path, at)
        with transaction.atomic():
            into = _locked(scenario)
            if unrelated and not into.is_pool:
                into.is_pool = True
                into.save(update_fields=["is_pool"])
            try:
                written = write(scratch, into, at, f"From the file {path.name}.", progress)
            except AlreadyRecorded as error:
                raise InvalidImport(said(path, error.row, error.problem)) from error
            scorekeeping.mark_due(sorted(written.changed), at)
    return Imported(written.forecasts, written.estimates, written.verdicts)


def _locked(slug: str) -> Scenario:
    """The scenario, held so that two imports into it do not meet."""
    found = Scenario.objects.select_for_update(no_key=True).filter(slug=slug).first()
    if found is None:
        known = ", ".join(Scenario.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise InvalidImport(f"Unknown scenario “{slug}”. There are: {known or 'none yet'}.")
    return found


__all__ = ["Imported", "InvalidImport", "import_estimates"]
