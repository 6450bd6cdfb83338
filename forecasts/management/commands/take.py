"""Keep a file of a feed as a vintage, and count what forecasts ask of it."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forecasts.answers import counting_round
from forecasts.evidence.feeds import feeds
from forecasts.evidence.taking import take
from forecasts.rules import clock
from forecasts.rules.errors import ReckonerError

STEPS = ("reading", "keeping", "recording", "counting")


class Command(BaseCommand):
    help = "Keep a file of a feed as a vintage: all of it, or nothing where a row is bad. The same file twice is once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="As it was downloaded: CSV or JSON, also packed.")
        parser.add_argument("--feed", required=True, help=f"One of {', '.join(feeds())}.")
        parser.add_argument("--version", dest="file_version", required=True, help="As the feed calls it, such as 25.1.")
        parser.add_argument(
            "--retrieved", type=_instant, help="When it was downloaded, as ISO 8601; now where left out."
        )

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> Any:
        """Without Django's own --version, whose place a file's version takes here."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def handle(self, *_: Any, file: Path, feed: str, file_version: str, retrieved: datetime | None, **__: Any) -> None:
        with tqdm(total=len(STEPS), disable=not sys.stderr.isatty(), bar_format="{l_bar}{bar} {desc}") as bar:

            def say(step: str) -> None:
                bar.set_description_str(step)
                bar.update()

            try:
                now = clock.now()
                vintage, new = take(file, feed, file_version, at=now, retrieved_at=retrieved, say=say)
                say("counting")
                counting_round.run(now)
            except ReckonerError as error:
                raise CommandError(str(error)) from error
        if not new:
            self.stdout.write(f"This file is kept already, as {vintage} of {vintage.retrieved_at:%-d %B %Y}.")
            return
        self.stdout.write(
            f"Kept {vintage}: {vintage.rows:,} events, {vintage.covers_from} to {vintage.covers_to}, "
            f"sha256 {vintage.sha256[:12]}."
        )
        for warning in vintage.warnings:
            self.stderr.write(self.style.WARNING(f"Look at it: {warning}"))


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no time such as 2024-12-20T08:00:00Z") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
