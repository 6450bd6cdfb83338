"""Reports: the hand-computed row through the whole line, what filters sum, and what nobody may see."""

import json

import pytest

from forecasts import scorekeeping, statistics
from forecasts.errors import InvalidValue
from forecasts.models import Scenario, User
from forecasts.statistics import Filters
from tests import make

pytestmark = pytest.mark.django_db

AFTER = make.day(31)
SAID = [0.1, 0.2, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9]
OUTCOMES = ["no", "no", "yes", "no", "yes", "yes", "no", "yes"]


@pytest.fixture
def aleppo() -> Scenario:
    return make.scenario("aleppo", visibility="all")


@pytest.fixture
def ada(aleppo: Scenario) -> User:
    return make.member(aleppo, email="ada@example.invalid")


@pytest.fixture
def eight(aleppo: Scenario, ada: User) -> None:
    """Eight forecasts of one analyst, settled: REFERENCE section 2, first row."""
    for probability, outcome in zip(SAID, OUTCOMES, strict=True):
        forecast = make.forecast(aleppo)
        make.estimate(forecast, ada, probability, make.day(3))
        make.verdict(forecast, outcome)
        scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(AFTER)


@pytest.mark.usefixtures("eight")
def test_the_hand_computed_row_gives_the_hand_computed_report(ada: User) -> None:
    report = statistics.report(ada)
    brier, log = report.scores.brier, report.scores.log
    assert brier is not None
    assert log is not None
    assert brier.mean == 0.21875
    assert log.mean == pytest.approx(0.6288833248710971, abs=1e-12)
    assert brier.skill == pytest.approx(1 - 0.21875 / 0.25)
    assert report.base_rate == 0.5
    corp = report.decomposition.corp
    assert corp is not None
    assert [round(part, 7) for part in (corp.miscalibration, corp.discrimination, corp.uncertainty)] == [
        0.0520833, 0.0833333, 0.25,
    ]  # fmt: skip
    assert report.curve is not None
    assert [point.probability for point in report.curve] == [0.1, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9]
    assert [round(point.calibrated, 6) for point in report.curve] == [
        0, 0.333333, 0.333333, 0.666667, 0.666667, 0.666667, 1,
    ]  # fmt: skip
    json.dumps(report.to_json())
