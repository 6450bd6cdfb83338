"""Scores of multiple choice, numbers and dates, from their sums by name."""

from forecasts.scores.scorekeeping.kinds import BRIER, LOG, PIT_UNIT, RPS, WIS_PARTS
from forecasts.scores.scorekeeping.tallying import TotalSums
from forecasts.scores.statistics.shapes import (
    CoverageOfInterval,
    MultipleChoice,
    PitRange,
    Quantiles,
    Score,
    UnitScores,
)
from forecasts.scoring.quantiles import WIS_UNIT
from forecasts.scoring.rules import BRIER_UNIT, GRID, LOG_MOST, LOG_UNIT
from forecasts.scoring.timeline import WEIGHT_UNITS
from forecasts.scoring.uncertainty import LOSS, Bounds, Clusters, Mean, mean_of, share_of

OVER_OPTIONS = Bounds(0.0, 2.0)


def score(found: Mean, n: float, skill: float | None = None) -> Score | None:
    """A mean over `n` estimates; None where there are none."""
    if found.mean is None:
        return None
    counted = (n, found.forecasts, found.situations, found.effective)
    return Score(found.mean, found.standard_error, found.ci95, skill, *counted, found.if_independent)


def multiple_choice(total: TotalSums, estimand: str) -> MultipleChoice | None:
    """Brier, log and RPS over options; None where no multiple choice is scored."""
    brier = _score(total.of_other(BRIER), BRIER_UNIT, estimand, OVER_OPTIONS)
    if brier is None:
        return None
    log = _score(total.of_other(LOG), LOG_UNIT, estimand, Bounds(0.0, LOG_MOST))
    rps = _score(total.of_other(RPS), BRIER_UNIT, estimand)
    return MultipleChoice(brier.n, brier.forecasts, brier, rps, log, brier.effective_n)


def _score(sums: Clusters, unit: int, estimand: str, bounds: Bounds = LOSS) -> Score | None:
    return score(mean_of(sums, unit, bounds=bounds), pairs(sums.forecasts.n, estimand))


def quantiles(total: TotalSums, estimand: str) -> Quantiles | None:
    """WIS by unit, coverage of each central interval, PIT; None where no numbers or dates are scored."""
    ranges = _pit(total, estimand)
    if not ranges:
        return None
    units = sorted(name.partition(":")[2] for name in total.other if name.startswith("wis:"))
    return Quantiles([_unit(total, unit, estimand) for unit in units], _coverage(total, estimand), ranges)


def pairs(n: int, estimand: str) -> float:
    """Weight as a number of estimates; under `time_weighted`, where each pair weighs a million, of pairs."""
    return n / WEIGHT_UNITS if estimand == "time_weighted" else n


def _unit(total: TotalSums, unit: str, estimand: str) -> UnitScores:
    sums = [total.of_other(f"{part}:{unit}") for part in WIS_PARTS]
    wis, *parts = (mean_of(one, WIS_UNIT) for one in sums)
    n = pairs(sums[0].forecasts.n, estimand)
    whole = score(wis, n) or Score(0.0, None, None)
    (dispersion, over, under), ends = [part.mean or 0.0 for part in parts], [part.ci95 for part in parts]
    return UnitScores(unit, n, wis.forecasts, whole, dispersion, over, under, ends[0], ends[1], ends[2], wis.effective)


def _coverage(total: TotalSums, estimand: str) -> list[CoverageOfInterval]:
    found = []
    for nominal in sorted(int(name.partition(":")[2]) for name in total.other if name.startswith("coverage:")):
        sums = total.of_other(f"coverage:{nominal}")
        held = share_of(sums)
        n = pairs(sums.forecasts.n, estimand)
        how_sure = (held.forecasts, held.ci95, held.effective, held.if_independent, held.situations)
        found.append(CoverageOfInterval(nominal / GRID, held.mean or 0.0, n, *how_sure))
    return found


def _pit(total: TotalSums, estimand: str) -> list[PitRange]:
    names = [name for name in total.other if name.startswith("pit:")]
    bounds = sorted((int(low), int(high), name) for name in names for _, low, high in [name.split(":")])
    found = []
    for low, high, name in bounds:
        sums = total.of_other(name)
        held = share_of(sums, PIT_UNIT)
        n, expected = pairs(sums.forecasts.n, estimand), (high - low) / GRID
        how_sure = (held.forecasts, held.ci95, held.effective, held.if_independent, held.situations)
        found.append(PitRange(low / GRID, high / GRID, held.mean or 0.0, expected, n, *how_sure))
    return found
