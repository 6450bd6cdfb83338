"""Reports written down by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from forecasts.scores.statistics.shapes import (
    Bin,
    CalibrationError,
    Corp,
    Counts,
    CoverageOfInterval,
    Decomposition,
    Filters,
    Grouped,
    GroupOfReport,
    PitRange,
    Point,
    Quantiles,
    Recalibration,
    Report,
    Score,
    Scores,
    UnitScores,
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


QUANTILES = Quantiles(
    units=[UnitScores("people", 40, 20, Score(120.0, 10.0, (100.0, 140.0)), 60.0, 50.0, 10.0)],
    coverage=[CoverageOfInterval(0.5, 0.4, 40, 9, None), CoverageOfInterval(0.9, 0.7, 40, 20, (0.6, 0.8))],
    pit=[
        PitRange(0.0, 0.25, 0.25, 0.25, 40, 20, effective_n=12, situations=15),
        PitRange(0.25, 0.5, 0.2, 0.25, 40, 20, effective_n=12, situations=15),
        PitRange(0.5, 0.75, 0.3, 0.25, 40, 20, effective_n=12, situations=15),
        PitRange(0.75, 1.0, 0.25, 0.25, 40, 20, effective_n=12, situations=15),
    ],
)


def by_month(means: dict[str, float], forecasts: int = 20) -> Grouped:
    """Reports of months with these mean Brier scores; from ten forecasts on with an interval of 0.02 to each side."""
    return _grouped("month", means, forecasts)


def by_lead_time(means: dict[str, float], forecasts: int = 20) -> Grouped:
    return _grouped("lead_time", means, forecasts)


def _grouped(dimension: str, means: dict[str, float], forecasts: int) -> Grouped:
    groups = []
    for key, mean in means.items():
        interval = (mean - 0.02, mean + 0.02) if forecasts >= 10 else None
        score = Score(
            mean,
            0.01 if interval else None,
            interval,
            n=3 * forecasts,
            forecasts=forecasts,
            situations=forecasts,
            effective_n=forecasts,
        )
        counts = Counts(scored_forecasts=forecasts, scored_pairs=3 * forecasts)
        groups.append(GroupOfReport(key, key, too_sure(scores=Scores(score), counts=counts)))
    return Grouped(dimension, groups)
