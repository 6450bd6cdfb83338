"""The page of one's second factors; and passkeys where they cannot work, which says why not."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.mfa.base.views import IndexView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forecasts.pages.doors import passkeys, required
from forecasts.pages.views.looking import reader

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
