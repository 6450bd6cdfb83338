"""Reports as tables: one line for each bin, score, point of the curve, interval, or range."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from forecasts.rules.cells import harmless
from forecasts.scores.statistics import Grouped, Report, Score

type Line = list[Any]

INTERVAL = ("ci95_low", "ci95_high")
SCORED = ("scored_forecasts", "scored_pairs", "forecasters")
INDEPENDENT = ("ci95_if_independent_low", "ci95_if_independent_high")
MEASURED = ("mean", "standard_error", *INTERVAL, "skill", *INDEPENDENT, "effective_n")
HEADERS: dict[str, tuple[str, ...]] = {
    "bins": (
        "lower", "upper", "n", "forecasts", "mean_probability", "observed_frequency", *INTERVAL, *INDEPENDENT,
        "situations", "effective_n",
    ),
    "scores": (
        *SCORED, "base_rate", *(f"base_rate_{end}" for end in INTERVAL),
        *(f"{score}_{part}" for score in ("brier", "log") for part in MEASURED),
    ),
    "curve": (
        "probability", "calibrated", "consistency_low", "consistency_high", "confidence_low", "confidence_high",
        "n",
    ),
    "coverage": ("nominal", "observed", "n", "forecasts", *INTERVAL),
    "pit": ("lower", "upper", "share", "expected", "n", "forecasts", *INTERVAL),
}  # fmt: skip
TEXTS, COUNTED = ("key", "label"), ("forecasts", "situations", *SCORED)
"""Columns of text and of whole numbers. All others hold numbers with a point, whatever their value."""
BINS = "bins"
MARK = "\ufeff"
"""By which Excel knows that a file is UTF-8."""


def table(answer: Report | Grouped, kind: str = BINS) -> str:
    """A header, then the lines of the report, or those of each group after its key and label. Unknown stays empty."""
    written = io.StringIO()
    writer = csv.writer(written)
    if isinstance(answer, Report):
        writer.writerow(HEADERS[kind])
        writer.writerows(_typed(kind, line) for line in LINES[kind](answer))
    else:
        writer.writerow(["key", "label", *HEADERS[kind]])
        for group in answer.groups:
            head = [harmless(group.key), harmless(group.label)]
            writer.writerows([*head, *_typed(kind, line)] for line in LINES[kind](group.report))
    return written.getvalue()


def _typed(kind: str, line: Line) -> Line:
    """Each cell as its column has it, in every row and every file: readers take the type from the first they see."""
    cells = zip(HEADERS[kind], line, strict=True)
    return [cell if cell is None else int(cell) if column in COUNTED else float(cell) for column, cell in cells]


def _bins(report: Report) -> Iterator[Line]:
    for one in report.bins:
        counted = (one.situations, one.effective_n)
        plain = (getattr(one, column) for column in HEADERS["bins"][:6])
        yield [*plain, *_pair(one.ci95), *_pair(one.ci95_if_independent), *counted]


def _scores(report: Report) -> Iterator[Line]:
    counts = [getattr(report.counts, column) for column in SCORED]
    interval = report.base_rate_interval.ci95 if report.base_rate_interval else None
    scores = (*_measured(report.scores.brier), *_measured(report.scores.log))
    yield [*counts, report.base_rate, *_pair(interval), *scores]


def _measured(score: Score | None) -> Line:
    if score is None:
        return [None] * len(MEASURED)
    ends = (*_pair(score.ci95_if_independent), score.effective_n)
    return [score.mean, score.standard_error, *_pair(score.ci95), score.skill, *ends]


def _curve(report: Report) -> Iterator[Line]:
    for one in report.curve or []:
        yield [one.probability, one.calibrated, *_pair(one.consistency_band), *_pair(one.confidence_band), one.n]


def _coverage(report: Report) -> Iterator[Line]:
    for one in report.quantiles.coverage if report.quantiles else []:
        yield [one.nominal, one.observed, one.n, one.forecasts, *_pair(one.ci95)]


def _pit(report: Report) -> Iterator[Line]:
    for one in report.quantiles.pit if report.quantiles else []:
        yield [one.lower, one.upper, one.share, one.expected, one.n, one.forecasts, *_pair(one.ci95)]


LINES: dict[str, Callable[[Report], Iterator[Line]]] = {
    "bins": _bins,
    "scores": _scores,
    "curve": _curve,
    "coverage": _coverage,
    "pit": _pit,
}


def _pair(interval: tuple[float, float] | None) -> tuple[float | None, float | None]:
    return interval or (None, None)
