"""What people said came of a forecast, with evidence."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL

from forecasts.models.evidence import Count
from forecasts.models.facts import append_only
from forecasts.models.forecasts import Forecast, Option
from forecasts.models.people import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

type Instant = datetime | RawSQL


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(forecast__in=Forecast.objects.visible_to(user)).told_to(user)

    def told_to(self, user: "User | AnonymousUser") -> Self:
        """Without the proposals of others that wait for a second person: nobody is told what to agree with."""
        others = ~Q(person=user.pk) if user.pk else Q()
        waiting = Q(pk__in=Verdict.objects.awaiting_second().values("pk")) & others
        return self.exclude(waiting).exclude(
            act=Verdict.Act.COMPUTED, forecast__in=Forecast.objects.unanswered_by_two()
        )

    def opening(self) -> Self:
        """The acts that opened a round."""
        return self.filter(act__in=Verdict.OPENING)

    def standing(self, at: Instant | None = None) -> Self:
        """The act that opened each forecast's newest round that nobody has taken back, by `at` or so far."""
        taken_back = _in_round(at, act=Verdict.Act.TAKE_BACK)
        later = (
            Verdict.objects.opening().recorded(at).filter(forecast=OuterRef("forecast"), round__gt=OuterRef("round"))
        )
        return self.opening().recorded(at).exclude(taken_back).exclude(Exists(later.exclude(taken_back)))

    def waiting(self, at: Instant | None = None) -> Self:
        """Standing rounds that somebody else has still to complete."""
        return self.standing(at).exclude(_in_round(at, takes_effect_at__isnull=False))

    def awaiting_second(self) -> Self:
        """Proposals that wait for a second person's own word."""
        return self.waiting().exclude(_in_round(act=Verdict.Act.DISSENT))

    def disputed(self) -> Self:
        """Proposals that a second person contradicted: the scenario's owner decides."""
        return self.waiting().filter(_in_round(act=Verdict.Act.DISSENT))

    def answered_by_two(self) -> Self:
        """The acts after which nobody has still to answer in their round: what completed it, or a dissent."""
        return self.filter(Q(takes_effect_at__isnull=False) | Q(act=Verdict.Act.DISSENT))

    def complete(self, at: Instant) -> Self:
        """The acts that completed a round by `at` and were not taken back: at most one a round.

        This is the rule of what stands: of a forecast the newest of these.
        """
        completing = self.recorded(at).filter(takes_effect_at__isnull=False)
        return completing.exclude(_in_round(at, act=Verdict.Act.TAKE_BACK))

    def effective(self, at: datetime) -> Self:
        """Complete acts whose cooling-off is over, newest round first; the first of a forecast is its resolution."""
        return self.complete(at).filter(takes_effect_at__lte=at).order_by("-round")

    def telling(self, at: Instant) -> Self:
        """The acts that made or ended a resolution by `at`: the newest of these is the news of a forecast."""
        made = Q(takes_effect_at__isnull=False)
        ended = Q(_in_round(at, takes_effect_at__isnull=False), act=Verdict.Act.TAKE_BACK)
        return self.recorded(at).filter(made | ended)

    def judged(self, at: datetime) -> Self:
        """What was said by `at`, each act with `is_complete`, `is_waiting`, `is_telling`, as the methods above tell."""
        of = Verdict.objects.filter(pk=OuterRef("pk"))
        return self.recorded(at).annotate(
            is_complete=Exists(of.complete(at)), is_waiting=Exists(of.waiting(at)), is_telling=Exists(of.telling(at))
        )

    def recorded(self, at: Instant | None) -> Self:
        return self if at is None else self.filter(recorded_at__lte=at)


def _in_round(at: Instant | None = None, **what: Any) -> Exists:
    """Whether such an act is in the same round, by `at` or so far."""
    return Exists(Verdict.objects.recorded(at).filter(forecast=OuterRef("forecast"), round=OuterRef("round"), **what))


