"""What mails say beyond their prompt, found once for all mails of a batch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from forecasts.models import Forecast, Forecaster, User, Verdict
from forecasts.presenting import states
from forecasts.rules.values import Value
from forecasts.scores import statistics
from forecasts.scores.statistics import ForecasterScores, Report


class Own(NamedTuple):
    """The recipient's estimate in force, and since when."""

    value: Value
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What a mail says about the estimates: the recipient's own in force, and the consensus if they may see it."""

    own: Own | None = None
    consensus: Value | None = None
    counted: str = ""
    """What a machine counts for the forecast: nobody's estimate, so it is hidden from nobody."""


@dataclass(slots=True)
class Known:
    """Standings by prompt; scores and calibration as they are asked for."""

    at: datetime
    standings: Mapping[int, Standing] = field(default_factory=dict)
    _scores: dict[int, list[ForecasterScores]] = field(default_factory=dict)
    _reports: dict[int, Report] = field(default_factory=dict)

    def standing(self, prompt: int) -> Standing:
        return self.standings.get(prompt, Standing())

    def scores(self, forecast: Forecast) -> list[ForecasterScores]:
        if forecast.pk not in self._scores:
            self._scores[forecast.pk] = statistics.scores(forecast, self.at)
        return self._scores[forecast.pk]

    def calibration(self, person: User, forecaster: Forecaster) -> Report:
        """Of this person, over all that they may see."""
        if forecaster.pk not in self._reports:
            self._reports[forecaster.pk] = statistics.own(person, forecaster.pk)
        return self._reports[forecaster.pk]

    def resolution(self, forecast: Forecast) -> Verdict | None:
        return states.resolutions([forecast], self.at).get(forecast.pk)

    def proposal(self, forecast: Forecast) -> Verdict | None:
        return states.proposals([forecast], self.at).get(forecast.pk)
