"""Tallies to calibration reports.

report(user, filters, estimand="last") -> Report
grouped(user, group_by, filters, estimand="last") -> Grouped
keep_bands(user, filters, estimand="last")            computes the bands of a large slice, once per snapshot
sentence(report) -> str
"""

from forecasts.statistics.reporting import grouped, keep_bands, report
from forecasts.statistics.sentences import sentence
from forecasts.statistics.shapes import Counts, Filters, Grouped, GroupOfReport, Report, Score
from forecasts.statistics.slices import GROUP_BY

__all__ = [
    "GROUP_BY",
    "Counts",
    "Filters",
    "GroupOfReport",
    "Grouped",
    "Report",
    "Score",
    "grouped",
    "keep_bands",
    "report",
    "sentence",
]
