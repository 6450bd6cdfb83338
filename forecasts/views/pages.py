"""The pages."""

from django.http import HttpRequest, HttpResponse


def board(request: HttpRequest, **_: object) -> HttpResponse:
    return HttpResponse("Reckoner")
