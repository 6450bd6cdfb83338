"""`manage.py draft`: the contract that other programs rely on."""

import json
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.local.commands import WITHOUT_DATABASE
from forecasts.language.reading import NAMES

PROPOSAL = {
    "title", "kind", "criteria", "closes_at", "threshold", "unit", "place", "actor", "predicate", "object", "template",
    "fidelity", "not_found", "findings",
}  # fmt: skip
TEXT = (
    "The talks between the U.A.E. and Sudan are expected to resume in late April. Upwards of 40,000 people may leave "
    "the camps around Adré before Easter. Jeddah will probably host a third round next month."
)


def drafted(folder: Path, text: str, published: str = "2027-03-10") -> list[dict[str, Any]]:
    path, out = folder / "article.txt", StringIO()
    path.write_text(text, encoding="utf-8")
    call_command("draft", str(path), "--published", published, "--format", "jsonl", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_claim_is_one_line_with_slots_likelihood_and_proposals(tmp_path: Path) -> None:
    rows = drafted(tmp_path, TEXT)
    assert len(rows) == 3
    for row in rows:
        assert set(row) == {"start", "end", "slots", "likelihood", "proposals"}
        assert tuple(row["slots"]) == NAMES
        assert 1 <= len(row["proposals"]) <= 3
        assert all(set(proposal) == PROPOSAL for proposal in row["proposals"])
        for slot in filter(None, row["slots"].values()):
            assert set(slot) == {"text", "start", "end", "normal"}
            assert TEXT[slot["start"] : slot["end"]] == slot["text"]


def test_the_first_proposal_keeps_number_deadline_and_words(tmp_path: Path) -> None:
    talks, leaving, _ = (row["proposals"][0] for row in drafted(tmp_path, TEXT))
    assert talks["title"].startswith("The talks between the U.A.E. and Sudan resume")
    assert datetime.fromisoformat(talks["closes_at"]).date().isoformat() == "2027-04-30"
    assert leaving["title"] == "At least 40,000 people leave the camps around Adré by 27 March 2027"
    assert (leaving["threshold"], leaving["unit"], leaving["place"]) == (40_000, "people", "Adré")


def test_what_the_text_does_not_say_is_empty_and_named(tmp_path: Path) -> None:
    (row,) = drafted(tmp_path, "The ceasefire could collapse.")
    first = row["proposals"][0]
    assert (first["actor"], first["place"], first["threshold"], first["closes_at"]) == (None, None, None, None)
    assert set(first["not_found"]) == {"actor", "place", "closes_at"}
    assert any(one["level"] == "blocks" for one in first["findings"])


def test_a_likelihood_word_stands_with_its_band(tmp_path: Path) -> None:
    *_, hosting = drafted(tmp_path, TEXT)
    likelihood = hosting["likelihood"]
    assert set(likelihood) == {"term", "text", "start", "end", "value", "low", "high"}
    assert (likelihood["term"], likelihood["low"], likelihood["high"]) == ("probable", 0.55, 0.8)


def test_a_text_without_claims_prints_nothing(tmp_path: Path) -> None:
    assert drafted(tmp_path, "Rain fell on the town. Nobody was hurt.") == []


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks will resume.")
    with pytest.raises(CommandError, match="no date"):
        call_command("draft", str(tmp_path / "a.txt"), "--published", "2027-02-30")


def test_a_text_in_another_language_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    path, said = tmp_path / "a.txt", StringIO()
    path.write_text(
        "Los combates continuaron el martes en el este del país, según fuentes de la ONU y de la prensa local."
    )
    call_command("draft", str(path), stdout=StringIO(), stderr=said)
    assert "and the rules read English only" in said.getvalue()


def test_no_database_is_started_for_it() -> None:
    assert "draft" in WITHOUT_DATABASE
