"""What reports are made of. Days count from 2024-12-01; forecasts close on day 30."""

from forecasts.models import Forecast, Scenario, User
from forecasts.scores import scorekeeping
from tests import make

AFTER = make.day(31)
SAID = [0.1, 0.2, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9]
OUTCOMES = ["no", "no", "yes", "no", "yes", "yes", "no", "yes"]


def settled(scenario: Scenario, said: dict[User, float], outcome: str = "yes", **fields: object) -> Forecast:
    """A resolved forecast with one estimate of each person on day 3."""
    forecast = make.forecast(scenario, **fields)
    for person, probability in said.items():
        make.estimate(forecast, person, probability, make.day(3))
    make.verdict(forecast, outcome)
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(make.day(80))
    return forecast


def eight(scenario: Scenario, who: User) -> None:
    """Eight forecasts of one analyst, settled: REFERENCE section 2, first row."""
    for probability, outcome in zip(SAID, OUTCOMES, strict=True):
        forecast = make.forecast(scenario)
        make.estimate(forecast, who, probability, make.day(3))
        make.verdict(forecast, outcome)
        scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(AFTER)
