"""Whether the consensus has moved since somebody looked at it."""

from collections.abc import Sequence
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
        self._known: dict[datetime, Units | None] = {}
        self._rewritten = [at for at, is_material in facts.amended_at if is_material]

    def moved_at(self, since: datetime) -> datetime | None:
        """When it last moved, if it stands further from where it stood at `since` than the scenario lets pass."""
        threshold = self._facts.forecast.scenario.sooner_when_moved
        said = self._facts.said
        if not threshold or not said or said[-1].at <= since or self._facts.forecast.asks.has_quantiles:
            return None
        now = said[-1].at
        before, after = self.at(since), self.at(now)
        if before is None or after is None or len(before) != len(after):
            return None
        far = max(abs(one - other) for one, other in zip(before, after, strict=True))
        return now if far >= threshold else None

    def at(self, moment: datetime) -> Units | None:
        if moment not in self._known:
            self._known[moment] = _aggregate(self._facts.forecast, *self._in_force(moment))
        return self._known[moment]

    def _in_force(self, moment: datetime) -> tuple[list[Said], datetime]:
        """What is in force, and when that last changed."""
        newest: dict[int, Said] = {}
        for one in self._facts.said:
            if one.at > moment:
                break
            if one.event != Estimate.Event.DECLINE:
                newest[one.forecaster] = one
        ended = {who: self._ended_at(one, moment) for who, one in newest.items()}
        held = [one for who, one in newest.items() if ended[who] is None and one.value is not None]
        return held, max((ended[who] or one.at for who, one in newest.items()), default=moment)

    def _ended_at(self, said: Said, moment: datetime) -> datetime | None:
        """When a material amendment, or leaving, ended it."""
        ends = [*self._rewritten, *self._facts.left_at.get(said.person or 0, ())]
        return min((at for at in ends if said.at < at <= moment), default=None)


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
