"""What forecasters answered, and when."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self, cast

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from forecasts.models.facts import append_only
from forecasts.models.forecasts import Forecast
from forecasts.models.people import Forecaster, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def _uncorrected(at: datetime) -> Q:
    return Q(correction=None) | Q(correction__made_at__gt=at)


class EstimateQuerySet(models.QuerySet["Estimate"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Estimates on visible forecasts; in a blind scenario those of others only after one's own first."""
        visible = self.filter(forecast__in=Forecast.objects.visible_to(user))
        if not user.is_authenticated or user.is_superuser:
            return visible
        answered = Estimate.objects.filter(forecaster__user=user, event__in=Estimate.ANSWERS).values("forecast")
        return visible.filter(
            Q(forecast__scenario__blind_until_answered=False) | Q(forecaster__user=user) | Q(forecast__in=answered)
        )

    def in_order(self) -> Self:
        return self.order_by("made_at", "pk")

    def until(self, at: datetime) -> Self:
        return self.filter(made_at__lte=at)

    def uncorrected(self, at: datetime) -> Self:
        """Without the slips whose place another estimate has taken by `at`."""
        return self.filter(_uncorrected(at))

    def in_force(self, at: datetime) -> Self:
        """Each forecaster's newest value on each forecast, unless withdrawn or ended by a material amendment."""
        from forecasts.models.forecasts import Amendment

        ending = (Estimate.Event.UPDATE, Estimate.Event.REAFFIRM, Estimate.Event.WITHDRAW)
        newest = Estimate._base_manager.filter(
            _uncorrected(at),
            made_at__lte=at,
            forecast=OuterRef("forecast"),
            forecaster=OuterRef("forecaster"),
            event__in=ending,
        ).order_by("-made_at", "-pk")
        rewritten = Amendment.objects.filter(
            forecast=OuterRef("forecast"),
            kind=Amendment.Kind.MATERIAL,
            made_at__gt=OuterRef("made_at"),
            made_at__lte=at,
        )
        return self.filter(pk=Subquery(newest.values("pk")[:1]), event__in=Estimate.ANSWERS).exclude(
            models.Exists(rewritten)
        )


_Estimates = models.Manager.from_queryset(EstimateQuerySet)


class PeoplesEstimates(_Estimates["Estimate"]):
    """What people said. What arithmetic says stands apart, so that no reader takes it for one of them."""

    def get_queryset(self) -> EstimateQuerySet:
        return cast("EstimateQuerySet", super().get_queryset().exclude(channel=Estimate.Channel.COMPUTED))


class ReferencesEstimates(_Estimates["Estimate"]):
    """What references would have said: nobody's estimates, hidden from nobody."""

    def get_queryset(self) -> EstimateQuerySet:
        return cast("EstimateQuerySet", super().get_queryset().filter(channel=Estimate.Channel.COMPUTED))


class Estimate(models.Model):
    """One forecaster's answer at one time. A fact; the order of facts is (made_at, id)."""

    class Event(models.TextChoices):
        UPDATE = "update", "new value"
        REAFFIRM = "reaffirm", "no change"
        WITHDRAW = "withdraw", "withdrawn"
        DECLINE = "decline", "not my area"

    class Channel(models.TextChoices):
        WEB = "web", "web"
        MAIL = "mail", "mail"
        API = "api", "API"
        IMPORT = "import", "import"
        COMPUTED = "computed", "computed"

    ANSWERS = (Event.UPDATE, Event.REAFFIRM)

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="estimates", db_index=False)
    forecaster = models.ForeignKey(Forecaster, on_delete=models.PROTECT, related_name="estimates")
    event = models.CharField(max_length=10, choices=Event, default=Event.UPDATE)
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    probability = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In units of 1/10,000.")
    probabilities = ArrayField(
        models.PositiveSmallIntegerField(),
        null=True,
        blank=True,
        help_text="Of each option by position, in units of 1/10,000.",
    )
    quantiles = ArrayField(
        models.FloatField(),
        null=True,
        blank=True,
        help_text="At the forecast's levels; a date in days since 1970-01-01 UTC.",
    )
    word = models.CharField(max_length=40, blank=True, help_text="The likelihood word chosen, if any.")
    word_scale = models.CharField(max_length=20, blank=True)
    word_scale_edition = models.CharField(max_length=20, blank=True)
    rationale = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    criteria_version = models.PositiveSmallIntegerField(default=1)
    prompt = models.OneToOneField("Prompt", null=True, blank=True, on_delete=models.PROTECT, related_name="estimate")
    corrects = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="correction",
        help_text="The slip whose place it takes: that one counts in no score.",
    )
    is_demo = models.BooleanField("demonstration", default=False)

    objects = PeoplesEstimates()
    references = ReferencesEstimates()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__lte=10_000),
                name="estimate_probability_in_range",
            ),
            models.CheckConstraint(
                condition=Q(event__in=["withdraw", "decline"], probability=None, probabilities=None, quantiles=None)
                | Q(
                    event__in=["update", "reaffirm"],
                    probability__isnull=False,
                    probabilities=None,
                    quantiles=None,
                )
                | Q(
                    event__in=["update", "reaffirm"],
                    probability=None,
                    probabilities__isnull=False,
                    quantiles=None,
                )
                | Q(
                    event__in=["update", "reaffirm"],
                    probability=None,
                    probabilities=None,
                    quantiles__isnull=False,
                ),
                name="estimate_has_one_value",
            ),
        ]
        indexes = [
            models.Index(fields=["forecast", "forecaster", "made_at", "id"], name="estimate_in_order"),
            models.Index(fields=["made_at", "id"], name="estimate_made"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        if self.event in (self.Event.WITHDRAW, self.Event.DECLINE):
            return str(self.get_event_display())
        if self.probability is not None:
            return f"{self.probability / 100:g}%"
        return ", ".join(f"{value:g}" for value in self.probabilities or self.quantiles or [])


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    def old(self, at: datetime) -> Self:
        """Those that no client sends again any more."""
        return self.filter(made_at__lt=at - IdempotencyKey.KEPT)


class IdempotencyKey(models.Model):
    """The answer already given to a POST that carried this key, so that a repeat gets the same one."""

    KEPT = timedelta(days=7)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    made_at = models.DateTimeField()

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["made_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return self.key
