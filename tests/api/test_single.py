"""`forecasts/{id}/consensus/` and `forecasts/{id}/scores/`."""

from typing import Any

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


def scores(world: World, forecast: Forecast) -> dict[str, Any]:
    found: dict[str, Any] = as_person(world.member).get(f"{API}forecasts/{forecast.pk}/scores/").json()
    return found


@pytest.mark.parametrize(
    ("outcome", "known_after", "why"),
    [
        (None, 0, "Scores come with a resolution; none is in effect yet."),
        ("annulled", 30, "Resolved as annulled, so nothing is scored."),
        ("ambiguous", 30, "Resolved as ambiguous, so nothing is scored."),
        ("yes", -1, "The answer was known before the forecast opened, so nothing is scored."),
        ("yes", 1, "Nobody had an estimate in force before the answer was known."),
    ],
)
def test_where_there_are_no_scores_the_reason_is_given(
    world: World, outcome: str | None, known_after: float, why: str
) -> None:
    forecast = make.forecast(world.scenario)
    make.estimate(forecast, world.member, 0.3, make.day(3))
    if outcome:
        make.verdict(forecast, outcome, known_at=make.day(known_after))
    assert (scores(world, forecast)["scores"], scores(world, forecast)["notes"]) == ([], [why])


def test_who_withdrew_has_null_scores_with_the_reason_and_is_still_listed(world: World) -> None:
    forecast = make.forecast(world.scenario)
    for who in (world.member, world.owner):
        make.estimate(forecast, who, 0.3, make.day(3))
    make.estimate(forecast, world.member, None, make.day(9), event="withdraw")
    make.verdict(forecast, "no")
    found = scores(world, forecast)
    gone = next(row for row in found["scores"] if row["name"] == "Ada")
    assert (gone["withdrawn"], gone["brier"], gone["log"]) == (True, None, None)
    assert 0 < gone["coverage"] < 1
    assert "Who had withdrawn by the cut-off has no Brier score, logarithmic score or WIS." in found["notes"]


def test_numbers_are_scored_by_wis_and_the_rest_is_null_with_the_reason(world: World) -> None:
    forecast = make.numeric(world.scenario)
    make.estimate(forecast, world.member, None, make.day(3), quantiles=[10, 20, 30, 40, 50])
    make.verdict(forecast, "value", value=35.0)
    found = scores(world, forecast)
    (row,) = found["scores"]
    assert row["wis"] > 0
    assert [row[name] for name in ("brier", "log", "baseline", "peer", "relative_brier")] == [None] * 5
    assert found["notes"] == ["Numbers and dates are scored by WIS; the scores of probabilities are null."]


def test_multiple_choice_has_everything_but_wis_and_the_relative_brier_score(world: World) -> None:
    forecast = make.choice(["none", "some"], world.scenario)
    for who in (world.member, world.owner):
        make.estimate(forecast, who, None, make.day(3), probabilities=[2000, 8000])
    make.verdict(forecast, "option", option=forecast.options.get(label="some"))
    found = scores(world, forecast)
    row = found["scores"][0]
    assert row["brier"] == pytest.approx(0.08)
    assert (row["wis"], row["relative_brier"]) == (None, None)
    assert "The relative Brier score is one of yes-or-no forecasts." in found["notes"]


def test_the_consensus_says_why_it_is_null(world: World) -> None:
    client = as_person(world.member)
    told = client.get(f"{API}forecasts/{world.resolved.pk}/consensus/").json()
    assert told["points"][0]["probability"] is None
    assert told["notes"] == ["Below two estimates in force there is no consensus."]
    assert client.get(f"{API}forecasts/{world.open.pk}/consensus/").json()["notes"] == ["Nobody has said anything yet."]
