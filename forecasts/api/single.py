"""One forecast's consensus over time, and everybody's scores on it."""

from datetime import datetime

from pydantic import BaseModel

from forecasts.api.fields import shown
from forecasts.models import Forecast, Forecaster, User, Verdict
from forecasts.pages import board
from forecasts.presenting import states
from forecasts.rules.errors import NotAllowed
from forecasts.scores import statistics
from forecasts.scores.statistics import ConsensusPoint, ForecasterScores


class PointOfConsensus(BaseModel):
    """From `at` on: the consensus of so many estimates, null below two. One of the values, by the forecast's kind."""

    at: datetime
    estimates: int
    probability: float | None
    probabilities: list[float] | None
    quantiles: list[float | str] | None


class ConsensusOverTime(BaseModel):
    """At every change up to `at`, at most 500. `notes` say why something is null."""

    forecast: int
    at: datetime
    points: list[PointOfConsensus]
    notes: list[str]


class ScoresOfForecast(BaseModel):
    """The best first; empty until a resolution is in effect. `notes` say why something is null."""

    forecast: int
    at: datetime
    scores: list[ForecasterScores]
    notes: list[str]


def consensus(forecast: Forecast, reader: User, at: datetime) -> ConsensusOverTime:
    """Raises NotAllowed where it is hidden from this reader."""
    refuse_blind(forecast, reader)
    points = [_point(forecast, one) for one in statistics.consensus(forecast, at)]
    return ConsensusOverTime(forecast=forecast.pk, at=at, points=points, notes=_of_consensus(points))


def scores(forecast: Forecast, reader: User, at: datetime) -> ScoresOfForecast:
    """Raises NotAllowed where they are hidden from this reader."""
    refuse_blind(forecast, reader)
    found = statistics.scores(forecast, at)
    said = _of_scores(forecast, found) if found else [_why_unscored(forecast, at)]
    return ScoresOfForecast(forecast=forecast.pk, at=at, scores=found, notes=said)


def refuse_blind(forecast: Forecast, reader: User) -> None:
    """In a blind scenario what others said shows after one's own first answer."""
    if board.is_hidden(forecast, reader, board.answered([forecast], reader)):
        raise NotAllowed("In this scenario what others said shows once you have answered yourself.")


def _of_consensus(points: list[PointOfConsensus]) -> list[str]:
    if not points:
        return ["Nobody has said anything yet."]
    return ["Below two estimates in force there is no consensus."] if any(one.estimates < 2 for one in points) else []


def _why_unscored(forecast: Forecast, at: datetime) -> str:
    resolution = states.resolutions([forecast], at).get(forecast.pk)
    if resolution is None:
        return "Scores come with a resolution; none is in effect yet."
    if resolution.outcome in Verdict.UNSCORED:
        return f"Resolved as {resolution.outcome}, so nothing is scored."
    if resolution.known_at is not None and forecast.opens_at is not None and resolution.known_at <= forecast.opens_at:
        return "The answer was known before the forecast opened, so nothing is scored."
    return "Nobody had an estimate in force before the answer was known."


def _of_scores(forecast: Forecast, found: list[ForecasterScores]) -> list[str]:
    people = [one for one in found if one.kind != Forecaster.Kind.CONSENSUS]
    is_binary, has_probabilities = forecast.asks.is_yes_or_no, not forecast.asks.has_quantiles
    said = {
        "Who had withdrawn by the cut-off has no Brier score, logarithmic score or WIS.": any(
            one.withdrawn for one in people
        ),
        "Numbers and dates are scored by WIS; the scores of probabilities are null.": not has_probabilities,
        "Probabilities have no WIS.": has_probabilities,
        "The relative Brier score is one of yes-or-no forecasts.": has_probabilities and not is_binary,
        "A peer score needs another forecaster at the same time.": has_probabilities
        and any(one.peer is None for one in people),
        "The consensus is made of the others, so it has no peer score and no relative Brier score.": has_probabilities
        and len(people) < len(found),
    }
    return [note for note, holds in said.items() if holds]


def _point(forecast: Forecast, one: ConsensusPoint) -> PointOfConsensus:
    return PointOfConsensus(
        at=one.at,
        estimates=one.estimates,
        probability=one.probability,
        probabilities=None if one.probabilities is None else list(one.probabilities),
        quantiles=None if one.quantiles is None else [shown(forecast, quantile) for quantile in one.quantiles],
    )
