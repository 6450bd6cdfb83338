"""Count a spec on a file: what other programs rely on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from forecasts.evidence import single, telling
from forecasts.evidence.parsing import parse
from forecasts.rules.errors import ReckonerError


class Command(BaseCommand):
    help = "Count what a spec asks for on a file; nothing is kept, no database needed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("spec", metavar="SPEC", type=Path, help="A YAML file; docs/evidence.md says what it holds.")
        parser.add_argument("--file", type=Path, required=True, help="A file of the feed, as it was downloaded.")
        parser.add_argument("--feed", help="The feed that the file is of; else what the spec says.")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *_: Any, spec: Path, file: Path, **options: Any) -> None:
        try:
            asked = parse(_text(spec), options["feed"])
            found = single.on_file(asked, file)
        except ReckonerError as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            self.stdout.write(orjson.dumps(found).decode())
        else:
            self.stdout.write("\n".join(telling.lines(found)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: cannot be read ({error}).") from error
