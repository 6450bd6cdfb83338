"""How long a log-in lasts: until nothing was asked for a while, and a fortnight at the longest."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN, SEEN = "began_at", "seen_at"


class SessionLifeMiddleware:
    """Ends what has lasted too long, and puts off the end of what is used.

    The row of a session is written once in a tenth of the time that it may lie idle, not with every request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._look(request, timezone.now().timestamp())
        return self.get_response(request)

    def _look(self, request: HttpRequest, now: float) -> None:
        session = request.session
        longest = timedelta(days=settings.SESSION_DAYS).total_seconds()
        if now - session.setdefault(BEGAN, now) >= longest:
            logout(request)
        elif now - session.get(SEEN, 0) >= settings.SESSION_COOKIE_AGE / 10:
            session[SEEN] = now


class NoStoreMiddleware:
    """Nobody's page is kept by a cache, not even by the reader's browser. The API says for itself what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not request.path.startswith("/api/") and "no-store" not in answer.get("Cache-Control", ""):
            answer["Cache-Control"] = "private, no-store"
        return answer
