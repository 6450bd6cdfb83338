"""The picture of an article's scorecard, as SVG."""

from xml.etree import ElementTree

import pytest

from forecasts.models import Article, Scenario, User
from forecasts.pages import cards, margins
from tests import make

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("north")


@pytest.fixture
def article(scenario: Scenario) -> Article:
    article = make.article("A truce may come. Talks may fail.", title="Talks stall & <others> wait")
    scenario.articles.add(article)
    return article


def drawn(article: Article, reader: User, sentences: list[str]) -> ElementTree.Element:
    notes = margins.annotated(article, reader, make.day(60)).notes
    return ElementTree.fromstring(cards.svg(article, notes, sentences))


def words(picture: ElementTree.Element) -> list[str]:
    return [str(text.text) for text in picture.iter(f"{SVG}text")]


def test_it_names_title_source_and_day_as_they_are(article: Article, scenario: Scenario) -> None:
    said = words(drawn(article, make.member(scenario), []))
    assert "Talks stall & <others> wait" in said
    assert "Example Wire, 1 December 2024" in said
    assert "No forecast was made of it yet." in said


def test_the_bar_is_cut_by_what_came_of_the_forecasts(article: Article, scenario: Scenario) -> None:
    statement = make.statement(article, "A truce may come.", review="accepted")
    for outcome in ("yes", "yes", "no"):
        made = make.forecast(scenario, statement=statement, fidelity="narrower")
        make.verdict(made, outcome, recorded_at=made.closes_at)
    make.forecast(scenario, statement=statement, fidelity="same", closes_at=make.day(99), resolves_at=make.day(99))
    picture = drawn(article, make.member(scenario), [])
    assert {"2 came true", "1 did not", "1 open"} <= set(words(picture))
    widths = [float(bar.get("width", 0)) for bar in picture.iter(f"{SVG}rect") if bar.get("height") == "44"]
    assert widths == pytest.approx([533, 265, 265], abs=1)


def test_sentences_are_wrapped_and_end_before_the_edge(article: Article, scenario: Scenario) -> None:
    picture = drawn(article, make.member(scenario), ["word " * 200, "more " * 200, "never shown"])
    placed = [float(text.get("y", 0)) for text in picture.iter(f"{SVG}text")]
    assert max(placed) < cards.HEIGHT
    assert "never shown" not in words(picture)


def test_characters_that_no_picture_can_hold_are_left_out(article: Article, scenario: Scenario) -> None:
    Article.objects.update(title="a\x0bb\ufffec\nd")
    article.refresh_from_db()
    assert "abcd" in words(drawn(article, make.member(scenario), []))


def test_equal_cards_are_drawn_once(article: Article, scenario: Scenario) -> None:
    notes = margins.annotated(article, make.member(scenario), make.day(60)).notes
    first = cards.png(article, notes, ["A sentence."])
    assert cards.png(article, notes, ["A sentence."]) == first
    assert cards.png(article, notes, ["Another sentence."]) != first
