"""One forecast's consensus over time, and everybody's scores on it."""

from datetime import datetime

from pydantic import BaseModel

from forecasts import statistics
from forecasts.api.fields import shown
from forecasts.errors import NotAllowed
from forecasts.models import Forecast, User
from forecasts.presenting import board
from forecasts.statistics import ConsensusPoint, ForecasterScores


class PointOfConsensus(BaseModel):
    """From `at` on: the consensus of so many estimates, null below two. One of the values, by the forecast's kind."""

    at: datetime
    estimates: int
    probability: float | None
    probabilities: list[float] | None
    quantiles: list[float | str] | None


class ConsensusOverTime(BaseModel):
    """At every change up to `at`, at most 500."""

    forecast: int
    at: datetime
    points: list[PointOfConsensus]


class ScoresOfForecast(BaseModel):
    """The best first; empty until a resolution is in effect."""

    forecast: int
    at: datetime
    scores: list[ForecasterScores]


def consensus(forecast: Forecast, reader: User, at: datetime) -> ConsensusOverTime:
    """Raises NotAllowed where it is hidden from this reader."""
    refuse_blind(forecast, reader)
    points = [_point(forecast, one) for one in statistics.consensus(forecast, at)]
    return ConsensusOverTime(forecast=forecast.pk, at=at, points=points)


def scores(forecast: Forecast, reader: User, at: datetime) -> ScoresOfForecast:
    """Raises NotAllowed where they are hidden from this reader."""
    refuse_blind(forecast, reader)
    return ScoresOfForecast(forecast=forecast.pk, at=at, scores=statistics.scores(forecast, at))


def refuse_blind(forecast: Forecast, reader: User) -> None:
    """In a blind scenario what others said shows after one's own first answer."""
    if board.is_hidden(forecast, reader, board.answered([forecast], reader)):
        raise NotAllowed("In this scenario what others said shows once you have answered yourself.")


def _point(forecast: Forecast, one: ConsensusPoint) -> PointOfConsensus:
    return PointOfConsensus(
        at=one.at,
        estimates=one.estimates,
        probability=one.probability,
        probabilities=None if one.probabilities is None else list(one.probabilities),
        quantiles=None if one.quantiles is None else [shown(forecast, quantile) for quantile in one.quantiles],
    )
