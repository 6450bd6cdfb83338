"""The addresses of the measured server."""

import itertools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import urls
from forecasts.api import questions

_forms = itertools.count()
_form = questions.FORM


class TrivialView(APIView):
    """What an answer costs that says nothing: routing, authentication by the same classes, JSON."""

    def get(self, request: Request) -> Response:
        return Response({"answer": 42})


def cold(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: with this header no answer that was kept earlier fits."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        questions.FORM = f"cold {next(_forms)}" if "X-Cold" in request.headers else _form
        return answer(request)

    return middleware


handler500 = urls.handler500
urlpatterns = [path("trivial/", TrivialView.as_view()), *urls.urlpatterns]
