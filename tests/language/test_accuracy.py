"""Precision, recall, categories and likelihood words on labelled sentences, tuned and held out."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from forecasts.language import find_statements

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Measured:
    precision: float
    recall: float
    category: float
    likelihood: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def measured(name: str) -> Measured:
    rows = [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    found = [(label, category, term, find_statements(text)) for label, category, term, text in rows]
    hits = [
        (category, term, statements[0]) for label, category, term, statements in found if label == "1" and statements
    ]
    said = sum(bool(statements) for *_, statements in found)
    return Measured(
        precision=len(hits) / said,
        recall=len(hits) / sum(label == "1" for label, *_ in found),
        category=sum(category == statement.category for category, _, statement in hits) / len(hits),
        likelihood=sum(term == statement.likelihood.term for _, term, statement in hits) / len(hits),
    )


@pytest.mark.parametrize("name", ["development.tsv", "held_out.tsv"])
def test_statements_are_found_as_well_as_the_bar_asks(name: str) -> None:
    result = measured(name)
    sys.stdout.write(
        f"{name}: precision {result.precision:.3f} recall {result.recall:.3f} F1 {result.f1:.3f} "
        f"category {result.category:.3f} likelihood {result.likelihood:.3f}\n"
    )
    assert result.f1 >= 0.87
    assert result.recall >= 0.90
    assert result.category >= 0.65
    assert result.likelihood >= 0.95


def test_a_third_of_the_sentences_was_held_out_and_none_stands_in_both() -> None:
    tuned, held = (
        (DATA / name).read_text(encoding="utf-8").splitlines() for name in ("development.tsv", "held_out.tsv")
    )
    assert len(tuned) >= 150
    assert len(held) * 2 >= len(tuned) * 0.9
    assert not {row.split("\t")[3] for row in tuned} & {row.split("\t")[3] for row in held}
