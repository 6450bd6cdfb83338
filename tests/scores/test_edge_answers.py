"""Answers at the edge: outside a range, past an open end of it, and an option that came late."""

from datetime import timedelta
from typing import Any

import pytest

from forecasts.answers import resolving
from forecasts.answers.resolving import Finding
from forecasts.models import Forecast, Scenario, User, Verdict
from forecasts.models.kinds import days
from forecasts.presenting import states
from forecasts.rules.errors import InvalidValue
from forecasts.scores import scorekeeping, statistics
from tests import make

pytestmark = pytest.mark.django_db
AFTER = make.day(60)
Outcome = Verdict.Outcome


@pytest.fixture
def ada(scenario: Scenario) -> User:
    return make.member(scenario, "resolver", name="Ada")


def percent(scenario: Scenario, **fields: Any) -> Forecast:
    return make.numeric(scenario, **{"unit": "%", "range_lower": 0.0, "range_upper": 100.0, **fields})


def when(scenario: Scenario, **fields: Any) -> Forecast:
    """A date in December 2024, or later."""
    ends = {"range_lower": days(make.day(0)), "range_upper": days(make.day(30)), "upper_is_open": True}
    return make.numeric(scenario, kind="date", **{**ends, **fields})


def found(outcome: Outcome, value: float | None = None) -> Finding:
    proof = resolving.Proof(url="https://example.org/")
    return Finding(outcome, value=value, known_at=make.day(20), evidence=(proof,), note="So it stands there.")


WAYS = ["one", "second", "decide", "several"]


def resolve(way: str, forecast: Forecast, finding: Finding, person: User) -> None:
    """By one person, by the second, by who decides between two, and several at once."""
    if way == "one":
        resolving.resolve(forecast, person, finding, at=AFTER)
    elif way == "several":
        resolving.resolve_several({forecast: finding}, person, at=AFTER)
    else:
        forecast.two_people_resolve = True
        forecast.save()
        first, second = (make.member(forecast.scenario, "resolver") for _ in range(2))
        resolving.resolve(forecast, first, found(Outcome.VALUE, 50.0), at=AFTER)
        if way == "second":
            resolving.second(forecast, second, finding, at=AFTER)
        else:
            resolving.second(forecast, second, found(Outcome.VALUE, 51.0), at=AFTER)
            resolving.decide(forecast, make.member(forecast.scenario, "owner"), finding, at=AFTER)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("value", "allowed"), [(150.0, "above 100 %"), (-1.0, "below 0 %"), (float("nan"), "number")])
def test_a_value_outside_a_closed_range_is_refused_in_every_way(
    way: str, value: float, allowed: str, scenario: Scenario, ada: User
) -> None:
    with pytest.raises(InvalidValue, match=allowed):
        resolve(way, percent(scenario), found(Outcome.VALUE, value), ada)


def test_a_value_past_an_open_end_may_be_given(scenario: Scenario, ada: User) -> None:
    forecast = percent(scenario, upper_is_open=True)
    resolve("one", forecast, found(Outcome.VALUE, 150.0), ada)
    assert forecast.verdicts.get().value == 150


@pytest.mark.parametrize(
    ("day", "why"), [(-1, "Values below 2024-12-01 are outside"), (21, "became known on 2024-12-21")]
)
def test_a_date_before_the_range_or_after_it_became_known_is_refused(
    day: float, why: str, scenario: Scenario, ada: User
) -> None:
    with pytest.raises(InvalidValue, match=why):
        resolve("one", when(scenario), found(Outcome.VALUE, days(make.day(day))), ada)


@pytest.mark.parametrize("outcome", [Outcome.ABOVE, Outcome.BELOW])
def test_past_a_closed_end_is_no_outcome(outcome: Outcome, scenario: Scenario, ada: User) -> None:
    with pytest.raises(InvalidValue, match="This end of the range is closed"):
        resolve("one", percent(scenario), found(outcome), ada)


