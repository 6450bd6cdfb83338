"""Scores of multiple choice, numbers and dates, from their sums by name."""

from forecasts.scores.scorekeeping.tallying import TotalSums
from forecasts.scores.scorekeeping.unit_scores import BRIER, PIT_UNIT, RPS, WIS_PARTS
from forecasts.scores.statistics.shapes import (
    CoverageOfInterval,
    MultipleChoice,
    PitRange,
    Quantiles,
    Score,
    UnitScores,
)
from forecasts.scoring.quantiles import WIS_UNIT
from forecasts.scoring.rules import BRIER_UNIT, GRID
from forecasts.scoring.timeline import WEIGHT_UNITS
from forecasts.scoring.uncertainty import Clustered, ClusterSums, clustered, frequency


def score(found: Clustered, n: float, skill: float | None = None) -> Score | None:
    """A mean over `n` estimates; None where there are none."""
    if found.mean is None:
        return None
    return Score(found.mean, found.standard_error, found.ci95, skill, n, found.forecasts)


def multiple_choice(total: TotalSums, estimand: str) -> MultipleChoice | None:
    """Brier and RPS over options; None where no multiple choice is scored."""
    brier, rps = (_score(_sums(total, name), BRIER_UNIT, estimand) for name in (BRIER, RPS))
    return None if brier is None else MultipleChoice(brier.n, brier.forecasts, brier, rps)


def _score(sums: ClusterSums, unit: int, estimand: str) -> Score | None:
    return score(clustered(sums, unit), pairs(sums.n, estimand))


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
    sums = [_sums(total, f"{part}:{unit}") for part in WIS_PARTS]
    wis, *parts = (clustered(one, WIS_UNIT) for one in sums)
    means = (part.mean or 0.0 for part in parts)
    ends = (part.ci95 for part in parts)
    n = pairs(sums[0].n, estimand)
    whole = Score(wis.mean or 0.0, wis.standard_error, wis.ci95, n=n, forecasts=wis.forecasts)
    return UnitScores(unit, n, wis.forecasts, whole, *means, *ends)  # type: ignore[arg-type]  # three of each


def _coverage(total: TotalSums, estimand: str) -> list[CoverageOfInterval]:
    found = []
    for nominal in sorted(int(name.partition(":")[2]) for name in total.other if name.startswith("coverage:")):
        sums = _sums(total, f"coverage:{nominal}")
        held = frequency(sums)
        found.append(
            CoverageOfInterval(nominal / GRID, held.mean or 0.0, pairs(sums.n, estimand), sums.forecasts, held.ci95)
        )
    return found


def _pit(total: TotalSums, estimand: str) -> list[PitRange]:
    names = [name for name in total.other if name.startswith("pit:")]
    bounds = sorted((int(low), int(high), name) for name in names for _, low, high in [name.split(":")])
    found = []
    for low, high, name in bounds:
        sums = _sums(total, name)
        held = frequency(sums, PIT_UNIT)
        n, expected = pairs(sums.n, estimand), (high - low) / GRID
        found.append(PitRange(low / GRID, high / GRID, held.mean or 0.0, expected, n, sums.forecasts, held.ci95))
    return found


def _sums(total: TotalSums, name: str) -> ClusterSums:
    return ClusterSums(*total.other.get(name, [0] * 6))
