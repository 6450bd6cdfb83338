"""What is due of one person, as entries of a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from forecasts.models import Forecast, PromptKind, User, Watch, record_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing at one time. `key` stays the same while the entry does."""

    key: str
    at: datetime
    title: str
    path: str
    text: str


def agenda(person: User, at: datetime) -> Iterator[Entry]:
    """What this person is asked next about each forecast, and when what they are asked about closes."""
    watches = Watch.objects.filter(
        user=person, kind__in=PromptKind.asking(), next_at__isnull=False, forecast__isnull=False
    )
    closing: dict[int, Forecast] = {}
    for watch in watches.select_related("forecast__scenario").order_by("next_at", "pk"):
        forecast, due = watch.forecast, watch.next_at
        if forecast is None or due is None:
            continue
        yield _entry(watch.kind, forecast, due, record_of(watch.kind).in_calendar)
        if watch.kind == PromptKind.UPDATE and forecast.closes_at is not None and forecast.closes_at > at:
            closing[forecast.pk] = forecast
    for forecast in closing.values():
        if forecast.closes_at is not None:
            yield _entry("closes", forecast, forecast.closes_at, "Closes")


def _entry(kind: str, forecast: Forecast, at: datetime, act: str) -> Entry:
    title = f"{act}: {forecast.title}"
    return Entry(f"{kind}-{forecast.pk}", at, title, forecast.get_absolute_url(), forecast.scenario.title)
