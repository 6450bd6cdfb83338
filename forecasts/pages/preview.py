"""What an outcome would do to the scores, before anybody records it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from forecasts.models import Estimate, Forecast, Forecaster, User, Verdict
from forecasts.pages import board
from forecasts.rules import values
from forecasts.scores.scorekeeping import Case, cases
from forecasts.scores.statistics import single
from forecasts.scoring.timeline import microseconds

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One forecaster, and the score under each outcome."""

    name: str
    scores: list[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """Scores of the estimate in force at the cut-off: Brier, 0 best; of numbers and dates WIS, in their unit."""

    score: str
    known_at: datetime
    outcomes: list[str]
    lines: list[Line]
    others: int
    estimates: int
    too_late: int
    is_before_opening: bool
    is_hidden: bool


def preview(
    forecast: Forecast, user: User, known_at: datetime | None, at: datetime, value: float | None = None
) -> Preview:
    """If the answer had been known at `known_at` (else at closing, or now): who would get what for which outcome."""
    closes_at = forecast.closes_at or at
    known_at = known_at or min(closes_at, at)
    answers = Estimate.objects.filter(forecast=forecast, event__in=Estimate.ANSWERS)
    is_hidden = board.is_hidden(forecast, user, board.answered([forecast], user))
    outcomes = [] if is_hidden else _outcomes(forecast, value)
    case = next(iter(cases([forecast.pk], at, unscored=True)), None)
    lines = _lines(case, [truth for truth, _ in outcomes], known_at) if case is not None and outcomes else []
    return Preview(
        score=forecast.asks.score,
        known_at=known_at,
        outcomes=[words for _, words in outcomes],
        lines=lines[:SHOWN],
        others=max(0, len(lines) - SHOWN),
        estimates=0 if is_hidden else answers.count(),
        too_late=0 if is_hidden else answers.filter(made_at__gte=known_at).count(),
        is_before_opening=forecast.opens_at is not None and known_at <= forecast.opens_at,
        is_hidden=is_hidden,
    )


def _outcomes(forecast: Forecast, value: float | None) -> list[tuple[float, str]]:
    if forecast.asks.is_yes_or_no:
        return [(1, "if Yes"), (0, "if No")]
    if forecast.asks.has_options:
        return [(option.position, f"if {option.label}") for option in forecast.options.all()]
    return [] if value is None else [(value, f"if {values.shown(forecast, value)}")]


def _lines(case: Case, truths: Sequence[float], known_at: datetime) -> list[Line]:
    names = Forecaster.objects.select_related("user").in_bulk(list(case.answers))
    said = {pk: str(one) for pk, one in names.items()}
    by_truth = [
        {one.forecaster: one for one in single.scored(_supposed(case, truth, known_at), said)} for truth in truths
    ]
    found = []
    for forecaster, one in by_truth[0].items():
        losses = [rows[forecaster].brier if rows[forecaster].wis is None else rows[forecaster].wis for rows in by_truth]
        if any(loss is not None for loss in losses):
            name = "The consensus" if one.kind == Forecaster.Kind.CONSENSUS else one.name
            found.append(Line(name, ["–" if loss is None else _shown(loss) for loss in losses]))
    return found


def _supposed(case: Case, truth: float, known_at: datetime) -> Case:
    outcome = Verdict.Outcome.YES if truth else Verdict.Outcome.NO
    return replace(case, verdict_id=0, outcome=outcome, truth=truth, known_at=microseconds(known_at))


def _shown(loss: float) -> str:
    return f"{loss:.2f}" if loss < 100 else f"{loss:,.0f}"
