"""Adds an article from a file or from standard input, and proposes its statements."""

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forecasts.models import Scenario
from forecasts.questions.intake import adding
from forecasts.questions.intake.adding import Added, Heading
from forecasts.questions.intake.documents import LARGEST_DOCUMENT
from forecasts.questions.intake.simple_values import address, near, safe_line
from forecasts.questions.intake.taken import SUFFIXES, Format
from forecasts.rules import clock
from forecasts.rules.errors import InvalidValue


class Command(BaseCommand):
    help = "Add an article from a file of text, HTML or Markdown (UTF-8), PDF or .docx, or from standard input (-)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--title", required=True)
        parser.add_argument("--source", required=True, help="who published it; a new name makes a new source")
        parser.add_argument("--published", required=True, metavar="TIME", help="2024-12-01 or 2024-12-01T15:30+03:00")
        parser.add_argument("--published-note", default="", help="such as: inferred")
        parser.add_argument("--author", action="append", default=[], help="may be given several times")
        parser.add_argument("--url", default="", help="kept as a reference, never fetched")
        parser.add_argument("--language", default="en")
        parser.add_argument("--format", choices=[str(kind) for kind in Format], help="otherwise by the file's ending")
        parser.add_argument("--whole", action="store_true", help="keep menus, footers and page numbers")
        parser.add_argument("--scenario", metavar="SLUG", help="the scenario whose members shall see it")

    def handle(self, *args: Any, **options: Any) -> None:
        added = self._add(options)
        count = f"{added.statements} statement" + ("" if added.statements == 1 else "s")
        self.stdout.write(f"Added article {added.article.pk}, “{added.article.title}”, with {count} to review.")
        if added.article.notice:
            self.stdout.write(added.article.notice)

    def _add(self, options: dict[str, Any]) -> Added:
        heading, scenario = _heading(options), _scenario(options["scenario"])
        kind = options["format"] or SUFFIXES.get(Path(options["file"]).suffix.lower(), Format.TEXT)
        try:
            body = adding.file_of(_content(options["file"]), Format(kind), whole=options["whole"])
            return adding.add(heading, body, scenario, at=clock.now())
        except InvalidValue as error:
            raise CommandError(f"{options['file']}: {error}") from None


def _heading(options: dict[str, Any]) -> Heading:
    try:
        return Heading(
            source=_checked("--source", options["source"], 200),
            title=_checked("--title", options["title"], 500),
            published_at=_moment(options["published"]),
            published_at_note=_checked("--published-note", options["published_note"], 200),
            authors=[_checked("--author", name, 200) for name in options["author"]],
            url=address(options["url"]) if options["url"] else "",
            language=_checked("--language", options["language"], 12),
        )
    except ValueError as error:
        raise CommandError(str(error)) from None


def _checked(name: str, text: str, longest: int) -> str:
    if name in ("--source", "--title") and not text.strip():
        raise ValueError(f"{name} is empty")
    if len(text) > longest:
        raise ValueError(f"{name} has more than {longest} characters")
    return safe_line(text.strip())


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--published: {text!r} is no time such as 2024-12-01 or 2024-12-01T15:30+03:00") from None
    return near(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _scenario(slug: str | None) -> Scenario | None:
    if slug is None:
        return None
    found = Scenario.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Scenario.objects.values_list("slug", flat=True)[:20]) or "none yet"
        raise CommandError(f"--scenario: there is no scenario {slug!r}. There are: {known}")
    return found


def _content(name: str) -> bytes:
    """The bytes, one more than are allowed at most: enough to say that it is too large."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST_DOCUMENT + 1)
    except OSError as error:
        raise CommandError(f"{name}: cannot be read ({error.strerror})") from None
