"""What is left of HTML and Markdown."""

from contextlib import suppress

import pytest

from forecasts.questions.intake.markup import taken
from forecasts.questions.intake.taken import Format
from forecasts.rules.errors import InvalidValue

PAGE = """<!doctype html><html><head><title>Site – Talks</title><style>p {color: red}</style></head><body>
<nav><a href="/">Home</a></nav><header>Site</header>
<article><h1>Talks stall</h1><p>By <b>A. Writer</b></p><p>Talks &amp; truces
may&nbsp;fail.<br>Rain is likely.</p><script>alert("will")</script><ul><li>One</li><li>Two</li></ul>
<figure><figcaption>A photograph</figcaption></figure><aside>Read more</aside></article>
<footer>All rights</footer></body></html>"""


def test_of_a_page_its_article_is_taken_line_by_line() -> None:
    assert taken(PAGE, Format.HTML).text.split("\n") == [
        "Talks stall",
        "By A. Writer",
        "Talks & truces may fail.",
        "Rain is likely.",
        "One",
        "Two",
    ]


def test_a_page_of_several_articles_is_taken_whole() -> None:
    page = "<body><article>One.</article><article>Two.</article></body>"
    assert taken(page, Format.HTML).text == "One.\nTwo."


def test_inline_elements_do_not_break_words() -> None:
    assert (
        taken("<p>re<b>tak</b>en <i>soon</i>, they <a href='x'>say</a>.</p>", Format.HTML).text
        == "retaken soon, they say."
    )


def test_markdown_loses_its_marks_and_keeps_its_lines() -> None:
    text = "# Talks\n\nThey *may* [fail](http://x.invalid) and\nresume.\n\n- one\n- two\n\n> quoted\n\n<i>end</i>"
    assert taken(text, Format.MARKDOWN).text == "Talks\nThey may fail and resume.\none\ntwo\nquoted\nend"


def test_plain_text_is_not_touched() -> None:
    assert taken("a < b\n\n# c *d*", Format.TEXT).text == "a < b\n\n# c *d*"


def test_other_scripts_and_emoji_come_through() -> None:
    assert taken("<p>قد تفشل المحادثات 😀</p>", Format.HTML).text == "قد تفشل المحادثات 😀"


@pytest.mark.parametrize("hostile", ["<div>" * 50_000, "<b>" * 50_000, "<" * 200_000, "&#0;<p>x", "<!--" * 50_000])
def test_hostile_markup_is_read_or_refused_and_breaks_nothing(hostile: str) -> None:
    for kind in (Format.HTML, Format.MARKDOWN):
        with suppress(InvalidValue):
            assert isinstance(taken(hostile, kind).text, str)


@pytest.mark.parametrize("depth", [255, 257, 1_000, 2_000])
def test_deeply_nested_html_is_read_to_its_end(depth: int) -> None:
    page = f"<p>First.</p>{'<div>' * depth}Talks may fail.{'</div>' * depth}<p>Last.</p>"
    assert taken(page, Format.HTML).text == "First.\nTalks may fail.\nLast."


def test_html_that_is_nested_deeper_than_can_be_read_is_refused() -> None:
    page = f"<p>First.</p>{'<div>' * 5_000}Talks may fail.{'</div>' * 5_000}<p>Last.</p>"
    with pytest.raises(InvalidValue, match="nested more than 2048 deep"):
        taken(page, Format.HTML)
