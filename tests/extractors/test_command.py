"""`manage.py extract` reads as articles are read: by the settings' model where there is one, and it says so."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from forecasts.extractors.conversation import PROMPT_VERSION
from forecasts.language import find_statements
from tests.chat import Answering, Server, said, statements

TEXT = "Rain fell on the valley. The army will hold the port, and a truce is unlikely.\n"
AHEAD = "The army will hold the port, and a truce is unlikely."
KEYS = {"start", "end", "text", "cue", "category", "likelihood", "conditional", "attributed", "claims"}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(path: Path, *options: str) -> tuple[list[dict[str, object]], str]:
    """The rows on standard output, and what standard error says."""
    out, err = StringIO(), StringIO()
    call_command("extract", str(path), *options, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().strip()


def by_rules() -> list[str]:
    return [statement.quote for statement in find_statements(TEXT)]


def two_claims(model: Server) -> None:
    model.answering = Answering(
        lambda question: statements(
            said("The army will hold the port", category="territorial_control", cue="will hold"),
            said("a truce is unlikely", category="negotiation", likelihood="unlikely", cue="unlikely"),
        )
    )


def test_without_a_model_the_rules_read_and_nothing_else_is_said(article: Path) -> None:
    rows, note = run(article)
    assert [row["text"] for row in rows] == by_rules() == [AHEAD]
    assert note == ""


def test_a_model_that_is_set_up_reads_and_a_note_says_so(article: Path, model: Server) -> None:
    two_claims(model)
    rows, note = run(article)
    assert len(model.asked) == 1
    assert note == f"Read by the language model reader (prompt {PROMPT_VERSION}), not by the rules."
    assert [row["text"] for row in rows] == [AHEAD]


def test_its_rows_have_the_agreed_keys_and_offsets_of_the_text(article: Path, model: Server) -> None:
    two_claims(model)
    (row,) = run(article)[0]
    claims = row["claims"]
    assert isinstance(claims, list)
    assert set(row) == KEYS
    for part in [row, *claims]:
        assert set(part) == KEYS
        assert TEXT[part["start"] : part["end"]] == part["text"]


def test_a_sentence_is_one_row_with_the_likelihood_that_one_of_its_claims_states(article: Path, model: Server) -> None:
    two_claims(model)
    (row,) = run(article)[0]
    claims = row["claims"]
    assert isinstance(claims, list)
    assert row["likelihood"] == "unlikely"
    assert row["category"] == "territorial_control"
    assert [claim["category"] for claim in claims] == ["territorial_control", "negotiation"]


def test_the_rules_can_be_asked_for_and_then_no_model_is(article: Path, model: Server) -> None:
    two_claims(model)
    rows, note = run(article, "--extractor", "rules")
    assert model.asked == []
    assert [row["text"] for row in rows] == by_rules()
    assert note == ""


def test_where_the_model_fails_the_rules_read_and_the_note_says_why(article: Path, model: Server) -> None:
    model.answering = Answering(lambda question: b"<html>Bad gateway</html>")
    rows, note = run(article)
    assert [row["text"] for row in rows] == by_rules()
    assert "The rules read this article instead." in note


def test_the_table_shows_what_the_model_found(article: Path, model: Server) -> None:
    two_claims(model)
    out = StringIO()
    call_command("extract", str(article), "--format", "table", stdout=out, stderr=StringIO())
    assert "territorial_control" in out.getvalue()
    assert AHEAD in out.getvalue()
