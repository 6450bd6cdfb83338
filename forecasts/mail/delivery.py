"""Messages go to the mail server: one lease, one attempt and one receipt at a time, no transaction open meanwhile."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import Q, QuerySet

from forecasts.mail import emails, leasing, pausing, suppressing
from forecasts.mail.leasing import After, Said
from forecasts.mail.smtp import Connection, Outcome, Reply
from forecasts.models import Attempt, Message, Prompt, Receipt, Sweep
from forecasts.rules import outages

TRIES = 14
# In a row without an answer: then one at a time is tried, until there is one.
SILENCES = 2
# Of one message: it may have arrived each time.
MOST_UNANSWERED = 3
# So that a long queue leaves the worker to other tasks now and then.
SWEEP = timedelta(minutes=1)
JITTER = 0.2
KEPT = timedelta(days=30)
BATCH = 1000
# Between two looks whether the database is back, and how long an answer is kept until it is, in seconds.
PATIENCE = 0.2
REMEMBERED = 3600
ANSWERS = {
    Outcome.ACCEPTED: Receipt.Answer.ACCEPTED,
    Outcome.REFUSED: Receipt.Answer.REFUSED,
    Outcome.RETURNED: Receipt.Answer.RETURNED,
}
STOPPING = (Outcome.OURS, Outcome.UNREACHABLE)
UNREACHABLE = "The mail server cannot be reached:"
UNANSWERED = "The mail server took two mails in a row and answered neither. One at a time is tried until it answers."
GIVEN_UP = "Handed over three times without an answer: see whether it arrived before sending it again."

log = structlog.get_logger(__name__)

type Leased = tuple[Message, Attempt | None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a sweep did. `problem` says what keeps all mail back: our own log-in or sender, or that it is paused."""

    sent: int = 0
    deferred: int = 0
    dead: int = 0
    cancelled: int = 0
    unknown: int = 0
    problem: str = ""


def send(
    at: datetime,
    *,
    clock: Callable[[], datetime] | None = None,
    options: Mapping[str, Any] | None = None,
    ended: Callable[[], bool] = lambda: False,
) -> Sent:
    """Hand over what is due. Several senders may run at once: each message is leased by one.

    A `clock` gives the time as the sweep goes on; without one it stays `at`, as in a replay. `options` are those of
    Django's SMTP mailer, the installation's where absent. Once `ended` the sweep stops after its message.
    """
    now = clock or (lambda: at)
    sent, seen = Sent(), pausing.glance(at, Message.objects.due(at) | _misdated(at))
    if seen.is_due and not seen.paused_because:
        _misdated(at).update(due_at=at)
        silences = leasing.silences(at)
        if problem := _standing_problem(at, silences):
            return Sent(problem=problem)
        with Connection(options or settings.MAILERS["default"]["OPTIONS"], settings.MESSAGE_SECONDS) as server:
            sent = Sweeper(server, now, at + SWEEP, ended, silences).sweep()
        if sent.problem:
            Sweep.came_through("probe", now())
        log.info("Sent messages", event_name="sent", sent=sent.sent, deferred=sent.deferred, dead=sent.dead)
    Sweep.came_through("send", now(), sent.problem)
    return replace(sent, problem=sent.problem or seen.paused_because)


def _misdated(at: datetime) -> QuerySet[Message]:
    """Due so far ahead that a wrong clock must have said so: they are due now."""
    lease, longest = timedelta(seconds=settings.LEASE_SECONDS), pause_after(TRIES) * (1 + JITTER)
    leased = Q(state=Message.State.LEASED, due_at__gt=at + 2 * lease)
    return Message.objects.filter(leased | Q(state=Message.State.QUEUED, due_at__gt=at + longest))


def _standing_problem(at: datetime, silences: int) -> str:
    """What stopped all sending, unless this sweep is the one that may try again: one in a retry unit speaks for all."""
    stopped = Sweep.objects.filter(name="send").exclude(problem="").first()
    problem = UNANSWERED if silences >= SILENCES else stopped.problem if stopped else ""
    return problem if problem and not Sweep.claim("probe", at, timedelta(seconds=settings.RETRY_SECONDS)) else ""


