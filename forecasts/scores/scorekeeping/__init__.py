"""Verdicts to contributions to tallies, and back, to the integer.

* settle(at) -> Settled: settles whatever is due
* mark_due(forecasts, at): has forecasts settled again after a late import or an amendment
* rebuild(at) -> Settled: recomputes everything from the facts
* verify(at) -> list[Difference]: compares the tallies to the facts
"""

from forecasts.scores.scorekeeping.batches import Case, cases
from forecasts.scores.scorekeeping.contributing import consensus_events
from forecasts.scores.scorekeeping.contribution_rows import Row
from forecasts.scores.scorekeeping.contribution_store import rows_from
from forecasts.scores.scorekeeping.due import mark_due
from forecasts.scores.scorekeeping.rebuilding import Difference, rebuild, scorable, verify
from forecasts.scores.scorekeeping.settling import RULES_VERSION, Settled
from forecasts.scores.scorekeeping.sweeping import settle

__all__ = [
    "RULES_VERSION",
    "Case",
    "Difference",
    "Row",
    "Settled",
    "cases",
    "consensus_events",
    "mark_due",
    "rebuild",
    "rows_from",
    "scorable",
    "settle",
    "verify",
]
