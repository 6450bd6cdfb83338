"""Second factors where an installation asks for them: of whoever may resolve, or of all."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from forecasts.models import User
from forecasts.rules import access

ALL, RESOLVERS = "all", "resolvers"
RESOLVING = frozenset({"resolve", "decide"})
BY_PROXY = "by_proxy"
"""In a session that the proxy in front has opened (`core.proxied`): it asks for the factors."""
SAID = "This installation asks you for a second factor: add an app that makes codes, or a passkey."


def factors(person: User) -> QuerySet[Authenticator]:
    """A person's second factors. Recovery codes stand in for one, and are none."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=person, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )
    return found


def is_required(person: User) -> bool:
    if settings.REQUIRE_FACTOR == RESOLVERS:
        return bool(access.somewhere(person) & RESOLVING)
    return bool(settings.REQUIRE_FACTOR == ALL)


def is_missing(person: User) -> bool:
    """Whether the person has to have a second factor, and has none."""
    return is_required(person) and not factors(person).exists()


class FactorMiddleware:
    """Leads whoever still has to add a factor to the page for it, and lets them do nothing else meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user if settings.REQUIRE_FACTOR else None
        if not isinstance(person, User) or BY_PROXY in request.session or self._is_open(request):
            return self.get_response(request)
        if not is_missing(person):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "factor_required", "detail": SAID}, status=403)
        messages.warning(request, SAID)
        return redirect("mfa_index")

    def _is_open(self, request: HttpRequest) -> bool:
        """What is needed to add a factor, and to leave."""
        open_to_all = (reverse("mfa_index"), reverse("account_reauthenticate"), reverse("logout"))
        return request.path.startswith(open_to_all)
