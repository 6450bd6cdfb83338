"""What an article said and what came of it, in numbers."""

from datetime import datetime

import pytest

from forecasts.models import Article, Forecast, Scenario, Source, Statement, User
from forecasts.pages import margins, scorecards
from tests import make

pytestmark = pytest.mark.django_db

AT = make.day(60)
BODY = (
    "A truce is likely. Talks may fail. Rain is unlikely. Snow is very likely. "
    "A truce is likely, they repeat. The army may retreat."
)


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("north")


@pytest.fixture
def article(scenario: Scenario) -> Article:
    article = make.article(BODY)
    scenario.articles.add(article)
    return article


@pytest.fixture
def reader(scenario: Scenario) -> User:
    return make.member(scenario)


def said(article: Article, quote: str, word: str = "unquantified", **fields: object) -> Statement:
    scale = {} if word == "unquantified" else {"scale": "icd_203", "scale_edition": "2015"}
    return make.statement(article, quote, likelihood=word, review="accepted", **scale, **fields)


def decided(statement: Statement, outcome: str, fidelity: str = "same", **fields: object) -> Forecast:
    forecast = make.forecast(Scenario.objects.get(), statement=statement, fidelity=fidelity, **fields)
    make.verdict(forecast, outcome, recorded_at=forecast.closes_at)
    return forecast


def test_repeats_are_counted_apart_and_derived_forecasts_not_at_all(
    scenario: Scenario, article: Article, reader: User
) -> None:
    first = said(article, "A truce is likely.", "likely")
    decided(first, "yes")
    make.forecast(scenario, statement=said(article, "Talks may fail."), fidelity="narrower")
    make.statement(article, "A truce is likely, they repeat.", review="duplicate", duplicate_of=first)
    make.statement(article, "The army may retreat.", review="rejected", reason="No place.")
    make.forecast(scenario)
    reach = scorecards.of_article(article, reader, AT).reach
    assert (reach.said, reach.repeated, reach.checkable, reach.decided) == (3, 1, 2, 1)
    assert (reach.quantified, reach.unquantified) == (1, 2)


def test_a_source_is_scored_at_the_middle_and_the_ends_of_its_bands(article: Article, reader: User) -> None:
    decided(said(article, "A truce is likely.", "likely"), "yes")
    decided(said(article, "Rain is unlikely.", "unlikely"), "yes")
    brier = scorecards.of_article(article, reader, AT).brier
    assert brier is not None
    # likely: 55-80%, unlikely: 20-45%, and both came true
    assert brier.low == pytest.approx(((1 - 0.55) ** 2 + (1 - 0.2) ** 2) / 2)
    assert brier.middle == pytest.approx(((1 - 0.675) ** 2 + (1 - 0.325) ** 2) / 2)
    assert brier.high == pytest.approx(((1 - 0.8) ** 2 + (1 - 0.45) ** 2) / 2)


def test_a_forecast_of_the_opposite_turns_the_band_and_the_outcome_over(article: Article, reader: User) -> None:
    decided(said(article, "A truce is likely.", "likely"), "no", "opposite")
    card = scorecards.of_article(article, reader, AT)
    assert card.brier is not None
    assert card.brier.middle == pytest.approx((1 - 0.675) ** 2)
    assert [(one.term, one.low, one.high, one.held) for one in card.words] == [("likely", 0.55, 0.8, 1)]


def test_what_is_unquantified_narrower_annulled_or_open_is_never_scored(
    scenario: Scenario, article: Article, reader: User
) -> None:
    decided(said(article, "Talks may fail."), "yes")
    decided(said(article, "A truce is likely.", "likely"), "yes", "narrower")
    decided(said(article, "Rain is unlikely.", "unlikely"), "annulled")
    make.forecast(scenario, statement=said(article, "Snow is very likely.", "very_likely"), fidelity="same")
    card = scorecards.of_article(article, reader, AT)
    assert (card.brier, card.words) == (None, [])


def test_an_early_yes_waits_until_the_forecast_has_matured(article: Article, reader: User) -> None:
    statement = said(article, "A truce is likely.", "likely")
    forecast = make.forecast(Scenario.objects.get(), statement=statement, fidelity="same")
    make.verdict(forecast, "yes", known_at=make.day(3))
    assert scorecards.of_article(article, reader, make.day(10)).brier is None
    assert scorecards.of_article(article, reader, AT).brier is not None


def test_a_statement_with_two_faithful_forecasts_is_scored_once(article: Article, reader: User) -> None:
    statement = said(article, "A truce is likely.", "likely")
    decided(statement, "yes")
    decided(statement, "no")
    brier = scorecards.of_article(article, reader, AT).brier
    assert brier is not None
    assert brier.forecasts == 1


