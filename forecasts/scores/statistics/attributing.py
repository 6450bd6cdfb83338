"""What one forecaster's mean score is made of: which forecasts cost most, and which single updates gained or lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from forecasts.models import Contribution, Estimand, Estimate, Forecast
from forecasts.models.kinds import EPOCH
from forecasts.scores.scorekeeping import cases, rows_from
from forecasts.scores.statistics.contributed import narrowed
from forecasts.scores.statistics.shapes import Filters
from forecasts.scores.statistics.slices import checked, checked_speaker
from forecasts.scores.statistics.visibility import sight
from forecasts.scoring import timeline
from forecasts.scoring.rules import BRIER_UNIT, BRIER_UNITS, GRID

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from forecasts.models import User


@dataclass(frozen=True, slots=True)
class Cost:
    """One forecast: its Brier score, and how much higher it makes the mean than the others by themselves would be."""

    forecast: int
    title: str
    brier: float
    cost: float


@dataclass(frozen=True, slots=True)
class Gain:
    """One update: what it said, what was said before it, and how much lower the Brier score of the new word is."""

    forecast: int
    title: str
    made_at: datetime
    before: float
    probability: float
    gain: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Of the last estimates on yes-or-no forecasts: the mean, what cost most first; updates, what lost most first."""

    forecaster: int
    mean: float | None
    forecasts: list[Cost]
    updates: list[Gain]


def attributed(
    user: "User | AnonymousUser", forecaster: int, at: datetime, filters: Filters | None = None
) -> Attribution:
    """What the mean Brier score of this forecaster is made of, within what this person may see. Raises InvalidValue."""
    asked = checked(sight(user).scenarios, replace(filters or Filters(), analyst=None), Estimand.LAST)
    checked_speaker("analyst", forecaster, asked.scenarios)
    binary = Contribution.objects.filter(narrowed(asked), estimand=Estimand.LAST, outcome__isnull=False)
    scores = {
        row.forecast: int(BRIER_UNITS[int(bool(row.outcome)), row.probabilities[0]]) / BRIER_UNIT
        for row in rows_from(binary.filter(forecaster=forecaster))
    }
    titles = dict(Forecast.objects.filter(pk__in=scores).values_list("pk", "title"))
    costs = sorted(_costs(scores, titles), key=lambda one: (-one.cost, one.forecast))
    gains = sorted(_gains(user, forecaster, titles, at), key=lambda one: (one.gain, one.made_at))
    return Attribution(forecaster, sum(scores.values()) / len(scores) if scores else None, costs, gains)


def _costs(scores: dict[int, float], titles: dict[int, str]) -> Iterator[Cost]:
    """Costs add up to nothing over two forecasts or more: what one adds, the others lack."""
    total, n = sum(scores.values()), len(scores)
    for pk, score in scores.items():
        rest = (total - score) / (n - 1) if n > 1 else score
        yield Cost(pk, titles[pk], score, total / n - rest)


def _gains(user: "User | AnonymousUser", forecaster: int, titles: dict[int, str], at: datetime) -> Iterator[Gain]:
    """Every update before the cut-off against keeping the one before; only of estimates that this person may see."""
    seen = Estimate.objects.visible_to(user).filter(forecaster=forecaster, forecast__in=titles)
    visible = set(seen.values_list("pk", flat=True))
    for case in cases(titles, at):
        acts = timeline.read(case.answers.get(forecaster, ()), case.window).acts
        updates = [act for act in acts if act.act == timeline.Act.UPDATE and act.id in visible]
        units = BRIER_UNITS[int(bool(case.truth))]
        for before, after in pairwise(updates):
            if isinstance(before.value, int) and isinstance(after.value, int):
                gain = int(units[before.value] - units[after.value]) / BRIER_UNIT
                made_at = EPOCH + timedelta(microseconds=after.made_at)
                yield Gain(case.pk, titles[case.pk], made_at, before.value / GRID, after.value / GRID, gain)
