"""`manage.py add_article`: files and standard input, what is said, what is refused."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from forecasts.models import Article, Scenario
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "Talks stall\nTalks may fail before May. Rain fell."
REQUIRED = ("--title", "Talks stall", "--source", "Example Wire", "--published", "2024-12-01T15:30+03:00")


def add(file: Path | str, *options: str) -> str:
    out = io.StringIO()
    call_command("add_article", str(file), *REQUIRED, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_it_says_which_article_was_added_and_how_much_there_is_to_review(file: Path) -> None:
    said = add(file)
    article = Article.objects.get()
    assert said == f"Added article {article.pk}, “Talks stall”, with 1 statement to review.\n"
    assert (article.body, article.published_at.isoformat()) == (TEXT, "2024-12-01T12:30:00+00:00")


def test_everything_about_it_is_kept(file: Path) -> None:
    scenario = make.scenario("north")
    more = ("--author", "A. Writer", "--author", "B. Writer", "--url", "https://example.invalid/1")
    add(file, *more, "--scenario", "north", "--published-note", "inferred")
    article = Article.objects.get()
    assert article.authors == ["A. Writer", "B. Writer"]
    assert (article.url, article.published_at_note) == ("https://example.invalid/1", "inferred")
    assert list(Scenario.objects.filter(articles=article)) == [scenario]
    assert article.added_at is not None


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(TEXT.encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    add("-")
    assert Article.objects.get().body == TEXT


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (".html", "<article><h1>Talks stall</h1><p>Talks <i>may</i> fail before May. Rain fell.</p></article>"),
        (".md", "# Talks stall\n\nTalks *may* fail before May. Rain fell.\n"),
    ],
)
def test_the_ending_of_a_file_says_its_format(tmp_path: Path, ending: str, text: str) -> None:
    path = tmp_path / f"article{ending}"
    path.write_text(text, encoding="utf-8")
    add(path)
    assert Article.objects.get().body == TEXT


def test_a_format_that_is_named_counts_more_than_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("<p>Talks may fail.</p>", encoding="utf-8")
    add(path, "--format", "html")
    assert Article.objects.get().body == "Talks may fail."


def test_the_same_text_twice_is_refused_with_the_article_it_is(file: Path) -> None:
    add(file)
    with pytest.raises(CommandError, match=f"article {Article.objects.get().pk} already: “Talks stall”"):
        add(file)
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"a\x00b", "NUL character at 1"),
        (b"abc\xff", "not UTF-8 \\(byte 3\\)"),
        (b"x" * 2_000_001, "2.0 MB; an article has at most 2 MB"),
    ],
)
def test_a_bad_text_is_refused_with_the_reason(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        add(path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--published", "yesterday"), "--published: 'yesterday' is no time"),
        (("--published", "0001-01-01"), "outside the years"),
        (("--title", " "), "--title is empty"),
        (("--title", "x" * 501), "--title has more than 500 characters"),
        (("--title", "a\u202eb"), r"U\+202E"),
        (("--url", "javascript:x"), "is not an address"),
        (("--scenario", "nowhere"), "there is no scenario 'nowhere'. There are: none yet"),
    ],
)
def test_a_bad_option_is_refused_with_its_name(file: Path, options: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        add(file, *options)
    assert not Article.objects.exists()


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read \\(No such file or directory\\)"):
        add(tmp_path / "nothing.txt")


def test_two_megabytes_of_sentences_are_taken_and_nothing_of_them_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    line = "The army may retake town number {0} before the winter, residents of town number {0} say.\n"
    text = "".join(line.format(number) for number in range(2_000))
    path.write_text(text, encoding="utf-8")
    add(path)
    article: Any = Article.objects.get()
    assert article.statements.count() >= 2_000
