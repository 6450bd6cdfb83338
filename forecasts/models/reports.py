"""What people say about when an answer is known, short of resolving."""

from django.db import models

from forecasts.models.facts import append_only
from forecasts.models.forecasts import Forecast
from forecasts.models.people import User


class Report(models.Model):
    """Somebody says that the answer is known already. Two of them wake the resolver early. A fact."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reports")
    made_at = models.DateTimeField()
    url = models.URLField("address", max_length=1000, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["forecast", "person"], name="report_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.person}: the answer is known"


class Postponement(models.Model):
    """A resolver says that the answer cannot be known before a time, and why: prompts wait for it. A fact."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="postponements")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postponements")
    made_at = models.DateTimeField()
    until = models.DateTimeField("not knowable before")
    reason = models.TextField()

    class Meta:
        ordering = ["made_at", "pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"Not knowable before {self.until:%Y-%m-%d}: {self.reason}"
