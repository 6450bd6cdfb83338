"""The forecast: a question with resolution criteria and dates."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

import pgtrigger
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Greatest
from django.urls import reverse

from forecasts.models.articles import Statement
from forecasts.models.facts import append_only
from forecasts.models.keeping_record import OFFICES_CHANGE, amended, unchanging
from forecasts.models.kinds import KINDS, QuestionKind
from forecasts.models.people import User
from forecasts.models.regrouping import forecast_regroups
from forecasts.models.scenarios import Scenario, categories

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


ASKED = (
    "scenario_id", "key", "category", "kind", "title", "criteria", "fine_print", "statement_id", "fidelity",
    "options_are_ordered", "unit", "range_lower", "range_upper", "lower_is_open", "upper_is_open", "range_scale",
    "quantile_levels", "resolution_source", "resolution_source_url", "resolution_source_lag", "fallback_source",
    "time_zone", "opens_at", "closes_at", "resolves_at",
)  # fmt: skip
"""Columns that say what is asked: after publication only an amendment changes them."""


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Published forecasts of the scenarios that this person may see, and those that name them.

        Drafts stay in the admin.
        """
        published = self.exclude(published_at=None)
        if not user.is_authenticated:
            return published.none()
        if user.is_superuser:
            return published
        return published.filter(Q(scenario__in=Scenario.objects.visible_to(user)) | self._names(user))

    def naming(self, user: User) -> Self:
        """Those on which this person is the resolver, the backup or an assignee."""
        return self.filter(self._names(user))

    def _names(self, user: User) -> Q:
        assigned = Forecast.assignees.through.objects.filter(user=user).values("forecast")
        return Q(resolver=user) | Q(backup=user) | Q(pk__in=assigned)

    def published(self, at: datetime) -> Self:
        return self.filter(published_at__lte=at)

    def open(self, at: datetime) -> Self:
        """Estimates are taken: the window is open and the answer is not known."""
        return self.published(at).filter(opens_at__lte=at, closes_at__gt=at).exclude(self._resolved(at))

    def closed(self, at: datetime) -> Self:
        return self.published(at).filter(closes_at__lte=at)

    def resolved(self, at: datetime) -> Self:
        return self.filter(self._resolved(at))

    def awaiting_resolution(self, at: datetime) -> Self:
        """Closed and not resolved."""
        return self.closed(at).exclude(self._resolved(at))

    def overdue(self, at: datetime) -> Self:
        """The answer should be known by now, and nobody has resolved it."""
        return self.published(at).filter(resolves_at__lte=at).exclude(self._resolved(at))

    def matured(self, at: datetime) -> Self:
        """Old enough to enter the tallies: both closing and resolving dates, as scheduled, have passed."""
        return self.alias(matures_at=Greatest("closes_at", "resolves_at")).filter(matures_at__lte=at)

    def unanswered_by_two(self) -> Self:
        """Two people are to answer who have not both done so: nobody is told what to agree with."""
        two = Q(two_people_resolve=True) | Q(scenario__two_people_resolve=True)
        return self.filter(two).exclude(pk__in=self._verdicts().answered_by_two().values("forecast"))

    def answered_apart(self, at: datetime) -> Self:
        """Those of them that have closed: from then on nothing tells the second what to say."""
        return self.closed(at).unanswered_by_two()

    def with_state(self, at: datetime) -> Self:
        """Published forecasts, each with its `state`, a value of Forecast.State: exactly one at a time."""
        state = Forecast.State
        return self.published(at).annotate(
            state=Case(
                When(self._resolved(at), then=Value(state.RESOLVED)),
                When(opens_at__gt=at, then=Value(state.UPCOMING)),
                When(closes_at__gt=at, then=Value(state.OPEN)),
                When(resolves_at__lte=at, then=Value(state.OVERDUE)),
                default=Value(state.AWAITING_RESOLUTION),
                output_field=models.CharField(),
            )
        )

    def _resolved(self, at: datetime) -> Exists:
        return Exists(self._verdicts().complete(at).filter(forecast=OuterRef("pk")))

    def _verdicts(self) -> Any:
        """By the relation: verdicts are of forecasts, and forecasts do not know them."""
        related: Any = self.model._meta.get_field("verdicts").related_model
        return related.objects


