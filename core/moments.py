"""A request happens at one moment, by the database's clock."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from forecasts.rules import clock


class OneMoment:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.one_moment():
            return self.get_response(request)
