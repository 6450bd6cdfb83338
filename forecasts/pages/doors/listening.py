"""Hears what Django and django-allauth do with accounts, and notes what matters for security.

What the owner of the tables does, who erases people, is noted where it is done.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import authentication_step_completed
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import DEFAULT_DB_ALIAS
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save, pre_save
from django.http import HttpRequest

from forecasts.mail import inviting
from forecasts.models import Membership, User
from forecasts.pages.doors.limited import WAS_RIGHT
from forecasts.pages.doors.middleware import CAME_IN
from forecasts.pages.doors.sessions import SEEN
from forecasts.rules import clock
from forecasts.rules.security_log import Kind, note

IS_NEW = "_is_new_account"


def connect() -> None:
    # In the place of Django's own, which takes the time of this process.
    user_logged_in.disconnect(dispatch_uid="update_last_login")
    user_logged_in.connect(came_in, dispatch_uid="update_last_login")
    authentication_step_completed.connect(step_done, dispatch_uid="reckoner-step")
    user_logged_out.connect(went, dispatch_uid="reckoner-went")
    post_init.connect(entry_begun, sender=LogEntry, dispatch_uid="reckoner-history")
    pre_save.connect(about_to_save, sender=User, dispatch_uid="reckoner-account")
    m2m_changed.connect(groups_changed, sender=User.groups.through, dispatch_uid="reckoner-groups")
    post_save.connect(membership_saved, sender=Membership, dispatch_uid="reckoner-membership")
    post_delete.connect(membership_gone, sender=Membership, dispatch_uid="reckoner-membership-gone")
    post_save.connect(factor_saved, sender=Authenticator, dispatch_uid="reckoner-factor")
    post_delete.connect(factor_gone, sender=Authenticator, dispatch_uid="reckoner-factor-gone")
    factors.authenticator_reset.connect(codes_made, dispatch_uid="reckoner-codes")


class PasswordNoted:
    """Listed among the validators, which Django tells of every new password, wherever it was set."""

    def validate(self, password: str, user: Any = None) -> None:
        """Any password will do."""

    def get_help_text(self) -> str:
        return ""

    def password_changed(self, password: str, user: Any = None) -> None:
        if isinstance(user, User) and not getattr(user, IS_NEW, False):
            note(Kind.PASSWORD, user, at=clock.now())


def about_to_save(instance: User, **_: Any) -> None:
    setattr(instance, IS_NEW, instance._state.adding)


def came_in(request: HttpRequest | None, user: User, **_: Any) -> None:
    """Whoever logs in, by whatever door, has just shown who they are."""
    user.last_login = clock.now()
    user.save(update_fields=["last_login"])
    if request is None:
        return
    if not get_authentication_records(request, user):
        record_authentication(request, user, "link")
    inviting.came_in(user)
    setattr(request, CAME_IN, user)


def step_done(request: HttpRequest, *, reauthenticated: bool = False, **_: Any) -> None:
    """A step of a log-in, or of one that is confirmed: then the session gets a new key, as at a log-in."""
    setattr(request, WAS_RIGHT, True)
    if reauthenticated:
        request.session.cycle_key()
        request.session.pop(SEEN, None)


def entry_begun(instance: LogEntry, **_: Any) -> None:
    """A line of the desk's history, which Django would date by the clock of this process."""
    if not instance.pk:
        instance.action_time = clock.now()


def went(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if isinstance(user, User):
        note(Kind.LOG_OUT, user, at=clock.now(), by=user)


def groups_changed(instance: Any, action: str, pk_set: set[int] | None, *, reverse: bool, **_: Any) -> None:
    """A role of everywhere that is open to all, or that of an administrator."""
    kinds = {"post_add": Kind.ROLE, "post_remove": Kind.ROLE_GONE, "pre_clear": Kind.ROLE_GONE}
    if action not in kinds:
        return
    at = clock.now()
    if reverse:
        people = User.objects.filter(pk__in=pk_set) if pk_set is not None else instance.user_set.all()
        pairs = [(person, instance.name) for person in people]
    else:
        groups = Group.objects.filter(pk__in=pk_set) if pk_set is not None else instance.groups.all()
        pairs = [(instance, group.name) for group in groups]
    for person, role in pairs:
        note(kinds[action], person, at=at, detail=f"{role} everywhere")


def membership_saved(instance: Membership, using: str, *, raw: bool = False, **_: Any) -> None:
    if not raw and using == DEFAULT_DB_ALIAS:
        note(Kind.ROLE, instance.user, at=clock.now(), detail=f"{instance.role} of {instance.scenario}")


def membership_gone(instance: Membership, using: str, **_: Any) -> None:
    if using == DEFAULT_DB_ALIAS:
        note(Kind.ROLE_GONE, instance.user, at=clock.now(), detail=f"{instance.role} of {instance.scenario}")


def factor_saved(instance: Authenticator, *, created: bool, raw: bool = False, **_: Any) -> None:
    if created and not raw:
        kind = Kind.CODES if instance.type == Authenticator.Type.RECOVERY_CODES else Kind.FACTOR
        note(kind, instance.user, at=clock.now(), detail=str(instance))


def factor_gone(instance: Authenticator, using: str, **_: Any) -> None:
    if using == DEFAULT_DB_ALIAS:
        note(Kind.FACTOR_GONE, instance.user, at=clock.now(), detail=str(instance))


def codes_made(user: User, authenticator: Authenticator, **_: Any) -> None:
    note(Kind.FACTOR, user, at=clock.now(), detail=f"new {authenticator}")
