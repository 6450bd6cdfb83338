"""Statistics as sums of integers: what each forecast adds, and the sums per group."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from forecasts.models.estimates import Estimate
from forecasts.models.forecasts import Forecast
from forecasts.models.people import Forecaster
from forecasts.models.scenarios import Scenario, categories
from forecasts.models.verdicts import Verdict


class Estimand(models.TextChoices):
    """Which estimates count when scoring."""

    LAST = "last", "last"
    FIRST = "first", "first"
    TIME_WEIGHTED = "time_weighted", "time-weighted"
    AT_1D = "at:1d", "1 day before closing"
    AT_7D = "at:7d", "7 days before closing"
    AT_30D = "at:30d", "30 days before closing"
    AT_90D = "at:90d", "90 days before closing"
    EACH_UPDATE = "each_update", "each update"


class Contribution(models.Model):
    """What one forecaster's answers on one resolved forecast add to the statistics."""

    # Indexes of their own would only repeat how those below begin, and make each settling slower. So would a check of
    # both for every row: settling holds the forecast locked, and nothing deletes a forecaster who is scored.
    forecast = models.ForeignKey(
        Forecast, on_delete=models.CASCADE, related_name="contributions", db_index=False, db_constraint=False
    )
    forecaster = models.ForeignKey(
        Forecaster, on_delete=models.CASCADE, related_name="contributions", db_index=False, db_constraint=False
    )
    estimand = models.CharField(max_length=13, choices=Estimand)
    probabilities = ArrayField(models.PositiveSmallIntegerField(), help_text="In units of 1/10,000.")
    weights = ArrayField(
        models.PositiveIntegerField(), help_text="Of each probability; 1,000,000 in all if time-weighted."
    )
    lead_times = ArrayField(
        models.PositiveSmallIntegerField(), default=list, help_text="Band of each probability's lead time."
    )
    outcome = models.BooleanField(null=True, help_text="Of a binary forecast; null for the other kinds.")
    score_sums = models.JSONField(default=dict, help_text="Of the other kinds: exact sums of scores by name.")
    withdrawn = models.BooleanField(default=False, help_text="The forecaster had withdrawn by the cut-off.")
    # The forecast's, for which its own key vouches: to check every row again would make each settling slower.
    scenario = models.ForeignKey(
        Scenario, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    category = models.CharField(max_length=30, choices=categories)
    source_id = models.BigIntegerField(null=True)
    month = models.DateField(help_text="First day of the month in which the forecast matured, UTC.")
    matured_at = models.DateTimeField()
    forecaster_kind = models.CharField(max_length=10, choices=Forecaster.Kind)
    situation = models.CharField(max_length=140, default="", help_text="The forecast's, as it is tallied.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["forecast", "forecaster", "estimand"], name="contribution_once"),
        ]
        indexes = [
            models.Index(
                fields=["scenario", "estimand", "forecaster_kind", "category", "month"],
                name="contribution_slice",
            ),
            models.Index(fields=["forecaster", "estimand", "month"], name="contribution_forecaster"),
        ]

    def __str__(self) -> str:
        return f"{self.forecaster} on {self.forecast} ({self.estimand})"


class Group(models.Model):
    """One slice that is tallied: a value of one dimension, within a scenario and a kind of forecaster."""

    class Dimension(models.TextChoices):
        ALL = "all", "all"
        FORECASTER = "forecaster", "forecaster"
        CATEGORY = "category", "category"
        SOURCE = "source", "source"
        LEAD_TIME = "lead_time", "lead time"
        MONTH = "month", "month"

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="+")
    forecaster_kind = models.CharField(max_length=10, choices=Forecaster.Kind)
    dimension = models.CharField(max_length=10, choices=Dimension)
    value = models.CharField(max_length=40, blank=True, help_text="Such as a forecaster's id, a category or 2024-12.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scenario", "forecaster_kind", "dimension", "value"], name="group_once"),
        ]
        indexes = [models.Index(fields=["dimension", "value", "forecaster_kind"], name="group_value")]

    def __str__(self) -> str:
        return f"{self.dimension} {self.value}".strip()


