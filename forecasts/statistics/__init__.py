"""Tallies to calibration reports.

report(user, filters, estimand="last") -> Report
grouped(user, filters, group_by, estimand="last") -> Grouped
sentence(report) -> str
scores(forecast, at) -> list[ForecasterScores]
consensus(forecast, at) -> list[ConsensusPoint]
compare(user, first, second, filters, estimand="last") -> Comparison
"""

from forecasts.statistics.shapes import Counts, Filters, Grouped, Report, Score

__all__ = ["Counts", "Filters", "Grouped", "Report", "Score"]
