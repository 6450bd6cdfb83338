"""Log-in by a header that a proxy in front sets for whoever it has logged in. Off unless the header is named."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from core.addresses import PEER, is_named_proxy

BACKEND = "django.contrib.auth.backends.ModelBackend"
BY_PROXY = "by_proxy"


class ProxyLogInMiddleware:
    """Whoever the header names is logged in, if they have an account; whom it does not name any more is logged out.

    From anybody but a named proxy the header is nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PROXY_LOGIN_HEADER:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.key = "HTTP_" + settings.PROXY_LOGIN_HEADER.upper().replace("-", "_")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_named_proxy(request.META.get(PEER, "")):
            self._follow(request, request.META.get(self.key, "").strip().lower())
        elif BY_PROXY in request.session:
            logout(request)
        return self.get_response(request)

    def _follow(self, request: HttpRequest, email: str) -> None:
        from forecasts.rules.guesses import person_of

        is_in = request.user.is_authenticated
        if is_in and BY_PROXY in request.session and request.user.get_username() != email:
            logout(request)
            is_in = False
        person = None if is_in else person_of(email)
        if person is not None and person.is_active:
            login(request, person, backend=BACKEND)
            request.session[BY_PROXY] = True
