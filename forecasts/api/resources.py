"""What all resources share."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from django.http import HttpResponseBase, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import cached_property
from drf_spectacular.openapi import AutoSchema
from rest_framework import viewsets
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.permissions import SAFE_METHODS, AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from forecasts.api.errors import ErrorSerializer
from forecasts.api.parsers import BoundedJSONParser
from forecasts.models import Token, User
from forecasts.rules import clock, costs
from forecasts.rules.costs import Cost
from forecasts.rules.limits import TooMany

READING = ("GET", "HEAD")
WHOLE = re.compile(r"(?:/|\.\w+)\Z")
"""How addresses end: in a slash, or as those of files do."""


class Schema(AutoSchema):
    """Says of every operation which errors it answers."""

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for status in self._error_statuses():
            if status not in bodies:
                bodies[status] = self._response(ErrorSerializer, status, direction=direction)
        return bodies

    _response: Any = AutoSchema._get_response_for_code

    def _error_statuses(self) -> list[str]:
        more = getattr(self.view, "error_statuses", {}).get(self.method, ())
        not_found = ("404",) if self.method == "GET" else ()
        # A token that may not do this, or a limit on what costs much.
        limited = ("429",) if self.method != "GET" or getattr(self.view, "costs", None) else ()
        return sorted({"400", "401", "403", *not_found, *limited, *more})


class PrivateView(APIView):
    """Asked by one person at one time; the answer is for them and for nobody's cache but theirs."""

    schema: Any = Schema()
    parser_classes = (BoundedJSONParser,)
    error_statuses: Mapping[str, tuple[str, ...]] = {}
    costs: Cost | None = None
    """What reading this costs, where that is much."""

    def check_throttles(self, request: Request) -> None:
        """Limits for each person, and for each token, on what costs much."""
        cost = self.costs if request.method in SAFE_METHODS else Cost.WRITE
        if cost is None or not request.user.is_authenticated:
            return
        token = request.auth.digest if isinstance(request.auth, Token) else ""
        try:
            costs.take(cost, request.user.pk, token, at=self.at)
        except TooMany as error:
            raise Throttled(error.wait) from error

    @cached_property
    def at(self) -> datetime:
        """When the request came. The schema is drawn for nobody, at no time, without a database."""
        return datetime.min.replace(tzinfo=UTC) if getattr(self, "swagger_fake_view", False) else clock.now()

    @property
    def reader(self) -> User:
        user: Any = self.request.user
        return cast("User", user)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        if getattr(response, "exception", False):
            request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(answer, ("Authorization", "Cookie"))
        patch_cache_control(answer, private=True)
        return answer


class Resource(PrivateView, viewsets.ReadOnlyModelViewSet[Any]):
    """A list and its details."""

    lookup_value_regex = "[0-9]+"

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "at": self.at}


class NoSuchAddress(PrivateView):
    """Whatever lies below the API and is nothing; and what lacks its last slash.

    Readers are led to the address with it; what else was asked is done nowhere, and told so. A redirect would have a
    client send a POST again as a GET, whose answer looks as if something had been recorded.
    """

    schema = None
    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if WHOLE.search(request.path):
            raise NotFound("There is nothing at this address. The documentation is at docs/.")
        if request.method not in READING:
            raise NotFound(f"Addresses end in a slash; nothing was done. Send this to {request.path}/", "no_slash")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponsePermanentRedirect(request._request.get_full_path(force_append_slash=True))
