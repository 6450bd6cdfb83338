"""What one forecaster's answers on one forecast add to the statistics, before it is stored."""

from datetime import date, datetime
from typing import NamedTuple

from forecasts.models import Estimand

ESTIMANDS = tuple(Estimand.values)
"""Estimands by their place; rows hold the place."""

ALONE = "forecast:"
"""How the name of a situation begins that is one forecast."""

type ScoreSums = dict[str, tuple[int, int]]
"""Score name to the weight of the estimates and the weighted sum of their scores, in whole units of that score."""


class Row(NamedTuple):
    """The columns of a Contribution; probabilities in 1/10,000, rising, each with its weight and lead time."""

    forecast: int
    forecaster: int
    estimand: int
    probabilities: tuple[int, ...]
    weights: tuple[int, ...]
    lead_times: tuple[int, ...]
    outcome: bool | None
    score_sums: ScoreSums
    withdrawn: bool
    scenario: int
    category: str
    source: int | None
    month: date
    matured_at: datetime
    kind: str
    method: str
    """Of the forecaster: the end of a source's band, or how a consensus is formed."""
    situation: str

    @property
    def is_alone(self) -> bool:
        """Whether its forecast is a situation by itself."""
        return self.situation.startswith(ALONE)

    @property
    def is_scored(self) -> bool:
        """Whether it adds a score; one that does not says only that somebody answered."""
        return self.outcome is not None or bool(self.score_sums)
