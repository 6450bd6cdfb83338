"""Whether what was said has ceased to fit what came: an alarm that one may look at every day."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from forecasts.models import Forecaster, Scenario
from forecasts.scores.scorekeeping.contribution_rows import Row
from forecasts.scores.statistics.contributed import contributed
from forecasts.scores.statistics.shapes import Drift, Filters
from forecasts.scores.statistics.slices import Slice
from forecasts.scores.statistics.visibility import sight
from forecasts.scoring.arrays import Booleans, Floats
from forecasts.scoring.monitoring import e_process, likelihood_ratios, together
from forecasts.scoring.rules import GRID

if TYPE_CHECKING:
    from forecasts.models import User


def own_alarm(user: "User") -> Drift | None:
    """What alarms in the record of this person, over all that they may see."""
    forecaster = Forecaster.objects.filter(user=user).first()
    if forecaster is None:
        return None
    return _alarm(Slice(tuple(sight(user).scenarios.values()), Filters(analyst=forecaster.pk), "last"))


def alarm_of(scenario: Scenario) -> Drift | None:
    """What alarms in the record of a scenario's analysts together."""
    return _alarm(Slice((scenario.pk,), Filters(scenario=scenario.slug), "last"))


def _alarm(asked: Slice) -> Drift | None:
    found = drift(list(contributed(asked, [asked.estimand])))
    return found if found is not None and found.is_alarming else None


def drift(given: Sequence[Row]) -> Drift | None:
    """What the e-process of these contributions says, by order of maturity; None without yes-or-no forecasts.

    Estimates of one situation are one step: what befalls one of its forecasts befalls the others.
    """
    rows = sorted((row for row in given if row.outcome is not None), key=lambda row: (row.matured_at, row.forecast))
    if not rows:
        return None
    steps = {name: place for place, name in enumerate(dict.fromkeys(row.situation for row in rows))}
    size = [len(row.probabilities) for row in rows]
    step = np.repeat([steps[row.situation] for row in rows], size)
    said = np.array([p / GRID for row in rows for p in row.probabilities])
    came = np.repeat([float(bool(row.outcome)) for row in rows], size)
    weight = np.array([w for row in rows for w in row.weights], dtype=np.float64)
    found = e_process(together(likelihood_ratios(said, came), step, weight))
    alarmed = None if found.alarmed_at is None else _day(rows, steps, found.alarmed_at)
    called, happened, estimates = _most(said, came, weight, step >= found.since)
    return Drift(float(found.value[-1]), alarmed, _day(rows, steps, found.since), called, happened, estimates)


def _day(rows: Sequence[Row], steps: dict[str, int], step: int) -> date:
    """When the last forecast of a step matured."""
    return max(row.matured_at for row in rows if steps[row.situation] == step).date()


def _most(said: Floats, came: Floats, weight: Floats, within: Booleans) -> tuple[float, float, int]:
    """Mean word and frequency of the tenth that holds most estimates, and how many."""
    place = np.minimum((said * 10 + 1e-9).astype(int), 9)
    held = np.bincount(place[within], weight[within], minlength=10)
    chosen = within & (place == int(held.argmax()))
    share = weight[chosen] / weight[chosen].sum()
    return float(share @ said[chosen]), float(share @ came[chosen]), int(chosen.sum())
