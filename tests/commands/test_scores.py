"""The commands around the scores: what they print, and how they fail."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forecasts.models import Cell, Forecast, Scenario
from forecasts.scores import scorekeeping
from tests import make
from tests.exchange.test_importing import ROWS, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def weather() -> Scenario:
    return make.scenario("weather")


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out, stderr=out)
    return out.getvalue()


def test_an_import_says_what_it_added(weather: Scenario, tmp_path: Path) -> None:
    path = str(written(tmp_path, ROWS))
    assert said("import_estimates", path, "--scenario", "weather").startswith(
        "Added 3 forecasts, 5 estimates and 2 outcomes."
    )
    assert said("import_estimates", path, "--scenario", "weather").startswith(
        "Added 0 forecasts, 0 estimates and 0 outcomes."
    )


def test_a_bad_file_ends_the_command_with_its_line(weather: Scenario, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="line 2: probability"):
        said("import_estimates", str(written(tmp_path, [ROWS[0].replace("0.3", "3")])), "--scenario", "weather")


def test_verify_fails_on_a_difference_and_a_rebuild_mends_it() -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.35, make.day(3))
    make.verdict(forecast)
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(make.day(31))
    assert said("rebuild_tallies", "--verify") == "Every tally equals the facts.\n"
    Cell.objects.filter(estimand="last").update(n=2)
    with pytest.raises(CommandError, match="tallies differ from the facts"):
        said("rebuild_tallies", "--verify")
    assert said("rebuild_tallies") == "Rebuilt the tallies of 1 scored forecasts out of 1 resolved.\n"
    assert said("rebuild_tallies", "--verify") == "Every tally equals the facts.\n"


def test_a_dry_run_shows_what_is_understood_and_keeps_nothing(weather: Scenario, tmp_path: Path) -> None:
    path = str(written(tmp_path, ROWS))
    told = said("import_estimates", path, "--scenario", "weather", "--dry-run")
    assert told.startswith("Read as the general form: commas, UTF-8")
    assert "forecast: rain; analyst: Model A; made at (UTC): 2 January 2020 00:00; value: 30%" in told
    assert told.endswith("Nothing was kept.\n")
    assert not Forecast.objects.exists()


def test_what_a_file_leaves_open_is_told_with_the_option_that_says_it(weather: Scenario, tmp_path: Path) -> None:
    path = str(written(tmp_path, [ROWS[0].replace("2020-01-02T00:00:00Z", "02.01.2020 00:00")]))
    with pytest.raises(CommandError, match="--dates day-first"):
        said("import_estimates", path, "--scenario", "weather", "--dry-run")
    told = said("import_estimates", path, "--scenario", "weather", "--dates", "day-first", "--zone", "UTC")
    assert told.startswith("Added 1 forecasts, 1 estimates and 1 outcomes.")


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--person", "Ada", "NAME=WHO"),
        ("--zone", "Mars/Olympus", "there is no zone"),
        ("--closes", "soon", "it is a date and time"),
        ("--change", "everything", "invalid choice"),
    ],
)
def test_bad_options_are_named(weather: Scenario, tmp_path: Path, option: str, value: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        said("import_estimates", str(written(tmp_path, ROWS)), "--scenario", "weather", option, value)