class Forecast(models.Model):
    """A question that reality answers. Its criteria and dates change only by an amendment."""

    class Kind(models.TextChoices):
        BINARY = "binary", KINDS["binary"].label
        MULTIPLE_CHOICE = "multiple_choice", KINDS["multiple_choice"].label
        NUMERIC = "numeric", KINDS["numeric"].label
        DATE = "date", KINDS["date"].label

    class State(models.TextChoices):
        """What a published forecast waits for; derived, see `with_state`."""

        UPCOMING = "upcoming", "opens later"
        OPEN = "open", "open"
        AWAITING_RESOLUTION = "awaiting_resolution", "awaiting resolution"
        OVERDUE = "overdue", "overdue"
        RESOLVED = "resolved", "resolved"

    class Fidelity(models.TextChoices):
        SAME = "same", "the same as the statement"
        NARROWER = "narrower", "narrower than the statement"
        OPPOSITE = "opposite", "the opposite of the statement"

    class Scale(models.TextChoices):
        LINEAR = "linear", "linear"
        LOG = "log", "logarithmic"

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="forecasts")
    key = models.SlugField(max_length=200, help_text="Its name in files, unique in the scenario.")
    category = models.CharField(max_length=30, choices=categories)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.BINARY)
    title = models.CharField(max_length=500)
    criteria = models.TextField(blank=True)
    fine_print = models.TextField(blank=True)
    background = models.TextField(blank=True)

    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="forecasts")
    fidelity = models.CharField(max_length=10, choices=Fidelity, blank=True)

    options_are_ordered = models.BooleanField(default=False)
    unit = models.CharField(max_length=60, blank=True)
    range_lower = models.FloatField(null=True, blank=True, help_text="A date counts in days since 1970-01-01 UTC.")
    range_upper = models.FloatField(null=True, blank=True)
    lower_is_open = models.BooleanField(default=False)
    upper_is_open = models.BooleanField(default=False)
    range_scale = models.CharField(max_length=10, choices=Scale, default=Scale.LINEAR)
    quantile_levels = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text="In units of 1/10,000, rising.",
    )

    situation = models.CharField(
        max_length=100,
        blank=True,
        help_text="Forecasts of one name resolve together, in whatever scenario. Empty: those of this scenario that"
        " opened in the same quarter.",
    )

    resolution_source = models.CharField(max_length=300, blank=True)
    resolution_source_url = models.URLField(max_length=1000, blank=True)
    resolution_source_lag = models.CharField(
        max_length=200, blank=True, help_text="How long after the fact it publishes."
    )
    fallback_source = models.TextField(blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")

    drafted_at = models.DateTimeField(null=True, blank=True, editable=False)
    drafted_by = models.ForeignKey(
        User, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="forecasts_drafted"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    resolves_at = models.DateTimeField(null=True, blank=True, help_text="When the answer should be known.")
    review_every = models.DurationField(default=timedelta(days=7))

    resolver = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="forecasts_to_resolve"
    )
    backup = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="forecasts_to_back_up"
    )
    assignees = models.ManyToManyField(User, blank=True, related_name="assigned_forecasts")
    two_people_resolve = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=False, help_text="Came from a file; nobody is asked about it.")
    version = models.PositiveSmallIntegerField(default=1, help_text="Of the criteria; each amendment adds one.")
    overrides = models.JSONField(
        default=list, blank=True, help_text="Resolvability checks that an editor overrode, with reasons."
    )

    objects = ForecastQuerySet.as_manager()

    class Meta:
        ordering = ["closes_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "key"], name="forecast_key_once"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="forecast_opens_before_it_closes",
                violation_error_message="A forecast opens before it closes.",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__lte=F("resolves_at")),
                name="forecast_closes_before_it_resolves",
                violation_error_message="A forecast closes before, or when, its answer should be known.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | (
                    Q(opens_at__isnull=False, closes_at__isnull=False, resolves_at__isnull=False)
                    & (~Q(criteria="") | Q(is_imported=True))
                ),
                name="forecast_published_is_complete",
                violation_error_message="A published forecast has criteria and all its dates.",
            ),
            models.CheckConstraint(
                condition=Q(statement__isnull=True, fidelity="") | Q(statement__isnull=False) & ~Q(fidelity=""),
                name="forecast_fidelity_with_statement",
                violation_error_message="A forecast of a statement says how faithful it is; a derived one does not.",
            ),
        ]
        indexes = [
            models.Index(fields=["scenario", "closes_at"], name="forecast_scenario_closes"),
            models.Index(Greatest("closes_at", "resolves_at"), name="forecast_matures"),
            models.Index(fields=["published_at"], name="forecast_published"),
            models.Index(fields=["opens_at"], name="forecast_opens"),
            models.Index(fields=["closes_at"], name="forecast_closes"),
            models.Index(fields=["resolves_at"], name="forecast_resolves"),
        ]
        triggers = [forecast_regroups(), *amended(ASKED), OFFICES_CHANGE]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forecast", args=[self.pk])

    @property
    def asks(self) -> QuestionKind:
        """The record of its kind."""
        return KINDS[self.kind]

    @property
    def is_derived(self) -> bool:
        """The article does not say it; somebody concluded it."""
        return self.statement_id is None

    @property
    def matures_at(self) -> datetime:
        """From when its answer may enter the tallies. Only of a forecast with dates."""
        assert self.closes_at is not None  # noqa: S101
        assert self.resolves_at is not None  # noqa: S101
        return max(self.closes_at, self.resolves_at)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def moment(self, at: datetime) -> datetime:
        """`at`, or the time of the newest fact about this forecast where that is later.

        Asked under the forecast's lock, so that no fact is older than one that it was made after.
        """
        newest = Forecast.objects.filter(pk=self.pk).values_list(
            _newest("Estimate", "made_at"), _newest("Verdict", "recorded_at"), _newest("Amendment", "made_at")
        )
        facts: list[datetime] = [moment for moment in newest.get() if moment is not None]
        return max([at, *facts])


