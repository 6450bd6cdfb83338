"""Which estimates count in the consensus of many forecasts at one instant."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Least

from forecasts.models import Amendment, Departure, Estimate, Forecaster, Verdict
from forecasts.models.sql import rows
from forecasts.scores.scorekeeping import sql
from forecasts.scoring import consensus
from forecasts.scoring.timeline import microseconds


@dataclass(frozen=True, slots=True)
class Standing:
    """Estimates in force on one forecast, the newest first, and when what is in force last changed."""

    estimates: tuple[Estimate, ...] = ()
    changed_at: datetime | None = None


def standings(forecasts: Iterable[int], at: datetime, among: QuerySet[Estimate]) -> dict[int, Standing]:
    """What counts at each forecast's cut-off, or at `at` before that, of these estimates; each with its forecaster."""
    chosen = list(forecasts)
    found: dict[int, list[Any]] = defaultdict(list)
    for act in _newest(chosen, at, among):
        found[act.forecast_id].append(act)
    return {pk: _standing(found[pk]) for pk in chosen}


def _standing(acts: list[Any]) -> Standing:
    changed_at = max((act.ended_at or act.made_at for act in acts), default=None)
    held = [act for act in acts if act.ended_at is None and act.event in Estimate.ANSWERS]
    return Standing(tuple(sorted(held, key=lambda act: (act.made_at, act.pk), reverse=True)), changed_at)


def _newest(chosen: list[int], at: datetime, among: QuerySet[Estimate]) -> QuerySet[Any]:
    """Each analyst's last act before the cut-off that gives, repeats or withdraws a value, and what ended it."""
    known = Verdict.objects.complete(at).filter(forecast=OuterRef("forecast")).order_by("-round").values("known_at")
    material = Amendment.objects.filter(
        forecast=OuterRef("forecast"), kind=Amendment.Kind.MATERIAL, made_at__gt=OuterRef("made_at")
    ).order_by("made_at")
    left = Departure.objects.of_estimate()
    before = {"made_at__lt": OuterRef("cutoff")}
    ended = (
        Subquery(material.filter(**before).values("made_at")[:1]),
        Subquery(left.filter(**before).values("made_at")[:1]),
    )
    return (
        among.filter(
            Q(correction=None) | Q(correction__made_at__gt=at),
            forecast__in=chosen,
            forecaster__kind=Forecaster.Kind.ANALYST,
        )
        .exclude(event=Estimate.Event.DECLINE)
        .alias(cutoff=Least("forecast__closes_at", Subquery(known[:1]), Value(at, DateTimeField())))
        .annotate(ended_at=Least(*ended))
        .filter(made_at__lt=F("cutoff"))
        .order_by("forecast_id", "forecaster_id", "-made_at", "-pk")
        .distinct("forecast_id", "forecaster_id")
        .select_related("forecaster")
    )


def departures(forecasts: Iterable[int], at: datetime) -> dict[tuple[int, int], tuple[int, ...]]:
    """By (forecast, forecaster), when those who answered left by `at`, in microseconds; only of those who did."""
    left = rows(sql.LEFT, {"forecasts": list(forecasts), "at": at})
    return {(one["forecast"], one["forecaster"]): tuple(one["moments"]) for one in left}


def pooled[V](
    held: Iterable[tuple[Any, datetime]],
    combine: consensus.Combine[V],
    opens_at: datetime | None,
    changed_at: datetime | None,
) -> V | None:
    """The consensus of values, each with when it was last answered; None below two, and before there is an opening."""
    answered = [(value, microseconds(at)) for value, at in held]
    if opens_at is None or changed_at is None:
        return None
    return consensus.at_once(answered, combine, microseconds(opens_at), microseconds(changed_at))
