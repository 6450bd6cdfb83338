"""Tallies to calibration reports.

* sight(user) -> Sight: what this person sees, and as of when; spares the next two looking again
* report(user, filters, estimand="last", seen=None) -> Report
* grouped(user, group_by, filters, estimand="last", seen=None) -> Grouped
* keep_wanted(at) -> int: computes bands and counts of what is asked for, once per snapshot, for every process
* sentence(report) -> str
* scores(forecast, at) -> list[ForecasterScores]: of one resolved forecast
* consensus(forecast, at) -> list[ConsensusPoint]: of one forecast over time
* compare(user, first, second, filters, estimand="last") -> Comparison
"""

from forecasts.statistics.comparing import Comparison, compare
from forecasts.statistics.keeping import keep_wanted
from forecasts.statistics.reporting import grouped, report
from forecasts.statistics.seeing import Sight, sight
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
    "Sight",
    "compare",
    "consensus",
    "grouped",
    "keep_wanted",
    "report",
    "scores",
    "sentence",
    "sight",
]
