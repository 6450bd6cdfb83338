"""Messages go to the mail server: one lease, one attempt and one receipt at a time, no transaction open meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Q, QuerySet

from forecasts.mail import emails, leasing, pausing
from forecasts.mail.leasing import JITTER, TRIES, Leased, lease, pause_after
from forecasts.mail.receipts import write_down
from forecasts.mail.smtp import Connection, Outcome, Reply
from forecasts.models import Attempt, Message, Sweep

# In a row without an answer: then one at a time is tried, until there is one.
SILENCES = 2
# So that a long queue leaves the worker to other tasks now and then.
SWEEP = timedelta(minutes=1)
UNREACHABLE = "The mail server cannot be reached:"
UNANSWERED = "The mail server took two mails in a row and answered neither. One at a time is tried until it answers."

log = structlog.get_logger(__name__)


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
        write_down(message, attempt, reply, self.now)
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
            write_down(message, attempt, Reply(Outcome.OURS, None, f"{leasing.NOT_TRIED} {why}"), self.now)

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
