"""Estimates that cannot all be right are found, of those who hold them and as long as they can be mended."""

import pytest

from forecasts.models import Forecast, Forecaster, Relation, RelationMember, Scenario, User
from forecasts.rules import coherence
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.day(5)


def related(scenario: Scenario, kind: str, count: int = 2) -> list[Forecast]:
    relation = Relation.objects.create(scenario=scenario, kind=kind)
    forecasts = [make.forecast(scenario) for _ in range(count)]
    for position, forecast in enumerate(forecasts):
        RelationMember.objects.create(relation=relation, forecast=forecast, position=position)
    return forecasts


def say(forecasts: list[Forecast], who: User | Forecaster, *probabilities: float) -> None:
    for forecast, probability in zip(forecasts, probabilities, strict=True):
        make.estimate(forecast, who, probability, make.day(1))


@pytest.mark.parametrize(
    ("kind", "probabilities", "clash"),
    [
        ("exclusive", (0.5, 0.4), False),
        ("exclusive", (0.5, 0.5), False),
        ("exclusive", (0.7, 0.4), True),
        ("deadlines", (0.2, 0.3), False),
        ("deadlines", (0.3, 0.3), False),
        ("deadlines", (0.3, 0.2), True),
        ("thresholds", (0.1, 0.6), False),
        ("thresholds", (0.6, 0.1), True),
    ],
)
def test_two_estimates_contradict_each_other_or_not(
    scenario: Scenario, analyst: User, kind: str, probabilities: tuple[float, float], *, clash: bool
) -> None:
    forecasts = related(scenario, kind)
    say(forecasts, analyst, *probabilities)
    assert bool(coherence.of_person(analyst, forecasts[:1], NOW)) is clash


def test_thirds_that_were_rounded_up_are_no_contradiction(scenario: Scenario, analyst: User) -> None:
    forecasts = related(scenario, "exclusive", 3)
    say(forecasts, analyst, 0.3334, 0.3333, 0.3334)
    assert coherence.of_person(analyst, forecasts, NOW) == []


def test_a_missing_estimate_between_two_does_not_hide_their_contradiction(scenario: Scenario, analyst: User) -> None:
    first, _, last = related(scenario, "deadlines", 3)
    say([first, last], analyst, 0.6, 0.2)
    [clash] = coherence.of_person(analyst, [first], NOW)
    assert [held.forecast for held in clash.held] == [first, last]
    assert clash.words.startswith("The earlier date has 60%, the later one only 20%")


def test_the_sum_is_said_in_words(scenario: Scenario, analyst: User) -> None:
    forecasts = related(scenario, "exclusive", 3)
    say(forecasts, analyst, 0.5, 0.4, 0.3)
    [clash] = coherence.of_person(analyst, forecasts, NOW)
    assert clash.words == "At most one of these happens, and your estimates sum to 120%."


def test_only_estimates_in_force_count(scenario: Scenario, analyst: User) -> None:
    forecasts = related(scenario, "exclusive")
    say(forecasts, analyst, 0.8, 0.7)
    make.estimate(forecasts[0], analyst, None, make.day(2), event="withdraw")
    assert coherence.of_person(analyst, forecasts, NOW) == []


def test_what_has_closed_or_is_resolved_cannot_be_mended_and_is_left_out(scenario: Scenario, analyst: User) -> None:
    forecasts = related(scenario, "exclusive")
    say(forecasts, analyst, 0.8, 0.7)
    assert coherence.of_person(analyst, forecasts, make.day(40)) == []
    make.verdict(forecasts[0], "no", known_at=make.day(3))
    assert coherence.of_person(analyst, forecasts, NOW) == []


def test_a_person_sees_their_own_contradictions_and_not_those_of_others(scenario: Scenario, analyst: User) -> None:
    forecasts = related(scenario, "exclusive")
    say(forecasts, analyst, 0.8, 0.7)
    assert coherence.of_person(make.member(scenario), forecasts, NOW) == []


def test_the_scenario_counts_who_contradicts_themselves_by_relation(scenario: Scenario, analyst: User) -> None:
    exclusive, deadlines = related(scenario, "exclusive"), related(scenario, "deadlines", 3)
    other = make.member(scenario)
    say(exclusive, analyst, 0.8, 0.7)
    say(exclusive, other, 0.6, 0.6)
    say(deadlines, other, 0.6, 0.4, 0.2)
    held = coherence.counts(scenario, analyst, NOW)
    assert held == {exclusive[0].relations.get().pk: 2, deadlines[0].relations.get().pk: 1}


def test_in_a_blind_scenario_the_counts_are_for_those_who_answered(scenario: Scenario, analyst: User) -> None:
    Scenario.objects.update(blind_until_answered=True)
    scenario.refresh_from_db()
    forecasts = related(scenario, "exclusive")
    say(forecasts, analyst, 0.8, 0.7)
    relation = forecasts[0].relations.get().pk
    assert coherence.counts(scenario, analyst, NOW) == {relation: 1}
    assert coherence.counts(scenario, make.member(scenario, "owner"), NOW) == {relation: None}
    assert coherence.counts(scenario, make.administrator(), NOW) == {relation: 1}


def test_a_scenario_without_relations_costs_one_query(
    scenario: Scenario, analyst: User, django_assert_num_queries: object
) -> None:
    make.forecast(scenario)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert coherence.counts(scenario, analyst, NOW) == {}
