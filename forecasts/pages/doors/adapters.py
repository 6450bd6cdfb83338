"""Where django-allauth asks us: about accounts, about factors."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from forecasts.models import User
from forecasts.pages.doors import provider, required
from forecasts.pages.doors.middleware import origin

NOWHERE = "0.0.0.0"  # noqa: S104 -- where a server does not say who connected
SAID_BY_US = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


def is_recent(request: HttpRequest) -> bool:
    """Whether the person has shown within the last minutes that it is them: by a log-in, a password or a factor."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are invited; nobody signs up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return origin(request).address or NOWHERE

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_recent(context.request)

    def reauthenticate(self, user: Any, password: str) -> bool:
        return bool(user.check_password(password))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has neither password nor factor logs in with the provider once more."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if found or not provider.name():
            return found
        said = f"Log in with {provider.name()} again"
        return [{"id": "provider", "description": said, "url": provider.address()}]

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template not in SAID_BY_US:
            super().add_message(request, level, message_template, *args, **kwargs)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "A second factor is required here, and this is your only one.",
    }

    def get_totp_issuer(self) -> str:
        return "Reckoner"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 -- allauth's
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Reckoner"}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of whoever has to have one. Recovery codes are none."""
        person: User = authenticator.user
        others = required.factors(person).exclude(pk=authenticator.pk)
        return not required.is_required(person) or others.exists()
