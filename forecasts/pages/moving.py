"""How far the consensus of each forecast went in the last week, as far as a reader may know it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from forecasts.models import Departure, Estimate, Forecast, User
from forecasts.models.forecasts import ForecastQuerySet
from forecasts.pages import board
from forecasts.presenting import consensus
from forecasts.presenting.kinds import answers_to
from forecasts.rules.values import UNITS

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Moved:
    """How far, from 0 to 1 of what is possible, and what the consensus was before, in words."""

    size: float
    was: str


def moved(forecasts: ForecastQuerySet, user: User, at: datetime) -> dict[int, Moved]:
    """Those whose consensus is another than a week ago, the farthest first.

    Where others' estimates are hidden until one has answered, what one has not answered is not among them: neither
    that it moved nor when is told.
    """
    since = at - WEEK
    said = Estimate.objects.filter(forecast=OuterRef("pk"), made_at__gt=since, made_at__lte=at)
    left = Departure.objects.filter(Q(scenario=OuterRef("scenario")) | Q(scenario=None), made_at__gt=since)
    stirred = forecasts.filter(Exists(said.order_by()) | Exists(left.order_by()), opens_at__lt=since)
    found = list(stirred.select_related("scenario").prefetch_related("options").order_by("pk"))
    answered = board.answered(found, user)
    shown = [forecast for forecast in found if not board.is_hidden(forecast, user, answered)]
    now, before = consensus.in_force(shown, user, at), consensus.in_force(shown, user, since)
    went = (
        (forecast, consensus.aggregate(forecast, before[forecast.pk]), consensus.aggregate(forecast, now[forecast.pk]))
        for forecast in shown
    )
    sized = {
        forecast.pk: Moved(_size(forecast, was, value), answers_to(forecast).brief(was))
        for forecast, was, value in went
        if was is not None and value is not None and was != value
    }
    return dict(_farthest_first(sized.items()))


def _farthest_first(moves: Iterable[tuple[int, Moved]]) -> list[tuple[int, Moved]]:
    return sorted(moves, key=lambda one: (-one[1].size, one[0]))


def _size(forecast: Forecast, was: Any, value: Any) -> float:
    """Of probabilities the largest change of one; of a quantity that of its median, in what it ranged over before."""
    shown = answers_to(forecast)
    if shown.has_intervals:
        ranged = abs(was[-1] - was[0]) or abs(value[-1] - value[0]) or 1
        return min(abs(shown.middle(value) - shown.middle(was)) / ranged, 1.0)
    parts = zip(was, value, strict=False) if forecast.asks.has_options else [(was, value)]
    return float(max(abs(after - before) for before, after in parts)) / UNITS
