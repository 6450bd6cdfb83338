"""Who was to resolve a forecast, and who is from then on."""

from django.db import models

from forecasts.models.facts import append_only
from forecasts.models.forecasts import Forecast
from forecasts.models.people import User


class Handover(models.Model):
    """A published forecast got another resolver or backup; people by number. A fact, which the database writes."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="handovers")
    resolver_before = models.BigIntegerField(null=True)
    resolver_after = models.BigIntegerField(null=True)
    backup_before = models.BigIntegerField(null=True)
    backup_after = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: the service, or an operator."
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.resolver_before} to {self.resolver_after}"
