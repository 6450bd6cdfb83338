"""Recompute the tallies from the facts, or compare them."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forecasts.rules import clock
from forecasts.scores import scorekeeping

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Recompute every tally from the facts. With --verify only compare, and fail on a difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--verify", action="store_true", help="Change nothing; exit 1 where a tally differs.")

    def handle(self, *_: Any, verify: bool, **__: Any) -> None:
        at = clock.now()
        with tqdm(total=len(scorekeeping.scorable()), unit=" forecasts", disable=not sys.stderr.isatty()) as bar:
            if verify:
                self._verified(scorekeeping.verify(at, bar.update))
                return
            done = scorekeeping.rebuild(at, bar.update)
        self.stdout.write(
            f"Rebuilt the tallies of {done.changed:,} scored forecasts out of {done.forecasts:,} resolved."
        )

    def _verified(self, differences: list[scorekeeping.Difference]) -> None:
        if not differences:
            self.stdout.write("Every tally equals the facts.")
            return
        for difference in differences[:MOST_SHOWN]:
            self.stderr.write(str(difference))
        raise CommandError(f"{len(differences):,} tallies differ from the facts.")
