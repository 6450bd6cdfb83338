"""What of a slice takes its contributions or a thousand refits: bands of its curve and intervals, and both as JSON."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasts.scores.scorekeeping.contribution_rows import Row
from forecasts.scores.statistics.shapes import Pair
from forecasts.scores.statistics.slices import Slice
from forecasts.scores.statistics.sums import Sums, rows
from forecasts.scoring import corp
from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.bands import Band, Outcomes, calibrated_hits, confidence_band, consistency_band
from forecasts.scoring.calibration import error_if_calibrated, recalibration, recalibration_intervals
from forecasts.scoring.cells import BIN_SETS, Cells
from forecasts.scoring.rules import GRID
from forecasts.scoring.totals import BRIER
from forecasts.scoring.uncertainty import FEWEST_FORECASTS, ClusterSums, clustered, frequency

type Json = dict[str, Any]

MOST_POINTS = 101
"""A curve of more probabilities than this shows the ends of its steps only."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """95% intervals clustered by forecast, of what the sums of a tally do not carry."""

    base_rate: Pair | None = None
    mean_confidence: Pair | None = None
    brier_if_calibrated: Pair | None = None
    slope: Pair | None = None
    intercept: Pair | None = None


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


def computed(slice_: Slice, sums: Sums) -> Bands:
    """Those of a slice from its sums and its contributions."""
    cells, forecasts = sums.cells, sums.total.of(BRIER).forecasts
    at = shown(corp.curve(cells))
    consistency, errors, confidence, intervals = None, None, None, None
    if cells.total == forecasts:
        hits = calibrated_hits(cells)
        consistency = _at(consistency_band(cells, forecasts, hits=hits), at)
        errors = {bins: error_if_calibrated(cells, bins, hits) for bins in BIN_SETS}
    if forecasts >= FEWEST_FORECASTS:
        outcomes = _outcomes(list(rows(slice_, [slice_.estimand])))
        confidence = confidence_band(outcomes, cells.probability[at])
        intervals = _intervals(outcomes, cells)
    return Bands(consistency, confidence, errors, intervals, told(sums))


def shown(calibrated: Floats) -> Ints:
    """Which places of a curve are shown: all, or of a long one the ends of its steps."""
    if calibrated.size <= MOST_POINTS:
        return np.arange(calibrated.size)
    steps = np.diff(calibrated) != 0
    return np.flatnonzero(np.append(True, steps) | np.append(steps, True))


def told(sums: Sums) -> str:
    """Equal where cells and cluster sums are, and with them what is computed from the contributions behind them."""
    stated = hashlib.sha256(repr(sums.total.sums).encode())
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
    }


def read_bands(told: Json) -> Bands:
    """From what `written` made."""
    named = ("consistency", "confidence")
    consistency, confidence = (Band(*map(np.array, told[name])) if told[name] else None for name in named)
    errors, intervals = told["error_if_calibrated"], told["intervals"]
    by_bins = errors and {int(bins): error for bins, error in errors.items()}
    pairs = intervals and Intervals(**{name: ends and tuple(ends) for name, ends in intervals.items()})
    return Bands(consistency, confidence, by_bins, pairs, told["sums"])


def _lists(band: Band | None) -> list[list[float]] | None:
    return band and [bound.round(6).tolist() for bound in band]


def _at(band: Band | None, places: Ints) -> Band | None:
    return band and Band(*(bound[places] for bound in band))


def _intervals(outcomes: Outcomes, cells: Cells) -> Intervals:
    p = outcomes.probability
    confidence = clustered(_by_forecast(outcomes, np.abs(2 * p - GRID)), GRID).ci95
    spread = clustered(_by_forecast(outcomes, p * (GRID - p)), GRID**2).ci95
    slopes = recalibration_intervals(outcomes, recalibration(cells)) or (None, None)
    return Intervals(frequency(_by_forecast(outcomes, outcomes.outcome)).ci95, confidence, spread, *slopes)


def _by_forecast(outcomes: Outcomes, amount: Ints) -> ClusterSums:
    """The cluster sums of a mean of whole numbers over all estimates."""
    forecast = np.unique(outcomes.forecast, return_inverse=True)[1]
    n, s = np.zeros((2, int(forecast.max()) + 1), dtype=np.int64)
    np.add.at(n, forecast, outcomes.weight)
    np.add.at(s, forecast, outcomes.weight * amount)
    return ClusterSums.of_forecasts(zip(n.tolist(), s.tolist(), strict=True))


def _outcomes(given: list[Row]) -> Outcomes:
    binary = [row for row in given if row.outcome is not None]
    size = [len(row.probabilities) for row in binary]
    return Outcomes(
        np.repeat(np.array([row.forecast for row in binary], dtype=np.int64), size),
        np.array([p for row in binary for p in row.probabilities], dtype=np.int64),
        np.array([weight for row in binary for weight in row.weights], dtype=np.int64),
        np.repeat(np.array([row.outcome for row in binary], dtype=np.int64), size),
    )
