"""The statements that every mail costs, each of fixed text: take the next message, hold it, write down what came of it.

The ORM would compile them anew for each mail, which takes longer than running them.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from forecasts.mail import pausing, prompting
from forecasts.models import Attempt, Message, Prompt

# Those that another transaction holds are passed over: another sender, or a fact that makes them pointless.
TAKE = f"""
SELECT m.*, 'No mail goes to this address any more: ' ||
    (SELECT s.reason FROM forecasts_suppression s WHERE s.address = lower(m.address)) AS suppressed
FROM forecasts_message m
WHERE m.state IN ('queued', 'leased') AND m.due_at <= %(at)s AND NOT EXISTS (
    SELECT FROM forecasts_installation i WHERE i.paused_at IS NOT NULL OR i.identity <> {pausing.Here.template})
ORDER BY m.due_at, m.id LIMIT 1
FOR UPDATE OF m SKIP LOCKED
"""  # noqa: S608 - two texts of ours
ASKED = "SELECT id FROM forecasts_prompt WHERE message_id = %s AND state = 'planned'"
HOLD = """
WITH held AS (
    UPDATE forecasts_message SET state = 'leased', lease = %(lease)s, due_at = %(until)s, tries = tries + 1
    WHERE id = %(message)s)
INSERT INTO forecasts_attempt (message_id, lease, made_at) VALUES (%(message)s, %(lease)s, %(at)s) RETURNING id
"""
# It need not reach the disk by itself: the next attempt does, before anything else is sent, and takes it along.
WRITE = """
WITH receipt AS (
    INSERT INTO forecasts_receipt (attempt_id, answer, code, text, made_at)
    SELECT %(attempt)s, %(answer)s, %(code)s::smallint, %(text)s, %(at)s WHERE %(answer)s IS NOT NULL
    ON CONFLICT (attempt_id) DO NOTHING),
moved AS (
    UPDATE forecasts_message SET state = %(state)s, lease = NULL, reason = %(reason)s, tries = %(tries)s,
        due_at = coalesce(%(due_at)s, due_at), sent_at = coalesce(%(sent_at)s, sent_at)
    WHERE id = %(message)s AND lease = %(lease)s RETURNING id),
asked AS (
    UPDATE forecasts_prompt p SET state = %(asked)s, reason = %(reason)s FROM moved
    WHERE p.message_id = moved.id AND p.state = 'planned' AND %(asked)s IS NOT NULL)
SELECT count(*) FROM moved, set_config('synchronous_commit', 'off', true)
"""


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
    return next(iter(Message.objects.raw(TAKE, {"at": at})), None)


def wanted(message: Message, at: datetime) -> tuple[int, dict[int, str]]:
    """How many prompts a message that is locked asks for, and those in vain, with why."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [message.pk])
        asked = [Prompt(pk=pk) for (pk,) in cursor.fetchall()]
    return len(asked), prompting.pointless(asked, at)


def hold(message: Message, at: datetime) -> Attempt:
    """Lease a message that is locked, and write the attempt to send it."""
    message.state, message.lease = Message.State.LEASED, uuid.uuid4()
    message.due_at = at + timedelta(seconds=settings.LEASE_SECONDS)
    message.tries += 1
    attempt = Attempt(message=message, lease=message.lease, made_at=at)
    given: dict[str, Any] = {"message": message.pk, "lease": message.lease, "until": message.due_at, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(HOLD, given)
        (attempt.pk,) = cursor.fetchone()
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
    with connection.cursor() as cursor:
        cursor.execute(WRITE, given)
        (moved,) = cursor.fetchone()
    if moved:
        message.state, message.lease, message.reason, message.tries = after.state, None, after.reason, after.tries
        message.due_at, message.sent_at = after.due_at or message.due_at, after.sent_at or message.sent_at
    return bool(moved)
