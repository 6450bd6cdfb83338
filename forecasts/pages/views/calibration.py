"""Calibration: how often what was said came true."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from forecasts.models import Category, Estimand, Forecaster, Scenario, Source, User
from forecasts.pages import records
from forecasts.pages.views.looking import reader
from forecasts.presenting.diagram import diagram
from forecasts.presenting.findings import choice_findings, findings
from forecasts.presenting.spread import spread, unit_row
from forecasts.presenting.trend import over_lead_times, over_months
from forecasts.rules import clock
from forecasts.rules.errors import InvalidValue
from forecasts.scores import statistics
from forecasts.scores.statistics import Filters, Report
from forecasts.scores.statistics.slices import AHEAD_OR_EACH
from forecasts.scoring.cells import BIN_SETS

MOST_CHOICES = 500
ESTIMANDS = {
    Estimand.LAST: "the last estimate",
    Estimand.FIRST: "the first estimate",
    Estimand.TIME_WEIGHTED: "all, by time in force",
    Estimand.AT_1D: "1 day before closing",
    Estimand.AT_7D: "7 days before closing",
    Estimand.AT_30D: "30 days before closing",
    Estimand.AT_90D: "90 days before closing",
    Estimand.EACH_UPDATE: "every update",
}
KINDS = {"analyst": "analysts", "consensus": "the consensus", "source": "sources"}


class CalibrationForm(forms.Form):
    """The filters of a report, with what this reader may choose."""

    scenario = forms.ChoiceField(required=False)
    category = forms.ChoiceField(required=False, choices=[("", "all"), *Category.choices])
    forecaster_kind = forms.ChoiceField(required=False, label="Who", choices=list(KINDS.items()))
    analyst = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    source = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    estimand = forms.ChoiceField(
        required=False, label="What counts", choices=[(key.value, words) for key, words in ESTIMANDS.items()]
    )
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label="Before", widget=forms.DateInput(attrs={"type": "date"}))
    bins = forms.TypedChoiceField(required=False, coerce=int, choices=[(number, number) for number in BIN_SETS])

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        visible = Scenario.objects.visible_to(user)
        self._offer("scenario", visible.values_list("slug", "title").order_by("title"))
        self._offer("analyst", records.scored_in(visible).values_list("pk", "name").order_by("name", "pk"))
        sources = Source.objects.filter(articles__scenarios__in=visible).distinct()
        self._offer("source", sources.values_list("pk", "name").order_by("name"))

    def _offer(self, name: str, found: QuerySet[Any, tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = [("", "all"), *found[:MOST_CHOICES]]

    def filters(self) -> Filters:
        given = {name: self.cleaned_data.get(name) or None for name in ("scenario", "category", "analyst", "source")}
        return Filters(
            **given,
            forecaster_kind=self.cleaned_data.get("forecaster_kind") or Forecaster.Kind.ANALYST.value,
            since=self.cleaned_data.get("since"),
            until=self.cleaned_data.get("until"),
            bins=self.cleaned_data.get("bins") or 10,
        )


@login_required
def calibration(request: HttpRequest) -> HttpResponse:
    """The reliability diagram of what the address asks for, scores over time, their sentences, and their tables."""
    user = reader(request)
    form = CalibrationForm(user, _given(request))
    report = _report(form, user)
    context: dict[str, Any] = {"at": clock.now(), "form": form, "report": report, "chosen": bool(request.GET)}
    if report is not None:
        context |= _of_report(report) | _over_time(user, form.filters(), report.estimand)
        context |= {"downloads": _downloads(request, context["lead_estimand"])}
        filters = form.filters()
        if filters.analyst is not None:
            context |= {"costs": records.costs(user, filters.analyst, filters, context["at"])}
    return render(request, "forecasts/calibration.html", context, status=200 if report else 400)


def _of_report(report: Report) -> dict[str, Any]:
    sentence, said = statistics.sentence(report), findings(report)
    quantiles = report.quantiles
    return {
        "sentence": sentence,
        "diagram": diagram(report, sentence),
        "findings": said,
        "notes": [note for note in report.notes if note not in said],
        "choice": choice_findings(report.multiple_choice) if report.multiple_choice else [],
        "spread": spread(quantiles),
        "units": [unit_row(unit) for unit in quantiles.units] if quantiles else [],
        "whom": KINDS[report.filters.forecaster_kind],
        "what": ESTIMANDS[Estimand(report.estimand)],
    }


def _over_time(user: User, filters: Filters, estimand: str) -> dict[str, Any]:
    """Scores by month, and by lead time of the estimand asked for or, where it has none, of every update.

    The consensus makes no updates: of what it was a day before closing, by when it last changed.
    """
    others = Estimand.AT_1D if filters.forecaster_kind == Forecaster.Kind.CONSENSUS else Estimand.EACH_UPDATE
    split = estimand if estimand in AHEAD_OR_EACH else others.value
    return {
        "months": over_months(statistics.grouped(user, "month", filters, estimand)),
        "leads": over_lead_times(statistics.grouped(user, "lead_time", filters, split)),
        "leads_title": f"By time left, {ESTIMANDS[Estimand(split)]}",
        "lead_estimand": split,
    }


def _downloads(request: HttpRequest, lead_estimand: str) -> dict[str, list[tuple[str, str]]]:
    """Addresses of the files of each picture, by its name; an empty field of the form is no filter."""
    chosen = {name: str(value) for name, value in request.GET.items() if value}
    split = {**chosen, "estimand": lead_estimand}
    return {
        "reliability": _files(chosen, {}, {}),
        "months": _files(chosen, {"plot": "months"}, {"group_by": "month", "table": "scores"}),
        "lead_time": _files(split, {"plot": "lead_time"}, {"group_by": "lead_time", "table": "scores"}),
        "coverage": _files(chosen, {"plot": "coverage"}, {"table": "coverage"}),
        "pit": _files(chosen, {"plot": "pit"}, {"table": "pit"}),
    }


def _files(chosen: dict[str, str], plot: dict[str, str], table: dict[str, str]) -> list[tuple[str, str]]:
    # Who downloads a table by hand opens it in a spreadsheet.
    asked = {"csv": chosen | table | {"bom": "1"}} | dict.fromkeys(("svg", "png", "vl.json"), chosen | plot)
    names = {"csv": "CSV", "svg": "SVG", "png": "PNG", "vl.json": "Vega-Lite"}
    addresses = {form: reverse(f"v1:calibration-{form.replace('.', '-')}") for form in asked}
    return [
        (names[form], f"{addresses[form]}?{urlencode(query)}" if query else addresses[form])
        for form, query in asked.items()
    ]


def _given(request: HttpRequest) -> dict[str, str]:
    """What the address asks for, with the defaults filled in so that the form shows them."""
    defaults = {"forecaster_kind": "analyst", "estimand": "last", "bins": "10"}
    return defaults | {key: str(value) for key in request.GET if (value := request.GET.get(key))}


def _report(form: CalibrationForm, user: User) -> Report | None:
    """None where the filters do not make sense; then the form says what does not."""
    if not form.is_valid():
        return None
    try:
        return statistics.report(user, form.filters(), form.cleaned_data.get("estimand") or Estimand.LAST.value)
    except InvalidValue as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
