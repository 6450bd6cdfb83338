"""Tallies to calibration reports.

* sight(user) -> Sight: what this person sees, and as of when; spares the next two looking again
* report(user, filters, estimand="last", seen=None) -> Report
* own(user, forecaster) -> Report: of whoever asks, whatever they may still see
* grouped(user, group_by, filters, estimand="last", seen=None) -> Grouped
* keep_wanted(at) -> int: computes bands and counts of what is asked for, once per snapshot, for every process
* sentence(report) -> str
* scores(forecast, at) -> list[ForecasterScores]: of one resolved forecast
* consensus(forecast, at) -> list[ConsensusPoint]: of one forecast over time
* attributed(user, forecaster, at, filters) -> Attribution: what a mean score is made of
* own_alarm(user), alarm_of(scenario) -> Drift | None: whether what is said has ceased to fit what comes
* compare(user, first, second, filters, estimand="last") -> Comparison
"""

from forecasts.scores.statistics.attributing import Attribution, Cost, Gain, attributed
from forecasts.scores.statistics.bands_cache import keep_wanted
from forecasts.scores.statistics.comparing import Comparison, compare
from forecasts.scores.statistics.drifting import alarm_of, own_alarm
from forecasts.scores.statistics.reporting import grouped, own, report
from forecasts.scores.statistics.sentences import sentence
from forecasts.scores.statistics.shapes import Counts, Filters, Grouped, GroupOfReport, Report, Score
from forecasts.scores.statistics.single import ConsensusPoint, ForecasterScores, consensus, scores
from forecasts.scores.statistics.slices import GROUP_BY
from forecasts.scores.statistics.visibility import Sight, sight

__all__ = [
    "GROUP_BY",
    "Attribution",
    "Comparison",
    "ConsensusPoint",
    "Cost",
    "Counts",
    "Filters",
    "ForecasterScores",
    "Gain",
    "GroupOfReport",
    "Grouped",
    "Report",
    "Score",
    "Sight",
    "alarm_of",
    "attributed",
    "compare",
    "consensus",
    "grouped",
    "keep_wanted",
    "own",
    "own_alarm",
    "report",
    "scores",
    "sentence",
    "sight",
]
