"""Scenarios and who takes part in them."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.urls import reverse

from forecasts.language import CATEGORIES
from forecasts.models.facts import append_only
from forecasts.models.keeping_record import MEMBERSHIP_CHANGES, STAYS_STRICT
from forecasts.models.leaving import MEMBERSHIP_ENDS
from forecasts.models.people import User
from forecasts.models.regrouping import scenario_regroups

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


Category = models.TextChoices(  # type: ignore[call-overload]  # its members are the records
    "Category", [(one.key.upper(), (one.key, one.label)) for one in CATEGORIES.values()]
)


def categories() -> list[tuple[str, str]]:
    """The choices of the fields that hold a category. Asked when they are needed, so a new one needs no migration."""
    return list(Category.choices)


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Open scenarios for everybody with an account, the others for their members."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        mine = Membership.objects.filter(user=user).values("scenario")
        return self.filter(models.Q(visibility=Scenario.Visibility.ALL) | models.Q(pk__in=mine))


class Scenario(models.Model):
    """A set of forecasts about one situation."""

    class Visibility(models.TextChoices):
        ALL = "all", "everybody with an account"
        MEMBERS = "members", "its members"

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    blind_until_answered = models.BooleanField(
        default=False, help_text="Hides the estimates of others, and the consensus, until one has answered."
    )
    two_people_resolve = models.BooleanField(default=False, help_text="A second person confirms each resolution.")
    cooling_off_hours = models.PositiveSmallIntegerField(
        default=24, help_text="Hours in which a resolution can be taken back before it is scored."
    )
    sooner_when_moved = models.PositiveSmallIntegerField(
        default=1500,
        help_text="Ask again at once when the consensus has moved this far since an analyst's last answer, in units of"
        " 1/10,000; 0: never.",
    )
    is_pool = models.BooleanField(
        "a pool of unrelated questions",
        default=False,
        help_text="What comes of one tells nothing of the others. Otherwise forecasts that opened in the same quarter"
        " count as one situation.",
    )
    is_demo = models.BooleanField("demonstration", default=False)
    made_by = models.ForeignKey(
        User,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="scenarios_made",
        help_text="Empty: an operator, or an administrator at the desk.",
    )
    members = models.ManyToManyField(User, through="Membership", related_name="scenarios")
    articles: "models.ManyToManyField[Any, models.Model]" = models.ManyToManyField(
        "Article", blank=True, related_name="scenarios"
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        triggers = [scenario_regroups(), STAYS_STRICT]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("scenario", args=[self.slug])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def come_in(self) -> Self:
        """Of those who have acted or logged in since they were invited: the others show to nobody, whoever they are."""
        return self.filter(invited_as="")


class Membership(models.Model):
    """One person's part in one scenario. What a role allows stands in `forecasts/rules/access.py`."""

    class Role(models.TextChoices):
        VIEWER = "viewer", "viewer"
        ANALYST = "analyst", "analyst"
        RESOLVER = "resolver", "resolver"
        EDITOR = "editor", "editor"
        OWNER = "owner", "owner"

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.ANALYST)
    invited_as = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text="The name that whoever invited them wrote, until they come in: others are shown no more of them.",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scenario", "user"], name="membership_once"),
        ]
        triggers = [MEMBERSHIP_ENDS, MEMBERSHIP_CHANGES]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} of {self.scenario}"


class MembershipChange(models.Model):
    """Somebody became a member, got another role, or left: who, when and by whom. A fact, which the database writes."""

    # Written while memberships go, be it with their scenario or their person: neither need be there afterwards.
    scenario = models.ForeignKey(Scenario, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    user = models.ForeignKey(User, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    before = models.CharField(max_length=10, blank=True, choices=Membership.Role, help_text="Empty: no member.")
    after = models.CharField(max_length=10, blank=True, choices=Membership.Role, help_text="Empty: no member.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        help_text="Empty: the service, or an operator.",
    )

    class Meta:
        ordering = ["made_at", "pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.before or 'nobody'} became {self.after or 'nobody'}"
