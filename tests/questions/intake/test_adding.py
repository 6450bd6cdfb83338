"""Adding an article: what is taken, what is refused and with which words."""

import pytest

from forecasts.models import Article, Scenario, Source, Statement
from forecasts.questions.intake import adding
from forecasts.questions.intake.adding import AlreadyHere, Heading
from forecasts.questions.intake.taken import Format
from forecasts.rules.errors import InvalidValue, NotAllowed
from tests import make

pytestmark = pytest.mark.django_db

HEADING = Heading(source="Example Wire", title="Talks stall", published_at=make.day(0))
TEXT = "Talks may fail before May. The harvest was good.\nThe army will probably retake the city."


def add(text: str = TEXT, kind: Format = Format.TEXT) -> Article:
    body = adding.body_of(text, kind)
    scenario = make.scenario()
    return adding.add(HEADING, body, scenario, at=make.day(1), by=make.member(scenario, "editor")).article


def refusal(text: str, kind: Format = Format.TEXT) -> str:
    with pytest.raises(InvalidValue) as refused:
        adding.body_of(text, kind)
    assert refused.value.field == "body"
    return str(refused.value)


def test_the_statements_of_a_new_article_are_proposed_at_once() -> None:
    article = add()
    assert [one.quote for one in article.statements.in_order()] == [
        "Talks may fail before May.",
        "The army will probably retake the city.",
    ]
    assert {one.review for one in article.statements.all()} == {"proposed"}


def test_every_quote_is_the_text_between_its_offsets() -> None:
    article = add("😀 " + TEXT + "\nمن المحتمل. Talks may resume in Cairo 🎉.")
    assert article.statements.count() == 3
    for one in article.statements.all():
        assert article.body[one.start : one.end] == one.quote


def test_the_likelihood_word_is_kept_with_its_scale_and_edition() -> None:
    one = add().statements.get(quote__contains="probably")
    assert (one.likelihood, one.scale, one.scale_edition, one.scale_is_assumed) == ("probable", "icd_203", "2015", True)


def test_who_added_it_and_when_is_kept() -> None:
    article = add()
    assert article.added_at == make.day(1)
    assert article.added_by is not None


def test_a_repeat_names_its_original_and_waits_for_the_reviewer() -> None:
    article = add("Talks may fail before May, ministers warn.\nRain fell.\nTalks may fail before May, ministers warn.")
    first, second = article.statements.in_order()
    assert (second.duplicate_of, second.review) == (first, Statement.Review.PROPOSED)


def test_an_article_in_another_language_says_that_the_rules_may_have_missed_something() -> None:
    heading = Heading(source="Wire", title="Gespräche", published_at=make.day(0), language="de")
    added = adding.add(heading, "Die Gespräche könnten scheitern.", None, at=make.day(1))
    assert "may have missed" in added.article.notice


def test_the_same_text_twice_is_recognised_and_names_the_article() -> None:
    article = add()
    with pytest.raises(AlreadyHere, match=f"article {article.pk} already: “Talks stall”") as refused:
        adding.body_of(TEXT.replace("\n", "\r\n"))
    assert refused.value.article == article


def test_a_source_that_one_sees_is_used_again() -> None:
    first = add()
    scenario = Scenario.objects.get(articles=first)
    again = adding.add(HEADING, "The bridge may fall.", scenario, at=make.day(2), by=make.member(scenario, "editor"))
    assert again.article.source == first.source
    assert Source.objects.count() == 1


def test_a_name_and_a_text_that_others_use_in_private_are_neither_shown_nor_touched() -> None:
    theirs = add()
    Source.objects.filter(pk=theirs.source_id).update(url="https://secret.example/", kind="ministry")
    scenario = make.scenario()
    editor = make.member(scenario, "editor")
    mine = adding.add(HEADING, adding.body_of(TEXT, by=editor), scenario, at=make.day(2), by=editor).article
    assert mine != theirs
    assert (mine.source.name, mine.source.url) == (theirs.source.name, "")
    theirs.source.refresh_from_db()
    assert (theirs.source.url, theirs.source.kind) == ("https://secret.example/", "ministry")
    with pytest.raises(AlreadyHere):
        adding.body_of(TEXT, by=editor)


@pytest.mark.parametrize("role", ["viewer", "analyst", "resolver"])
def test_only_who_edits_the_scenario_adds_to_it(role: str) -> None:
    scenario = make.scenario()
    with pytest.raises(NotAllowed):
        adding.add(HEADING, TEXT, scenario, at=make.day(1), by=make.member(scenario, role))
    assert not Article.objects.exists()


def test_line_ends_become_lf_and_nothing_else_is_touched() -> None:
    assert adding.body_of("a\r\n\r\nb\rc\td  ").text == "a\n\nb\nc\td  "


def test_two_megabytes_are_taken_and_one_byte_more_is_refused() -> None:
    assert len(adding.body_of("é" * 1_000_000).text) == 1_000_000
    assert refusal("é" * 1_000_000 + "x") == "The text has 2.0 MB; an article has at most 2 MB."


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("", Format.TEXT, "empty"),
        (" \n\t ", Format.TEXT, "empty"),
        ("a\x00b", Format.TEXT, "NUL character at 1"),
        ("<script>x()</script><p> </p>", Format.HTML, "Without its markup"),
        ("<!-- nothing -->", Format.MARKDOWN, "Without its markup"),
        ("a \ud83d b", Format.TEXT, "At 2 stands half a character"),
    ],
)
def test_what_holds_no_text_is_refused_with_the_reason(text: str, kind: Format, words: str) -> None:
    assert words in refusal(text, kind)


def test_a_file_that_is_not_utf_8_is_refused_with_the_byte() -> None:
    with pytest.raises(InvalidValue, match="not UTF-8 \\(byte 4\\)"):
        adding.decoded(b"abcd\xff")


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert adding.decoded(b"\xef\xbb\xbfTalks") == "Talks"


def test_hundreds_of_statements_are_stored_with_few_queries(django_assert_max_num_queries: object) -> None:
    text = "\n".join(f"Town number {number} may fall before winter number {number}." for number in range(400))
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        article = add(text)
    assert article.statements.count() == 400


def test_who_stores_the_same_text_a_moment_later_is_told_of_the_first() -> None:
    body = adding.body_of(TEXT)
    first = adding.add(HEADING, body, None, at=make.day(1)).article
    with pytest.raises(AlreadyHere) as refused:
        adding.add(HEADING, body, None, at=make.day(1))
    assert refused.value.article == first
    assert Article.objects.count() == 1
