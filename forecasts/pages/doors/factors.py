"""The page of one's second factors; and passkeys where they cannot work, which says why not."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forecasts.models import User
from forecasts.pages.doors import passkeys, required, sessions
from forecasts.pages.views.looking import reader


def remove_all_of(person: User, at: datetime) -> int:
    """Take away all factors of somebody who has lost them, and end what was logged in with them. How many there were.

    Each is noted, with who did it, and told to the person by mail; at the next log-in a password is enough, unless
    the installation asks for a factor.
    """
    theirs = list(Authenticator.objects.filter(user=person))
    for one in theirs:
        one.delete()
    if theirs:
        sessions.end_all_of(person, at)
    return len(theirs)


type View = Callable[..., HttpResponse]


class Overview(IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = reader(self.request)
        more = {"passkey_problem": passkeys.problem(self.request), "is_required": required.is_required(person)}
        return {**super().get_context_data(**kwargs), **more}


overview = login_required(Overview.as_view())


def named(view: View) -> View:
    """The page of a passkey, under a name; elsewhere a page that says why there is none."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        problem = passkeys.problem(request)
        if problem:
            context = {"title": "Passkeys do not work here", "sentence": problem}
            return render(request, "forecasts/doors/no_passkeys.html", context, status=HTTPStatus.CONFLICT)
        return view(request, *args, **kwargs)

    return guarded
