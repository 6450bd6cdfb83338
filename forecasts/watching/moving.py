"""Whether the consensus has moved since somebody looked at it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from forecasts.models import Estimate, Forecast
from forecasts.scoring import consensus
from forecasts.scoring.timeline import microseconds
from forecasts.watching.grounds import Facts, Said

type Units = tuple[int, ...]


class Consensus:
    """The consensus of one forecast at the instants that one asks for; only of probabilities."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[datetime, datetime | None] = {}
        self._rewritten = [at for at, is_material in facts.amended_at if is_material]

    def moved_at(self, since: datetime) -> datetime | None:
        """When somebody last changed it, if that took it further since `since` than the scenario lets pass.

        Only values count that others changed: who says *no change* moves nothing, nor does time.
        """
        if since not in self._known:
            self._known[since] = self._changed_at(since)
        return self._known[since]

    def _changed_at(self, since: datetime) -> datetime | None:
        threshold = self._facts.forecast.scenario.sooner_when_moved
        said = self._facts.said
        if not threshold or not said or said[-1].at <= since or self._facts.forecast.asks.has_quantiles:
            return None
        now = said[-1].at
        before, after = self._in_force(since), self._in_force(now)
        changed = [one.at for who, one in after.items() if who not in before or before[who].value != one.value]
        if not changed and after.keys() >= before.keys():
            return None
        far = _distance(self._facts.forecast, before, after, now)
        return max(changed, default=now) if far >= threshold else None

    def _in_force(self, moment: datetime) -> dict[int, Said]:
        """What is in force, by forecaster."""
        newest: dict[int, Said] = {}
        for one in self._facts.said:
            if one.at > moment:
                break
            if one.event != Estimate.Event.DECLINE:
                newest[one.forecaster] = one
        return {who: one for who, one in newest.items() if one.value is not None and not self._is_over(one, moment)}

    def _is_over(self, said: Said, moment: datetime) -> bool:
        """Whether a material amendment, or leaving, ended it."""
        ends = [*self._rewritten, *self._facts.left_at.get(said.person or 0, ())]
        return any(said.at < at <= moment for at in ends)


def _distance(forecast: Forecast, before: Mapping[int, Said], after: Mapping[int, Said], now: datetime) -> int:
    """How far apart the consensus of two sets of answers is, both weighed as of `now`: what differs are the values."""
    then = [one._replace(at=after.get(who, one).at) for who, one in before.items()]
    one, other = _aggregate(forecast, then, now), _aggregate(forecast, list(after.values()), now)
    if one is None or other is None or len(one) != len(other):
        return 0
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _aggregate(forecast: Forecast, held: Sequence[Said], changed_at: datetime) -> Units | None:
    answered = [microseconds(one.at) for one in held]
    opens_at = microseconds(forecast.opens_at) if forecast.opens_at else 0
    changed = microseconds(changed_at)
    values = [one.value or () for one in held]
    if forecast.asks.is_yes_or_no:
        said = zip([value[0] for value in values], answered, strict=True)
        one = consensus.at_once(said, consensus.aggregate, opens_at, changed)
        return None if one is None else (one,)
    rows = zip(consensus.widened(values), answered, strict=True)
    return consensus.at_once(rows, consensus.aggregate_options, opens_at, changed)
