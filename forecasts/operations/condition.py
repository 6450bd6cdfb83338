"""How the installation is doing: what `/healthz` and `/metrics` tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce

from forecasts.mail import delivery, leasing, pausing
from forecasts.models import Attempt, Message, Prompt, Suppression, Sweep, Watch
from forecasts.rules import clock

# The sweeps of every tick, and those of every night.
TICKING = ("plan", "send", "settle")
NIGHTLY = ("verify", "articles", "files", "tidy")
# Mail that waits longer than this is not just a long queue.
STUCK = timedelta(minutes=15)
UNANSWERING = {delivery.UNREACHABLE: "unreachable", delivery.UNANSWERED: "unanswered"}
# What a process said of its clock for so long is what it is now.
HEARD = timedelta(minutes=5)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Condition:
    """Counts and ages at one time. Ages are in seconds."""

    sweep_ages: Mapping[str, float]
    problems: Mapping[str, str]
    oldest_due_age: float
    queued: int
    leased: int
    leases_run_out: int
    dead: int
    """Refused for good by the mail server."""
    expired: int
    """Given up after the last of their tries."""
    unwritten: int
    """Prompts of which no message could be made."""
    unknown: int
    """Attempts of the past day to which the server's answer is not known: these mails went out twice, or may have."""
    suppressed: int
    given_up: int
    """Mails of the past day that were handed over three times without an answer."""
    paused_because: str

    @property
    def clock(self) -> str:
        """One word: ok, or off, where the clock of a process that ticks differs from the database's."""
        return "off" if any(name.startswith(Sweep.CLOCK) for name in self.problems) else "ok"

    @property
    def mail(self) -> str:
        """One word: ok, paused (by an operator, or after a restore), refused (our log-in or sender), unreachable,
        unanswered (the server takes mails and does not say so), stuck.
        """
        if self.paused_because:
            return "paused"
        if problem := self.problems.get("send"):
            return next((word for said, word in UNANSWERING.items() if problem.startswith(said)), "refused")
        if self.given_up:
            return "unanswered"
        return "stuck" if self.oldest_due_age > STUCK.total_seconds() else "ok"

    @property
    def tallies(self) -> str:
        """One word: ok, differ (from the facts, as the nightly check found), late (not checked for two nights)."""
        return self._checked("verify")

    @property
    def articles(self) -> str:
        """The same of texts and quotes."""
        return self._checked("articles")

    @property
    def files(self) -> str:
        """The same of evidence."""
        return self._checked("files")

    def _checked(self, sweep: str) -> str:
        if self.problems.get(sweep):
            return "differ"
        return "late" if self.sweep_ages.get(sweep, 0) > 2 * DAY.total_seconds() else "ok"


def read(at: datetime) -> Condition:
    """A dozen short queries, each on an index."""
    sweeps = {sweep.name: sweep for sweep in Sweep.objects.all() if _is_believed(sweep, at)}
    waiting = Message.objects.filter(state__in=[Message.State.QUEUED, Message.State.LEASED]).aggregate(
        queued=Count("pk", filter=Q(state=Message.State.QUEUED)),
        leased=Count("pk", filter=Q(state=Message.State.LEASED)),
        leases_run_out=Count("pk", filter=Q(state=Message.State.LEASED, due_at__lte=at)),
    )
    dead = Message.objects.dead().aggregate(
        dead=Count("pk", filter=Q(tries__lt=leasing.TRIES)), expired=Count("pk", filter=Q(tries__gte=leasing.TRIES))
    )
    paused = pausing.paused()
    return Condition(
        sweep_ages={name: (at - sweep.finished_at).total_seconds() for name, sweep in sweeps.items()},
        problems={name: sweep.problem for name, sweep in sweeps.items() if sweep.problem},
        oldest_due_age=_oldest_due_age(at),
        unwritten=Prompt.objects.unwritten().count(),
        unknown=_unknown(at),
        suppressed=Suppression.objects.count(),
        given_up=Message.objects.dead().filter(reason=leasing.GIVEN_UP, due_at__gt=at - DAY).count(),
        paused_because=paused.paused_because if paused else "",
        **waiting,
        **dead,
    )


def _is_believed(sweep: Sweep, at: datetime) -> bool:
    """Not what came through in the future, nor what a process said of its clock some time ago."""
    heard = sweep.finished_at > at - HEARD or not sweep.name.startswith(Sweep.CLOCK)
    return heard and sweep.finished_at <= at + clock.OFF


def _oldest_due_age(at: datetime) -> float:
    """Since when the prompt that is due longest waits: to be planned, to be written, or to be handed over."""
    since: list[datetime | None] = [
        Watch.objects.due(at).aggregate(since=Min("next_at"))["since"],
        Prompt.objects.waiting(at).aggregate(since=Min(Coalesce("send_after", "slot")))["since"],
        Message.objects.due(at).aggregate(since=Min("due_at"))["since"],
    ]
    return max((at - moment).total_seconds() for moment in [*since, at] if moment is not None)


def _unknown(at: datetime) -> int:
    """Attempts whose lease is over and that have no receipt."""
    over = at - timedelta(seconds=settings.LEASE_SECONDS)
    return Attempt.objects.filter(receipt=None, made_at__gt=at - DAY, made_at__lte=over).count()
