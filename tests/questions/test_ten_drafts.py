"""The drafts that the documentation shows are those that are made."""

from datetime import date
from pathlib import Path

import pytest

from forecasts.language.reading import read
from forecasts.questions.proposals import proposals

PUBLISHED = date(2027, 3, 10)
PAGE = Path(__file__).parents[2] / "docs" / "statements.md"


def shown() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").split("| field | statement |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_ten_fields_are_shown() -> None:
    assert len({row[0] for row in shown()}) == 10


@pytest.mark.parametrize(("field", "statement", "title", "not_found", "check"), shown())
def test_the_page_shows_what_is_proposed(field: str, statement: str, title: str, not_found: str, check: str) -> None:
    (found,) = read(statement, PUBLISHED)
    first = proposals(found.slots, found.claim.quote, PUBLISHED)[0]
    assert first.title == title, field
    assert ", ".join(first.way.not_found) == not_found.strip("–")
    assert ("; ".join(one.message for one in first.findings) or "passes") == check
