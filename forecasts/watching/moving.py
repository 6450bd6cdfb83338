"""Whether the consensus has moved since somebody looked at it."""

from collections.abc import Collection, Sequence
from datetime import datetime

import numpy as np

from forecasts.models import Estimate, Forecast
from forecasts.scoring import consensus
from forecasts.watching.grounds import Facts, Said

type Units = tuple[int, ...]


class Consensus:
    """The consensus of one forecast at the instants that one asks for; only of probabilities."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[datetime, Units | None] = {}
        self._rewritten = [at for at, is_material in facts.amended_at if is_material]

    def moved_at(self, since: datetime) -> datetime | None:
        """When it last moved, if it stands further from where it stood at `since` than the scenario lets pass."""
        threshold = self._facts.forecast.scenario.sooner_when_moved
        said = self._facts.said
        if not threshold or not said or said[-1].at <= since or self._facts.forecast.kind not in PROBABILITIES:
            return None
        now = said[-1].at
        before, after = self.at(since), self.at(now)
        if before is None or after is None or len(before) != len(after):
            return None
        far = max(abs(one - other) for one, other in zip(before, after, strict=True))
        return now if far >= threshold else None

    def at(self, moment: datetime) -> Units | None:
        if moment not in self._known:
            self._known[moment] = _aggregate(self._facts.forecast, self._in_force(moment))
        return self._known[moment]

    def _in_force(self, moment: datetime) -> list[Units]:
        """The values in force, the newest first."""
        ended = max((at for at in self._rewritten if at <= moment), default=None)
        newest: dict[int, Said] = {}
        for one in self._facts.said:
            if one.at > moment:
                break
            if one.event != Estimate.Event.DECLINE:
                newest.pop(one.forecaster, None)
                newest[one.forecaster] = one
        held = [one for one in newest.values() if ended is None or one.at >= ended]
        return [one.value for one in reversed(held) if one.value is not None]


PROBABILITIES: Collection[str] = (Forecast.Kind.BINARY, Forecast.Kind.MULTIPLE_CHOICE)


def _aggregate(forecast: Forecast, newest_first: Sequence[Units]) -> Units | None:
    if forecast.kind == Forecast.Kind.BINARY:
        one = consensus.aggregate(np.array([value[0] for value in newest_first], dtype=int))
        return None if one is None else (one,)
    rows = consensus.widened(newest_first)
    return consensus.aggregate_options(np.array(rows, dtype=int)) if rows else None
