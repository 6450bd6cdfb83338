"""Calibration: how often what was said came true."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from forecasts import statistics
from forecasts.errors import InvalidValue
from forecasts.models import Category, Estimand, Forecaster, Group, Scenario, Source, User
from forecasts.presenting.diagram import diagram
from forecasts.presenting.findings import findings
from forecasts.scoring.cells import BIN_SETS
from forecasts.statistics import Filters, Report
from forecasts.views.pages import reader

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
        self._offer("analyst", _analysts(visible).values_list("pk", "name").order_by("name", "pk"))
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


def _analysts(scenarios: QuerySet[Scenario]) -> QuerySet[Forecaster]:
    """Those who are scored in these scenarios."""
    scored = Group.objects.filter(
        scenario__in=scenarios, dimension=Group.Dimension.FORECASTER, forecaster_kind=Forecaster.Kind.ANALYST
    )
    numbers = {int(value) for value in scored.values_list("value", flat=True).distinct()}
    return Forecaster.objects.analysts().filter(pk__in=numbers)


@login_required
def calibration(request: HttpRequest) -> HttpResponse:
    """The reliability diagram of what the address asks for, its sentences, and its table."""
    user = reader(request)
    form = CalibrationForm(user, _given(request))
    report = _report(form, user)
    context = {
        "at": timezone.now(),
        "form": form,
        "report": report,
        "chosen": bool(request.GET),
        "query": request.GET.urlencode(),
    }
    if report is not None:
        sentence = statistics.sentence(report)
        context |= {"sentence": sentence, "diagram": diagram(report, sentence), "findings": findings(report)}
        context["whom"] = KINDS[report.filters.forecaster_kind]
        context["what"] = ESTIMANDS[Estimand(report.estimand)]
    return render(request, "calibration.html", context, status=200 if report else 400)


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
