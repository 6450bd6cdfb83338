"""What holds for every request: who asks from where, what costs much, and who has just come in."""

from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from forecasts.models import SecurityEvent, User
from forecasts.pages.doors import known
from forecasts.pages.doors.refusals import too_many
from forecasts.rules import clock, costs, security_log
from forecasts.rules.costs import Cost
from forecasts.rules.limits import TooMany
from forecasts.rules.security_log import Kind, Origin

CAME_IN = "reckoner_came_in"
"""Attribute of a request in which somebody logged in."""
PICTURES, TABLES = frozenset({"article-card"}), frozenset({"evidence"})
INTAKE, INVITATIONS = frozenset({"admin:forecasts_article_add"}), frozenset({"invite-member"})
SEARCHES = frozenset({"search"})
SAFE = ("GET", "HEAD", "OPTIONS")


class DoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with security_log.asked_by(lambda: origin(request)):
            answer = self.get_response(request)
            person = getattr(request, CAME_IN, None)
            if isinstance(person, User):
                _came_in(request, answer, person, clock.now())
            return answer

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Count what costs much. The API counts for itself: it knows tokens."""
        cost = None if request.path.startswith("/api/") else _cost(request)
        if cost is None or not request.user.is_authenticated:
            return None
        try:
            costs.take(cost, request.user.pk, at=clock.now())
        except TooMany as error:
            return too_many(request, error)
        return None


def origin(request: HttpRequest) -> Origin:
    address = request.META.get("REMOTE_ADDR", "")
    try:
        ip_address(address)
    except ValueError:
        address = ""
    user = getattr(request, "user", None)
    return Origin(user.pk if isinstance(user, AbstractBaseUser) else None, address or None)


def _cost(request: HttpRequest) -> Cost | None:
    match = request.resolver_match
    name = match.view_name if match is not None else ""
    if request.method not in SAFE:
        return Cost.INTAKE if name in INTAKE else Cost.INVITATION if name in INVITATIONS else Cost.WRITE
    if name in PICTURES:
        return Cost.PICTURE
    if name in TABLES:
        return Cost.TABLE
    return Cost.SEARCH if name in SEARCHES or request.GET.get("q") else None


def _came_in(request: HttpRequest, answer: HttpResponse, person: User, at: datetime) -> None:
    """Note the log-in, and that it was with a browser that this account did not know, unless it was the first."""
    had_been_in = SecurityEvent.objects.filter(person=person, kind=Kind.LOG_IN).exists()
    is_new = known.remember(request, answer, person.email, at)
    how = _how(request, person)
    security_log.note(Kind.LOG_IN, person, at=at, by=person, detail=how)
    if is_new and had_been_in:
        security_log.note(Kind.DEVICE, person, at=at, by=person, detail=request.headers.get("User-Agent", ""))


def _how(request: HttpRequest, person: User) -> str:
    return ", ".join(str(one.get("type") or one["method"]) for one in get_authentication_records(request, person))
