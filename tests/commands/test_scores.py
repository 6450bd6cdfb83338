"""The commands around the scores: what they print, and how they fail."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forecasts.models import Cell, Scenario
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
