"""Labelled sentences, and how well statements are found in them. `python -m tests.language.corpus` prints a table."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from forecasts.language import FoundStatement, find_statements

DATA = Path(__file__).parent / "data"
TUNED = ("development.tsv", "articles_development.tsv")
HELD_OUT = ("held_out.tsv", "articles_held_out.tsv")


@dataclass(frozen=True)
class Labelled:
    """A sentence as a reader labelled it before any rule was tried on it."""

    looks_ahead: bool
    category: str
    likelihood: str
    text: str


@dataclass(frozen=True)
class Measured:
    sentences: int
    precision: float
    recall: float
    category: float
    likelihood: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def articles(name: str) -> list[list[Labelled]]:
    """The articles of a file, blank lines between them; files of single sentences hold one-sentence articles."""
    blocks = (DATA / name).read_text(encoding="utf-8").strip("\n").split("\n\n")
    read = [[_labelled(line) for line in block.split("\n")] for block in blocks]
    return read if len(read) > 1 else [[one] for one in read[0]]


def _labelled(line: str) -> Labelled:
    label, category, likelihood, text = line.split("\t")
    return Labelled(label == "1", category, likelihood, text)


def answered(name: str) -> Iterator[tuple[Labelled, FoundStatement | None]]:
    """Each labelled sentence with what was found in it, each article read as a whole."""
    for article in articles(name):
        found = {statement.quote: statement for statement in find_statements("\n".join(one.text for one in article))}
        yield from ((one, found.get(one.text)) for one in article)


def measured(name: str) -> Measured:
    rows = list(answered(name))
    hits = [(one, found) for one, found in rows if one.looks_ahead and found]
    return Measured(
        sentences=len(rows),
        precision=len(hits) / sum(found is not None for _, found in rows),
        recall=len(hits) / sum(one.looks_ahead for one, _ in rows),
        category=sum(one.category == found.category for one, found in hits) / len(hits),
        likelihood=sum(one.likelihood == found.likelihood.term for one, found in hits) / len(hits),
    )


def main() -> None:
    sys.stdout.write(
        "| sentences | | precision | recall | F1 | category | likelihood |\n|---|---|---|---|---|---|---|\n"
    )
    for name in (*TUNED, *HELD_OUT):
        one = measured(name)
        shares = (one.precision, one.recall, one.f1, one.category, one.likelihood)
        cells = " | ".join(f"{share:.3f}" for share in shares)
        sys.stdout.write(f"| `{name}` | {one.sentences} | {cells} |\n")


if __name__ == "__main__":
    main()
