"""Counts what forecasts ask of a vintage: figures, base rates and the references' estimates, batch by batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate, batched
from zoneinfo import ZoneInfo

import duckdb
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from forecasts.evidence.counting import Counted, count, days, first_reached
from forecasts.evidence.past import FEWEST, Past, evaluate, past_windows, swayed
from forecasts.evidence.references import Known
from forecasts.evidence.referring import estimates_of
from forecasts.evidence.spec import Spec
from forecasts.evidence.specs import read
from forecasts.evidence.taking import opened
from forecasts.models import BaseRate, Count, Estimate, Forecast, Vintage
from forecasts.models import Spec as KeptSpec

BATCH = 250


@dataclass
class Recounted:
    counts: int = 0
    base_rates: int = 0
    estimates: int = 0


def recount(at: datetime) -> Recounted:
    """Count on the newest vintage of every feed what is still to be counted there. Running it twice changes nothing."""
    done = Recounted()
    for vintage in _newest(at):
        recount_on(vintage, done, at)
    return done


def waits(at: datetime) -> bool:
    """Whether anything is still to be counted on the newest vintages."""
    return any(read(kept) is not None for vintage in _newest(at) for kept in _waiting(vintage, at))


def _newest(at: datetime) -> list[Vintage]:
    """The newest vintage of every feed that a forecast counts by."""
    asked = KeptSpec.objects.standing(at).order_by().values("feed")
    known = Vintage.objects.filter(retrieved_at__lte=at, feed__in=asked)
    return list(known.order_by("feed", "-retrieved_at", "-pk").distinct("feed"))


def recount_on(vintage: Vintage, done: Recounted, at: datetime) -> None:
    """Count on this vintage, in transactions of a batch each."""
    waiting = list(_waiting(vintage, at).select_related("forecast").order_by("pk"))
    if not waiting:
        return
    with opened(vintage) as database:
        for batch in batched(waiting, BATCH):
            _count_batch(database, vintage, batch, done, at)


def _waiting(vintage: Vintage, at: datetime) -> QuerySet[KeptSpec]:
    """Specs without a base rate in this vintage, and those of open forecasts on which references could have spoken."""
    rated = BaseRate.objects.filter(spec=OuterRef("pk"), vintage=vintage)
    spoke = Estimate.references.filter(forecast=OuterRef("forecast"), made_at__lte=at)
    # Of a number or a day nothing is said where past windows are too few; one of those stands at this place.
    enough = Exists(rated.filter(**{f"windows__{FEWEST - 1}__isnull": False}))
    can_speak = Q(forecast__kind__in=(Forecast.Kind.BINARY, Forecast.Kind.MULTIPLE_CHOICE)) | enough
    unsaid = Q(forecast__in=Forecast.objects.open(at)) & can_speak & ~Exists(spoke)
    return KeptSpec.objects.standing(at).filter(~Exists(rated) | unsaid, feed=vintage.feed)


def _count_batch(
    database: duckdb.DuckDBPyConnection,
    vintage: Vintage,
    batch: Sequence[KeptSpec],
    done: Recounted,
    at: datetime,
) -> None:
    covered = (vintage.covers_from, vintage.covers_to)
    readable = [(one, spec) for one in batch if (spec := read(one)) is not None]
    kept, specs = [one for one, _ in readable], [spec for _, spec in readable]
    begun = [i for i, spec in enumerate(specs) if covered[0] <= spec.window.first <= covered[1]]
    counted = dict(zip(begun, count(database, [specs[i] for i in begun], covered), strict=True))
    by_day = dict(zip(begun, days(database, [specs[i] for i in begun]), strict=True))
    windows = [
        past_windows(spec.window, _opening(one.forecast, at), covered) for one, spec in zip(kept, specs, strict=True)
    ]
    offsets = [max(0, (min(covered[1], spec.window.last) - spec.window.first).days + 1) for spec in specs]
    past = evaluate(database, specs, windows, offsets)
    drafts = [i for i, one in enumerate(kept) if one.forecast.published_at is None]
    hanging = swayed(database, [specs[i] for i in drafts], [past[i] for i in drafts])
    sways = dict(zip(drafts, hanging, strict=True))
    with transaction.atomic():
        done.counts += _keep_counts(vintage, [(kept[i], counted[i], by_day[i], past[i]) for i in begun], at)
        done.base_rates += _keep_base_rates(
            vintage, [(one, past[i], sways.get(i, {})) for i, one in enumerate(kept)], at
        )
        done.estimates += estimates_of(
            [
                (one.forecast, Known(spec, held, *_so_far(spec, counted.get(i), by_day.get(i, {}))))
                for i, (one, spec, held) in enumerate(zip(kept, specs, past, strict=True))
            ],
            at,
        )


def _opening(forecast: Forecast, at: datetime) -> date:
    """The day on which it opens, where it is asked; a draft opens today."""
    moment = min(forecast.opens_at or at, at) if forecast.published_at is None else forecast.opens_at or at
    return moment.astimezone(ZoneInfo(forecast.time_zone)).date()


def _so_far(spec: Spec, counted: Counted | None, by_day: dict[date, int]) -> tuple[int, date | None]:
    if counted is None:
        return 0, None
    return counted.sums[spec.measure or "events"], first_reached(spec, by_day)


def _keep_counts(
    vintage: Vintage, found: Iterable[tuple[KeptSpec, Counted, dict[date, int], Sequence[Past]]], at: datetime
) -> int:
    rows = [_count_row(vintage, *one, at) for one in found]
    return len(Count.objects.bulk_create(rows, ignore_conflicts=True))


def _count_row(
    vintage: Vintage, kept: KeptSpec, counted: Counted, by_day: dict[date, int], past: Sequence[Past], at: datetime
) -> Count:
    ordered = sorted(by_day)
    return Count(
        spec=kept,
        vintage=vintage,
        made_at=at,
        figure=counted.sums[counted.spec.measure or "events"],
        sums=counted.sums,
        events=counted.events,
        outcome=counted.answered.answer,
        reason=counted.answered.reason,
        is_complete=counted.complete,
        neighbours=[
            {"rule": one.name, "figure": one.figure, "events": one.events, "outcome": one.answered.answer}
            for one in counted.neighbours
        ],
        agreeing=counted.agreeing,
        curve=[
            [day.isoformat(), summed]
            for day, summed in zip(ordered, accumulate(by_day[day] for day in ordered), strict=True)
        ],
        remainders=[] if counted.complete else [one.figure - one.so_far for one in past],
        rows_sha256=counted.rows_sha256,
    )


def _keep_base_rates(
    vintage: Vintage, found: Iterable[tuple[KeptSpec, Sequence[Past], dict[str, int]]], at: datetime
) -> int:
    rows = [
        BaseRate(
            spec=kept,
            vintage=vintage,
            made_at=at,
            windows=[
                [one.window.first.isoformat(), one.window.last.isoformat(), one.figure, one.answer] for one in past
            ],
            swayed=hanging,
        )
        for kept, past, hanging in found
    ]
    return len(BaseRate.objects.bulk_create(rows, ignore_conflicts=True))