def _newest(facts: str, column: str) -> models.Subquery:
    """The latest of a forecast's facts of one kind."""
    model = apps.get_model("forecasts", facts)
    rows = model._default_manager.filter(forecast=OuterRef("pk")).order_by().values("forecast")
    return models.Subquery(rows.annotate(newest=models.Max(column)).values("newest"))


class Option(models.Model):
    """One answer of a multiple-choice forecast. May be added while the forecast is open."""

    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["forecast", "position"], name="option_position_once"),
            models.UniqueConstraint(fields=["forecast", "label"], name="option_label_once"),
        ]
        triggers = [
            unchanging(
                ("forecast_id", "position", "label"),
                "options that were published stay",
                "EXISTS (SELECT FROM forecasts_forecast f WHERE f.id = OLD.forecast_id AND f.published_at IS NOT NULL)",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Amendment(models.Model):
    """A change of a published forecast's criteria or dates. A fact."""

    class Kind(models.TextChoices):
        CLARIFYING = "clarifying", "clarifying"
        MATERIAL = "material", "material"

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="amendments")
    version = models.PositiveSmallIntegerField(help_text="The version that this amendment made.")
    kind = models.CharField(max_length=10, choices=Kind)
    changes = models.JSONField(help_text="Field name to its old and its new value.")
    reason = models.TextField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["forecast", "version"], name="amendment_version_once")]
        triggers: list[pgtrigger.Trigger] = [append_only()]

    def __str__(self) -> str:
        return f"Version {self.version} ({self.kind})"
