"""Tallies to calibration reports.

* report(user, filters, estimand="last") -> Report
* grouped(user, group_by, filters, estimand="last") -> Grouped
* keep_bands(user, filters, estimand="last"): computes the bands of a large slice, once per snapshot
* sentence(report) -> str
* scores(forecast, at) -> list[ForecasterScores]: of one resolved forecast
* consensus(forecast, at) -> list[ConsensusPoint]: of one forecast over time
* compare(user, first, second, filters, estimand="last") -> Comparison
"""

from forecasts.statistics.comparing import Comparison, compare
from forecasts.statistics.reporting import grouped, keep_bands, report
from forecasts.statistics.sentences import sentence
from forecasts.statistics.shapes import Counts, Filters, Grouped, GroupOfReport, Report, Score
from forecasts.statistics.single import ConsensusPoint, ForecasterScores, consensus, scores
from forecasts.statistics.slices import GROUP_BY

__all__ = [
    "GROUP_BY",
    "Comparison",
    "ConsensusPoint",
    "Counts",
    "Filters",
    "ForecasterScores",
    "GroupOfReport",
    "Grouped",
    "Report",
    "Score",
    "compare",
    "consensus",
    "grouped",
    "keep_bands",
    "report",
    "scores",
    "sentence",
]
