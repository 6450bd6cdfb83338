"""Count a spec on a file or on a kept vintage: what other programs rely on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from forecasts.evidence import count_output, single
from forecasts.evidence.parsing import parse
from forecasts.rules.errors import ReckonerError


class Command(BaseCommand):
    help = "Count what a spec asks for on a file (nothing is kept, no database needed) or on a kept vintage."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("spec", metavar="SPEC", type=Path, help="A YAML file; docs/evidence.md says what it holds.")
        of = parser.add_mutually_exclusive_group()
        of.add_argument("--file", type=Path, help="A file of the feed, as it was downloaded.")
        of.add_argument("--vintage", help="The sha256 of a kept vintage, or how it begins; else the newest is counted.")
        parser.add_argument("--feed", help="The feed that the file is of; else what the spec says.")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *_: Any, spec: Path, file: Path | None, vintage: str | None, **options: Any) -> None:
        try:
            asked = parse(_text(spec), options["feed"])
            found = single.on_file(asked, file) if file else single.on_vintage(asked, vintage)
        except ReckonerError as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            self.stdout.write(orjson.dumps(found).decode())
        else:
            self.stdout.write("\n".join(count_output.lines(found)))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: cannot be read ({error}).") from error
