"""What holds between forecasts of a scenario, whatever anybody believes."""

from django.db import models

from forecasts.models.forecasts import Forecast
from forecasts.models.scenarios import Scenario


class Relation(models.Model):
    """Forecasts of one scenario whose probabilities bind each other."""

    class Kind(models.TextChoices):
        EXCLUSIVE = "exclusive", "at most one of them happens"
        DEADLINES = "deadlines", "the same event by later and later dates"
        THRESHOLDS = "thresholds", "the same count over lower and lower thresholds"

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=300, blank=True)
    forecasts = models.ManyToManyField(Forecast, through="RelationMember", related_name="relations")

    def __str__(self) -> str:
        return self.note or self.get_kind_display()


class RelationMember(models.Model):
    """A forecast's place in a relation. Of deadlines and thresholds each is at least as likely as the one before."""

    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="members")
    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="relation_members")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["relation", "forecast"], name="relation_member_once")]

    def __str__(self) -> str:
        return f"{self.position}: {self.forecast}"
