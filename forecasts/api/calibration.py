"""Calibration reports: JSON, tables and pictures, computed once per snapshot for all processes."""

from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, RootModel
from rest_framework.request import Request

from forecasts.api import questions
from forecasts.api.filters import refuse_unknown
from forecasts.api.pictures import specification
from forecasts.api.questions import OF_PICTURES, OF_REPORTS, OF_TABLES, Question, parameters
from forecasts.api.resources import PrivateView
from forecasts.api.tables import BINS, MARK, table
from forecasts.presenting import charts
from forecasts.rules import security_log
from forecasts.rules.costs import Cost
from forecasts.rules.kept import kept
from forecasts.rules.security_log import Kind
from forecasts.scores.statistics import Report


class ReportOfGroup(BaseModel):
    """The report of one value of the dimension."""

    key: str
    report: Report


class ReportsByGroup(BaseModel):
    """What `group_by` answers."""

    group_by: str
    count: int
    groups: list[ReportOfGroup]


class CalibrationReport(RootModel[Report | ReportsByGroup]):
    """One report, or with `group_by` one for each group."""


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
    """The bins as a table, or other numbers of the report."""

    allowed = OF_TABLES
    costs = Cost.TABLE
    form = "csv"
    media = "text/csv; charset=utf-8"

    @extend_schema(responses={(200, "text/csv"): str}, parameters=parameters(OF_TABLES))
    def get(self, request: Request) -> HttpResponseBase:
        answer = super().get(request)
        security_log.note(Kind.EXPORT, self.reader, at=self.at, by=self.reader, detail=request.get_full_path())
        answer["Content-Disposition"] = 'attachment; filename="calibration.csv"'
        return answer


class CalibrationSpecification(CalibrationView):
    """A picture of the report as a Vega-Lite specification, with its data."""

    allowed = OF_PICTURES
    costs = Cost.PICTURE
    form = "vl.json"

    @extend_schema(responses={(200, "application/json"): dict[str, Any]}, parameters=parameters(OF_PICTURES))
    def get(self, request: Request) -> HttpResponseBase:
        return super().get(request)


class CalibrationSvg(CalibrationView):
    """A picture of the report as SVG."""

    allowed = OF_PICTURES
    costs = Cost.PICTURE
    form = "svg"
    media = "image/svg+xml"

    @extend_schema(responses={(200, "image/svg+xml"): str}, parameters=parameters(OF_PICTURES))
    def get(self, request: Request) -> HttpResponseBase:
        return super().get(request)


class CalibrationPng(CalibrationView):
    """A picture of the report as PNG."""

    allowed = OF_PICTURES
    costs = Cost.PICTURE
    form = "png"
    media = "image/png"

    @extend_schema(responses={(200, "image/png"): bytes}, parameters=parameters(OF_PICTURES))
    def get(self, request: Request) -> HttpResponseBase:
        return super().get(request)


def rendered(question: Question) -> bytes:
    """The answer's bytes in the form that was asked for, made once for all processes. Raises InvalidValue."""
    return kept("answer", question.etag, lambda: FORMS[question.form](question))


FORMS: dict[str, Callable[[Question], bytes]] = {
    "json": lambda question: question.answer().to_json(),
    "csv": lambda question: (MARK * question.bom + table(question.answer(), question.table or BINS)).encode(),
    "vl.json": lambda question: orjson.dumps(specification(question)),
    "svg": lambda question: charts.svg(specification(question)).encode(),
    "png": lambda question: charts.png(specification(question)),
}
