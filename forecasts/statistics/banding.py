"""The bands of a slice's curve: computed from its sums and contributions, and as JSON."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasts.scorekeeping.rows import Row
from forecasts.scoring.bands import Band, Outcomes, calibrated_hits, confidence_band, consistency_band
from forecasts.scoring.calibration import error_if_calibrated, recalibration, recalibration_intervals
from forecasts.scoring.cells import BIN_SETS
from forecasts.scoring.totals import BRIER
from forecasts.scoring.uncertainty import FEWEST_FORECASTS
from forecasts.statistics.reading import Sums, rows
from forecasts.statistics.shapes import Pair
from forecasts.statistics.slices import Slice

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bands:
    """Both bands at each probability of the cells, and the calibration error that a calibrated forecaster would show.

    The consistency band and that error need one estimate per forecast, the confidence band ten forecasts, and so do
    the intervals of the recalibration's slope and intercept. `cells` tells the cells that they belong to.
    """

    consistency: Band | None
    confidence: Band | None
    error_if_calibrated: dict[int, float] | None
    recalibration: tuple[Pair, Pair] | None
    cells: str


def computed(slice_: Slice, sums: Sums) -> Bands:
    """Both bands of a slice from its sums and its contributions."""
    cells, forecasts = sums.cells, sums.total.of(BRIER).forecasts
    consistency, errors, confidence, intervals = None, None, None, None
    if cells.total == forecasts:
        hits = calibrated_hits(cells)
        consistency = consistency_band(cells, forecasts, hits=hits)
        errors = {bins: error_if_calibrated(cells, bins, hits) for bins in BIN_SETS}
    if forecasts >= FEWEST_FORECASTS:
        outcomes = _outcomes(list(rows(slice_, [slice_.estimand])))
        confidence = confidence_band(outcomes, cells.probability)
        intervals = recalibration_intervals(outcomes, recalibration(cells))
    return Bands(consistency, confidence, errors, intervals, told(sums))


def told(sums: Sums) -> str:
    """Equal where the cells are."""
    cells = b"".join(np.ascontiguousarray(column).tobytes() for column in sums.cells)
    return hashlib.sha256(cells).hexdigest()


def written(bands: Bands) -> Json:
    """As plain lists and numbers, to a millionth."""
    errors = bands.error_if_calibrated
    return {
        "consistency": _lists(bands.consistency),
        "confidence": _lists(bands.confidence),
        "error_if_calibrated": errors and {str(bins): error for bins, error in errors.items()},
        "recalibration": bands.recalibration,
        "cells": bands.cells,
    }


def _lists(band: Band | None) -> list[list[float]] | None:
    return band and [bound.round(6).tolist() for bound in band]


def read_bands(told: Json) -> Bands:
    """From what `written` made."""
    named = ("consistency", "confidence")
    consistency, confidence = (Band(*map(np.array, told[name])) if told[name] else None for name in named)
    errors = told["error_if_calibrated"]
    by_bins = errors and {int(bins): error for bins, error in errors.items()}
    intervals = told["recalibration"] and tuple(map(tuple, told["recalibration"]))
    return Bands(consistency, confidence, by_bins, intervals, told["cells"])


def _outcomes(given: list[Row]) -> Outcomes:
    binary = [row for row in given if row.outcome is not None]
    size = [len(row.probabilities) for row in binary]
    return Outcomes(
        np.repeat(np.array([row.forecast for row in binary], dtype=np.int64), size),
        np.array([p for row in binary for p in row.probabilities], dtype=np.int64),
        np.array([weight for row in binary for weight in row.weights], dtype=np.int64),
        np.repeat(np.array([row.outcome for row in binary], dtype=np.int64), size),
    )
