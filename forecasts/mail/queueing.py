"""What is done with messages between sweeps: tried again or cancelled by hand, and forgotten after a while."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from forecasts.models import Message, Prompt, Sweep

KEPT = timedelta(days=30)
BATCH = 1000


def retry(messages: QuerySet[Message], at: datetime) -> int:
    """Send these at the next sweep, with all their tries: dead, cancelled and waiting ones; returns how many.

    What is pointless by now is cancelled again when its turn comes. One without its bytes stays as it is.
    """
    stopped = [Message.State.DEAD, Message.State.CANCELLED, Message.State.QUEUED]
    with transaction.atomic():
        pks = _held(messages.filter(state__in=stopped, content__isnull=False))
        ended = Prompt.objects.filter(message__in=pks, state__in=[Prompt.State.SET_ASIDE, Prompt.State.CANCELLED])
        ended.update(state=Prompt.State.PLANNED, reason="")
        return Message.objects.filter(pk__in=pks).update(state=Message.State.QUEUED, due_at=at, tries=0, reason="")


def cancel(messages: QuerySet[Message], reason: str) -> int:
    """Do not send these; returns how many. One that is being handed over now is sent."""
    with transaction.atomic():
        pks = _held(messages.filter(state__in=[Message.State.QUEUED, Message.State.DEAD]))
        asked = Prompt.objects.filter(message__in=pks, state__in=[Prompt.State.PLANNED, Prompt.State.SET_ASIDE])
        asked.update(state=Prompt.State.CANCELLED, reason=reason)
        return Message.objects.filter(pk__in=pks).update(state=Message.State.CANCELLED, reason=reason)


def _held(messages: QuerySet[Message]) -> list[int]:
    return list(messages.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def blank(at: datetime) -> int:
    """Forget the bytes of what was sent, given up or cancelled 30 days before `at`; returns of how many."""
    blanked = 0
    while pks := list(Message.objects.kept_since(at - KEPT).values_list("pk", flat=True)[:BATCH]):
        blanked += Message.objects.filter(pk__in=pks).update(content=None)
    Sweep.came_through("blank", at)
    return blanked
