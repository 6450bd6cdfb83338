"""An article's text cut where its statements begin and end."""

import re

import pytest
from django.utils.html import strip_tags

from forecasts.models import Article
from forecasts.presenting import text
from forecasts.presenting.text import Claim, Line
from tests import make

pytestmark = pytest.mark.django_db

BODY = "The city may fall. 🙂 Talks could fail & prices may rise.\nHeading\n\nNothing here."


def _lines(article: Article) -> tuple[list[Claim], list[Line]]:
    claims = text.claims(list(article.statements.all()))
    return claims, text.lines(article, claims)


def _bare(line: Line) -> str:
    """What a reader reads, without the numbers of claims."""
    html = "".join(passage.html for passage in line.passages)
    return strip_tags(re.sub(r"<a .*?</a>", "", html)).replace("&amp;", "&").replace("&#x27;", "'")


def test_the_text_comes_out_as_it_was_line_by_line() -> None:
    article = make.article(BODY)
    make.statement(article, "Talks could fail")
    _, lines = _lines(article)
    assert [_bare(line) for line in lines] == [line for line in BODY.split("\n") if line]


def test_offsets_are_code_points_so_that_an_emoji_before_a_statement_moves_nothing() -> None:
    article = make.article(BODY)
    make.statement(article, "Talks could fail", category="negotiation")
    _, lines = _lines(article)
    passage = next(passage for passage in lines[0].passages if passage.claims)
    assert ">Talks could fail</mark>" in passage.html
    assert "in-negotiation" in passage.html


def test_markup_in_an_article_stays_text() -> None:
    article = make.article("<script>alert(1)</script> may happen.")
    make.statement(article, "<script>alert(1)</script> may happen")
    _, lines = _lines(article)
    html = "".join(passage.html for passage in lines[0].passages)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_statements_are_numbered_in_the_order_of_the_text() -> None:
    article = make.article(BODY)
    later, earlier = make.statement(article, "prices may rise"), make.statement(article, "The city may fall")
    claims, _ = _lines(article)
    assert [(claim.number, claim.statement) for claim in claims] == [(1, earlier), (2, later)]


def test_a_claim_inside_another_gets_a_level_of_its_own_and_both_are_underlined() -> None:
    article = make.article(BODY)
    make.statement(article, "Talks could fail & prices may rise")
    make.statement(article, "prices may rise")
    claims, lines = _lines(article)
    assert [claim.level for claim in claims] == [0, 1]
    html = "".join(passage.html for passage in lines[0].passages)
    inner = '<mark class="claim claim-0 claim-proposed in-other"><mark class="claim claim-1 claim-proposed in-other">'
    assert inner + "prices may rise</mark></mark>" in html


def test_claims_that_overlap_in_part_share_the_stretch_in_the_middle() -> None:
    article = make.article("Alpha beta gamma delta.")
    make.statement(article, "Alpha beta gamma")
    make.statement(article, "beta gamma delta")
    _, lines = _lines(article)
    html = "".join(passage.html for passage in lines[0].passages)
    assert re.findall(r"(claim-[01]) claim-proposed in-other\">([A-Za-z ]+)</mark>", html) == [
        ("claim-0", "Alpha "),
        ("claim-1", "beta gamma"),
        ("claim-1", " delta"),
    ]
    assert html.count("claim-0 ") == 2


def test_two_claims_of_one_sentence_stand_in_one_passage() -> None:
    article = make.article("Strikes could kill civilians and displace residents. More.")
    for quote in ("Strikes could kill civilians", "displace residents"):
        make.statement(article, quote, sentence_start=0, sentence_end=52)
    _, lines = _lines(article)
    sentence = lines[0].passages[0]
    assert [claim.number for claim in sentence.claims] == [1, 2]
    assert sentence.begins
    assert lines[0].passages[1].claims == ()


def test_a_sentence_that_crosses_a_line_begins_once() -> None:
    article = make.article("It may\nhappen. Rest.")
    make.statement(article, "It may\nhappen.")
    _, lines = _lines(article)
    assert [[passage.begins for passage in line.passages if passage.claims] for line in lines] == [[True], [False]]


def test_short_lines_without_a_full_stop_are_headings_and_the_title_the_headline() -> None:
    article = make.article("Talks stall\nA heading\nText that ends.", title="Talks stall")
    _, lines = _lines(article)
    assert [line.kind for line in lines] == ["headline", "subhead", "text"]


def test_a_quotation_is_cut_between_words() -> None:
    article = make.article("word " * 200 + "It may happen." + " other" * 200)
    quotation = text.quotation(make.statement(article, "It may happen."))
    assert quotation.quote == "It may happen."
    assert quotation.before.startswith("… word ")
    assert quotation.after.endswith("other …")
    assert len(quotation.before) < text.CONTEXT + 3


def test_a_quotation_at_the_edges_of_an_article_is_not_cut() -> None:
    article = make.article("It may happen.")
    assert text.quotation(make.statement(article, "It may happen.")) == text.Quotation("", "It may happen.", "")
