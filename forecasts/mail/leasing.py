"""What every mail costs: take the next message, hold it, write down what came of it."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db.models import F, Q

from forecasts.mail import prompting, sql
from forecasts.models import Attempt, Message, Prompt
from forecasts.models.sql import row, rows

NOT_TRIED = "Not tried:"
"""How the receipt of an attempt begins that was given back."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the server said, for a receipt."""

    answer: str
    code: int | None
    text: str


@dataclass(frozen=True, slots=True)
class After:
    """The columns of a message once the server has answered, or has not."""

    state: Message.State
    tries: int
    reason: str = ""
    due_at: datetime | None = None
    sent_at: datetime | None = None


def take(at: datetime) -> Message | None:
    """The message that is due longest, locked, with `suppressed`: why its address gets no mail, or None."""
    return next(iter(Message.objects.raw(sql.TAKE, {"at": at})), None)


def silences(at: datetime) -> int:
    """How many of the newest two attempts have no answer, counted from the newest; those under way do not count."""
    over = Q(message__lease=None) | ~Q(message__lease=F("lease")) | Q(message__due_at__lte=at)
    tried = Attempt.objects.filter(over).exclude(receipt__text__startswith=NOT_TRIED)
    newest = tried.order_by("-pk").values_list("receipt", flat=True)[:2]
    return sum(1 for _ in takewhile(lambda receipt: receipt is None, newest))


def unanswered(message: Message) -> int:
    """How often a message was handed over, or may have been, without an answer."""
    return Attempt.objects.filter(message=message, receipt=None).count()


def wanted(message: Message, at: datetime) -> tuple[int, dict[int, str]]:
    """How many prompts a message that is locked asks for, and those in vain, with why."""
    asked = [Prompt(pk=one["id"]) for one in rows(sql.ASKED, [message.pk])]
    return len(asked), prompting.pointless(asked, at)


def hold(message: Message, at: datetime) -> Attempt:
    """Lease a message that is locked, and write the attempt to send it."""
    message.state, message.lease = Message.State.LEASED, uuid.uuid4()
    message.due_at = at + timedelta(seconds=settings.LEASE_SECONDS)
    message.tries += 1
    attempt = Attempt(message=message, lease=message.lease, made_at=at)
    given: dict[str, Any] = {"message": message.pk, "lease": message.lease, "until": message.due_at, "at": at}
    attempt.pk = row(sql.HOLD, given)["id"]
    return attempt


def write(message: Message, attempt: Attempt, said: Said | None, after: After, at: datetime) -> bool:
    """Write a receipt, unless the outcome is unknown, and move the message while the attempt's lease holds it.

    Says whether it did. Doing it again changes nothing.
    """
    asked = {Message.State.SENT: Prompt.State.SENT, Message.State.DEAD: Prompt.State.SET_ASIDE}.get(after.state)
    given: dict[str, Any] = {
        "attempt": attempt.pk,
        "message": message.pk,
        "lease": attempt.lease,
        "at": at,
        "answer": said.answer if said else None,
        "code": said.code if said else None,
        "text": said.text if said else "",
        "state": after.state.value,
        "tries": after.tries,
        "reason": after.reason,
        "due_at": after.due_at,
        "sent_at": after.sent_at,
        "asked": asked.value if asked else None,
    }
    moved: bool = row(sql.WRITE, given)["moved"] > 0
    if moved:
        message.state, message.lease, message.reason, message.tries = after.state, None, after.reason, after.tries
        message.due_at, message.sent_at = after.due_at or message.due_at, after.sent_at or message.sent_at
    return moved
