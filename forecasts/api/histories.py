"""The picture of one forecast over time: who said what when, and what the consensus made of it."""

import hashlib
from typing import Any

from django.db.models import Count, Max
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from forecasts.api import single
from forecasts.api.filters import refuse_unknown
from forecasts.api.resources import PrivateView
from forecasts.models import Estimate, Forecast, Verdict
from forecasts.presenting import charts, states
from forecasts.presenting.charts.looks import Spec
from forecasts.presenting.history import history
from forecasts.rules.costs import Cost
from forecasts.rules.kept import kept

FORM = "2"
"""Changes with what is drawn of the same facts."""


class HistoryView(PrivateView):
    """The estimates and the consensus of one forecast over time, one's own marked, as a Vega-Lite specification."""

    error_statuses = {"GET": ("403",)}
    costs = Cost.PICTURE
    form = "vl.json"
    media = "application/json"

    @extend_schema(responses={(200, "application/json"): dict[str, Any]})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        refuse_unknown(request, ())
        seen = Forecast.objects.visible_to(self.reader).published(self.at).prefetch_related("options", "amendments")
        forecast = get_object_or_404(seen.select_related("scenario"), pk=pk)
        single.refuse_blind(forecast, self.reader)
        resolution = states.resolutions([forecast], self.at).get(forecast.pk)
        etag = self._tag(forecast, resolution)
        unchanged = get_conditional_response(request._request, etag=etag)
        answer = unchanged or HttpResponse(self._drawn(forecast, resolution, etag), content_type=self.media)
        answer["ETag"] = etag
        return answer

    def _drawn(self, forecast: Forecast, resolution: Verdict | None, etag: str) -> bytes:
        def made() -> bytes:
            past = history(forecast, self.reader, self.at, resolution)
            return self.draw(charts.history(past, resolution, self.at))

        return kept("history", etag, made)

    def draw(self, spec: Spec) -> bytes:
        return bytes(JSONRenderer().render(spec))

    def _tag(self, forecast: Forecast, resolution: Verdict | None) -> str:
        """Of all that the picture shows to this reader. The end of an open forecast's lines moves once an hour."""
        until = states.cutoff(forecast, resolution, self.at).replace(minute=0, second=0, microsecond=0)
        said = Estimate.objects.visible_to(self.reader).filter(forecast=forecast, made_at__lte=self.at)
        amended = [amendment.pk for amendment in forecast.amendments.all() if amendment.made_at <= self.at]
        stated = (
            FORM,
            self.form,
            self.reader.pk,
            (forecast.pk, forecast.title, forecast.closes_at, [option.pk for option in forecast.options.all()]),
            (resolution and resolution.pk, amended, until),
            sorted(said.aggregate(newest=Max("pk"), count=Count("pk")).items()),
        )
        return f'"{hashlib.sha256(repr(stated).encode()).hexdigest()[:32]}"'


class HistorySvg(HistoryView):
    """The estimates and the consensus of one forecast over time, one's own marked, as SVG."""

    form = "svg"
    media = "image/svg+xml"

    @extend_schema(responses={(200, "image/svg+xml"): str})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        return super().get(request, pk)

    def draw(self, spec: Spec) -> bytes:
        return charts.svg(spec).encode()


class HistoryPng(HistoryView):
    """The estimates and the consensus of one forecast over time, one's own marked, as PNG."""

    form = "png"
    media = "image/png"

    @extend_schema(responses={(200, "image/png"): bytes})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        return super().get(request, pk)

    def draw(self, spec: Spec) -> bytes:
        return charts.png(spec)
