"""Which prompts nobody needs any more, and taking back what has not gone out yet."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from forecasts.models import Asks, Ends, Membership, Message, Prompt, PromptKind, record_of
from forecasts.models.sql import rows
from forecasts.rules import timing
from forecasts.rules.access import ASKED
from forecasts.rules.timing import Rhythm
from forecasts.watching import reasons, sql


class Row(NamedTuple):
    """What holds for one prompt."""

    pk: int
    kind: str
    slot: datetime
    is_active: bool
    time_zone: str
    absent_until: date | None
    is_stopped: bool
    has_forecast: bool
    closes_at: datetime | None
    is_muted: bool
    muted_until: datetime | None
    is_resolved: bool
    told_at: datetime | None
    answered_at: datetime | None
    is_declined: bool
    is_theirs: bool
    is_asked: bool
    postponed_until: datetime | None
    is_repeated: bool


def pointless(prompts: Collection[Prompt], at: datetime) -> dict[int, str]:
    """Of these prompts, those that nobody needs to be asked any more, with why. One query, however many they are."""
    if not prompts:
        return {}
    given: dict[str, Any] = {
        "at": at,
        "prompts": [prompt.pk for prompt in prompts],
        "owner": str(Membership.Role.OWNER),
        "asked": [str(role) for role in ASKED],
        "rising": [str(kind) for kind in sorted(PromptKind.asking(), key=lambda kind: -kind.record.place)],
        "estimate": [str(kind) for kind in PromptKind.asking_for(Asks.ESTIMATE)],
        "resolution": [str(kind) for kind in PromptKind.asking_for(Asks.RESOLUTION)],
    }
    found = [Row(**one) for one in rows(sql.WHAT_HOLDS, given)]
    return {row.pk: reason for row in found if (reason := _why_not(row, at))}


def _why_not(row: Row, at: datetime) -> str:
    if not row.is_active:
        return reasons.GONE
    if record_of(row.kind).goes_always:
        return ""
    return _by_the_person(row, at) or (_by_the_facts(row, at) if row.has_forecast else "")


def _by_the_person(row: Row, at: datetime) -> str:
    if row.is_stopped:
        return reasons.STOPPED
    if row.is_muted:
        return reasons.MUTED if row.muted_until is None else reasons.SNOOZED
    if row.absent_until is not None:
        rhythm = Rhythm(timing.zone(row.time_zone), absent_until=row.absent_until)
        if timing.back(rhythm, at) is not None:
            return reasons.ABSENT
    return reasons.NEWER if row.is_repeated else ""


def _by_the_facts(row: Row, at: datetime) -> str:
    ends = record_of(row.kind).ends
    if ends == Ends.OUTDATED:
        return "" if row.told_at == row.slot else reasons.OUTDATED
    if row.is_resolved:
        return reasons.RESOLVED
    if ends == Ends.SETTLED:
        return _no_resolution(row, at)
    return _no_estimate(row, at) if ends == Ends.ANSWERED else ""


def _no_resolution(row: Row, at: datetime) -> str:
    if row.postponed_until is not None and row.postponed_until > at:
        return reasons.POSTPONED
    return "" if row.is_theirs else reasons.NOT_THEIRS


def _no_estimate(row: Row, at: datetime) -> str:
    if row.closes_at is not None and row.closes_at <= at:
        return reasons.CLOSED
    if row.is_declined:
        return reasons.DECLINED
    if row.answered_at is not None and row.answered_at >= row.slot:
        return reasons.ANSWERED
    return "" if row.is_asked else reasons.NOT_ASKED


def call_off(prompts: QuerySet[Prompt], at: datetime) -> int:
    """Cancel what of these prompts is pointless at `at` and not handed over; returns how many.

    Call it in the transaction that writes the fact. It holds the messages until that commits, and a sender leases only
    what nobody holds: so nothing is leased after the fact is there. What a digest also asked for is written anew.
    """
    planned = list(prompts.filter(state=Prompt.State.PLANNED).exclude(message__state=Message.State.LEASED))
    why = pointless(planned, at)
    if not why:
        return 0
    mails = _held(prompt.message_id for prompt in planned if prompt.pk in why)
    asked = {prompt.pk: prompt for prompt in planned if prompt.message_id is None or prompt.message_id in mails}
    for reason in sorted({why[pk] for pk in why if pk in asked}):
        chosen = [pk for pk in asked if why.get(pk) == reason]
        Prompt.objects.filter(pk__in=chosen, state=Prompt.State.PLANNED).update(
            state=Prompt.State.CANCELLED, reason=reason
        )
    _withdraw(mails, next(iter(sorted(why.values()))))
    return sum(pk in asked for pk in why)


def _held(messages: Iterable[int | None]) -> set[int]:
    """Those that are still to be handed over, locked until the transaction ends."""
    wanted = {pk for pk in messages if pk is not None}
    queued = Message.objects.filter(pk__in=wanted, state=Message.State.QUEUED).order_by("pk")
    return set(queued.select_for_update(no_key=True).values_list("pk", flat=True)) if wanted else set()


def _withdraw(mails: set[int], reason: str) -> None:
    """Cancel these messages; what else they ask for waits again. One that was tried already goes as it is."""
    if not mails:
        return
    fresh = Message.objects.filter(pk__in=mails, tries=0)
    left = Prompt.objects.filter(message__in=list(fresh.values_list("pk", flat=True)), state=Prompt.State.PLANNED)
    left.update(message=None)
    fresh.update(state=Message.State.CANCELLED, reason=reason)
