"""How long a log-in lasts, the list of one's log-ins, and ending them all."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from forecasts.models import User
from forecasts.pages.views.looking import reader
from forecasts.rules import clock, outages, security_log
from forecasts.rules.security_log import Kind

BEGAN, SEEN = "began_at", "seen_at"


class SessionLifeMiddleware:
    """Ends what has lasted too long, and puts off the end of what is used.

    A session is written once in a tenth of the time that it may lie idle, not with every request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._look(request, clock.now().timestamp())
        return self.get_response(request)

    def _look(self, request: HttpRequest, now: float) -> None:
        session = request.session
        longest = timedelta(days=settings.SESSION_DAYS).total_seconds()
        if now - session.setdefault(BEGAN, now) >= longest:
            logout(request)
        elif now - session.get(SEEN, 0) >= settings.SESSION_COOKIE_AGE / 10:
            session[SEEN] = now
            try:
                UserSession.objects.create_from_request(request)
            except Error as error:
                if not outages.is_one(error):
                    raise
                # Reading goes on; the first request that can write notes it.
                session.modified = False


def end_all_of(person: User, at: datetime) -> None:
    theirs = list(UserSession.objects.filter(user=person))
    for session in theirs:
        session.end()
    security_log.note(Kind.SESSIONS, person, at=at, detail=f"{len(theirs)} ended")


@login_required
@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    """Log out everywhere, here as well."""
    end_all_of(reader(request), clock.now())
    logout(request)
    messages.success(request, "You are logged out everywhere.")
    return redirect("login")
