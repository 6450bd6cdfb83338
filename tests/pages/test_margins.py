"""What became of an article's statements."""

import pytest

from forecasts.models import Article, Scenario, Statement
from forecasts.pages import margins
from tests import make

pytestmark = pytest.mark.django_db

BODY = "The army may retake the city. Talks may fail. Prices may rise. Aid could stop. A turning point."


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario(visibility=Scenario.Visibility.ALL)


@pytest.fixture
def article(scenario: Scenario) -> Article:
    article = make.article(BODY)
    scenario.articles.add(article)
    return article


def _accepted(article: Article, quote: str) -> Statement:
    return make.statement(article, quote, review=Statement.Review.ACCEPTED)


def test_the_summary_counts_statements_forecasts_and_what_came_of_them(scenario: Scenario, article: Article) -> None:
    first, second = _accepted(article, "The army may retake the city."), _accepted(article, "Talks may fail.")
    make.statement(article, "A turning point.", review="rejected", reason="No event would decide it.")
    for statement, outcome in ((first, "yes"), (first, "no"), (second, "yes"), (second, "annulled"), (second, "")):
        forecast = make.forecast(scenario, statement=statement, fidelity="same")
        if outcome:
            make.verdict(forecast, outcome)
    summed = margins.annotated(article, make.user(), make.day(31)).summary
    assert summed == (
        "3 statements, 2 made checkable, 5 forecasts: "
        "2 came true, 1 did not, 1 annulled or ambiguous, 1 waiting to be resolved"
    )


def test_an_article_without_forecasts_sums_up_without_outcomes(article: Article) -> None:
    _accepted(article, "Talks may fail.")
    summed = margins.annotated(article, make.user(), make.day(1)).summary
    assert summed == "1 statement, 0 made checkable, 0 forecasts"


def test_an_open_forecast_counts_as_open(scenario: Scenario, article: Article) -> None:
    make.forecast(scenario, statement=_accepted(article, "Talks may fail."), fidelity="same")
    assert margins.annotated(article, make.user(), make.day(1)).summary.endswith("1 forecast: 1 open")


def test_forecasts_of_a_scenario_that_one_may_not_see_are_not_in_the_margin(article: Article) -> None:
    hidden = make.scenario()
    make.forecast(hidden, statement=_accepted(article, "Talks may fail."), fidelity="same")
    stranger, insider = make.user(), make.member(hidden)
    assert margins.annotated(article, stranger, make.day(1)).notes[0].outcomes == []
    assert len(margins.annotated(article, insider, make.day(1)).notes[0].outcomes) == 1


def test_a_duplicate_names_the_number_of_what_it_repeats(article: Article) -> None:
    original = _accepted(article, "Talks may fail.")
    make.statement(article, "Prices may rise.", review="duplicate", duplicate_of=original)
    notes = margins.annotated(article, make.user(), make.day(1)).notes
    assert [note.original for note in notes] == [None, 1]


def test_derived_forecasts_stand_apart_and_are_not_counted(scenario: Scenario, article: Article) -> None:
    derived = make.forecast(scenario)
    annotated = margins.annotated(article, make.user(), make.day(1))
    assert [outcome.forecast for outcome in annotated.derived] == [derived]
    assert "0 forecasts" in annotated.summary


def test_notes_stand_at_the_line_where_their_sentence_begins(article: Article) -> None:
    _accepted(article, "Prices may rise.")
    annotated = margins.annotated(article, make.user(), make.day(1))
    noted = [noted for _, passages in annotated.lines for noted in passages if noted.notes]
    assert [note.claim.statement.quote for one in noted for note in one.notes] == ["Prices may rise."]


def test_a_folded_note_says_what_it_holds(scenario: Scenario, article: Article) -> None:
    forecast = make.forecast(scenario, statement=_accepted(article, "Talks may fail."), fidelity="same")
    make.verdict(forecast, "yes")
    make.statement(article, "A turning point.", review="rejected", reason="Hindsight.")
    annotated = margins.annotated(article, make.user(), make.day(40))
    folded = [noted.summary for _, passages in annotated.lines for noted in passages if noted.notes]
    assert folded == ["1 forecast: 1 came true", "rejected"]
