"""The page for whoever asks too often."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forecasts.rules.limits import TooMany


def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    context = {"sentence": str(error), "is_log_in": not request.user.is_authenticated}
    shown = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    shown["Retry-After"] = str(error.wait)
    return shown


def handler(request: HttpRequest) -> HttpResponse:
    """Django-allauth's own limits, of a minute each."""
    return too_many(request, TooMany(60))
