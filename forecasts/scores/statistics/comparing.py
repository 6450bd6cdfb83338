"""Two forecasters on the same forecasts: a mean over different ones would compare the forecasts, not the people."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forecasts.models import Contribution
from forecasts.scores.scorekeeping import Row, rows_from
from forecasts.scores.statistics.shapes import Filters, Score
from forecasts.scores.statistics.slices import checked, checked_speaker
from forecasts.scores.statistics.sums import narrowed
from forecasts.scores.statistics.unit_reports import score
from forecasts.scores.statistics.visibility import sight
from forecasts.scoring.arrays import Ints
from forecasts.scoring.comparison import Answered, paired_difference
from forecasts.scoring.rules import BRIER_UNIT, BRIER_UNITS, LOG_MOST, LOG_UNIT, LOG_UNITS
from forecasts.scoring.uncertainty import Bounds, Mean

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User

type PerForecast = dict[int, Answered]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Mean of first minus second over the forecasts that both answered; below 0 the first did better.

    The difference is None without a shared forecast, its interval below ten independent
    situations.
    """

    first: int
    second: int
    estimand: str
    forecasts: int
    brier: Score | None
    log: Score | None


def compare(
    user: "User | AnonymousUser", first: int, second: int, filters: Filters | None = None, estimand: str = "last"
) -> Comparison:
    """Compare two forecasters of any kind, by id, on yes-or-no forecasts. Raises InvalidValue."""
    asked = checked(sight(user).scenarios, filters or Filters(), estimand)
    for name, forecaster in (("first", first), ("second", second)):
        checked_speaker(name, forecaster, asked.scenarios)
    within = Contribution.objects.filter(narrowed(asked), estimand=estimand, outcome__isnull=False)
    own, others = (list(rows_from(within.filter(forecaster=who))) for who in (first, second))
    situation = {row.forecast: row.situation for row in (*own, *others)}
    brier = _difference(own, others, situation, BRIER_UNITS, BRIER_UNIT, Bounds(0.0, 1.0))
    log = _difference(own, others, situation, LOG_UNITS, LOG_UNIT, Bounds(0.0, LOG_MOST))
    return Comparison(
        first, second, estimand, brier.forecasts, score(brier, brier.forecasts), score(log, log.forecasts)
    )


def _difference(
    own: list[Row], others: list[Row], situation: dict[int, str], table: Ints, unit: int, bounds: Bounds
) -> Mean:
    return paired_difference(_scores(own, table), _scores(others, table), unit, situation, bounds)


def _scores(rows: list[Row], table: Ints) -> PerForecast:
    units = table.tolist()
    return {
        row.forecast: Answered(
            sum(row.weights),
            sum(w * units[bool(row.outcome)][p] for p, w in zip(row.probabilities, row.weights, strict=True)),
            sum(w * units[not row.outcome][p] for p, w in zip(row.probabilities, row.weights, strict=True)),
        )
        for row in rows
    }
