"""The addresses of the measured server."""

import itertools
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import urls

_times = itertools.count()
_cold: ContextVar[str] = ContextVar("cold", default="")


class TrivialView(APIView):
    """What an answer costs that says nothing: routing, authentication by the same classes, JSON."""

    def get(self, request: Request) -> Response:
        return Response({"answer": 42})


def cold(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: with this header the cache is empty, of whatever earlier requests have kept."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        _cold.set(f"cold-{next(_times)}" if "X-Cold" in request.headers else "")
        return answer(request)

    return middleware


def key(name: str, prefix: str, version: int) -> str:
    """Where something lies in the cache: for a cold request where nothing was put before."""
    return f"{prefix}:{version}:{_cold.get()}:{name}"


handler500 = urls.handler500
urlpatterns = [path("trivial/", TrivialView.as_view()), *urls.urlpatterns]
