"""Two forecasters on the same forecasts: a mean over different ones would compare the forecasts, not the people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forecasts.models import Contribution
from forecasts.scores.scorekeeping import Row, rows_from
from forecasts.scores.scorekeeping.kinds import BRIER, LOG
from forecasts.scores.statistics.contributed import narrowed
from forecasts.scores.statistics.shapes import Filters, Score
from forecasts.scores.statistics.slices import checked, checked_speaker
from forecasts.scores.statistics.unit_reports import OVER_OPTIONS, score
from forecasts.scores.statistics.visibility import sight
from forecasts.scoring.arrays import Ints
from forecasts.scoring.comparison import Answered, paired_difference
from forecasts.scoring.quantiles import WIS_UNIT
from forecasts.scoring.rules import BRIER_UNIT, BRIER_UNITS, LOG_MOST, LOG_UNIT, LOG_UNITS
from forecasts.scoring.uncertainty import LOSS, Bounds, Mean

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User

type PerForecast = dict[int, Answered]


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of first minus second over the forecasts of one kind, or of one unit, that both answered."""

    of: str
    forecasts: int
    score: Score


@dataclass(frozen=True, slots=True)
class Comparison:
    """Mean of first minus second over the forecasts that both answered; below 0 the first did better.

    Brier and log are of yes-or-no forecasts, `multiple_choice` holds theirs, `quantiles` the WIS of each
    unit. A difference is None without a shared forecast, its interval below ten independent situations.
    """

    first: int
    second: int
    estimand: str
    forecasts: int
    brier: Score | None
    log: Score | None
    multiple_choice: list[Difference] = field(default_factory=list)
    quantiles: list[Difference] = field(default_factory=list)


def compare(
    user: "User | AnonymousUser", first: int, second: int, filters: Filters | None = None, estimand: str = "last"
) -> Comparison:
    """Compare two forecasters of any kind, by id, on forecasts of every kind. Raises InvalidValue."""
    asked = checked(sight(user).scenarios, filters or Filters(), estimand)
    for name, forecaster in (("first", first), ("second", second)):
        checked_speaker(name, forecaster, asked.scenarios)
    within = Contribution.objects.filter(narrowed(asked), estimand=estimand)
    pair = tuple([*rows_from(within.filter(forecaster=who))] for who in (first, second))
    situation = {row.forecast: row.situation for rows in pair for row in rows}
    brier = _binary(pair, situation, BRIER_UNITS, BRIER_UNIT, Bounds(0.0, 1.0))
    log = _binary(pair, situation, LOG_UNITS, LOG_UNIT, Bounds(0.0, LOG_MOST))
    choice = {BRIER: (BRIER_UNIT, OVER_OPTIONS), LOG: (LOG_UNIT, Bounds(0.0, LOG_MOST))}
    units = sorted({name for row in pair[0] for name in row.score_sums if name.startswith("wis:")})
    return Comparison(
        first,
        second,
        estimand,
        brier.forecasts,
        score(brier, brier.forecasts),
        score(log, log.forecasts),
        [*_by_name(pair, situation, choice)],
        [*_by_name(pair, situation, dict.fromkeys(units, (WIS_UNIT, LOSS)))],
    )


def _by_name(
    pair: tuple[list[Row], ...], situation: dict[int, str], names: dict[str, tuple[int, Bounds]]
) -> Iterator[Difference]:
    """Differences of the scores of these names, of those that both have."""
    for name, (unit, bounds) in names.items():
        first, second = (
            {row.forecast: Answered(*row.score_sums[name]) for row in rows if name in row.score_sums} for rows in pair
        )
        found = paired_difference(first, second, unit, situation, bounds)
        if told := score(found, found.forecasts):
            yield Difference(name.removeprefix("wis:"), found.forecasts, told)


def _binary(pair: tuple[list[Row], ...], situation: dict[int, str], table: Ints, unit: int, bounds: Bounds) -> Mean:
    first, second = (_scores([row for row in rows if row.outcome is not None], table) for rows in pair)
    return paired_difference(first, second, unit, situation, bounds)


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
