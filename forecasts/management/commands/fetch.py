"""Fetch a file of a feed from the service that the settings name; `take` keeps it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from forecasts.evidence.fetching import FETCHERS, Access, fetch
from forecasts.rules.errors import ReckonerError


class Command(BaseCommand):
    help = "Fetch a file of a feed. Off unless the settings name the service: docs/operating.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("feed", choices=list(FETCHERS))
        parser.add_argument("target", type=Path, help="Where the file is written, for `take`.")
        parser.add_argument("--version", dest="feed_version", default="", help="Of UCDP, such as 25.1 or 25.0.9.")

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> Any:
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **options)

    def handle(self, *_: Any, feed: str, target: Path, feed_version: str, **__: Any) -> None:
        access = settings.FETCHED.get(feed)
        if access is None:
            raise CommandError(f"Fetching is off: FETCH_{feed.upper()}_URL is not set.")
        try:
            fetch(feed, Access(*access), feed_version, target)
        except ReckonerError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {target}: keep it with manage.py take {target} --feed {feed} --version …")
