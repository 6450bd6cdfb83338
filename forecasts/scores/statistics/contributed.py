"""Which contributions a slice is made of."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from django.db.models import Q, QuerySet

from forecasts.models import Contribution, Forecaster
from forecasts.scores.scorekeeping import Row, rows_from
from forecasts.scores.statistics.slices import Slice


def contributed(slice_: Slice, estimands: Iterable[str], *, every_end: bool = False) -> Iterator[Row]:
    """The contributions in a slice; of sources only the middle of their bands, unless every end is asked for."""
    return rows_from(contributions(slice_, every_end=every_end).filter(estimand__in=list(estimands)))


def contributions(slice_: Slice, *, every_end: bool = False) -> QuerySet[Contribution]:
    """The contributions of the slice's forecasters under every estimand."""
    filters = slice_.filters
    asked = narrowed(slice_) & Q(forecaster_kind=filters.forecaster_kind)
    if filters.analyst is not None:
        asked &= Q(forecaster=filters.analyst)
    elif filters.forecaster_kind == Forecaster.Kind.SOURCE and not every_end:
        asked &= Q(forecaster__method="middle")
    return Contribution.objects.filter(asked)


def narrowed(slice_: Slice) -> Q:
    """The condition on contributions that the filters on forecasts make."""
    filters = slice_.filters
    asked = Q(scenario__in=slice_.scenarios)
    if filters.category is not None:
        asked &= Q(category=filters.category)
    if filters.source is not None:
        asked &= Q(source_id=filters.source)
    if filters.since is not None:
        asked &= Q(matured_at__gte=datetime.combine(filters.since, time(), UTC))
    if filters.until is not None:
        asked &= Q(matured_at__lt=datetime.combine(filters.until, time(), UTC))
    return asked
