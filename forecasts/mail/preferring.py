"""What people set about how, and about what, they are asked. Each change holds from the moment it is committed."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from forecasts import watching
from forecasts.models import Forecast, Mute, Preference, PromptKind, User
from forecasts.rules import access


@transaction.atomic
def save(person: User, wishes: Mapping[str, Any], *, at: datetime) -> Preference:
    """Set columns of a person's preference, and their time zone. What waits follows the new wishes."""
    preference = _held(person)
    for name, value in wishes.items():
        if name == "time_zone":
            User.objects.filter(pk=person.pk).update(time_zone=value)
        else:
            setattr(preference, name, value)
    preference.save()
    watching.refresh_person(person, at)
    return preference


@transaction.atomic
def stop(person: User, kinds: Collection[PromptKind], *, at: datetime) -> bool:
    """Send no more of these kinds. Whether that is new."""
    preference = _held(person)
    stopped = sorted({*preference.stopped, *(str(kind) for kind in kinds)})
    if stopped == sorted(preference.stopped):
        return False
    preference.stopped = stopped
    preference.save(update_fields=["stopped"])
    watching.refresh_person(person, at)
    return True


@transaction.atomic
def mute(person: User, forecast: Forecast, *, at: datetime, until: datetime | None = None) -> Mute:
    """Ask nothing about a forecast: until a time, or without one for good. Raises NotAllowed where it is not seen."""
    seen = Forecast.objects.visible_to(person).filter(pk=forecast.pk).exists()
    access.require(seen and person.is_active, "There is nothing to be asked about.")
    held = Forecast.objects.select_for_update(no_key=True).get(pk=forecast.pk)
    made, _ = Mute.objects.update_or_create(user=person, forecast=held, defaults={"until": until, "made_at": at})
    watching.refresh(held, at)
    return made


@transaction.atomic
def unmute(person: User, forecast: Forecast, *, at: datetime) -> None:
    """Ask about a forecast again."""
    held = Forecast.objects.select_for_update(no_key=True).get(pk=forecast.pk)
    Mute.objects.filter(user=person, forecast=held).delete()
    watching.refresh(held, at)


def new_calendar_key(person: User) -> str:
    """A new secret for the address of the person's calendar; the one before stops to work. Shown once."""
    secret = secrets.token_urlsafe(24)
    Preference.objects.update_or_create(user=person, defaults={"calendar_key": digest(secret)})
    return secret


def revoke_calendar(person: User) -> None:
    Preference.objects.filter(user=person).update(calendar_key=None)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _held(person: User) -> Preference:
    """The person's row, made where it is missing, locked: fifty at once wait for each other."""
    Preference.objects.bulk_create([Preference(user=person)], ignore_conflicts=True)
    return Preference.objects.select_for_update().get(user=person)
