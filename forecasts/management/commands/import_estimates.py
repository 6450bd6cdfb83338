"""Import estimates from a file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forecasts.exchange.importing import import_estimates
from forecasts.rules import clock
from forecasts.rules.errors import ReckonerError


class Command(BaseCommand):
    help = "Import estimates from a CSV or Parquet file in long form: all of it, or nothing where a row is bad."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="One row for each estimate; docs/operating.md names the columns.")
        parser.add_argument("--scenario", required=True, help="Slug of the scenario that takes the forecasts.")
        parser.add_argument(
            "--unrelated",
            action="store_true",
            help="The scenario is a pool of unrelated questions: intervals count each by itself. Otherwise those that"
            " opened in one quarter count as one situation, and intervals need ten of these.",
        )

    def handle(self, *_: Any, file: Path, scenario: str, unrelated: bool, **__: Any) -> None:
        with tqdm(unit=" estimates", unit_scale=True, disable=not sys.stderr.isatty()) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                added = import_estimates(file, scenario, clock.now(), show, unrelated=unrelated)
            except ReckonerError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(
            f"Added {added.forecasts:,} forecasts, {added.estimates:,} estimates and {added.verdicts:,} outcomes. "
            "Scores follow when the next settling has come through."
        )
