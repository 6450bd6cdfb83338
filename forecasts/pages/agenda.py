"""What is due of one person, as entries of a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from forecasts.models import CalendarEntry, Forecast, Preference, PromptKind, User, Watch, record_of

SHOWN = ("starts_at", "title", "path", "text")
REVISED = ("changed_at", "sequence")
SECOND = timedelta(seconds=1)
# So long after its time an entry that changed no more is remembered.
FORGOTTEN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing at one time. `key` stays the same while the entry does."""

    key: str
    at: datetime
    title: str
    path: str
    text: str


@transaction.atomic
def shown(person: User, at: datetime) -> list[CalendarEntry]:
    """The agenda as a calendar program is to see it: what changed since says so, what is gone is cancelled.

    A row for each entry remembers what was shown. Who looks at the same time waits: no number is given twice.
    """
    Preference.objects.select_for_update().filter(user=person).first()
    before = {entry.key: entry for entry in CalendarEntry.objects.filter(user=person)}
    now = {entry.key: entry for entry in agenda(person, at)}
    rows = [_row(person, entry, before.get(entry.key), at) for entry in now.values()]
    rows += [_cancelled(row, at) for key, row in before.items() if key not in now and row.starts_at > at]
    CalendarEntry.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "key"], update_fields=[*SHOWN, "is_cancelled", *REVISED]
    )
    CalendarEntry.objects.filter(user=person, starts_at__lt=at - FORGOTTEN).delete()
    return sorted(rows, key=lambda row: (row.starts_at, row.key))


def _row(person: User, entry: Entry, before: CalendarEntry | None, at: datetime) -> CalendarEntry:
    row = CalendarEntry(
        user=person, key=entry.key, starts_at=entry.at, title=entry.title, path=entry.path, text=entry.text
    )
    is_same = before is not None and not before.is_cancelled
    if before is not None and is_same and all(getattr(row, name) == getattr(before, name) for name in SHOWN):
        return before
    return _revised(row, before, at)


def _cancelled(row: CalendarEntry, at: datetime) -> CalendarEntry:
    if row.is_cancelled:
        return row
    row.is_cancelled = True
    return _revised(row, row, at)


def _revised(row: CalendarEntry, before: CalendarEntry | None, at: datetime) -> CalendarEntry:
    """With a higher number and a later time than the one before, whatever the clock says."""
    row.changed_at = at if before is None else max(at, before.changed_at + SECOND)
    row.sequence = 0 if before is None else before.sequence + 1
    return row


def agenda(person: User, at: datetime) -> Iterator[Entry]:
    """What this person is asked next about each forecast, and when what they are asked about closes."""
    seen = Forecast.objects.visible_to(person).values("pk")
    watches = Watch.objects.filter(user=person, kind__in=PromptKind.asking(), next_at__isnull=False, forecast__in=seen)
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