def test_analysts_and_consensus_stand_beside_it_on_the_same_forecasts(
    scenario: Scenario, article: Article, reader: User
) -> None:
    forecast = decided(said(article, "A truce is likely.", "likely"), "yes")
    elsewhere = make.forecast(scenario)
    make.verdict(elsewhere, "yes")
    for probability in (0.8, 0.6):
        person = make.member(scenario)
        make.estimate(forecast, person, probability, make.day(2))
        make.estimate(elsewhere, person, 0.01, make.day(2))
    brier = scorecards.of_article(article, reader, AT).brier
    assert brier is not None
    assert brier.analysts == pytest.approx((0.2**2 + 0.4**2) / 2)
    assert brier.analysts_pairs == 2
    assert brier.consensus is not None
    assert 0.04 < brier.consensus < 0.16


def test_words_are_held_beside_their_bands_and_sorted_by_them(article: Article, reader: User) -> None:
    decided(said(article, "Snow is very likely.", "very_likely"), "no")
    decided(said(article, "Rain is unlikely.", "unlikely"), "no")
    words = scorecards.of_article(article, reader, AT).words
    assert [(one.term, one.held, one.said, one.is_inside) for one in words] == [
        ("unlikely", 0, 1, False),
        ("very likely", 0, 1, False),
    ]


def test_a_source_is_the_sum_of_its_articles_that_one_may_see(
    scenario: Scenario, article: Article, reader: User
) -> None:
    decided(said(article, "A truce is likely.", "likely"), "yes")
    second = make.article("Rain is likely.")
    scenario.articles.add(second)
    decided(said(second, "Rain is likely.", "likely"), "no")
    hidden = make.article("Snow is likely.")
    make.scenario().articles.add(hidden)
    make.statement(hidden, "Snow is likely.", likelihood="likely", scale="icd_203")
    card = scorecards.of_source(Source.objects.get(), reader, AT)
    assert (card.reach.said, card.reach.decided) == (2, 2)
    assert [(one.term, one.held, one.said) for one in card.words] == [("likely", 1, 2)]


def test_the_sentences_say_what_is_missing(article: Article, reader: User) -> None:
    assert scorecards.sentences(scorecards.of_article(article, reader, AT)) == [
        "Nothing it says of the future has been found yet."
    ]
    said(article, "Talks may fail.")
    told = scorecards.sentences(scorecards.of_article(article, reader, AT))
    assert told[0] == "0 of 1 statement (0%) could be made checkable, 0 are decided."
    assert "None gives a likelihood" in told[1]


def test_the_sentences_compare_the_source_with_the_analysts(scenario: Scenario, article: Article, reader: User) -> None:
    forecast = decided(said(article, "A truce is likely.", "likely"), "yes")
    make.estimate(forecast, make.member(scenario), 0.9, make.day(2))
    told = scorecards.sentences(scorecards.of_article(article, reader, AT))
    assert told[2] == (
        "On 1 forecast of its likelihood words its Brier score is 0.106 at the middle of their bands, 0.202 and 0.040 "
        "at the ends; that of the analysts on the same forecasts is 0.010. 0 is perfect."
    )


def test_the_margin_shows_the_first_consensus_beside_the_last(
    scenario: Scenario, article: Article, reader: User
) -> None:
    forecast = decided(said(article, "Talks may fail."), "yes")
    for day, probability in ((2, 0.2), (5, 0.9)):
        for name in ("a", "b"):
            person = User.objects.filter(name=name).first() or make.member(scenario, name=name)
            make.estimate(forecast, person, probability, make.day(day))
    outcome = margins.annotated(article, reader, AT).notes[0].outcomes[0]
    assert (outcome.at_first, outcome.consensus.brief) == ("20%", "90%")


def test_in_a_blind_scenario_the_first_consensus_is_hidden_as_well(article: Article, reader: User) -> None:
    Scenario.objects.update(blind_until_answered=True)
    scenario = Scenario.objects.get()
    forecast = decided(said(article, "Talks may fail."), "yes")
    for _ in range(2):
        make.estimate(forecast, make.member(scenario), 0.2, make.day(2))
    outcome = margins.annotated(article, reader, AT).notes[0].outcomes[0]
    assert outcome.at_first == ""


def test_a_moment_before_everything_counts_nothing(article: Article, reader: User) -> None:
    decided(said(article, "A truce is likely.", "likely"), "yes")
    early: datetime = make.day(-1)
    assert scorecards.of_article(article, reader, early).reach.checkable == 0
