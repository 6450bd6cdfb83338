"""`forecasts/{id}/consensus/` and `forecasts/{id}/scores/`."""

import pytest

from forecasts.models import Forecast, Scenario
from tests import make
from tests.api.world import API, World, as_person, open_forecast, open_until_late

pytestmark = pytest.mark.django_db


def test_the_consensus_is_told_at_every_change_once_there_are_two(world: World) -> None:
    make.estimate(world.resolved, world.owner, 0.35, make.day(5))
    answer = as_person(world.member).get(f"{API}forecasts/{world.resolved.pk}/consensus/")
    first, second = answer.json()["points"][:2]
    assert (first["at"], first["estimates"], first["probability"]) == ("2024-12-04T00:00:00Z", 1, None)
    assert (second["at"], second["estimates"], second["probability"]) == ("2024-12-06T00:00:00Z", 2, 0.35)


def test_scores_come_best_first_and_without_waiting_for_maturity(world: World) -> None:
    make.estimate(world.resolved, world.owner, 0.9, make.day(5))
    answer = as_person(world.member).get(f"{API}forecasts/{world.resolved.pk}/scores/").json()
    people = [row for row in answer["scores"] if row["kind"] == "analyst"]
    assert [(row["name"], round(row["brier"], 4)) for row in people] == [(world.owner.name, 0.01), ("Ada", 0.4225)]
    assert [row["kind"] for row in answer["scores"]].count("consensus") == 1


def test_an_open_forecast_has_no_scores_and_one_without_estimates_no_consensus(world: World) -> None:
    client = as_person(world.member)
    assert client.get(f"{API}forecasts/{world.open.pk}/scores/").json()["scores"] == []
    assert client.get(f"{API}forecasts/{world.open.pk}/consensus/").json()["points"] == []


def test_the_consensus_of_a_date_forecast_is_dates(world: World) -> None:
    end = make.numeric(world.scenario, kind=Forecast.Kind.DATE, quantile_levels=[2500, 7500], **open_until_late({}))
    for person in (world.member, world.owner):
        make.estimate(end, person, None, make.day(1), quantiles=[20_089, 20_090])
    answer = as_person(world.member).get(f"{API}forecasts/{end.pk}/consensus/").json()
    assert answer["points"][-1]["quantiles"] == ["2025-01-01", "2025-01-02"]


@pytest.mark.parametrize("part", ["consensus", "scores"])
def test_strangers_and_nobody_find_neither(world: World, part: str) -> None:
    path = f"{API}forecasts/{world.resolved.pk}/{part}/"
    missing = f"{API}forecasts/0/{part}/"
    stranger = as_person(world.stranger)
    assert stranger.get(path).status_code == 404
    assert stranger.get(path).content == stranger.get(missing).content
    assert as_person(None).get(path).status_code == 401


@pytest.mark.parametrize("part", ["consensus", "scores"])
def test_in_a_blind_scenario_both_show_after_ones_own_answer(world: World, part: str) -> None:
    Scenario.objects.update(blind_until_answered=True)
    asked = open_forecast(world.scenario)
    make.estimate(asked, world.owner, 0.7, make.day(1))
    client, path = as_person(world.member), f"{API}forecasts/{asked.pk}/{part}/"
    refused = client.get(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    make.estimate(asked, world.member, 0.2, make.day(2))
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("part", ["consensus", "scores"])
def test_neither_takes_parameters(world: World, part: str) -> None:
    answer = as_person(world.member).get(f"{API}forecasts/{world.resolved.pk}/{part}/?method=median")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")
