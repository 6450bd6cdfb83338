"""What came of forecasts of every kind, as `resolutions/` and `forecasts/` tell it."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings

from forecasts.models import Evidence, Forecast, Verdict
from tests import make
from tests.api.world import API, World, as_person

pytestmark = pytest.mark.django_db

REPORT = b"The army did."


def told(world: World, forecast: Forecast) -> dict[str, Any]:
    """What `resolutions/` says, which `forecasts/` repeats in short."""
    client = as_person(world.member)
    found: dict[str, Any] = client.get(f"{API}resolutions/{forecast.pk}/").json()
    short = client.get(f"{API}forecasts/{forecast.pk}/").json()["resolution"]
    assert {name: found[name] for name in short} == short
    return found


def test_an_option_is_told_by_its_label(world: World) -> None:
    forecast = make.choice(["none", "إلى أجل"], world.scenario)
    make.verdict(forecast, "option", option=forecast.options.get(position=1))
    found = told(world, forecast)
    assert (found["outcome"], found["option"], found["value"]) == ("option", "إلى أجل", None)


def test_a_number_is_told_as_a_number_and_a_date_as_a_date(world: World) -> None:
    count = make.numeric(world.scenario)
    day = make.numeric(world.scenario, kind=Forecast.Kind.DATE)
    make.verdict(count, "value", value=1234.5)
    make.verdict(day, "value", value=20_089.0)
    assert (told(world, count)["value"], told(world, day)["value"]) == (1234.5, "2025-01-01")


@pytest.mark.parametrize("outcome", ["annulled", "ambiguous"])
def test_what_is_not_scored_is_told_apart(world: World, outcome: str) -> None:
    forecast = make.forecast(world.scenario)
    make.verdict(forecast, outcome)
    found = told(world, forecast)
    assert (found["outcome"], found["option"], found["value"], found["in_effect"]) == (outcome, None, None, True)


def test_when_it_occurred_was_known_and_was_recorded_are_three_times(world: World) -> None:
    forecast = make.forecast(world.scenario)
    times = {"occurred_at": make.day(20), "known_at": make.day(21), "recorded_at": make.day(22)}
    make.verdict(forecast, "yes", **times)
    found = told(world, forecast)
    assert [found[name] for name in times] == [
        "2024-12-21T00:00:00Z",
        "2024-12-22T00:00:00Z",
        "2024-12-23T00:00:00Z",
    ]


def test_a_resolution_that_was_taken_back_is_gone_from_both(world: World) -> None:
    forecast = make.forecast(world.scenario)
    first = make.verdict(forecast, "yes")
    make.verdict(forecast, "", act=Verdict.Act.TAKE_BACK, round=first.round, takes_effect_at=None)
    client = as_person(world.member)
    assert client.get(f"{API}resolutions/{forecast.pk}/").status_code == 404
    assert client.get(f"{API}forecasts/{forecast.pk}/").json()["resolution"] is None
    assert forecast.pk not in [row["forecast"] for row in client.get(f"{API}resolutions/").json()["results"]]


def test_the_newest_of_two_rounds_stands_and_both_are_listed(world: World) -> None:
    forecast = make.forecast(world.scenario)
    make.verdict(forecast, "yes", note="A first look.")
    make.verdict(forecast, "no", note="Corrected.")
    found = told(world, forecast)
    assert (found["outcome"], found["note"]) == ("no", "Corrected.")
    assert [(one["round"], one["outcome"]) for one in found["verdicts"]] == [(1, "yes"), (2, "no")]


def test_evidence_leads_to_its_kept_file_for_those_who_see_the_forecast(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    forecast = make.forecast(world.scenario)
    verdict = make.verdict(forecast, "yes")
    Evidence.objects.create(
        verdict=verdict,
        file=ContentFile(b"The army did.", "report.txt"),
        sha256=hashlib.sha256(b"The army did.").hexdigest(),
    )
    Evidence.objects.create(verdict=verdict, url="https://www.unocha.org/", quote="The army did.")
    kept, cited = told(world, forecast)["evidence"]
    assert (kept["url"], cited["file"]) == ("", None)
    client = Client()
    client.force_login(world.member)
    assert b"".join(client.get(kept["file"]).streaming_content) == b"The army did."  # type: ignore[attr-defined]
    client.force_login(make.user())
    assert client.get(kept["file"]).status_code == 404