class Verdict(models.Model):
    """One person's act on a forecast's outcome. A fact: nothing is overwritten, later acts supersede."""

    class Act(models.TextChoices):
        PROPOSE = "propose", "proposed"
        CONFIRM = "confirm", "confirmed"
        DISSENT = "dissent", "dissented"
        TAKE_BACK = "take_back", "taken back"
        SUPERSEDE = "supersede", "superseded"
        COMPUTED = "computed", "counted by the machine"
        REFUSE = "refuse", "refused what was counted"

    class Outcome(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        OPTION = "option", "Option"
        VALUE = "value", "Value"
        BELOW = "below", "Below the range"
        ABOVE = "above", "Above the range"
        ANNULLED = "annulled", "Annulled: the forecast was defective"
        AMBIGUOUS = "ambiguous", "Ambiguous: reality stayed unclear"

    class Defect(models.TextChoices):
        """Why a forecast was annulled."""

        UNDECIDABLE = "undecidable", "no source could decide it"
        UNCLEAR = "unclear", "its criteria allow more than one reading"
        KNOWN_BEFORE = "known_before", "the answer was known before it opened"
        WRONG_PREMISE = "wrong_premise", "it rests on something that is not so"
        SOURCE_GONE = "source_gone", "its source stopped publishing"
        DUPLICATE = "duplicate", "it asks what another forecast asks"
        OTHER = "other", "another reason, in the note"

    OPENING = (Act.PROPOSE, Act.SUPERSEDE)
    BEYOND = (Outcome.BELOW, Outcome.ABOVE)
    """Past an open end of a range, by how much is not said."""
    UNSCORED = (Outcome.ANNULLED, Outcome.AMBIGUOUS)

    forecast = models.ForeignKey(Forecast, on_delete=models.PROTECT, related_name="verdicts")
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="verdicts")
    act = models.CharField(max_length=10, choices=Act)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    value = models.FloatField(null=True, blank=True, help_text="A number, or a date in days since 1970-01-01 UTC.")
    occurred_at = models.DateTimeField(null=True, blank=True)
    known_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Set on the act that completes its round: recorded_at plus the cooling-off.",
    )
    annulled_because = models.CharField(max_length=40, blank=True, choices=Defect)
    note = models.TextField(blank=True)
    is_imported = models.BooleanField(default=False)
    count = models.ForeignKey(
        Count,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="verdicts",
        help_text="What the machine counted: of its own proposal, and of whoever confirms or refuses that.",
    )

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["forecast", "round", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "round"],
                condition=Q(act__in=["propose", "supersede"]),
                name="verdict_opens_round_once",
            ),
            models.UniqueConstraint(fields=["count"], condition=Q(act="computed"), name="verdict_computed_once"),
            models.CheckConstraint(
                condition=~Q(act="computed") | Q(person=None, count__isnull=False, takes_effect_at=None, round=0),
                name="verdict_computed_by_nobody",
            ),
            models.UniqueConstraint(
                fields=["forecast", "round"], condition=Q(act="take_back"), name="verdict_taken_back_once"
            ),
            models.UniqueConstraint(
                fields=["forecast", "round"],
                condition=Q(takes_effect_at__isnull=False),
                name="verdict_completes_once",
            ),
            models.CheckConstraint(
                condition=Q(known_at__isnull=True) | Q(known_at__lte=F("recorded_at")),
                name="verdict_known_before_recorded",
                violation_error_message="What is recorded now cannot have become known later.",
            ),
            models.CheckConstraint(
                condition=Q(occurred_at__isnull=True) | Q(known_at__isnull=True) | Q(occurred_at__lte=F("known_at")),
                name="verdict_occurred_before_known",
                violation_error_message="It cannot have become known before it occurred.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "annulled", "ambiguous"], option=None, value=None)
                | Q(outcome__in=["yes", "no", "below", "above"], option=None, value=None, known_at__isnull=False)
                | Q(outcome="option", option__isnull=False, value=None, known_at__isnull=False)
                | Q(outcome="value", option=None, value__isnull=False, known_at__isnull=False),
                name="verdict_outcome_fits",
            ),
        ]
        indexes = [
            models.Index(fields=["forecast", "-round"], name="verdict_newest_round"),
            models.Index(fields=["recorded_at"], name="verdict_recorded"),
            models.Index(
                fields=["takes_effect_at"], condition=Q(takes_effect_at__isnull=False), name="verdict_takes_effect"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return (
            f"{self.get_act_display()}: {self.get_outcome_display()}" if self.outcome else str(self.get_act_display())
        )


class Evidence(models.Model):
    """What a verdict rests on. A fact."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="evidence")
    url = models.URLField("address", max_length=1000, blank=True)
    quote = models.TextField("verbatim quote", blank=True)
    retrieved_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateTimeField("speaks for", null=True, blank=True, help_text="The date that the figure speaks for.")
    file = models.FileField(upload_to="evidence/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "evidence"
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.url or self.quote[:80] or str(self.file.name)
