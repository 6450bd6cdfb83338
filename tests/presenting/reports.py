"""Reports written down by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from forecasts.statistics.shapes import (
    Bin,
    CalibrationError,
    Corp,
    Counts,
    Decomposition,
    Filters,
    Point,
    Recalibration,
    Report,
    Score,
    Scores,
)

EMPTY = Report("none", None, Filters(), "last", Counts())
TOO_SURE = Report(
    snapshot="7",
    as_of=datetime(2025, 1, 5, tzinfo=UTC),
    filters=Filters(bins=5),
    estimand="last",
    counts=Counts(published=130, resolved=121, scored_forecasts=121, forecasters=4, scored_pairs=220),
    base_rate=0.4,
    scores=Scores(Score(0.2, 0.01, (0.18, 0.22), 0.1667), Score(0.6, 0.02, (0.55, 0.65), 0.1)),
    decomposition=Decomposition(Corp(0.02, 0.06, 0.24)),
    recalibration=Recalibration(0.6, -0.1),
    calibration_error=CalibrationError(0.09, 0.04),
    bins=[
        Bin(0.0, 0.2, 100, 60, 0.1, 0.15, (0.1, 0.21)),
        Bin(0.2, 0.4, 0, 0, None, None, None),
        Bin(0.4, 0.6, 20, 9, 0.5, 0.5, None),
        Bin(0.6, 0.8, 100, 52, 0.7, 0.58, (0.51, 0.65)),
    ],
    curve=[
        Point(0.1, 0.15, consistency_band=(0.05, 0.16), confidence_band=(0.1, 0.2)),
        Point(0.5, 0.5, consistency_band=(0.3, 0.7), confidence_band=(0.35, 0.6)),
        Point(0.7, 0.58, consistency_band=(0.6, 0.8), confidence_band=(0.5, 0.65)),
    ],
)


def too_sure(**changes: Any) -> Report:
    return replace(TOO_SURE, **changes)
