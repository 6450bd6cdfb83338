"""The next message that is due: held for one sender, with the attempt to send it, or ended where that is in vain."""

import hashlib
import uuid
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from forecasts import watching
from forecasts.mail import sql
from forecasts.mail.emails import one_line
from forecasts.models import Attempt, Message, Prompt
from forecasts.models.sql import row, rows
from forecasts.rules import outages

TRIES = 14
# Of one message: it may have arrived each time.
MOST_UNANSWERED = 3
JITTER = 0.2
GIVEN_UP = "Handed over three times without an answer: see whether it arrived before sending it again."
NOT_TRIED = "Not tried:"
"""How the receipt of an attempt begins that was given back."""

log = structlog.get_logger(__name__)

type Leased = tuple[Message, Attempt | None]


def lease(at: datetime) -> Leased | None:
    """The next due message and the attempt to send it, both committed when this returns. None where nothing is due.

    Without an attempt the message was cancelled, given up or put off instead.
    """
    chosen: list[Message] = []
    try:
        return _lease(at, chosen)
    except Exception as error:
        if not chosen or outages.is_one(error):
            raise
        return _put_off(chosen[0].pk, error, at), None


@transaction.atomic
def _lease(at: datetime, chosen: list[Message]) -> Leased | None:
    message = next(iter(Message.objects.raw(sql.TAKE, {"at": at})), None)
    if message is None:
        return None
    chosen.append(message)
    if suppressed := getattr(message, "suppressed", None):
        _end(message, Message.State.CANCELLED, suppressed)
        return message, None
    if not _is_wanted(message, at):
        return message, None
    if message.tries >= MOST_UNANSWERED and _unanswered(message) >= MOST_UNANSWERED:
        _end(message, Message.State.DEAD, GIVEN_UP)
        return message, None
    if message.tries >= TRIES:
        _end(message, Message.State.DEAD, message.reason or "No try had an outcome.")
        return message, None
    return message, _hold(message, at)


def _is_wanted(message: Message, at: datetime) -> bool:
    """Cancel what it asks for in vain; False where nothing remains, and the message is cancelled with it."""
    asked = [Prompt(pk=one["id"]) for one in rows(sql.ASKED, [message.pk])]
    reasons = watching.pointless(asked, at)
    for pk, reason in reasons.items():
        Prompt.objects.filter(pk=pk).update(state=Prompt.State.CANCELLED, reason=reason)
    if len(asked) > len(reasons):
        return True
    _end(message, Message.State.CANCELLED, next(iter(reasons.values()), "Nothing is left to ask for."))
    return False


def _unanswered(message: Message) -> int:
    """How often a message was handed over, or may have been, without an answer."""
    return Attempt.objects.filter(message=message, receipt=None).count()


def _hold(message: Message, at: datetime) -> Attempt:
    """Lease a message that is locked, and write the attempt to send it."""
    message.state, message.lease = Message.State.LEASED, uuid.uuid4()
    message.due_at = at + timedelta(seconds=settings.LEASE_SECONDS)
    message.tries += 1
    attempt = Attempt(message=message, lease=message.lease, made_at=at)
    given: dict[str, Any] = {"message": message.pk, "lease": message.lease, "until": message.due_at, "at": at}
    attempt.pk = row(sql.HOLD, given)["id"]
    return attempt


def _put_off(pk: int, error: Exception, at: datetime) -> Message:
    """A message that cannot even be looked at counts a try, and is given up in the end like any other."""
    message = Message.objects.get(pk=pk)
    message.tries += 1
    reason = one_line(f"{type(error).__name__}: {error}")[:500]
    log.error("A message cannot be sent", event_name="message_put_off", message=pk, reason=reason)
    if message.tries >= TRIES:
        _end(message, Message.State.DEAD, reason)
    message.due_at, message.reason = at + pause(message), reason
    message.save(update_fields=["tries", "due_at", "reason"])
    return message


def _end(message: Message, state: Message.State, reason: str) -> None:
    message.state, message.lease, message.reason = state, None, reason
    message.save(update_fields=["state", "lease", "reason"])
    message.prompts.filter(state=Prompt.State.PLANNED).update(state=Prompt.State.SET_ASIDE, reason=reason)


def silences(at: datetime) -> int:
    """How many of the newest two attempts have no answer, counted from the newest; those under way do not count."""
    over = Q(message__lease=None) | ~Q(message__lease=F("lease")) | Q(message__due_at__lte=at)
    tried = Attempt.objects.filter(over).exclude(receipt__text__startswith=NOT_TRIED)
    newest = tried.order_by("-pk").values_list("receipt", flat=True)[:2]
    return sum(1 for _ in takewhile(lambda receipt: receipt is None, newest))


def pause(message: Message) -> timedelta:
    """How long to wait after a message's newest try: up to a fifth longer than asked, so that many spread out.

    The same message always waits the same.
    """
    digest = hashlib.sha256(f"{message.message_id}:{message.tries}".encode()).digest()
    return pause_after(message.tries) * (1 + JITTER * int.from_bytes(digest[:4]) / 2**32)


def pause_after(tries: int) -> timedelta:
    """At least: doubling, so that fourteen tries of a minute's unit take five days and a half."""
    return timedelta(seconds=settings.RETRY_SECONDS * 2 ** (tries - 1))
