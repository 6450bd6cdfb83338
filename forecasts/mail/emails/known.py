"""What mails say beyond their prompt, found once for all mails of a batch."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Self

from forecasts.models import Forecast, Forecaster, Prompt, User, Verdict
from forecasts.presenting import counted, states
from forecasts.presenting.consensus import aggregate, everybodys, number
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
    _standings: Mapping[int, Standing] = field(default_factory=dict)
    _scores: dict[int, list[ForecasterScores]] = field(default_factory=dict)
    _reports: dict[int, Report] = field(default_factory=dict)

    @classmethod
    def of(cls, prompts: Collection[Prompt], at: datetime) -> Self:
        """What is known at `at` for the mails of these prompts."""
        return cls(at, dict(_standings(prompts, at)))

    def standing(self, prompt: int) -> Standing:
        return self._standings.get(prompt, Standing())

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


def _standings(prompts: Collection[Prompt], at: datetime) -> Iterator[tuple[int, Standing]]:
    """By prompt: the recipient's estimate in force, what is counted, and the consensus unless they answer blind."""
    about = {prompt.forecast.pk: prompt.forecast for prompt in prompts if prompt.forecast is not None}
    in_force, told = everybodys(about.values(), at), counted.sentences(about.values(), at)
    shared = {pk: _value(forecast, aggregate(forecast, in_force[pk])) for pk, forecast in about.items()}
    own = {pk: {one.forecaster.user_id: one for one in held.estimates} for pk, held in in_force.items()}
    for prompt in prompts:
        if (forecast := prompt.forecast) is not None:
            mine = own[forecast.pk].get(prompt.recipient_id)
            is_hidden = forecast.scenario.blind_until_answered and mine is None
            said = _value(forecast, number(mine)) if mine is not None else None
            yield (
                prompt.pk,
                Standing(
                    Own(said, mine.made_at) if mine is not None and said is not None else None,
                    None if is_hidden else shared[forecast.pk],
                    told.get(forecast.pk, ""),
                ),
            )


def _value(forecast: Forecast, value: Any) -> Value | None:
    return None if value is None else Value(**{forecast.asks.column: value})
