"""Scores of multiple choice, numbers and dates as whole numbers, by name."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from forecasts.models import Forecast, Verdict
from forecasts.scores.scorekeeping.batches import Case
from forecasts.scores.scorekeeping.contribution_rows import ScoreSums
from forecasts.scoring.arrays import Floats
from forecasts.scoring.quantiles import coverage, pit, wis_units
from forecasts.scoring.rules import GRID, LOG_UNITS

PIT_UNIT = 10**6
BRIER, LOG, RPS = "brier", "log", "rps"
WIS_PARTS = ("wis", "dispersion", "overprediction", "underprediction")

type Options = tuple[int, ...]
type Levels = tuple[float, ...]


def choice_scores(case: Case, values: Sequence[Options], weights: Sequence[int]) -> ScoreSums:
    """Brier over all options and RPS in 1e-8, log in 1e-12. An estimate counts among the options of its time."""
    truth = int(case.truth or 0)
    sums: dict[str, tuple[int, int]] = {}
    for value, weight in zip(values, weights, strict=True):
        if truth >= len(value):
            continue
        _add(sums, BRIER, weight, sum((p - GRID * (k == truth)) ** 2 for k, p in enumerate(value)))
        _add(sums, LOG, weight, int(LOG_UNITS[1, value[truth]]))
        if case.is_ordered:
            _add(sums, RPS, weight, _ranked(value, truth))
    return sums


def quantile_scores(case: Case, values: Sequence[Levels], weights: Sequence[int]) -> ScoreSums:
    """WIS and its parts by unit, in units of 1e-60; coverage of each central interval; PIT by range of levels."""
    levels = np.array(case.levels) / GRID
    given, truth = _known(case, np.array(values, dtype=np.float64)), np.full(len(values), float(case.truth or 0))
    sums: dict[str, tuple[int, int]] = {}
    if np.allclose(levels + levels[::-1], 1, rtol=0, atol=1e-9):
        for row, weight in zip(wis_units(given, levels, truth), weights, strict=True):
            for name, amount in zip(WIS_PARTS, row, strict=True):
                _add(sums, f"{name}:{case.unit}", weight, amount)
        covered = coverage(given, levels, truth)
        names = [f"coverage:{round(GRID * nominal)}" for nominal in covered.nominal]
        _add_columns(sums, names, covered.inside.tolist(), weights)
    bounds = (0, *case.levels, GRID)
    ranges = [f"pit:{low}:{high}" for low, high in pairwise(bounds)]
    _add_columns(sums, ranges, np.rint(pit(given, levels, truth) * PIT_UNIT).astype(int).tolist(), weights)
    return sums


def _known(case: Case, given: Floats) -> Floats:
    """Quantiles as far as the truth is known: past an open end, of those beyond it no more than that they are."""
    if case.outcome == Verdict.Outcome.ABOVE:
        return np.minimum(given, float(case.truth or 0))
    return np.maximum(given, float(case.truth or 0)) if case.outcome == Verdict.Outcome.BELOW else given


def scores_of(case: Case, values: Sequence[object], weights: Sequence[int]) -> ScoreSums:
    """The scores of estimates of any kind but binary."""
    if case.kind == Forecast.Kind.MULTIPLE_CHOICE:
        return choice_scores(case, [v for v in values if isinstance(v, tuple)], weights)
    return quantile_scores(case, [v for v in values if isinstance(v, tuple)], weights)


def _add_columns(
    sums: dict[str, tuple[int, int]], names: list[str], rows: list[list[int]], weights: Sequence[int]
) -> None:
    for row, weight in zip(rows, weights, strict=True):
        for name, amount in zip(names, row, strict=True):
            _add(sums, name, weight, amount)


def _add(sums: dict[str, tuple[int, int]], name: str, weight: int, amount: int) -> None:
    n, s = sums.get(name, (0, 0))
    sums[name] = (n + weight, s + weight * amount)


def _ranked(value: Options, truth: int) -> int:
    total, cumulated = 0, 0
    for k, p in enumerate(value[:-1]):
        cumulated += p
        total += (cumulated - GRID * (truth <= k)) ** 2
    return total
