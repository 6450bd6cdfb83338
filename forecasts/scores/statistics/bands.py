"""What of a slice takes its contributions or a thousand refits: bands of its curve and intervals, and both as JSON."""

import hashlib
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from forecasts.scores.scorekeeping.contribution_rows import Row
from forecasts.scores.statistics.contributed import contributed
from forecasts.scores.statistics.drifting import drift
from forecasts.scores.statistics.shapes import Drift, Pair
from forecasts.scores.statistics.slices import Slice
from forecasts.scores.statistics.sums import Sums
from forecasts.scoring import corp, resampling
from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.bands import (
    Band,
    Outcomes,
    calibrated_curves,
    calibrated_hits,
    calibration_p_value,
    confidence_band,
    consistency_band,
    simultaneous_band,
)
from forecasts.scoring.calibration import error_if_calibrated, recalibration, recalibration_intervals
from forecasts.scoring.cells import BIN_SETS, Cells
from forecasts.scoring.rules import GRID
from forecasts.scoring.totals import BRIER
from forecasts.scoring.uncertainty import Bounds, Clusters, ClusterSums, Would, mean_of

type Json = dict[str, Any]

HOW = 2
"""Rises with what is computed here: what an earlier way made of the same sums is not taken over."""
MOST_POINTS = 101
"""A curve of more probabilities than this shows the ends of its steps only."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """95% intervals clustered by situation, of what the sums of a tally do not carry."""

    mean_confidence: Pair | None = None
    brier_if_calibrated: Pair | None = None
    slope: Pair | None = None
    intercept: Pair | None = None
    resampled: dict[str, Pair] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bands:
    """Both bands at each point of the curve that is shown, the calibration error that a calibrated forecaster would
    show, and intervals.

    The consistency band and that error need one estimate per forecast, the confidence band and the intervals ten
    forecasts. `sums` tells the sums that all of it belongs to.
    """

    consistency: Band | None
    confidence: Band | None
    error_if_calibrated: dict[int, float] | None
    intervals: Intervals | None
    sums: str
    simultaneous: Band | None = None
    p_value: float | None = None
    drift: Drift | None = None


def computed(slice_: Slice, sums: Sums) -> Bands:
    """Those of a slice from its sums and its contributions."""
    cells, (by_situation, by_forecast) = sums.cells, sums.total.of(BRIER)
    forecasts = by_forecast.clusters
    at = shown(corp.curve(cells))
    found = Bands(None, None, None, None, told(sums))
    if cells.total == forecasts:
        found = _with_consistency(found, cells, at, alone=by_situation.clusters == forecasts)
    given = list(contributed(slice_, [slice_.estimand]))
    if by_forecast.is_enough:
        found = replace(found, confidence=confidence_band(_outcomes(given), cells.probability[at]))
    if by_situation.is_enough:
        found = replace(found, intervals=_intervals(_by_situation(given), cells))
    return replace(found, drift=drift(given))


def _with_consistency(found: Bands, cells: Cells, at: Ints, *, alone: bool) -> Bands:
    """What asks for one estimate a forecast; what is said of whole curves, for forecasts that are situations, too."""
    hits = calibrated_hits(cells)
    errors = {bins: error_if_calibrated(cells, bins, hits) for bins in BIN_SETS}
    curves = calibrated_curves(cells, hits)
    pointwise = _at(consistency_band(cells, cells.total, hits=hits), at)
    found = replace(found, consistency=pointwise, error_if_calibrated=errors)
    if not alone:
        return found
    whole, p_value = simultaneous_band(curves), calibration_p_value(cells, curves, hits)
    return replace(found, simultaneous=_at(whole, at), p_value=p_value)


def shown(calibrated: Floats) -> Ints:
    """Which places of a curve are shown: all, or of a long one the ends of its steps."""
    if calibrated.size <= MOST_POINTS:
        return np.arange(calibrated.size)
    steps = np.diff(calibrated) != 0
    return np.flatnonzero(np.append(True, steps) | np.append(steps, True))


def told(sums: Sums) -> str:
    """Equal where cells and cluster sums are, and with them what is computed from the contributions behind them."""
    stated = hashlib.sha256(repr((HOW, sums.total.sums, sums.total.situation_sums)).encode())
    for column in sums.cells:
        stated.update(np.ascontiguousarray(column).tobytes())
    return stated.hexdigest()


def written(bands: Bands) -> Json:
    """As plain lists and numbers, bands to a millionth."""
    errors, intervals = bands.error_if_calibrated, bands.intervals
    return {
        "consistency": _lists(bands.consistency),
        "confidence": _lists(bands.confidence),
        "error_if_calibrated": errors and {str(bins): error for bins, error in errors.items()},
        "intervals": intervals and {name: getattr(intervals, name) for name in Intervals.__slots__},
        "sums": bands.sums,
        "simultaneous": _lists(bands.simultaneous),
        "p_value": bands.p_value,
        "drift": bands.drift and bands.drift.written(),
    }


def read_bands(told: Json) -> Bands:
    """From what `written` made."""
    named = ("consistency", "confidence", "simultaneous")
    bands = [Band(*map(np.array, told[name])) if told.get(name) else None for name in named]
    errors, intervals = told["error_if_calibrated"], told["intervals"]
    by_bins = errors and {int(bins): error for bins, error in errors.items()}
    pairs = intervals and Intervals(**{name: _tuples(ends) for name, ends in intervals.items()})
    watched = told.get("drift") and Drift.read(told["drift"])
    return Bands(bands[0], bands[1], by_bins, pairs, told["sums"], bands[2], told.get("p_value"), watched)


def _tuples(ends: Any) -> Any:
    if isinstance(ends, dict):
        return {name: tuple(pair) for name, pair in ends.items()}
    return ends and tuple(ends)


def _lists(band: Band | None) -> list[list[float]] | None:
    return band and [bound.round(6).tolist() for bound in band]


def _at(band: Band | None, places: Ints) -> Band | None:
    return band and Band(*(bound[places] for bound in band))


def _intervals(outcomes: Outcomes, cells: Cells) -> Intervals:
    p = outcomes.probability
    confidence = _mean_range(outcomes, np.abs(2 * p - GRID), GRID, Bounds(0.0, 1.0))
    spread = _mean_range(outcomes, p * (GRID - p), GRID**2, Bounds(0.0, 0.25))
    slope, intercept = recalibration_intervals(outcomes, recalibration(cells)) or (None, None)
    return Intervals(confidence, spread, slope, intercept, resampling.intervals(outcomes))


def _mean_range(outcomes: Outcomes, amount: Ints, unit: int, bounds: Bounds) -> Pair | None:
    """The interval of a mean of whole numbers over all estimates."""
    cluster = np.unique(outcomes.forecast, return_inverse=True)[1]
    n, s = np.zeros((2, int(cluster.max()) + 1), dtype=np.int64)
    np.add.at(n, cluster, outcomes.weight)
    np.add.at(s, cluster, outcomes.weight * amount)
    sums = ClusterSums.of_clusters(zip(n.tolist(), s.tolist(), strict=True))
    return mean_of(Clusters(sums, sums), unit, Would(bounds.most, bounds.least), bounds).ci95


def _by_situation(given: list[Row]) -> Outcomes:
    """The same estimates with their situation in the place of the forecast."""
    number = {name: place for place, name in enumerate(sorted({row.situation for row in given}))}
    return _outcomes([row._replace(forecast=number[row.situation]) for row in given])


def _outcomes(given: list[Row]) -> Outcomes:
    binary = [row for row in given if row.outcome is not None]
    size = [len(row.probabilities) for row in binary]
    return Outcomes(
        np.repeat(np.array([row.forecast for row in binary], dtype=np.int64), size),
        np.array([p for row in binary for p in row.probabilities], dtype=np.int64),
        np.array([weight for row in binary for weight in row.weights], dtype=np.int64),
        np.repeat(np.array([row.outcome for row in binary], dtype=np.int64), size),
    )
