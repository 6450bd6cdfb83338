"""Where a later vintage counts otherwise than a forecast was resolved. Nothing is rewritten by itself."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from forecasts.answers.proposing import finding_of
from forecasts.answers.resolving.verdict_acts import held_by
from forecasts.models import Count, Forecast, User, Verdict
from forecasts.rules.errors import InvalidValue, NotNow


@dataclass(frozen=True)
class Flip:
    """A resolution, and the newest complete count, which says something else."""

    forecast: Forecast
    verdict: Verdict
    count: Count


def flips(at: datetime, among: QuerySet[Forecast] | None = None) -> list[Flip]:
    """Resolved forecasts, or these, whose newest complete count came after the resolution and contradicts it."""
    found = []
    counts = after_resolution(at, among)
    related = counts.select_related("vintage", "spec__forecast__scenario").prefetch_related("spec__forecast__options")
    newest = list(related.order_by("spec__forecast_id"))
    effective = Verdict.objects.effective(at).filter(forecast__in=[count.spec.forecast_id for count in newest])
    held = {verdict.forecast_id: verdict for verdict in effective.select_related("option").order_by("round")}
    for count in newest:
        about = count.spec.forecast
        verdict, said = held.get(about.pk), finding_of(about, count)
        if verdict is not None and said is not None and not said.agrees_with(verdict):
            found.append(Flip(about, verdict, count))
    return found


@transaction.atomic
def keep_resolution(forecast: Forecast, person: User, reason: str, *, at: datetime) -> Verdict:
    """Say why the resolution stands though the source now counts otherwise. Raises NotAllowed, NotNow, InvalidValue."""
    held = held_by(person, forecast)
    flip = next(iter(flips(at, Forecast.objects.filter(pk=held.pk))), None)
    if flip is None:
        raise NotNow("No later version counts otherwise.")
    if not reason.strip():
        raise InvalidValue("note", "Say why the resolution stands.")
    return Verdict.objects.create(
        forecast=held,
        round=0,
        person=person,
        act=Verdict.Act.REFUSE,
        recorded_at=at,
        note=reason.strip(),
        count=flip.count,
    )


def after_resolution(at: datetime, among: QuerySet[Forecast] | None = None) -> QuerySet[Count]:
    """Of each forecast the newest complete count, where its vintage came after the resolution and nobody refused it."""
    complete = Count.objects.filter(is_complete=True, vintage__retrieved_at__lte=at)
    if among is not None:
        complete = complete.filter(spec__forecast__in=among)
    newest = complete.order_by("spec__forecast_id", "-vintage__retrieved_at", "-vintage_id", "-spec__number").distinct(
        "spec__forecast_id"
    )
    resolved = Verdict.objects.effective(at).filter(
        forecast=OuterRef("spec__forecast"), recorded_at__lt=OuterRef("vintage__retrieved_at")
    )
    later = Verdict.objects.effective(at).filter(
        forecast=OuterRef("spec__forecast"), recorded_at__gte=OuterRef("vintage__retrieved_at")
    )
    refused = Verdict.objects.filter(count=OuterRef("pk"), act=Verdict.Act.REFUSE)
    found = Count.objects.filter(pk__in=newest.values("pk")).filter(Exists(resolved.order_by()))
    return found.exclude(Exists(later.order_by())).exclude(Exists(refused))
