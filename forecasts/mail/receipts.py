"""What the server said of a message, written down, and what becomes of the message by it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error, connection, transaction

from forecasts.mail import sql, suppressing
from forecasts.mail.leasing import TRIES, pause
from forecasts.mail.smtp import Outcome, Reply
from forecasts.models import Attempt, Message, Prompt, Receipt
from forecasts.models.sql import row
from forecasts.rules import outages

# Between two looks whether the database is back, and how long an answer is kept until it is, in seconds.
PATIENCE = 0.2
REMEMBERED = 3600
ANSWERS = {
    Outcome.ACCEPTED: Receipt.Answer.ACCEPTED,
    Outcome.REFUSED: Receipt.Answer.REFUSED,
    Outcome.RETURNED: Receipt.Answer.RETURNED,
}
STOPPING = (Outcome.OURS, Outcome.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class After:
    """The columns of a message once the server has answered, or has not."""

    state: Message.State
    tries: int
    reason: str = ""
    due_at: datetime | None = None
    sent_at: datetime | None = None


def write_down(message: Message, attempt: Attempt, reply: Reply, now: Callable[[], datetime]) -> None:
    """Settle; while the database is away or takes no writes, keep what the server said."""
    deadline = time.monotonic() + REMEMBERED
    while True:
        try:
            settle(message, attempt, reply, now())
        except Error as error:
            if not outages.is_one(error) or connection.in_atomic_block or time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(PATIENCE)
        else:
            return


def settle(message: Message, attempt: Attempt, reply: Reply, at: datetime) -> None:
    """Write down what the server said. The message moves only while the attempt's lease holds it.

    An attempt of unknown outcome gets no receipt, and its message goes out again: better twice than never. Doing it
    again changes nothing.
    """
    after = _after(message, reply, at)
    if reply.outcome != Outcome.RETURNED:
        _write(message, attempt, reply, after, at)
        return
    with transaction.atomic():
        _write(message, attempt, reply, after, at)
        suppressing.note_refusal(message, after.reason, at)


def _after(message: Message, reply: Reply, at: datetime) -> After:
    said = f"{reply.code} {reply.text}".strip() if reply.code else reply.text
    if reply.outcome == Outcome.ACCEPTED:
        return After(Message.State.SENT, message.tries, sent_at=at)
    if reply.outcome in (Outcome.REFUSED, Outcome.RETURNED):
        return After(Message.State.DEAD, message.tries, said)
    if reply.outcome in STOPPING:
        return After(Message.State.QUEUED, message.tries - 1, said, due_at=at)
    if message.tries >= TRIES:
        return After(Message.State.DEAD, message.tries, said)
    return After(Message.State.QUEUED, message.tries, said, due_at=at + pause(message))


def _write(message: Message, attempt: Attempt, reply: Reply, after: After, at: datetime) -> None:
    """The receipt, the message and its prompts, in one statement."""
    asked = {Message.State.SENT: Prompt.State.SENT, Message.State.DEAD: Prompt.State.SET_ASIDE}.get(after.state)
    given: dict[str, Any] = {
        "attempt": attempt.pk,
        "message": message.pk,
        "lease": attempt.lease,
        "at": at,
        "answer": None
        if reply.outcome == Outcome.UNKNOWN
        else ANSWERS.get(reply.outcome, Receipt.Answer.DEFERRED).value,
        "code": reply.code,
        "text": reply.text,
        "state": after.state.value,
        "tries": after.tries,
        "reason": after.reason,
        "due_at": after.due_at,
        "sent_at": after.sent_at,
        "asked": asked.value if asked else None,
    }
    if row(sql.WRITE, given)["moved"]:
        message.state, message.lease, message.reason, message.tries = after.state, None, after.reason, after.tries
        message.due_at, message.sent_at = after.due_at or message.due_at, after.sent_at or message.sent_at
