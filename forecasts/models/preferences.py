"""How a person wants to be asked, and what they do not want to be asked about."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from forecasts.models.forecasts import Forecast
from forecasts.models.mail_kinds import choices
from forecasts.models.people import User

MOST_A_DAY = 3
WORKING_DAYS = (0, 1, 2, 3, 4)


def working_days() -> list[int]:
    return list(WORKING_DAYS)


def every_day() -> list[int]:
    return list(range(7))


class Preference(models.Model):
    """When and how one person is written to. Who has no row is written to as the defaults say."""

    class Digest(models.TextChoices):
        EACH = "each", "each on its own, at once"
        DAILY = "daily", "one mail a day"
        WEEKLY = "weekly", "one mail a week"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="preference")
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.EACH)
    hour = models.PositiveSmallIntegerField(default=9, help_text="Of the digest, 0 to 23, in the person's time zone.")
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(),
        default=every_day,
        help_text="Days on which mail goes out, Monday 0 to Sunday 6; a weekly digest on the first after days off.",
    )
    stopped = ArrayField(
        models.CharField(max_length=20, choices=choices),
        default=list,
        blank=True,
        help_text="Kinds of prompts not wanted.",
    )
    most_a_day = models.PositiveSmallIntegerField(
        default=MOST_A_DAY, help_text="Mails, but for what cannot wait; 0 for no limit."
    )
    absent_until = models.DateField(null=True, blank=True, help_text="No mail before this day.")
    calendar_key = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="SHA-256 of the secret in the calendar's address."
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hour__lte=23), name="preference_hour_of_a_day")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_digest_display()}"


class MuteQuerySet(models.QuerySet["Mute"]):
    def in_force(self, at: datetime) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=at))


class Mute(models.Model):
    """One person does not want to be asked about one forecast: for good, or snoozed until a time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mutes")
    forecast = models.ForeignKey(Forecast, on_delete=models.CASCADE, related_name="mutes")
    until = models.DateTimeField(null=True, blank=True, help_text="Empty: for good.")
    made_at = models.DateTimeField()

    objects = MuteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "forecast"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.user} on {self.forecast} until {self.until or 'further notice'}"


class CalendarEntry(models.Model):
    """What a calendar program was last shown of one entry, so that a copy which it kept never outdoes a later one."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_entries")
    key = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    title = models.TextField()
    path = models.TextField()
    text = models.TextField(blank=True)
    is_cancelled = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0, help_text="How often it has changed.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="calendar_entry_once")]

    def __str__(self) -> str:
        return self.title


class Suppression(models.Model):
    """An address that refused mail twice for good: nothing more is sent to it until somebody lifts this."""

    address = models.EmailField(unique=True)
    made_at = models.DateTimeField()
    reason = models.TextField()

    def __str__(self) -> str:
        return self.address
