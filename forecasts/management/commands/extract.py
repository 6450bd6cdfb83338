"""Prints the forward-looking sentences of a text file."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forecasts import extractors
from forecasts.extractors import Found
from forecasts.extractors.rules import not_english
from forecasts.language import UNQUANTIFIED, Claim, FoundStatement, find_statements

COLUMNS = ("start", "end", "category", "likelihood", "conditional", "attributed", "cue")


class Command(BaseCommand):
    help = "Print the forward-looking sentences of a UTF-8 text file, one JSON object a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--format", choices=["jsonl", "table"], default="jsonl")
        parser.add_argument(
            "--extractor",
            choices=["settings", "rules"],
            default="settings",
            help="Who reads: what the settings name, as for articles (without a model the rules), or the rules.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = read(options["file"])
        rows = self.rows_by_settings(text) if options["extractor"] == "settings" else rows_by_rules(text)
        lines = table(rows) if options["format"] == "table" else (json.dumps(row, ensure_ascii=False) for row in rows)
        for line in lines:
            self.stdout.write(line)

    def warn_of_language(self, text: str) -> None:
        if note := not_english(text):
            self.stderr.write(note)

    def rows_by_settings(self, text: str) -> list[dict[str, object]]:
        """By the language model that the settings name, if they name one; a note on standard error says who read."""
        if not extractors.is_set():
            self.warn_of_language(text)
            return rows_by_rules(text)
        extraction = extractors.extract(text)
        read_by = f"Read by the language {extraction.extractor} ({extraction.version}), not by the rules."
        self.stderr.write(extraction.notice or read_by)
        if extraction.extractor == extractors.RULES:
            return rows_by_rules(text)
        by_sentence = groupby(extraction.found, key=attrgetter("sentence_start", "sentence_end"))
        return [row_of_found(text, list(claims)) for _, claims in by_sentence]


def rows_by_rules(text: str) -> list[dict[str, object]]:
    return [row_of(statement) for statement in find_statements(text)]


def read(path: Path) -> str:
    """The text of a file, offsets as stored articles have them: CRLF becomes LF. `CommandError` says what is wrong."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise CommandError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise CommandError(f"{path}: this is a folder, not a text file") from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: not UTF-8 (byte {error.start})") from None
    except OSError as error:
        raise CommandError(f"{path}: cannot be read ({error.strerror})") from None
    if not text.strip():
        raise CommandError(f"{path}: the file is empty")
    return text.replace("\r\n", "\n")


def row_of(statement: FoundStatement) -> dict[str, object]:
    """A sentence with its claims, in the shape that other programs rely on."""
    return {
        "start": statement.sentence_start,
        "end": statement.sentence_end,
        "text": statement.quote,
        **_said(statement),
        "claims": [
            {"start": claim.start, "end": claim.end, "text": claim.quote, **_said(claim), "claims": []}
            for claim in statement.claims
        ],
    }


def row_of_found(text: str, claims: list[Found]) -> dict[str, object]:
    """The same for the claims that a language model found in one sentence."""
    first = claims[0]
    quantified = next((claim for claim in claims if claim.likelihood != UNQUANTIFIED), first)
    return {
        "start": first.sentence_start,
        "end": first.sentence_end,
        "text": text[first.sentence_start : first.sentence_end],
        **_found(first),
        "likelihood": quantified.likelihood,
        "claims": [
            {"start": claim.start, "end": claim.end, "text": claim.quote, **_found(claim), "claims": []}
            for claim in claims
        ],
    }


def _found(claim: Found) -> dict[str, object]:
    return {
        "cue": claim.cue,
        "category": claim.category,
        "likelihood": claim.likelihood,
        "conditional": claim.conditional,
        "attributed": bool(claim.attributed_to),
    }


def _said(found: FoundStatement | Claim) -> dict[str, object]:
    return {
        "cue": found.cue.quote,
        "category": found.category,
        "likelihood": found.likelihood.term,
        "conditional": found.conditional,
        "attributed": bool(found.attributed_to),
    }


def table(rows: list[dict[str, object]]) -> Iterator[str]:
    """The rows in aligned columns, each sentence's text last; what would steer a terminal is left out."""
    cells = [[_cell(row[column]) for column in COLUMNS] for row in rows]
    widths = [max(map(len, column)) for column in zip(COLUMNS, *cells, strict=True)]
    for line, text in zip([COLUMNS, *cells], ["text", *(str(row["text"]) for row in rows)], strict=True):
        shown = "".join(sign if sign.isprintable() else " " for sign in text)
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=True)), shown])


def _cell(value: object) -> str:
    said = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return "".join(sign if sign.isprintable() else " " for sign in said)
