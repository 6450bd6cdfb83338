"""Keeps watches in step with the facts they depend on: who is asked about what, and when next.

refresh(forecast, at)        rewrite the watches of one forecast, in the transaction that writes the fact
refresh_all(forecasts, at)   the same for many
once_each()                  within it, each forecast is refreshed once, at the end
refresh_person(user, at)     the same for all that one person is asked about, after a change of their wishes
pointless(prompts, at)       which prompts nobody needs any more, and why
call_off(prompts, at)        cancel those of them that have not gone out
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from itertools import batched

from django.db.models import Q

from forecasts.models import Asks, Forecast, Prompt, PromptKind, User, Watch
from forecasts.rules import timing
from forecasts.watching.grounds import Facts, Wishes, asked, read, wishes, wishes_of
from forecasts.watching.pointless import call_off, pointless
from forecasts.watching.reaching import unreached
from forecasts.watching.rules import CLOSING, NOBODY, OVERDUE, Watches, closing_at, next_slot

__all__ = [
    "CLOSING",
    "OVERDUE",
    "Wishes",
    "asked",
    "call_off",
    "catch_up",
    "closing_at",
    "next_slot",
    "once_each",
    "pointless",
    "refresh",
    "refresh_all",
    "refresh_person",
    "unreached",
    "wishes",
    "wishes_of",
]

BATCH = 200

type Key = tuple[int, int | None, str]

_put_off: ContextVar[dict[int, datetime] | None] = ContextVar("put_off", default=None)


def refresh(forecast: Forecast, at: datetime) -> None:
    """Rewrite the watches of a forecast from the facts, and cancel what waits to be sent in vain.

    Call it in the transaction that writes a fact: an estimate, a verdict, an amendment, a publication, a membership.
    A handful of queries, however many people are asked.
    """
    refresh_all([forecast.pk], at)


def refresh_all(forecasts: Iterable[int], at: datetime) -> None:
    """The same for many forecasts, by id: as many queries for two hundred as for one."""
    put_off = _put_off.get()
    if put_off is not None:
        put_off.update(dict.fromkeys(forecasts, at))
        return
    for part in batched(forecasts, BATCH):
        facts = read(part, at)
        _write(facts, part, at)
        call_off(Prompt.objects.filter(forecast__in=part), at)


@contextmanager
def once_each() -> Iterator[None]:
    """Put off all refreshing to the end, each forecast as of its latest fact: for a long history in one transaction."""
    put_off: dict[int, datetime] = {}
    token = _put_off.set(put_off)
    try:
        yield
    finally:
        _put_off.reset(token)
    for forecast, at in put_off.items():
        refresh_all([forecast], at)


def refresh_person(user: User, at: datetime) -> None:
    """Rewrite the watches of one person from the facts, after they changed how they want to be asked."""
    mine = Q(watches__user=user) | Q(prompts__recipient=user)
    watched = Forecast.objects.filter(mine, published_at__isnull=False).order_by("pk").values_list("pk", flat=True)
    for part in batched(list(watched.distinct()), BATCH):
        _write(read(part, at), part, at, only=user.pk)
    summaries = Watch.objects.filter(user=user, forecast=None, kind=PromptKind.SUMMARY)
    summaries.update(next_at=timing.weekly(wishes([user.pk])[user.pk].rhythm, at))
    call_off(Prompt.objects.filter(recipient=user), at)


def catch_up(forecasts: Iterable[Forecast], at: datetime) -> None:
    """What fell due before `at` while nobody could be asked is asked at `at`, once; what has closed is not."""
    late = Watch.objects.filter(forecast__in=list(forecasts), next_at__lt=at)
    late.filter(kind=PromptKind.RESULT).update(next_at=None)
    late = late.filter(kind__in=PromptKind.asking_for(Asks.ESTIMATE))
    late.filter(forecast__closes_at__lte=at).update(next_at=None)
    late.update(next_at=at)


def _write(facts: Sequence[Facts], forecasts: Collection[int], at: datetime, only: int | None = None) -> None:
    """Write the watches that differ, in one order everywhere, so that two writers never wait for each other."""
    people = {person for one in facts for person in one.people} if only is None else {only}
    wanted = wishes(people)
    slots: dict[Key, datetime | None] = {
        (person, one.forecast.pk, kind): slot
        for one in facts
        for (person, kind), slot in Watches(one, wanted, at).slots().items()
    }
    existing = _existing(facts, forecasts)
    slots |= {key: None for key in existing if key[1] is not None and key not in slots}
    if only is None:
        slots |= _summaries(facts, wanted, existing, at)
    changed = [
        key
        for key in sorted(slots, key=lambda key: (key[1] or 0, key[0], key[2]))
        if (only is None or key[0] == only) and slots[key] != existing.get(key)
    ]
    Watch.objects.bulk_create(
        [
            Watch(user_id=who, forecast_id=what, kind=kind, next_at=slots[who, what, kind])
            for who, what, kind in changed
        ],
        update_conflicts=True,
        unique_fields=["user", "forecast", "kind"],
        update_fields=["next_at"],
    )


def _existing(facts: Sequence[Facts], forecasts: Collection[int]) -> dict[Key, datetime | None]:
    people = {person for one in facts for person in one.owners | one.analysts}
    chosen = Q(forecast__in=forecasts) | Q(forecast=None, user__in=people, kind=PromptKind.SUMMARY)
    rows = Watch.objects.filter(chosen).values_list("user", "forecast", "kind", "next_at")
    return {(user, forecast, kind): next_at for user, forecast, kind, next_at in rows}


def _summaries(
    facts: Sequence[Facts], wanted: dict[int, Wishes], existing: dict[Key, datetime | None], at: datetime
) -> dict[Key, datetime | None]:
    """The first summary of owners and analysts who get none yet: at the next of their weekly hours."""
    people = {person for one in facts if _is_asked_about(one.forecast) for person in one.owners | one.analysts}
    keys: list[Key] = [(person, None, str(PromptKind.SUMMARY)) for person in people]
    return {key: timing.weekly(wanted.get(key[0], NOBODY).rhythm, at) for key in keys if existing.get(key) is None}


def _is_asked_about(forecast: Forecast) -> bool:
    return forecast.published_at is not None and not forecast.is_imported