@pytest.mark.parametrize("way", WAYS)
def test_past_an_open_end_is_an_outcome_without_a_value(way: str, scenario: Scenario, ada: User) -> None:
    forecast = percent(scenario, upper_is_open=True)
    resolve(way, forecast, found(Outcome.ABOVE), ada)
    newest = forecast.verdicts.order_by("-pk")[0]
    assert (newest.outcome, newest.value) == ("above", None)
    assert states.outcome(forecast, newest) == "more than 100 %"


def test_a_date_that_did_not_come_is_said_so(scenario: Scenario, ada: User) -> None:
    forecast = when(scenario)
    resolve("one", forecast, found(Outcome.ABOVE), ada)
    assert states.outcome(forecast, forecast.verdicts.get()) == "not by 2024-12-31"


@pytest.mark.parametrize(
    ("said", "wis"),
    [
        # Levels .05 .25 .5 .75 .95 of a truth of at least 100: twice the mean of level times what is missing to 100.
        ([60, 70, 80, 90, 100], 2 * (0.05 * 40 + 0.25 * 30 + 0.5 * 20 + 0.75 * 10) / 5),
        ([100, 100, 120, 140, 900], 0.0),
        ([60, 70, 80, 90, 5000], 2 * (0.05 * 40 + 0.25 * 30 + 0.5 * 20 + 0.75 * 10) / 5),
    ],
)
def test_what_is_known_of_a_truth_past_the_end_is_scored(
    said: list[float], wis: float, scenario: Scenario, ada: User
) -> None:
    forecast = percent(scenario, upper_is_open=True)
    make.estimate(forecast, ada, None, make.day(3), quantiles=said)
    make.verdict(forecast, "above")
    scorekeeping.mark_due([forecast.pk], AFTER)
    scorekeeping.settle(AFTER)
    (score,) = statistics.scores(forecast, AFTER)
    assert score.wis == pytest.approx(wis)
    assert scorekeeping.verify(AFTER) == []


def late_option(scenario: Scenario, ada: User, bob: User, came: str) -> dict[str, statistics.ForecasterScores]:
    """Ada answers among two options, Bob, once a third has come, among three; both give each the same."""
    forecast = make.choice(["none", "some"], scenario)
    make.estimate(forecast, ada, None, make.day(0), probabilities=[5000, 5000])
    forecast.options.create(position=2, label="all", added_at=make.day(5))
    make.estimate(forecast, bob, None, make.day(5), probabilities=[3333, 3333, 3334])
    make.verdict(forecast, "option", option=forecast.options.get(label=came))
    return {one.name: one for one in statistics.scores(forecast, make.day(31))}


def test_equal_odds_among_the_options_of_the_time_earn_nothing(scenario: Scenario, ada: User) -> None:
    scores = late_option(scenario, ada, make.member(scenario, name="Bob"), "some")
    assert scores["Ada"].baseline == pytest.approx(0, abs=1e-9)
    assert scores["Bob"].baseline == pytest.approx(0, abs=0.01)


def test_who_answered_before_the_option_that_came_true_is_unscored_in_all_scores(scenario: Scenario, ada: User) -> None:
    scores = late_option(scenario, ada, make.member(scenario, name="Bob"), "all")
    own = scores["Ada"]
    assert (own.brier, own.log, own.baseline, own.peer) == (None, None, None, None)
    assert own.unscored_because.startswith("The option that came true was added after this answer")
    assert scores["Bob"].brier is not None
    assert scores["Bob"].unscored_because == ""


def test_known_times_do_not_reach_into_the_next_day_of_the_forecasts_zone(scenario: Scenario, ada: User) -> None:
    forecast = when(scenario, time_zone="Asia/Damascus")
    late = make.day(20) + timedelta(hours=22)
    proof = resolving.Proof(url="https://example.org/")
    finding = Finding(Outcome.VALUE, value=days(make.day(21)), known_at=late, evidence=(proof,))
    resolving.resolve(forecast, ada, finding, at=AFTER)
    assert forecast.verdicts.get().value == days(make.day(21))