@dataclass
class Sweeper:
    """One sweep. While the server takes its time over one message, the next is leased."""

    server: Connection
    now: Callable[[], datetime]
    until: datetime
    ended: Callable[[], bool]
    silences: int
    """How many mails in a row have had no answer."""
    sent: Sent = field(default_factory=Sent)
    next: Leased | None = None
    trouble: Exception | None = None

    def sweep(self) -> Sent:
        """Hand over one message after the other, until none is due, the time is over, or the server takes nothing."""
        self._lease()
        while self.next is not None and self.trouble is None:
            message, attempt = self.next
            self.next = None
            if attempt is None:
                self.sent = _counted(self.sent, message)
                self._lease()
            elif not self._send(message, attempt):
                break
        if self.trouble is not None:
            raise self.trouble
        return self.sent

    def _lease(self) -> None:
        """Nothing of the message that is being handed over may be lost because the next one cannot be had."""
        try:
            if self.next is None and self.now() < self.until and not self.ended():
                self.next = lease(self.now())
        except Exception as error:  # noqa: BLE001 - raised once the message before is written down
            self.trouble = error

    def _send(self, message: Message, attempt: Attempt) -> bool:
        """Hand over one message; False where the server would take no other either."""
        if self.now() > attempt.made_at + timedelta(seconds=settings.LEASE_SECONDS - settings.MESSAGE_SECONDS):
            self._give_back(message, attempt, "The message before took so long that this one's lease was too short.")
            self._lease()
            return True
        reply = self._handed_over(message)
        _write_down(message, attempt, reply, self.now)
        unknown = reply.outcome == Outcome.UNKNOWN
        self.silences = self.silences + 1 if unknown else 0
        self.sent = replace(self.sent, unknown=self.sent.unknown + 1) if unknown else _counted(self.sent, message)
        if problem := self._stopping(reply):
            self._stop(problem)
            return False
        if self.next is None and self.trouble is None:
            self._lease()
        return True

    def _stopping(self, reply: Reply) -> str:
        """What this reply says about all mail, or nothing."""
        if self.silences >= SILENCES:
            return UNANSWERED
        if reply.outcome == Outcome.UNREACHABLE:
            return f"{UNREACHABLE} {reply.text}"
        return reply.text if reply.outcome == Outcome.OURS else ""

    def _stop(self, problem: str) -> None:
        log.warning("The mail server takes nothing", event_name="sending_stopped", reason=problem)
        if self.next is not None:
            self._give_back(*self.next, problem)
        self.sent = replace(self.sent, problem=problem)

    def _give_back(self, message: Message, attempt: Attempt | None, why: str) -> None:
        """It was not tried, so it keeps its tries, and is due as before."""
        if attempt is not None:
            _write_down(message, attempt, Reply(Outcome.OURS, None, f"{leasing.NOT_TRIED} {why}"), self.now)

    def _handed_over(self, message: Message) -> Reply:
        try:
            content = bytes(message.content or b"")
            return self.server.hand_over(emails.sender_address(), message.address, content, self._lease)
        except Exception as error:  # noqa: BLE001 - whatever one row holds, the others go
            return self.server.gave_up(error)


def _counted(sent: Sent, message: Message) -> Sent:
    field = {
        Message.State.SENT: "sent",
        Message.State.DEAD: "dead",
        Message.State.CANCELLED: "cancelled",
    }.get(Message.State(message.state), "deferred")
    return replace(sent, **{field: getattr(sent, field) + 1})


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
    message = leasing.take(at)
    if message is None:
        return None
    chosen.append(message)
    if suppressed := getattr(message, "suppressed", None):
        _end(message, Message.State.CANCELLED, suppressed)
        return message, None
    if not _is_wanted(message, at):
        return message, None
    if message.tries >= MOST_UNANSWERED and leasing.unanswered(message) >= MOST_UNANSWERED:
        _end(message, Message.State.DEAD, GIVEN_UP)
        return message, None
    if message.tries >= TRIES:
        _end(message, Message.State.DEAD, message.reason or "No try had an outcome.")
        return message, None
    return message, leasing.hold(message, at)


def _put_off(pk: int, error: Exception, at: datetime) -> Message:
    """A message that cannot even be looked at counts a try, and is given up in the end like any other."""
    message = Message.objects.get(pk=pk)
    message.tries += 1
    reason = emails.one_line(f"{type(error).__name__}: {error}")[:500]
    log.error("A message cannot be sent", event_name="message_put_off", message=pk, reason=reason)
    if message.tries >= TRIES:
        _end(message, Message.State.DEAD, reason)
    message.due_at, message.reason = at + pause(message), reason
    message.save(update_fields=["tries", "due_at", "reason"])
    return message


def _is_wanted(message: Message, at: datetime) -> bool:
    """Cancel what it asks for in vain; False where nothing remains, and the message is cancelled with it."""
    asked, reasons = leasing.wanted(message, at)
    for pk, reason in reasons.items():
        Prompt.objects.filter(pk=pk).update(state=Prompt.State.CANCELLED, reason=reason)
    if asked > len(reasons):
        return True
    _end(message, Message.State.CANCELLED, next(iter(reasons.values()), "Nothing is left to ask for."))
    return False


def _end(message: Message, state: Message.State, reason: str) -> None:
    message.state, message.lease, message.reason = state, None, reason
    message.save(update_fields=["state", "lease", "reason"])
    message.prompts.filter(state=Prompt.State.PLANNED).update(state=Prompt.State.SET_ASIDE, reason=reason)


def _write_down(message: Message, attempt: Attempt, reply: Reply, now: Callable[[], datetime]) -> None:
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
    said = None
    if reply.outcome != Outcome.UNKNOWN:
        said = Said(ANSWERS.get(reply.outcome, Receipt.Answer.DEFERRED).value, reply.code, reply.text)
    after = _after(message, reply, at)
    if reply.outcome != Outcome.RETURNED:
        leasing.write(message, attempt, said, after, at)
        return
    with transaction.atomic():
        leasing.write(message, attempt, said, after, at)
        suppressing.note(message, after.reason, at)


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


def pause(message: Message) -> timedelta:
    """How long to wait after a message's newest try: up to a fifth longer than asked, so that many spread out.

    The same message always waits the same.
    """
    digest = hashlib.sha256(f"{message.message_id}:{message.tries}".encode()).digest()
    return pause_after(message.tries) * (1 + JITTER * int.from_bytes(digest[:4]) / 2**32)


def pause_after(tries: int) -> timedelta:
    """At least: doubling, so that fourteen tries of a minute's unit take five days and a half."""
    return timedelta(seconds=settings.RETRY_SECONDS * 2 ** (tries - 1))


def blank(at: datetime) -> int:
    """Forget the bytes of what was sent, given up or cancelled 30 days before `at`; returns of how many."""
    blanked = 0
    while pks := list(Message.objects.kept_since(at - KEPT).values_list("pk", flat=True)[:BATCH]):
        blanked += Message.objects.filter(pk__in=pks).update(content=None)
    Sweep.came_through("blank", at)
    return blanked


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
