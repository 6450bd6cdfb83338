"""`comparison/`: two forecasters on the same forecasts, with an interval or the reason why there is none."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from forecasts.models import Forecaster, Scenario, User
from forecasts.scores import scorekeeping
from tests import make
from tests.api.world import API, as_person

pytestmark = pytest.mark.django_db

COMPARISON = f"{API}comparison/"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo", is_pool=True)


@pytest.fixture
def pair(scenario: Scenario) -> tuple[User, User]:
    return make.member(scenario, name="Ada"), make.member(scenario, name="Bob")


def score(scenario: Scenario, said: dict[User, float], times: int = 1, **fields: Any) -> None:
    """So many forecasts that came true, each answered by these people with these probabilities."""
    for _ in range(times):
        forecast = make.forecast(scenario, **fields)
        for who, probability in said.items():
            make.estimate(forecast, who, probability, make.day(3))
        make.verdict(forecast, "yes")
        scorekeeping.mark_due([forecast.pk], make.day(31))
    scorekeeping.settle(make.day(31))


def number(who: User) -> int:
    return Forecaster.objects.of(who).pk


def compared(pair: tuple[User, User], client: APIClient | None = None, **query: str) -> dict[str, Any]:
    first, second = (str(number(who)) for who in pair)
    answer = (client or as_person(pair[0])).get(COMPARISON, {"first": first, "second": second, **query})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_ten_forecasts_give_an_interval_of_the_paired_difference(scenario: Scenario, pair: tuple[User, User]) -> None:
    ada, bob = pair
    score(scenario, {ada: 0.9, bob: 0.6}, times=9)
    score(scenario, {ada: 0.7, bob: 0.8})
    found = compared(pair)
    differences = [0.01 - 0.16] * 9 + [0.09 - 0.04]
    low, high = found["brier"]["ci95"]
    assert found["brier"]["mean"] == pytest.approx(sum(differences) / 10)
    assert low < found["brier"]["mean"] < high
    assert (found["forecasts"], found["notes"]) == (10, [])


def test_turned_around_it_has_the_other_sign(scenario: Scenario, pair: tuple[User, User]) -> None:
    score(scenario, dict(zip(pair, (0.9, 0.6), strict=True)), times=3)
    there, back = compared(pair), compared((pair[1], pair[0]))
    assert there["brier"]["mean"] == -back["brier"]["mean"]


def test_below_ten_the_interval_is_null_and_the_note_says_how_many_are_missing(
    scenario: Scenario, pair: tuple[User, User]
) -> None:
    score(scenario, dict(zip(pair, (0.9, 0.6), strict=True)), times=3)
    found = compared(pair)
    assert (found["brier"]["ci95"], found["brier"]["standard_error"]) == (None, None)
    assert found["notes"] == ["No interval: both answered 3 scored forecasts, too few to judge: 7 more are needed."]


def test_without_a_shared_forecast_both_scores_are_null_with_the_reason(
    scenario: Scenario, pair: tuple[User, User]
) -> None:
    ada, bob = pair
    score(scenario, {ada: 0.9})
    score(scenario, {bob: 0.9})
    found = compared(pair, estimand="first")
    assert (found["forecasts"], found["brier"], found["log"]) == (0, None, None)
    assert found["notes"] == ["No yes-or-no forecast is scored on which both have an estimate under “first”."]


def test_a_forecast_that_one_of_them_left_is_not_shared(scenario: Scenario, pair: tuple[User, User]) -> None:
    ada, bob = pair
    score(scenario, {ada: 0.9, bob: 0.6}, times=2)
    left = make.forecast(scenario)
    for who in pair:
        make.estimate(left, who, 0.5, make.day(3))
    make.estimate(left, bob, None, make.day(5), event="withdraw")
    make.verdict(left, "yes")
    scorekeeping.mark_due([left.pk], make.day(32))
    scorekeeping.settle(make.day(32))
    assert compared(pair)["forecasts"] == 2
    assert compared(pair, estimand="first")["forecasts"] == 3


def test_filters_narrow_what_is_compared(scenario: Scenario, pair: tuple[User, User]) -> None:
    both = dict(zip(pair, (0.9, 0.6), strict=True))
    score(scenario, both, times=2)
    score(scenario, both, category="airstrikes")
    assert compared(pair, category="airstrikes")["forecasts"] == 1
    assert compared(pair, since="2025-01-01")["forecasts"] == 0
    assert compared(pair, scenario="aleppo", until="2025-01-01")["forecasts"] == 3


def test_an_analyst_can_be_compared_with_the_consensus(scenario: Scenario, pair: tuple[User, User]) -> None:
    score(scenario, dict(zip(pair, (0.9, 0.6), strict=True)), times=2)
    consensus = Forecaster.objects.get(kind=Forecaster.Kind.CONSENSUS)
    query = {"first": str(number(pair[0])), "second": str(consensus.pk)}
    found = as_person(pair[0]).get(COMPARISON, query).json()
    assert found["forecasts"] == 2
    assert found["brier"]["mean"] < 0


def test_who_is_unknown_or_out_of_sight_is_refused_alike(scenario: Scenario, pair: tuple[User, User]) -> None:
    hidden = make.scenario("private")
    eve = make.member(hidden)
    score(hidden, {eve: 0.9})
    client, own = as_person(pair[0]), number(pair[0])
    score(scenario, {pair[0]: 0.9})
    unseen, unknown = (
        client.get(COMPARISON, {"first": own, "second": second}).json()["errors"]["second"][0]["message"]
        for second in (number(eve), 987_654)
    )
    assert unseen.replace(str(number(eve)), "987654") == unknown
    assert unknown.endswith(f"Allowed: {own}.")


def test_nobody_is_compared_with_themselves(scenario: Scenario, pair: tuple[User, User]) -> None:
    score(scenario, {pair[0]: 0.9})
    own = number(pair[0])
    answer = as_person(pair[0]).get(COMPARISON, {"first": own, "second": own})
    assert answer.json()["errors"]["second"][0]["message"] == "Give two different forecasters."


def test_queries_do_not_grow_with_the_forecasts(
    scenario: Scenario, pair: tuple[User, User], django_assert_max_num_queries: Any
) -> None:
    both = dict(zip(pair, (0.9, 0.6), strict=True))
    score(scenario, both, times=2)
    client = as_person(pair[0])
    # The first request of a session notes where it comes from.
    compared(pair, client)
    with django_assert_max_num_queries(30) as few:
        compared(pair, client)
        before = len(few)
    score(scenario, both, times=10)
    with django_assert_max_num_queries(before):
        assert compared(pair, client)["forecasts"] == 12
