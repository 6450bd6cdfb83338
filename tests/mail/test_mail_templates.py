"""Templates of mails with their blocks filled in once: they render what Django's own render."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BlockNode, ExtendsNode

from forecasts.mail.emails.templates import template

FOLDER = Path(settings.BASE_DIR) / "forecasts" / "templates" / "forecasts" / "mail"
NAMES = sorted(path.name for path in FOLDER.iterdir())
DATA = {
    "title": "Will <it> & rain?",
    "scenario": "Aleppo’s fall",
    "criteria": "By the end of\nMay",
    "left": "3 days",
    "own": "30%",
    "own_ago": "5 days ago",
    "hint": "Nothing changed.",
    "link": "https://example.org/?a=1&b=2",
    "stop": "https://example.org/stop",
    "preferences": "https://example.org/wishes",
    "snooze": "https://example.org/snooze",
    "site": "https://example.org",
    "scores": [{"label": "Brier score", "best": "0 is best", "own": "0.1", "consensus": "0.2"}],
}


def test_every_kind_of_mail_has_its_templates_here() -> None:
    assert len(NAMES) >= 30
    assert {"update.html", "update.txt", "update.subject.txt"} < set(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", [{}, DATA])
def test_a_template_renders_what_django_makes_of_it(name: str, data: dict[str, object]) -> None:
    assert template(name).render(Context(data)) == render_to_string(f"forecasts/mail/{name}", data)


@pytest.mark.parametrize("name", NAMES)
def test_no_block_is_left_that_would_show_what_a_lower_template_replaced(name: str) -> None:
    """One within a condition or a loop would: put the condition into the block."""
    nodes = template(name).nodelist
    assert nodes.get_nodes_by_type(BlockNode) == nodes.get_nodes_by_type(ExtendsNode) == []


def test_the_lowest_of_three_templates_fills_a_block_and_the_middle_one_what_it_leaves() -> None:
    lowest = template("closing_soon.html").render(Context(DATA))
    assert "<title>Closing soon: Will &lt;it&gt; &amp; rain?</title>" in lowest
    assert "After that, no estimate is taken" in lowest
    assert "You get this because you estimate in “Aleppo’s fall”." in lowest
    assert "Your estimate:" not in lowest


def test_what_one_mail_fills_in_stays_out_of_the_template_that_another_extends() -> None:
    template("closing_soon.html")
    assert "After that, no estimate is taken" not in template("update.html").render(Context(DATA))
    assert "After that, no estimate is taken" not in render_to_string("forecasts/mail/update.html", DATA)


def test_one_context_serves_all_parts_of_a_mail() -> None:
    context = Context(DATA)
    parts = [template(f"update{part}").render(context) for part in (".subject.txt", ".txt", ".html")]
    assert parts == [
        render_to_string(f"forecasts/mail/update{part}", DATA) for part in (".subject.txt", ".txt", ".html")
    ]
    assert len(context.dicts) == 2


def test_a_block_within_a_block_is_filled_too() -> None:
    assert "Stop all mails of these kinds" in template("digest.html").render(Context(DATA))
    assert "Stop mails of this kind" in template("update.html").render(Context(DATA))
