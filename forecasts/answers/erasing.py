"""Erases a person on request: name, address and rationales go; the forecaster and the numbers stay.

Run by the role that owns the tables, for which alone the triggers of facts give way, and only here. What somebody did
in office stays readable: notes on verdicts, reasons of amendments and the like keep their text, without the name and
the address in it. Estimates keep their numbers and lose their rationales, so tallies do not move.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import pgtrigger
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, Q

from forecasts import watching
from forecasts.answers import sql
from forecasts.models import (
    Amendment,
    Bounce,
    CalendarEntry,
    Erasure,
    Estimate,
    Forecast,
    Forecaster,
    IdempotencyKey,
    Membership,
    Message,
    Mute,
    Postponement,
    Preference,
    Prompt,
    Receipt,
    Report,
    SecurityEvent,
    Suppression,
    Token,
    User,
    Verdict,
    Watch,
)
from forecasts.models.leaving import departing
from forecasts.models.sql import row
from forecasts.rules.errors import NotAllowed

OWNER = "owner"
BECAUSE = "The person was erased."
# Texts in which a name or an address can stand, whoever wrote them.
TEXTS: tuple[tuple[type[Model], str], ...] = (
    (Verdict, "note"),
    (Amendment, "reason"),
    (Postponement, "reason"),
    (Report, "note"),
    (Receipt, "text"),
    (Bounce, "text"),
    (SecurityEvent, "detail"),
    (LogEntry, "change_message"),
    (LogEntry, "object_repr"),
)
# Rows that say how to reach a person and where they take part, and nothing that others rely on.
GONE: tuple[type[Model], ...] = (Preference, CalendarEntry, Mute, Watch, Membership, IdempotencyKey, Token)


@dataclass(frozen=True, slots=True)
class Traces:
    """What stands of a person here."""

    estimates: int
    rationales: int
    verdicts: int
    messages: int


def traces(user: User) -> Traces:
    estimates = Estimate.objects.filter(forecaster__user=user)
    return Traces(
        estimates.count(),
        estimates.exclude(rationale="").count(),
        Verdict.objects.filter(person=user).count(),
        Message.objects.filter(recipient=user).count(),
    )


def erase(email: str, operator: str, reason: str, *, at: datetime, using: str = OWNER) -> Erasure:
    """Erase the person of this address. Raises NotAllowed, where nothing is kept of the attempt."""
    with transaction.atomic(using):
        user = User.objects.using(using).select_for_update().filter(email=email.strip().lower()).first()
        if user is None:
            raise NotAllowed(f"No account has the address {email}.")
        _check(user, using)
        old = (user.email, user.name)
        with _past_the_triggers(using):
            Estimate.objects.using(using).filter(forecaster__user=user).exclude(rationale="").update(rationale="")
            _scrub(old, alias(user), using)
            SecurityEvent.objects.using(using).filter(Q(person=user) | Q(by=user)).update(address=None)
        with departing(at, using):
            _take_away(user, using)
            _blank(user, at, using)
        _blank_mail(user, using)
        SecurityEvent.objects.using(using).create(
            kind=SecurityEvent.Kind.ERASURE, made_at=at, person=user, detail=_without(old, alias(user), operator)
        )
        return Erasure.objects.using(using).create(
            user=user, made_at=at, operator=operator, reason=_without(old, alias(user), reason)
        )


def ask_others(named: Iterable[Forecast], at: datetime) -> None:
    """Of the forecasts that named somebody who was erased, ask those who are left."""
    for forecast in named:
        watching.refresh(forecast, at)


def alias(user: User) -> str:
    """The name under which the numbers stay."""
    return f"Erased person {user.pk}"


def _check(user: User, using: str) -> None:
    if not row(sql.OWNS, using=using)["owns"]:
        raise NotAllowed("Only the role that owns the tables erases people: give it in DATABASE_OWNER_URL.")
    others = User.objects.using(using).filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise NotAllowed("This is the only administrator: make another one first.")


@contextmanager
def _past_the_triggers(using: str) -> Iterator[None]:
    """Facts can be changed within, by a role that may."""
    facts: list[type[Model]] = [Estimate, *(model for model, _ in TEXTS if model is not LogEntry)]
    uris = [f"{model._meta.label}:append_only" for model in facts]
    with pgtrigger.ignore(*uris, databases=[using]):
        yield


def _scrub(old: tuple[str, str], new: str, using: str) -> None:
    """Take the name and the address out of every text that holds one."""
    email, name = old
    for model, field in TEXTS:
        rows = model._default_manager.using(using)
        holding = Q(**{f"{field}__icontains": email}) | Q(**{f"{field}__icontains": name})
        for pk, text in rows.filter(holding).values_list("pk", field):
            rows.filter(pk=pk).update(**{field: _without(old, new, text)})


def _without(old: tuple[str, str], new: str, text: str) -> str:
    for said in old:
        text = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", new, text, flags=re.IGNORECASE)
    return text


def _take_away(user: User, using: str) -> None:
    """What lets the person in, says how to reach them, and gives them something to do."""
    for model in GONE:
        model._default_manager.using(using).filter(user=user).delete()
    for model, field in _of_other_apps():
        model._default_manager.using(using).filter(**{field: user}).delete()
    Suppression.objects.using(using).filter(address=user.email).delete()
    user.groups.clear()
    user.user_permissions.clear()
    Forecast.assignees.through.objects.using(using).filter(user=user).delete()
    for part in ("resolver", "backup"):
        Forecast.objects.using(using).filter(**{part: user}).update(**{part: None})
    for session in Session.objects.using(using).all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete(using=using)


def _of_other_apps() -> list[tuple[type[Model], str]]:
    """What apps that are not ours keep of a person: factors, sessions, ways in. Django's log goes its own way."""
    related = User._meta.related_objects
    return [
        (one.related_model, one.field.name)
        for one in related
        if one.related_model._meta.app_label not in ("forecasts", "admin")
    ]


def _blank_mail(user: User, using: str) -> None:
    """No byte of a message stays, nor where it went; what was still to go does not go."""
    state = Prompt.State
    Prompt.objects.using(using).filter(recipient=user, state=state.PLANNED).update(
        state=state.CANCELLED, reason=BECAUSE
    )
    messages = Message.objects.using(using).filter(recipient=user)
    messages.update(address=_address(user), subject="(erased)", content=None, reason="")
    waiting = messages.filter(state__in=[Message.State.QUEUED, Message.State.LEASED])
    waiting.update(state=Message.State.CANCELLED, lease=None, reason=BECAUSE)


def _address(user: User) -> str:
    return f"erased-{user.pk}@erased.invalid"


def _blank(user: User, at: datetime, using: str) -> None:
    Forecaster.objects.using(using).filter(user=user).update(name=alias(user))
    of_user = ContentType.objects.db_manager(using).get_for_model(User)
    entries = LogEntry.objects.using(using).filter(content_type=of_user, object_id=str(user.pk))
    entries.update(object_repr=alias(user))
    user.email, user.name, user.time_zone = _address(user), alias(user), "UTC"
    user.is_active = user.is_superuser = user.is_staff = False
    user.last_login, user.erased_at = None, at
    user.set_unusable_password()
    user.save(using=using)
