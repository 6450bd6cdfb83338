"""The check of the docs' pictures: what changes in one is noticed, whatever the day."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import pictures
from tests.pictures import picture

pytestmark = pytest.mark.browser

PAGE = """<body><h1>Board</h1><p style="color: #333">Closes in 2 days, on 3 May 2026: 34%</p>
<input value="Hama"><p hidden>Nobody sees this</p><svg><rect class="bar" fill="#123456"/></svg></body>"""


@pytest.fixture
def page(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of which a picture was taken."""
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    page = browser.new_page()
    page.set_content(PAGE)
    with monkeypatch.context() as taking:
        taking.setenv("PICTURES", "1")
        picture(page, "board", full_page=True)
    monkeypatch.delenv("PICTURES", raising=False)
    yield page
    page.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Board", "Desk"),
        ("#333", "#334"),
        ("<h1>", '<h1 style="font-size: 20px">'),
        ("<h1>", '<h1 style="background: yellow">'),
        ('value="Hama"', 'value="Homs"'),
        ("<p hidden>", "<p>"),
        ("#123456", "#654321"),
        ('class="bar"', 'class="band"'),
    ],
)
def test_other_words_and_looks_make_a_picture_out_of_date(page: Page, before: str, after: str) -> None:
    page.set_content(PAGE.replace(before, after))
    with pytest.raises(pytest.fail.Exception, match=r"board\.png is out of date: run `make pictures`"):
        picture(page, "board")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Nobody sees this", "Still hidden"),
        ("34%", "35%"),
        ("3 May 2026", "30 November 2027"),
        ("in 2 days", "in 1 day"),
        ("in 2 days", "in an hour"),
        ("<h1>", "\n  <h1 id=top>"),
    ],
)
def test_what_is_not_seen_and_what_the_day_changes_does_not(page: Page, before: str, after: str) -> None:
    page.set_content(PAGE.replace(before, after))
    picture(page, "board")


def test_a_picture_that_does_not_say_what_it_shows_is_out_of_date(page: Page) -> None:
    (pictures.FOLDER / "board.png").write_bytes(page.screenshot())
    with pytest.raises(pytest.fail.Exception, match="out of date"):
        picture(page, "board")


def test_every_picture_of_the_docs_is_one_that_the_tests_look_at() -> None:
    silent = {path.stem for path in pictures.FOLDER.rglob("*.png") if not pictures.said(path.read_bytes())}
    # Taken by hand, of the demonstration: what is open in it goes by the calendar.
    assert silent == {"article", "board", "forecast"}
