"""Tallies to calibration reports.

* report(user, filters, estimand="last") -> Report
* grouped(user, group_by, filters, estimand="last") -> Grouped
* keep_wanted(at) -> int: computes the bands of large slices, once per snapshot, for every process
* sentence(report) -> str
* scores(forecast, at) -> list[ForecasterScores]: of one resolved forecast
* consensus(forecast, at) -> list[ConsensusPoint]: of one forecast over time
* compare(user, first, second, filters, estimand="last") -> Comparison
"""

from forecasts.statistics.comparing import Comparison, compare
from forecasts.statistics.keeping import keep_wanted
from forecasts.statistics.reporting import grouped, report
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
    "keep_wanted",
    "report",
    "scores",
    "sentence",
]
