"""Accounts, and the forecasters who are scored."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from forecasts.models.keeping_record import SUPERUSER_BY_GROUP
from forecasts.models.leaving import ACCOUNT_CLOSES


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Somebody in the group of administrators, which is what makes a superuser."""
        fields.pop("is_superuser", None)
        user = self.create_user(email, password, **fields)
        user.groups.add(Group.objects.get_or_create(name="administrator")[0])
        user.refresh_from_db(fields=["is_superuser"])
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can be written to. Erasing one blanks this row; the forecaster and the facts stay."""

    email = models.EmailField("e-mail", unique=True, error_messages={"unique": "This address has an account already."})
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="UTC", help_text="Such as Europe/Berlin.")
    is_demo = models.BooleanField("demonstration account", default=False)
    is_staff = models.BooleanField("may enter the admin", default=False)
    is_active = models.BooleanField("active", default=True)
    scenario_quota = models.PositiveSmallIntegerField(
        "scenarios",
        default=10,
        help_text="So many this person may make, where they own one already. Administrators make as many as they like.",
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case"),
        ]
        triggers = [ACCOUNT_CLOSES, SUPERUSER_BY_GROUP]

    def __str__(self) -> str:
        return f"{self.name} (demonstration)" if self.is_demo else self.name

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class ForecasterQuerySet(models.QuerySet["Forecaster"]):
    def analysts(self) -> Self:
        return self.filter(kind=Forecaster.Kind.ANALYST)

    def of(self, user: User) -> "Forecaster":
        """The forecaster that this person's estimates are scored under, made on first use."""
        forecaster, _ = self.get_or_create(user=user, defaults={"kind": Forecaster.Kind.ANALYST, "name": user.name})
        return forecaster

    def imported(self, name: str) -> "Forecaster":
        """The analyst of this name who has estimates here but no account."""
        forecaster, _ = self.get_or_create(kind=Forecaster.Kind.ANALYST, user=None, name=name)
        return forecaster

    def consensus(self, method: str) -> "Forecaster":
        forecaster, _ = self.get_or_create(
            kind=Forecaster.Kind.CONSENSUS, method=method, defaults={"name": f"Consensus ({method})"}
        )
        return forecaster

    def reference(self, method: str) -> "Forecaster":
        """The forecaster that is this rule of arithmetic, made on first use."""
        forecaster, _ = self.get_or_create(
            kind=Forecaster.Kind.REFERENCE, method=method, defaults={"name": method.replace("_", " ").capitalize()}
        )
        return forecaster


class Forecaster(models.Model):
    """Whoever is scored: an analyst, the consensus of one method, a source at one end of its band, or arithmetic."""

    class Kind(models.TextChoices):
        ANALYST = "analyst", "analyst"
        CONSENSUS = "consensus", "consensus"
        SOURCE = "source", "source"
        REFERENCE = "reference", "reference"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="forecaster")
    source = models.ForeignKey("Source", null=True, blank=True, on_delete=models.PROTECT, related_name="forecasters")
    method = models.CharField(
        max_length=40,
        blank=True,
        help_text="Of a consensus: how it is formed. Of a source: low, middle or high. Of a reference: its rule.",
    )

    objects = ForecasterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(kind="analyst", user__isnull=True),
                name="forecaster_imported_name_once",
            ),
            models.UniqueConstraint(
                fields=["method"], condition=models.Q(kind="consensus"), name="forecaster_consensus_once"
            ),
            models.UniqueConstraint(
                fields=["method"], condition=models.Q(kind="reference"), name="forecaster_reference_once"
            ),
            models.UniqueConstraint(
                fields=["source", "method"], condition=models.Q(kind="source"), name="forecaster_source_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="analyst", source__isnull=True)
                | models.Q(kind__in=["consensus", "reference"], user__isnull=True, source__isnull=True)
                | models.Q(kind="source", user__isnull=True, source__isnull=False),
                name="forecaster_kind_fits",
            ),
        ]

    def __str__(self) -> str:
        if self.user is not None and self.user.is_demo:
            return f"{self.name} (demonstration)"
        return self.name
