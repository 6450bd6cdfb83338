"""What the embedded mail catcher received. It holds links that log people in: for this very machine only."""

import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from core.addresses import is_this_machine
from core.local import inbox
from core.local.inbox import Mail
from forecasts.rules import clock

# A mail brings its own styles and may show images that it holds; it runs nothing, sends nothing and loads nothing.
FRAME: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}
NEW_TAB = '<base target="_blank">'
HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)


def from_this_machine(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Not found unless mail is embedded and the request comes from this machine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.EMBEDDED_MAIL or not is_this_machine(request):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@from_this_machine
def messages(request: HttpRequest) -> HttpResponse:
    """The newest messages first."""
    return render(request, "forecasts/inbox.html", {"at": clock.now(), "mails": inbox.messages()})


@from_this_machine
def message(request: HttpRequest, key: str) -> HttpResponse:
    """One message: who, what, its HTML in a frame, its text."""
    return render(request, "forecasts/inbox_message.html", {"at": clock.now(), "mail": found(key)})


@from_this_machine
@xframe_options_sameorigin
@csp_override(FRAME)
def html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML of a message for the frame; its links open in a new tab."""
    body = found(key).html
    if not body:
        raise Http404
    head = HEAD.search(body)
    place = head.end() if head else 0
    return HttpResponse(body[:place] + NEW_TAB + body[place:], headers={"Referrer-Policy": "no-referrer"})


def found(key: str) -> Mail:
    mail = inbox.message(key)
    if mail is None:
        raise Http404
    return mail
