"""What a forecast's dates and verdicts add up to, in words."""

import pytest

from forecasts.answers import resolving
from forecasts.models import Forecast, Verdict
from forecasts.presenting import states
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (-1, "waiting", "opens"),
        (5, "open", "closes"),
        (31, "waiting", "closed; answer expected"),
        (60, "due", "answer was due"),
    ],
)
def test_an_unresolved_forecast_says_which_date_it_waits_for(day: float, kind: str, words: str) -> None:
    forecast = make.forecast(resolves_at=make.day(40))
    state = states.state(forecast, None, make.day(day))
    assert (state.kind, state.words, state.is_over) == (kind, words, False)


def test_a_resolved_forecast_says_its_outcome_and_when_that_was_known() -> None:
    forecast = make.forecast()
    verdict = make.verdict(forecast, "no", known_at=make.day(4))
    state = states.state(forecast, verdict, make.day(50))
    assert (state.kind, state.words, state.moment, state.is_over) == ("no", "No", make.day(4), True)


def test_a_proposal_waits_for_a_second_person_until_that_one_confirms() -> None:
    forecast = make.forecast(two_people_resolve=True)
    first, second = (make.member(forecast.scenario, "resolver") for _ in range(2))
    finding = resolving.Finding(Verdict.Outcome.YES, known_at=make.day(31))
    resolving.resolve(forecast, first, finding, at=make.day(32))
    assert states.resolutions([forecast], make.day(33)) == {}
    proposal = states.proposals([forecast], make.day(33))[forecast.pk]
    assert "second person" in states.state(forecast, None, make.day(33), proposal).words
    resolving.confirm(forecast, second, at=make.day(34))
    assert states.proposals([forecast], make.day(35)) == {}
    assert states.resolutions([forecast], make.day(35))[forecast.pk].outcome == "yes"


def test_a_resolution_that_was_taken_back_no_longer_counts() -> None:
    forecast = make.forecast()
    finding = resolving.Finding(Verdict.Outcome.YES, known_at=make.day(31))
    resolving.resolve(forecast, None, finding, at=make.day(32))
    resolving.take_back(forecast, None, "The wrong forecast.", at=make.day(33))
    assert set(states.resolutions([forecast], make.day(32.5))) == {forecast.pk}
    assert states.resolutions([forecast], make.day(34)) == {}


def test_the_newest_of_two_rounds_is_the_resolution() -> None:
    forecast = make.forecast()
    make.verdict(forecast, "yes")
    make.verdict(forecast, "no")
    assert states.resolutions([forecast], make.day(40))[forecast.pk].outcome == "no"


def test_outcomes_of_every_kind_are_said_in_their_own_words() -> None:
    choice = make.choice(["two", "three or more"])
    option = choice.options.get(position=1)
    date = make.numeric(kind=Forecast.Kind.DATE, unit="")
    assert states.outcome(choice, make.verdict(choice, "option", option=option)) == "three or more"
    assert states.outcome(date, make.verdict(date, "value", value=20_065.0)) == "8 Dec 2024"
    count = make.numeric()
    assert states.outcome(count, make.verdict(count, "value", value=664_000.0)) == "664,000 people"
    binary = make.forecast()
    assert states.outcome(binary, make.verdict(binary, "annulled")) == "Annulled"


@pytest.mark.parametrize(("outcome", "fidelity", "expected"), [("yes", "same", True), ("no", "narrower", False)])
def test_what_an_article_said_came_true_where_the_forecast_resolved_yes(
    outcome: str, fidelity: str, *, expected: bool
) -> None:
    forecast = _about_a_statement(fidelity)
    assert states.came_true(forecast, make.verdict(forecast, outcome)) is expected


def test_the_opposite_of_a_statement_that_resolved_no_means_that_it_came_true() -> None:
    forecast = _about_a_statement("opposite")
    assert states.came_true(forecast, make.verdict(forecast, "no")) is True


def test_annulled_is_neither_true_nor_false() -> None:
    forecast = make.forecast()
    assert states.came_true(forecast, make.verdict(forecast, "annulled")) is None


def _about_a_statement(fidelity: str) -> Forecast:
    statement = make.statement(make.article(), "The army may retake the city.")
    return make.forecast(statement=statement, fidelity=fidelity)
