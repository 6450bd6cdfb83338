"""Bands of the reliability curve: costly, so computed once per snapshot and slice, and kept in the cache."""

import hashlib
from dataclasses import dataclass, replace

import numpy as np
from django.core.cache import cache

from forecasts.scorekeeping.rows import Row
from forecasts.scoring.bands import Band, Outcomes, calibrated_hits, confidence_band, consistency_band
from forecasts.scoring.calibration import error_if_calibrated
from forecasts.scoring.cells import BIN_SETS
from forecasts.scoring.totals import BRIER
from forecasts.scoring.uncertainty import FEWEST_FORECASTS
from forecasts.statistics.reading import Sums, read, rows
from forecasts.statistics.slices import Slice

AT_ONCE_PAIRS, AT_ONCE_CELLS = 2_000, 200
"""Bands of slices up to this size are computed when first asked for."""
KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Bands:
    """Both bands at each probability of the cells, and the calibration error that a calibrated forecaster would show.

    The consistency band and that error need one estimate per forecast, the confidence band ten forecasts.
    """

    consistency: Band | None
    confidence: Band | None
    error_if_calibrated: dict[int, float] | None


def bands_of(slice_: Slice, snapshot: str, sums: Sums) -> Bands | None:
    """The bands kept for this snapshot and slice, computed now if the slice is small; else None."""
    if sums.cells.n.size == 0:
        return None
    kept = cache.get(_key(slice_, snapshot))
    if isinstance(kept, Bands):
        return kept
    if sums.total.pairs > AT_ONCE_PAIRS or sums.cells.n.size > AT_ONCE_CELLS:
        return None
    return keep(slice_, snapshot, sums)


def keep(slice_: Slice, snapshot: str, sums: Sums | None = None) -> Bands:
    """Compute the bands of a slice and keep them."""
    held = sums or read(slice_)
    bands = computed(held, list(rows(slice_, [slice_.estimand])))
    cache.set(_key(slice_, snapshot), bands, KEPT_SECONDS)
    return bands


def computed(sums: Sums, given: list[Row]) -> Bands:
    """Both bands of a slice from its sums and its contributions."""
    cells, forecasts = sums.cells, sums.total.of(BRIER).forecasts
    consistency, errors = None, None
    if cells.total == forecasts:
        hits = calibrated_hits(cells)
        consistency = consistency_band(cells, forecasts, hits=hits)
        errors = {bins: error_if_calibrated(cells, bins, hits) for bins in BIN_SETS}
    confidence = confidence_band(_outcomes(given), cells.probability) if forecasts >= FEWEST_FORECASTS else None
    return Bands(consistency, confidence, errors)


def _outcomes(given: list[Row]) -> Outcomes:
    binary = [row for row in given if row.outcome is not None]
    size = [len(row.probabilities) for row in binary]
    return Outcomes(
        np.repeat(np.array([row.forecast for row in binary], dtype=np.int64), size),
        np.array([p for row in binary for p in row.probabilities], dtype=np.int64),
        np.array([weight for row in binary for weight in row.weights], dtype=np.int64),
        np.repeat(np.array([row.outcome for row in binary], dtype=np.int64), size),
    )


def _key(slice_: Slice, snapshot: str) -> str:
    # Bins change nothing of the bands.
    plain = replace(slice_, filters=replace(slice_.filters, bins=10))
    return f"bands:{snapshot}:{hashlib.sha256(repr(plain).encode()).hexdigest()}"
