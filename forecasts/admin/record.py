"""How one person has done so far: a sentence, its diagram and numbers, and the latest scores."""

from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Contribution, Estimand, Forecast, Forecaster, User, Verdict
from forecasts.presenting import states, words
from forecasts.presenting.diagram import Diagram, diagram
from forecasts.presenting.findings import findings
from forecasts.rules import values
from forecasts.scores import statistics
from forecasts.scoring.rules import BRIER_UNIT

LATEST = 6
SHORTEST = 3
"""Sentences of numbers on the desk; the page of calibration has them all."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One forecast that counts for this person: what they said last, what came, and what it cost (0 is perfect)."""

    forecast: Forecast
    said: str
    outcome: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Record:
    forecaster: Forecaster | None
    sentence: str
    numbers: list[str]
    latest: list[Scored]
    diagram: Diagram | None


def record(user: User, at: datetime) -> Record:
    """The calibration of this person's last estimates, over all that they may see."""
    forecaster = Forecaster.objects.filter(user=user).first()
    if forecaster is None:
        return Record(None, "", [], [], None)
    report = statistics.own(user, forecaster.pk)
    sentence = statistics.sentence(report)
    return Record(
        forecaster,
        sentence,
        findings(report)[:SHORTEST],
        _latest(user, forecaster, at),
        diagram(report, sentence),
    )


def _latest(user: User, forecaster: Forecaster, at: datetime) -> list[Scored]:
    """Those that matured last; one whose forecast is hidden from this person now is left out."""
    mine = Contribution.objects.filter(forecaster=forecaster, estimand=Estimand.LAST, withdrawn=False)
    seen = mine.filter(forecast__in=Forecast.objects.visible_to(user)).select_related("forecast")
    newest = list(seen.order_by("-matured_at", "-pk")[:LATEST])
    outcomes = states.resolutions([one.forecast for one in newest], at)
    return [_scored(one, outcomes.get(one.forecast_id)) for one in newest]


def _scored(one: Contribution, verdict: Verdict | None) -> Scored:
    outcome = states.outcome(one.forecast, verdict) if verdict else "–"
    if one.outcome is None or not one.probabilities:
        return Scored(one.forecast, "", outcome, _mean_brier(one))
    probability = one.probabilities[0]
    loss = (probability - values.UNITS * one.outcome) ** 2 / BRIER_UNIT
    return Scored(one.forecast, words.percent(probability), outcome, loss)


def _mean_brier(one: Contribution) -> float | None:
    """Of multiple choice; numbers and dates have none."""
    n, total = one.score_sums.get("brier", (0, 0))
    return total / n / BRIER_UNIT if n else None
