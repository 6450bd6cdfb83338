"""Compare what is kept with what was recorded: files, articles and tallies."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forecasts.operations import verifying
from forecasts.rules import clock

MOST_SHOWN = 20
NAMES = {"tallies": "verify", "articles": "articles", "files": "files"}


class Command(BaseCommand):
    help = "Compare evidence files, articles and tallies with what was recorded. Exit 1 on a difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("parts", nargs="*", metavar="PART", help=f"One of {', '.join(NAMES)}; all where none is.")

    def handle(self, *_: Any, parts: Sequence[str], **__: Any) -> None:
        if unknown := [part for part in parts if part not in NAMES]:
            raise CommandError(f"There is no part {unknown[0]}: one of {', '.join(NAMES)}.")
        count = sum(self._said(part) for part in parts or NAMES)
        if count:
            raise CommandError(f"{count:,} difference{'' if count == 1 else 's'}.")

    def _said(self, part: str) -> int:
        differences = verifying.verify(clock.now(), NAMES[part])[NAMES[part]]
        self.stdout.write(f"{part}: {f'{len(differences):,} differ' if differences else 'as recorded'}")
        for difference in differences[:MOST_SHOWN]:
            self.stderr.write(f"  {difference}")
        return len(differences)
