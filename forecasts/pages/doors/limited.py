"""Guessing at a code, or at the password once more: limited like the log-in, but for those alone who got that far."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.stagekit import unstash_login
from django.http import HttpRequest, HttpResponseBase

from forecasts.models import User
from forecasts.pages.doors import known
from forecasts.pages.doors.refusals import too_many
from forecasts.rules import clock, guesses
from forecasts.rules.limits import TooMany

WAS_RIGHT = "reckoner_was_right"
"""Attribute of a request in which somebody has shown who they are."""

type View = Callable[..., HttpResponseBase]


def limited(view: View, step: str) -> View:
    """The view, at which ten wrong guesses are made within a minute and no more."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = _account(request) if request.method == "POST" else ""
        if not account:
            return view(request, *args, **kwargs)
        at = clock.now()
        try:
            browser = known.browser_of(request, account, at)
            guess = guesses.begin(account, request.META["REMOTE_ADDR"], browser, step=step, at=at)
        except TooMany as error:
            return too_many(request, error)
        answer = view(request, *args, **kwargs)
        if getattr(request, WAS_RIGHT, False):
            guess.was_right()
        else:
            guess.was_wrong(step)
        return answer

    return guarded


def _account(request: HttpRequest) -> str:
    """Whose password or code this is: of who is logged in, or half-way there."""
    if isinstance(request.user, User):
        return request.user.email
    pending = unstash_login(request, peek=True)
    return str(pending.user.email) if pending is not None and pending.user is not None else ""