class Cell(models.Model):
    """How often one probability was said in a group (`n`), and how often it came true (`k`)."""

    pk = models.CompositePrimaryKey("group", "estimand", "probability")
    # Whoever adds cells holds their group locked: a check of each would cost as much again, while others wait.
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="cells", db_index=False, db_constraint=False
    )
    estimand = models.CharField(max_length=13, choices=Estimand)
    probability = models.PositiveSmallIntegerField(help_text="In units of 1/10,000.")
    n = models.BigIntegerField()
    k = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(k__gte=0, n__gte=models.F("k")), name="cell_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.k} of {self.n} at {self.probability / 100:g}%"


class SituationSum(models.Model):
    """What the squares of a group's situation sums are made of: weight and score of one situation by name.

    A forecast that is a situation by itself needs none: its squares never change but with it.
    """

    pk = models.CompositePrimaryKey("group", "estimand", "situation")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    estimand = models.CharField(max_length=13, choices=Estimand)
    situation = models.CharField(max_length=140)
    sums = models.JSONField(help_text="By score name, [n, S]; those of other kinds than yes-or-no after a colon.")

    def __str__(self) -> str:
        return f"{self.situation} in {self.group_id}"


class JoinedQuarter(models.Model):
    """A scenario's quarter that forecasts share an article's family with another, and the situation that both make."""

    quarter = models.CharField(max_length=140, primary_key=True)
    situation = models.CharField(max_length=140)

    def __str__(self) -> str:
        return f"{self.quarter} in {self.situation}"


def no_sums() -> list[int]:
    """As many noughts as `Total.sums` has numbers."""
    return [0] * 228


class Total(models.Model):
    """The sums of a group that need whole forecasts: for clustered errors, exact."""

    pk = models.CompositePrimaryKey("group", "estimand")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="totals", db_index=False)
    estimand = models.CharField(max_length=13, choices=Estimand)
    pairs = models.BigIntegerField(default=0)
    forecasts = models.BigIntegerField(default=0)
    withdrawn = models.BigIntegerField(default=0)
    left_out = models.BigIntegerField(default=0, help_text="Pairs without an estimate in force at the asked time.")
    sums = ArrayField(
        models.DecimalField(max_digits=60, decimal_places=0),
        help_text="Six cluster sums for Brier, log, the outcome, and each bin of each offered bin set.",
    )
    other_sums = models.JSONField(default=dict, help_text="Six cluster sums by score name, of the other kinds.")
    situation_sums = ArrayField(
        models.DecimalField(max_digits=60, decimal_places=0),
        default=no_sums,
        help_text="The same as `sums`, clustered by situation.",
    )
    other_situation_sums = models.JSONField(default=dict, help_text="The same as `other_sums`, by situation.")

    def __str__(self) -> str:
        return f"{self.pairs} pairs on {self.forecasts} forecasts"


class SettlementQuerySet(models.QuerySet["Settlement"]):
    def due(self, at: datetime) -> Self:
        return self.filter(due_at__lte=at)


class Settlement(models.Model):
    """What of a forecast is in the tallies, and when to look again."""

    forecast = models.OneToOneField(Forecast, primary_key=True, on_delete=models.CASCADE, related_name="settlement")
    verdict = models.ForeignKey(Verdict, null=True, on_delete=models.PROTECT, related_name="+")
    last_estimate = models.ForeignKey(Estimate, null=True, on_delete=models.PROTECT, related_name="+")
    rules_version = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, blank=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "forecast"], condition=Q(due_at__isnull=False), name="settlement_due"),
            models.Index(
                fields=["rules_version"], condition=Q(settled_at__isnull=False), name="settlement_rules_version"
            ),
        ]

    def __str__(self) -> str:
        return f"Settlement of {self.forecast_id}"


class Snapshot(models.Model):
    """Made by each settling that changed a tally. Reports carry the newest one's id."""

    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)


class KeptBands(models.Model):
    """The bands of one slice's curve, computed once per snapshot, for every process to read."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    slice = models.CharField(max_length=64, help_text="SHA-256 of what the slice is.")
    bands = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "kept bands"
        constraints = [models.UniqueConstraint(fields=["snapshot", "slice"], name="kept_bands_once")]

    def __str__(self) -> str:
        return f"{self.slice[:8]} of snapshot {self.snapshot_id}"
