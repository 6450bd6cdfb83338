"""Log-in with the identity provider of the organisation, by OpenID Connect; its groups become roles here."""

from collections.abc import Collection, Iterable
from http import HTTPStatus
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from forecasts.models import User
from forecasts.pages.doors.refusals import too_many
from forecasts.rules import clock, guesses, security_log
from forecasts.rules.access import ADMINISTRATOR
from forecasts.rules.limits import Limit, TooMany
from forecasts.rules.security_log import Kind

SIGN_UPS = Limit("sign-ups-from-address", 10, 3600)
UNKNOWN = "Nobody here has this address. Ask an owner of a scenario to invite you."
CLOSED = "This account is closed."
UNVERIFIED = "The provider does not say that this address is verified, so it opens no account here."


def name() -> str:
    """What people call the provider; empty where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""


def address() -> str:
    return reverse("openid_connect_login", kwargs={"provider_id": settings.OIDC_PROVIDER})


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Who may come in through the provider: who has an account, and, where that is set, whom it puts into a group."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        person = sociallogin.user if sociallogin.is_existing else self._connected(request, sociallogin)
        if person is None:
            return
        if not person.is_active:
            raise refused(request, CLOSED)
        give_roles(person, groups_of(sociallogin))

    def _connected(self, request: HttpRequest, sociallogin: SocialLogin) -> User | None:
        """The account of this verified address, which from now on belongs to this person at the provider."""
        verified = [one.email.strip().lower() for one in sociallogin.email_addresses if one.verified]
        person = User.objects.filter(email__in=verified, is_demo=False).first()
        if person is None or not person.is_active:
            return person
        sociallogin.connect(request, person)
        security_log.note(Kind.CONNECTED, person, at=clock.now(), by=person, detail=name())
        return person

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Closed, unless the installation opens it to those whom the provider puts into a group that has a role."""
        if not any(one.verified for one in sociallogin.email_addresses):
            raise refused(request, UNVERIFIED)
        if not settings.OIDC_SIGN_UP or not roles_for(groups_of(sociallogin)):
            raise refused(request, UNKNOWN)
        try:
            SIGN_UPS.take(guesses.network(request.META["REMOTE_ADDR"]), clock.now())
        except TooMany as error:
            raise ImmediateHttpResponse(too_many(request, error)) from error
        return True

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        person: User = sociallogin.user
        person.email = str(data.get("email") or "").strip().lower()
        person.name = str(data.get("name") or person.email)[:200]
        return person

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        person: User = super().save_user(request, sociallogin, form)
        give_roles(person, groups_of(sociallogin))
        return person


def refused(request: HttpRequest, sentence: str) -> ImmediateHttpResponse:
    security_log.note(Kind.LOG_IN_FAILED, None, at=clock.now(), detail=f"with {name()}: {sentence}")
    context = {"title": "403", "sentence": sentence}
    shown: HttpResponse = render(request, "forecasts/error.html", context, status=HTTPStatus.FORBIDDEN)
    return ImmediateHttpResponse(shown)


def groups_of(sociallogin: SocialLogin) -> frozenset[str]:
    """The groups that the provider names, in the token or at its address for details."""
    told = sociallogin.account.extra_data
    found: set[str] = set()
    for part in (told, told.get("id_token") or {}, told.get("userinfo") or {}):
        said = part.get(settings.OIDC_GROUPS_CLAIM) or []
        found |= {said} if isinstance(said, str) else {str(one) for one in said}
    return frozenset(found)


def roles_for(groups: Collection[str]) -> frozenset[str]:
    return frozenset(role for group, role in settings.OIDC_ROLES if group in groups)


def give_roles(person: User, groups: Iterable[str]) -> None:
    """Give the roles that these groups stand for, and take those that other groups would. Others stay as they are.

    The only administrator stays one, lest nobody be.
    """
    wanted = roles_for(frozenset(groups))
    managed = {role for _, role in settings.OIDC_ROLES}
    has = set(person.groups.filter(name__in=managed).values_list("name", flat=True))
    lost = has - wanted
    if ADMINISTRATOR in lost and not _others(person).exists():
        lost -= {ADMINISTRATOR}
    person.groups.add(*Group.objects.filter(name__in=wanted - has))
    person.groups.remove(*Group.objects.filter(name__in=lost))


def _others(person: User) -> Any:
    return User.objects.filter(groups__name=ADMINISTRATOR, is_active=True).exclude(pk=person.pk)


def closed(request: HttpRequest) -> HttpResponse:
    """Where django-allauth leads whoever has no open account."""
    answer: HttpResponse = refused(request, UNKNOWN).response
    return answer
