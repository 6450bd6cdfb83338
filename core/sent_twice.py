"""A form that is sent twice within moments, by a double click or a reload, does its work once."""

import hashlib
import json
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

MOMENTS = 10
"""So many seconds after a form was taken the same one, with nothing else sent between, is the same act."""
WORKING, PATIENCE, STEP = 30, 5.0, 0.05
DOORS = ("/login/", "/logout/", "/account/", "/invite/", "/reset/", "/password-reset/", "/admin/login/", "/api/")
"""Where each time counts: guesses are counted, and the API has Idempotency-Key."""
KEPT = "reckoner_sent"
BUSY = "This was sent a moment ago and is being worked on. Go back, and look at what came of it.\n"


class SentTwiceMiddleware:
    """Answers what comes again with where the first one led. What was not taken may be sent as often as one likes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        kept: tuple[str, str] | None = getattr(request, KEPT, None)
        if kept is not None:
            last, sent = kept
            if isinstance(answer, HttpResponseRedirect):
                cache.set(last, (sent, answer.url), timeout=MOMENTS)
            cache.delete(f"{last}:{sent}")
        return answer

    def process_view(self, request: HttpRequest, view: object, *_: Any) -> HttpResponse | None:
        """After the token of the form was looked at: who sends it has seen it."""
        if request.method != "POST" or not request.user.is_authenticated or request.path.startswith(DOORS):
            return None
        last, sent = f"sent:{request.user.pk}", _digest(request)
        until = time.monotonic() + PATIENCE
        while not cache.add(f"{last}:{sent}", 1, timeout=WORKING):
            if time.monotonic() >= until:
                return HttpResponse(BUSY, status=HTTPStatus.CONFLICT, content_type="text/plain; charset=utf-8")
            time.sleep(STEP)
        setattr(request, KEPT, (last, sent))
        before = cache.get(last)
        return HttpResponseRedirect(before[1]) if before is not None and before[0] == sent else None


def _digest(request: HttpRequest) -> str:
    """Of all that was sent and where to, but for the form's token, which is new each time that a page is opened."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    digest = hashlib.sha256(json.dumps([request.get_full_path(), fields]).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(json.dumps([name, file.name]).encode())
            for piece in file.chunks():
                digest.update(piece)
            file.seek(0)
    return digest.hexdigest()
