"""Import estimates from a file."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forecasts.exchange.importing import CHANGES, Choices, Understood, formats, import_estimates, looked_at, said
from forecasts.rules import clock
from forecasts.rules.errors import ReckonerError


class Command(BaseCommand):
    help = "Import estimates from a file: all of it, or nothing where a row is bad. It never waits for input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="docs/operating.md names the formats and the columns.")
        parser.add_argument("--scenario", required=True, help="Slug of the scenario that takes the forecasts.")
        parser.add_argument("--dry-run", action="store_true", help="Show what is understood, and keep nothing.")
        parser.add_argument(
            "--unrelated",
            action="store_true",
            help="The scenario is a pool of unrelated questions: intervals count each by itself. Otherwise those that"
            " opened in one quarter count as one situation, and intervals need ten of these.",
        )
        parser.add_argument(
            "--format",
            default="",
            choices=[*formats(), ""],
            metavar="NAME",
            help=f"Else found out: {', '.join(formats())}.",
        )
        parser.add_argument(
            "--beside", action="append", type=Path, default=[], metavar="FILE",
            help="A file that belongs to it: the questions of a file of answers. May come several times.",
        )  # fmt: skip
        parser.add_argument("--encoding", default="", help="Of a text; else found out where that can be told.")
        parser.add_argument("--delimiter", default="", help="Between cells; else found out.")
        parser.add_argument("--decimals", default="", choices=["", "point", "comma"])
        parser.add_argument("--dates", default="", choices=["", "day-first", "month-first"], help="What 01.02.2025 is.")
        parser.add_argument(
            "--zone", default="", type=_zone, help="Of times that name none, such as UTC or Europe/Berlin."
        )
        parser.add_argument("--probabilities", default="", choices=["", "percent", "fraction"])
        parser.add_argument("--category", default="", help="Of forecasts of which the file says none.")
        parser.add_argument("--opens", type=_moment, help="Opening of forecasts whose file has no dates.")
        parser.add_argument("--closes", type=_moment, help="Close of forecasts whose file has no dates.")
        parser.add_argument(
            "--person", action="append", type=_pair, default=[], metavar="NAME=WHO",
            help="Whose a name or an address in the file is: the address of an account, or another name.",
        )  # fmt: skip
        parser.add_argument(
            "--change",
            action="append",
            default=[],
            choices=CHANGES,
            help="Change this of forecasts that are here already.",
        )

    def handle(self, *_: Any, file: Path, scenario: str, unrelated: bool, dry_run: bool, **given: Any) -> None:
        choices = Choices(
            format=given["format"], encoding=given["encoding"], delimiter=given["delimiter"].replace("\\t", "\t"),
            decimals=given["decimals"], dates=given["dates"], zone=given["zone"], probabilities=given["probabilities"],
            category=given["category"], people=dict(given["person"]), change=frozenset(given["change"]),
            beside=tuple(given["beside"]), opens_at=given["opens"], closes_at=given["closes"],
        )  # fmt: skip
        try:
            if dry_run:
                return self._show(looked_at(file, scenario, clock.now(), choices))
            self._import(file, scenario, choices, unrelated=unrelated)
        except ReckonerError as error:
            raise CommandError(str(error)) from error

    def _import(self, file: Path, scenario: str, choices: Choices, *, unrelated: bool) -> None:
        with tqdm(unit=" estimates", unit_scale=True, disable=not sys.stderr.isatty()) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            added = import_estimates(file, scenario, clock.now(), show, unrelated=unrelated, choices=choices)
        for note in added.notes:
            self.stdout.write(note)
        self.stdout.write(
            f"Added {added.forecasts:,} forecasts, {added.estimates:,} estimates and {added.verdicts:,} outcomes. "
            "Scores follow when the next settling has come through."
        )

    def _show(self, found: Understood) -> None:
        """What is understood, and what stands in the way; an error where something does."""
        self.stdout.write(f"Read as {found.format}: {'; '.join(found.notes) or 'nothing had to be found out'}.")
        self.stdout.write(f"{found.estimates:,} estimates on {found.forecasts:,} forecasts. The first, as read:")
        for row in found.rows:
            cells = [f"{name}: {cell}" for name, cell in zip(found.columns, row, strict=True) if cell]
            self.stdout.write("  " + "; ".join(cells))
        for one in found.people:
            self.stdout.write(f"{one.name}, {one.estimates:,} estimates: {one.who or 'to be said'}")
        for note in said(found):
            self.stdout.write(note)
        asked = [*map(str, found.questions), *(one.question for one in found.people if one.question), *found.problems]
        if asked:
            raise CommandError("\n".join([*asked, "Nothing was kept."]))
        self.stdout.write("Nothing was kept.")


def _pair(text: str) -> tuple[str, str]:
    name, equals, who = text.partition("=")
    if not equals or not name:
        raise ArgumentTypeError("it is NAME=WHO, such as “Ada=ada@example.org”")
    return name, who


def _zone(text: str) -> str:
    try:
        ZoneInfo(text or "UTC")
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ArgumentTypeError(f"there is no zone “{text}”") from error
    return text


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("it is a date and time, such as 2026-02-01T00:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
