"""Files of feeds as retrieved, what forecasts ask of them, and what was counted."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from forecasts.models.facts import append_only
from forecasts.models.forecasts import Forecast
from forecasts.models.keeping_record import COUNTED_BY
from forecasts.models.people import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class VintageQuerySet(models.QuerySet["Vintage"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What is said of files, not what they hold: to everybody with an account."""
        return self if user.is_authenticated else self.none()

    def known(self, at: datetime) -> Self:
        """Those that had been retrieved by then, the newest first."""
        return self.filter(retrieved_at__lte=at).order_by("-retrieved_at", "-pk")


class Vintage(models.Model):
    """One file of a feed as it was retrieved. A fact; its events stay in files, which DuckDB reads."""

    feed = models.CharField(max_length=40)
    version = models.CharField(max_length=60)
    retrieved_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    covers_from = models.DateField()
    covers_to = models.DateField()
    rows = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, help_text="Of the file as it came.")
    file = models.CharField(max_length=300, help_text="Where the file as it came is kept, below MEDIA_ROOT.")
    warnings = models.JSONField(default=list, help_text="What somebody should look at, in sentences.")

    objects = VintageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "sha256"], name="vintage_once"),
            models.CheckConstraint(condition=Q(covers_from__lte=F("covers_to")), name="vintage_covers_in_order"),
            models.CheckConstraint(condition=Q(retrieved_at__lte=F("recorded_at")), name="vintage_retrieved_first"),
        ]
        indexes = [models.Index(fields=["feed", "-retrieved_at", "-id"], name="vintage_newest")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.feed} {self.version}"


class SpecQuerySet(models.QuerySet["Spec"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(forecast__in=Forecast.objects.visible_to(user))

    def standing(self, at: datetime) -> Self:
        """Each forecast's newest by then, unless that one says that nothing is counted any more."""
        newest = Spec.objects.filter(forecast=OuterRef("forecast"), made_at__lte=at).order_by("-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1])).exclude(feed="")


class Spec(models.Model):
    """What a feed must show for each outcome of a forecast. A fact; a later one of the forecast takes its place."""

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="specs")
    number = models.PositiveSmallIntegerField(help_text="Counts the specs of one forecast, from 1.")
    feed = models.CharField(max_length=40, blank=True, help_text="Empty where nothing is counted any more.")
    body = models.JSONField(default=dict, help_text="As `manage.py count` reads it.")
    first_day = models.DateField(null=True, help_text="Of its window.")
    last_day = models.DateField(null=True)
    criteria_version = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = SpecQuerySet.as_manager()

    class Meta:
        ordering = ["forecast", "number"]
        constraints = [
            models.UniqueConstraint(fields=["forecast", "number"], name="spec_number_once"),
            models.CheckConstraint(
                condition=Q(feed="", first_day=None, last_day=None)
                | ~Q(feed="") & Q(first_day__isnull=False, last_day__isnull=False, first_day__lte=F("last_day")),
                name="spec_has_a_window",
            ),
        ]
        indexes = [models.Index(fields=["feed", "last_day"], name="spec_by_feed")]
        triggers = [append_only(), COUNTED_BY]

    def __str__(self) -> str:
        return f"Spec {self.number} of {self.forecast_id}"


class CountQuerySet(models.QuerySet["Count"]):
    def visible_to(self, user: "User | AnonymousUser", at: datetime | None = None) -> Self:
        """Counts on visible forecasts, but for those that are to be answered by two people who have not done so.

        Asked of no time, they are hidden from the beginning, else from the closing.
        """
        found = self.filter(spec__forecast__in=Forecast.objects.visible_to(user))
        return found.shown(at) if at else found.exclude(spec__forecast__in=Forecast.objects.unanswered_by_two())

    def shown(self, at: datetime) -> Self:
        """Without those that would tell the second of two people what to answer."""
        return self.exclude(spec__forecast__in=Forecast.objects.answered_apart(at))

    def known(self, at: datetime) -> Self:
        """Those on vintages that had been retrieved by then, on the newest first."""
        known = self.filter(vintage__retrieved_at__lte=at)
        return known.order_by("spec__forecast_id", "-vintage__retrieved_at", "-vintage_id", "-spec__number")


class Count(models.Model):
    """A spec evaluated on a vintage, with its neighbouring rules. A fact."""

    spec = models.ForeignKey(Spec, on_delete=models.PROTECT, related_name="counts")
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="counts")
    made_at = models.DateTimeField()
    figure = models.BigIntegerField(help_text="Of the spec's measure; the number of events where it names none.")
    sums = models.JSONField(help_text="Every measure's sum that was needed.")
    events = models.PositiveBigIntegerField()
    outcome = models.JSONField(null=True, help_text="yes, no, an option's label, a number, a day; null for none.")
    reason = models.CharField(max_length=300, blank=True, help_text="Why there is no outcome.")
    is_complete = models.BooleanField(help_text="The vintage covers the window's last day.")
    neighbours = models.JSONField(help_text="Name, figure, events and outcome under each neighbouring rule.")
    agreeing = models.PositiveSmallIntegerField(help_text="Neighbouring rules that come to the same outcome.")
    curve = models.JSONField(default=list, help_text="Day and sum so far, where the sum grows.")
    remainders = models.JSONField(
        default=list, help_text="What still came in past windows from the day on to which this one is covered."
    )
    rows_sha256 = models.CharField(max_length=64)

    objects = CountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["spec", "vintage"], name="count_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.figure} in {self.vintage}"


class BaseRate(models.Model):
    """What a spec would have shown in past windows like its own, in one vintage. A fact."""

    spec = models.ForeignKey(Spec, on_delete=models.PROTECT, related_name="base_rates")
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    windows = models.JSONField(help_text="First day, last day, figure and outcome, the oldest first.")
    swayed = models.JSONField(
        default=dict, help_text="Of a draft: by neighbouring rule, in how many past windows it answers otherwise."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["spec", "vintage"], name="base_rate_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{len(self.windows)} windows"
