"""Calibration reports: JSON, table and pictures, computed once per snapshot and kept by each process."""

from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, RootModel
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from forecasts import charts, statistics
from forecasts.api import questions
from forecasts.api.errors import Refused, problem
from forecasts.api.filters import refuse_unknown
from forecasts.api.questions import OF_ONE_REPORT, OF_REPORTS, Question, parameters
from forecasts.api.resources import PrivateView
from forecasts.api.tables import table
from forecasts.statistics import Comparison, Report

KEPT = 128
"""So many answers of each process."""

COMPARED = ("first", "second")
OF_COMPARISONS = (*COMPARED, "scenario", "category", "source", "since", "until", "estimand")


class ReportOfGroup(BaseModel):
    """The report of one value of the dimension."""

    key: str
    report: Report


class ReportsByGroup(BaseModel):
    """What `group_by` answers."""

    group_by: str
    groups: list[ReportOfGroup]


class CalibrationReport(RootModel[Report | ReportsByGroup]):
    """One report, or with `group_by` one for each group."""


class ForecasterComparison(RootModel[Comparison]):
    """The paired difference, first minus second, over the forecasts that both answered."""


class CalibrationView(PrivateView):
    """How often what was called likely came true: of one slice, under one estimand."""

    allowed: tuple[str, ...] = OF_REPORTS
    form = "json"
    media = "application/json"

    @extend_schema(responses=CalibrationReport, parameters=parameters(OF_REPORTS))
    def get(self, request: Request) -> HttpResponseBase:
        refuse_unknown(request, self.allowed)
        question = questions.asked(self.reader, request.query_params.dict(), self.form)
        unchanged = get_conditional_response(request._request, etag=question.etag)
        answer = unchanged or HttpResponse(rendered(question), content_type=self.media)
        answer["ETag"] = question.etag
        return answer


class CalibrationTable(CalibrationView):
    """The bins as a table."""

    form = "csv"
    media = "text/csv; charset=utf-8"

    @extend_schema(responses={(200, "text/csv"): str}, parameters=parameters(OF_REPORTS))
    def get(self, request: Request) -> HttpResponseBase:
        answer = super().get(request)
        answer["Content-Disposition"] = 'attachment; filename="calibration.csv"'
        return answer


class CalibrationSpecification(CalibrationView):
    """The reliability diagram as a Vega-Lite specification, with its data."""

    allowed = OF_ONE_REPORT
    form = "vl.json"

    @extend_schema(responses={(200, "application/json"): dict[str, Any]}, parameters=parameters(OF_ONE_REPORT))
    def get(self, request: Request) -> HttpResponseBase:
        return super().get(request)


class CalibrationSvg(CalibrationView):
    """The reliability diagram as SVG."""

    allowed = OF_ONE_REPORT
    form = "svg"
    media = "image/svg+xml"

    @extend_schema(responses={(200, "image/svg+xml"): str}, parameters=parameters(OF_ONE_REPORT))
    def get(self, request: Request) -> HttpResponseBase:
        return super().get(request)


class CalibrationPng(CalibrationView):
    """The reliability diagram as PNG."""

    allowed = OF_ONE_REPORT
    form = "png"
    media = "image/png"

    @extend_schema(responses={(200, "image/png"): bytes}, parameters=parameters(OF_ONE_REPORT))
    def get(self, request: Request) -> HttpResponseBase:
        return super().get(request)


class ComparisonView(PrivateView):
    """Two forecasters on the forecasts that both answered: no league table, a paired difference."""

    @extend_schema(responses=ForecasterComparison, parameters=parameters(OF_COMPARISONS, required=COMPARED))
    def get(self, request: Request) -> Response:
        refuse_unknown(request, OF_COMPARISONS)
        query = request.query_params.dict()
        if missing := [name for name in COMPARED if name not in query]:
            raise Refused({name: [problem("required", "Give the id of a forecaster.")] for name in missing})
        filters, estimand = questions.read(query)
        first, second = (int(query[name]) for name in COMPARED)
        return Response(asdict(statistics.compare(self.reader, first, second, filters, estimand)))


@lru_cache(maxsize=KEPT)
def rendered(question: Question) -> bytes:
    """The answer's bytes in the form that was asked for. Raises InvalidValue."""
    return FORMS[question.form](question)


FORMS: dict[str, Callable[[Question], bytes]] = {
    "json": lambda question: _json(question.answer().to_json()),
    "csv": lambda question: table(question.answer()).encode(),
    "vl.json": lambda question: _json(charts.reliability(question.report())),
    "svg": lambda question: charts.svg(charts.reliability(question.report())).encode(),
    "png": lambda question: charts.png(charts.reliability(question.report())),
}


def _json(data: dict[str, Any]) -> bytes:
    return bytes(JSONRenderer().render(data))
