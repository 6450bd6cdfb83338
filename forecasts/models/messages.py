"""Outgoing mail: frozen bytes, who holds them, what was tried, what the server said."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from forecasts.models.facts import append_only
from forecasts.models.people import User


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, at: datetime) -> Self:
        """Queued and ready, or leased by somebody whose lease ran out."""
        return self.filter(state__in=[Message.State.QUEUED, Message.State.LEASED], due_at__lte=at)

    def dead(self) -> Self:
        """Given up: refused for good, tried too often, or handed over too often without an answer."""
        return self.filter(state=Message.State.DEAD)

    def kept_since(self, before: datetime) -> Self:
        """Finished before that time, with their bytes still there."""
        given_up = Q(state__in=[Message.State.DEAD, Message.State.CANCELLED], due_at__lt=before, sent_at=None)
        return self.filter(Q(sent_at__lt=before) | given_up, content__isnull=False)


class Message(models.Model):
    """One outgoing mail, holding one prompt or a digest of many. Rendered once; its bytes never change."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        LEASED = "leased", "leased"
        SENT = "sent", "sent"
        DEAD = "dead", "dead"
        CANCELLED = "cancelled", "cancelled"

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="messages")
    address = models.EmailField(help_text="Where it goes: the recipient's address when it was rendered.")
    subject = models.CharField(max_length=500)
    content = models.BinaryField(null=True, help_text="RFC 5322 bytes with CRLF; blanked 30 days after sending.")
    message_id = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    due_at = models.DateTimeField(help_text="When to try next; of a leased message, when its lease runs out.")
    lease = models.UUIDField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it is dead, cancelled or late.")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="leased", lease__isnull=False) | ~Q(state="leased") & Q(lease__isnull=True),
                name="message_lease_fits_state",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state__in=["queued", "leased"]), name="message_due"),
            models.Index(fields=["made_at"], condition=Q(state="dead"), name="message_dead"),
            models.Index(fields=["sent_at"], condition=Q(content__isnull=False), name="message_not_blanked"),
            models.Index(fields=["recipient", "-made_at"], name="message_recipient"),
        ]

    def __str__(self) -> str:
        return self.subject


class Attempt(models.Model):
    """Committed before the mail is handed over. One without a receipt is of unknown outcome. A fact."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attempts")
    lease = models.UUIDField(default=uuid.uuid4)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["message", "lease"], name="attempt_once_a_lease")]
        indexes = [models.Index(fields=["made_at"], name="attempt_made")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.message_id} at {self.made_at:%Y-%m-%d %H:%M:%S}"


class Receipt(models.Model):
    """What the mail server said to an attempt. A fact."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "accepted"
        DEFERRED = "deferred", "deferred"
        REFUSED = "refused", "refused"
        RETURNED = "returned", "the recipient is refused"

    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="receipt")
    answer = models.CharField(max_length=10, choices=Answer)
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.answer} ({self.code})"


class Bounce(models.Model):
    """A message that a server took, and that came back later. A fact."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="bounce")
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.text


class Sweep(models.Model):
    """When a periodic job last came through. `/healthz` and the reports read it."""

    CLOCK = "clock of "
    """How the name begins of what a process says whose own clock differs from the database's."""

    name = models.CharField(max_length=40, primary_key=True)
    finished_at = models.DateTimeField()
    problem = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.finished_at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def claim(cls, name: str, at: datetime, every: timedelta) -> bool:
        """Whether this caller may do what is done once in a while: of several at once one, and each time anew."""
        Sweep.objects.bulk_create([Sweep(name=name, finished_at=at - every)], ignore_conflicts=True)
        free = Q(finished_at__lte=at - every) | Q(finished_at__gt=at + every)
        return bool(Sweep.objects.filter(free, name=name).update(finished_at=at))

    @classmethod
    def came_through(cls, name: str, at: datetime, problem: str = "") -> None:
        """Note that the job of this name finished at `at`, and what stands in its way. One query."""
        Sweep.objects.bulk_create(
            [Sweep(name=name, finished_at=at, problem=problem)],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["finished_at", "problem"],
        )


class Installation(models.Model):
    """The one row that says which database this is, so that a restored copy does not write to people by itself."""

    identity = models.CharField(max_length=200, help_text="Of the database server and the database in it.")
    paused_at = models.DateTimeField(null=True, blank=True, help_text="Since when no mail goes out.")
    paused_because = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="installation_is_one")]

    def __str__(self) -> str:
        return self.paused_because or "sending"
