"""`manage.py extract`: what other programs rely on."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TEXT = (
    "“We won’t leave,” the mayor said on Friday.\n"
    "Rain fell.\n"
    "Heavier shelling could close the crossing, and a truce is unlikely before May, aid workers said.\n"
)
KEYS = {"start", "end", "text", "cue", "category", "likelihood", "conditional", "attributed", "claims"}


def extract(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("extract", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_each_line_is_one_sentence_with_exactly_the_agreed_keys(article: Path) -> None:
    rows = [json.loads(line) for line in extract(article).splitlines()]
    assert [set(row) for row in rows] == [KEYS, KEYS]
    assert all(set(claim) == KEYS for row in rows for claim in row["claims"])


def test_offsets_are_code_points_of_the_text(article: Path) -> None:
    for row in map(json.loads, extract(article).splitlines()):
        assert all(TEXT[part["start"] : part["end"]] == part["text"] for part in [row, *row["claims"]])


def test_claims_of_one_sentence_carry_their_own_likelihood(article: Path) -> None:
    row = json.loads(extract(article).splitlines()[1])
    assert [claim["likelihood"] for claim in row["claims"]] == ["unquantified", "unlikely"]
    assert row["likelihood"] == "unlikely"
    assert row["attributed"] is True
    assert row["conditional"] is False


def test_the_table_has_a_heading_and_a_line_for_each_sentence(article: Path) -> None:
    lines = extract(article, "--format", "table").splitlines()
    assert lines[0].split() == ["start", "end", "category", "likelihood", "conditional", "attributed", "cue", "text"]
    assert [line.split()[0] for line in lines[1:]] == ["0", "55"]


def test_nothing_in_a_text_can_steer_the_terminal_that_shows_the_table(tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text("The army\x1b[2J will\u202e attack\0.", encoding="utf-8")
    assert extract(path, "--format", "table").replace("\n", "").isprintable()
    assert json.loads(extract(path))["text"] == "The army\x1b[2J will\u202e attack\0."


def test_a_byte_order_mark_counts_as_one_character(tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes(b"\xef\xbb\xbfThe army will go.\r\nIt may stay.")
    assert [(row["start"], row["end"]) for row in map(json.loads, extract(path).splitlines())] == [(1, 18), (19, 31)]


def test_a_text_without_statements_prints_nothing(tmp_path: Path) -> None:
    path = tmp_path / "past.txt"
    path.write_text("Rain fell.", encoding="utf-8")
    assert extract(path) == ""
    assert len(extract(path, "--format", "table").splitlines()) == 1


def test_windows_line_ends_count_as_one_character_as_in_stored_articles(article: Path) -> None:
    before = extract(article)
    article.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert extract(article) == before


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "no such file"), (b"caf\xe9 will", "not UTF-8"), (b"", "is empty"), (b" \n\n", "is empty")],
)
def test_a_bad_file_is_refused_in_one_line(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "bad.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=message) as refused:
        extract(path)
    assert "\n" not in str(refused.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="folder"):
        extract(tmp_path)
