"""Feeds, vintages, specs and counts ; what the source said when; what two people do not see before they answer."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from forecasts.answers import counting_round
from forecasts.models import Forecast
from tests import make
from tests.api.world import API, as_person
from tests.evidence.made import LAG_PASSED, OPENS, counted_forecast, months, vintage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def counted(folder: Path, **fields: Any) -> Forecast:
    """A forecast whose September came to 119 in November, and to 125 in the version of the next summer."""
    forecast = counted_forecast(**fields)
    before = months([200, 10] * 12)
    vintage(folder, "18.0.7", OPENS, before)
    counting_round.run(OPENS)
    for version, at, figure in (("18.0.9", LAG_PASSED, 119), ("19.1", LAG_PASSED + timedelta(days=220), 125)):
        vintage(folder, version, at, [*before, {"date_start": "2018-09-12", "best": figure}])
        counting_round.run(at)
    return forecast


def asked(person: Any, path: str, **query: Any) -> Any:
    return as_person(person).get(API + path, query).json()


def test_feeds_say_what_they_are_and_how_to_credit_them(tmp_path: Path) -> None:
    by_name = {feed["name"]: feed for feed in asked(make.user(), "feeds/")}
    assert set(by_name) == {"acled", "hapi", "idmc_idu", "ucdp_ged"}
    assert by_name["ucdp_ged"]["licence"] == "CC BY 4.0"
    assert "side" in by_name["ucdp_ged"]["filters"]
    assert [name for name, feed in by_name.items() if not feed["is_tried"]] == ["acled", "hapi"]


def test_a_forecast_carries_its_spec_and_base_rate(tmp_path: Path) -> None:
    forecast = counted(tmp_path)
    found = asked(make.administrator(), f"forecasts/{forecast.pk}/")["spec"]
    assert found["body"]["outcome"] == {"at_least": 120}
    assert found["words"].startswith("at least 120 deaths (best estimate)")
    rate = found["base_rate"]
    assert (rate["version"], rate["held"], rate["of"]) == ("18.0.7", 11, len(rate["windows"]))
    assert rate["interval"][0] < rate["share"] < rate["interval"][1]
    assert rate["windows"][-1] == {"from": "2018-06-01", "to": "2018-06-30", "figure": 10, "outcome": "no"}
    assert asked(make.administrator(), "forecasts/")["results"][0]["spec"]["id"] == found["id"]


def test_what_the_source_said_at_a_time_can_be_asked(tmp_path: Path) -> None:
    counted(tmp_path)
    person = make.administrator()
    newest = asked(person, "counts/")["results"][0]
    then = asked(person, "counts/", as_of=LAG_PASSED.isoformat())["results"]
    assert (newest["figure"], newest["outcome"]) == (125, "yes")
    assert [(one["figure"], one["outcome"]) for one in then] == [(119, "no")]
    assert asked(person, "counts/", as_of=OPENS.isoformat())["results"] == []
    assert newest["curve"] == [["2018-09-12", 125]]
    assert asked(person, f"vintages/{newest['vintage']}/")["version"] == "19.1"


def test_members_alone_see_specs_and_counts(tmp_path: Path) -> None:
    scenario = make.scenario("private")
    forecast = counted(tmp_path, scenario=scenario)
    member, stranger = make.member(scenario), make.user()
    for path in ("specs/", "counts/"):
        assert asked(member, path)["count"] > 0
        assert asked(stranger, path)["count"] == 0
    assert asked(stranger, "vintages/")["count"] == 3
    assert as_person(stranger).get(f"{API}counts/?forecast={forecast.pk}").status_code == 400


def test_before_both_of_two_have_answered_no_count_is_shown(tmp_path: Path) -> None:
    scenario = make.scenario("private", two_people_resolve=True)
    forecast = counted(tmp_path, scenario=scenario)
    member = make.member(scenario, "resolver")
    assert asked(member, "counts/")["count"] == 0
    assert asked(member, f"forecasts/{forecast.pk}/")["spec"]["words"]
    assert "computed" not in str(asked(member, "resolutions/"))
