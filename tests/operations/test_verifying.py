"""The nightly comparison of what is kept with what was recorded, and the command that does it by hand."""

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from forecasts.answers import resolving
from forecasts.models import Article, Evidence, Statement, Sweep
from forecasts.operations import condition, verifying
from tests import make

pytestmark = pytest.mark.django_db
NOTE = b"They left."


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Path:
    """The place of a file that is kept as evidence."""
    settings.MEDIA_ROOT = tmp_path
    name = resolving.kept("note.txt", NOTE).store()
    verdict = make.verdict(make.forecast())
    Evidence.objects.create(verdict=verdict, file=name, sha256=hashlib.sha256(NOTE).hexdigest())
    return tmp_path / name


def rewrite(table: str, column: str, value: str) -> None:
    """As somebody would who owns the tables and goes round what guards them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_all_is_well_where_nothing_changed(kept: Path) -> None:
    make.statement(make.article("It may happen."), "It may happen.")
    assert verifying.verify(make.day(40)) == {"verify": [], "articles": [], "files": []}
    read = condition.read(make.day(40))
    assert (read.tallies, read.articles, read.files) == ("ok", "ok", "ok")


@pytest.mark.parametrize("damage", ["shortened", "changed", "gone"])
def test_a_damaged_file_is_found(kept: Path, damage: str) -> None:
    if damage == "gone":
        kept.unlink()
    else:
        kept.write_bytes(NOTE[:-1] if damage == "shortened" else b"They came.")
    (found,) = verifying.verify(make.day(40), "files")["files"]
    assert kept.name in found
    assert found in Sweep.objects.get(name="files").problem
    assert condition.read(make.day(40)).files == "differ"


def test_a_text_that_was_changed_is_found() -> None:
    article = make.article("It may happen. It may not.")
    rewrite(Article._meta.db_table, "body", "It will happen. It may not.")
    (found,) = verifying.verify(make.day(40), "articles")["articles"]
    assert f"Article {article.pk}" in found
    assert condition.read(make.day(40)).articles == "differ"


def test_a_quote_that_was_changed_is_found() -> None:
    statement = make.statement(make.article("It may happen. It may not."), "It may happen.")
    rewrite(Statement._meta.db_table, "quote", "It will happen.")
    assert verifying.verify(make.day(40), "articles")["articles"] == [
        f"Statement {statement.pk}: its quote does not stand where it was found."
    ]


def test_nothing_compared_for_two_nights_is_late() -> None:
    verifying.verify(make.day(0))
    assert condition.read(make.day(1)).files == "ok"
    assert condition.read(make.day(3)).files == "late"


def said(*names: str) -> str:
    out = StringIO()
    call_command("verify", *names, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_says_what_was_compared(kept: Path) -> None:
    assert said() == "tallies: as recorded\narticles: as recorded\nfiles: as recorded\n"


def test_the_command_names_what_differs_and_fails(kept: Path) -> None:
    kept.unlink()
    out = StringIO()
    with pytest.raises(CommandError, match="1 difference"):
        call_command("verify", "files", stdout=out, stderr=out)
    assert kept.name in out.getvalue()
