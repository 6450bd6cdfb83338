"""That somebody left: a scenario, or altogether. The database itself notes it, whoever takes the membership away."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from forecasts.models.facts import append_only
from forecasts.models.people import User
from forecasts.models.scenarios import Scenario


class DepartureQuerySet(models.QuerySet["Departure"]):
    def of_estimate(self) -> Self:
        """Those that end the estimate of the outer query in the consensus; who is named on its forecast stays on it."""
        from forecasts.models.forecasts import Forecast

        named = Forecast.assignees.through.objects.filter(
            forecast=OuterRef(OuterRef("forecast")), user=OuterRef("user")
        )
        of_scenario = Q(scenario=OuterRef("forecast__scenario")) & ~Exists(named)
        return self.filter(
            Q(scenario=None) | of_scenario,
            user=OuterRef("forecaster__user"),
            made_at__gt=OuterRef("made_at"),
        ).order_by("made_at")


class Departure(models.Model):
    """A fact: from then on this person is in no consensus there by what they said before."""

    # Noted while memberships go, be it with their scenario or their person: neither need be there afterwards.
    user = models.ForeignKey(User, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    scenario = models.ForeignKey(
        Scenario,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        help_text="None: the account was closed.",
    )
    made_at = models.DateTimeField()

    objects = DepartureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scenario", "made_at"], name="departure_scenario")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.user} left {self.scenario_id or 'altogether'}"
