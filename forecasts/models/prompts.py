"""When to ask whom about what, and the intention to do so."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from forecasts.models.forecasts import Forecast
from forecasts.models.mail_kinds import choices
from forecasts.models.people import User


class WatchQuerySet(models.QuerySet["Watch"]):
    def due(self, at: datetime) -> Self:
        return self.filter(next_at__lte=at)


class Watch(models.Model):
    """When to ask one person about one forecast next. Rewritten with the fact that it depends on.

    The watch of a weekly summary is about no forecast.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="watches")
    forecast = models.ForeignKey(Forecast, null=True, blank=True, on_delete=models.CASCADE, related_name="watches")
    kind = models.CharField(max_length=20, choices=choices)
    next_at = models.DateTimeField(null=True, blank=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            models.UniqueConstraint(fields=["user", "forecast", "kind"], nulls_distinct=False, name="watch_once")
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(next_at__isnull=False), name="watch_due"),
            models.Index(fields=["forecast", "kind"], name="watch_forecast"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user} at {self.next_at}"


class PromptQuerySet(models.QuerySet["Prompt"]):
    def waiting(self, at: datetime) -> Self:
        """Planned, in no message yet, and its recipient wants to hear of it by now."""
        by_now = Q(send_after=None) | Q(send_after__lte=at)
        return self.filter(by_now, state=Prompt.State.PLANNED, message=None)

    def unwritten(self) -> Self:
        """Set aside because no message could be made of them."""
        return self.filter(state=Prompt.State.SET_ASIDE, message=None)


class Prompt(models.Model):
    """The intention to ask one person for one thing. Its slot is the instant at which it fell due."""

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        SENT = "sent", "sent"
        ANSWERED = "answered", "answered"
        CANCELLED = "cancelled", "cancelled"
        SET_ASIDE = "set_aside", "set aside"

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="prompts")
    forecast = models.ForeignKey(Forecast, null=True, blank=True, on_delete=models.CASCADE, related_name="prompts")
    kind = models.CharField(max_length=20, choices=choices)
    slot = models.DateTimeField()
    send_after = models.DateTimeField(
        null=True, blank=True, help_text="When its recipient wants to hear of it; empty: at once."
    )
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    reason = models.TextField(blank=True, help_text="Why it was cancelled or set aside.")
    message = models.ForeignKey("Message", null=True, blank=True, on_delete=models.SET_NULL, related_name="prompts")

    objects = PromptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "forecast", "kind", "slot"], nulls_distinct=False, name="prompt_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_after", "id"], condition=Q(state="planned", message__isnull=True), name="prompt_waiting"
            ),
            models.Index(fields=["forecast", "state"], name="prompt_forecast"),
            models.Index(fields=["id"], condition=Q(state="set_aside", message__isnull=True), name="prompt_unwritten"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"
