"""The page on which a published forecast is amended."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from forecasts.admin.publishing import draft_of
from forecasts.admin.resolve_form import area
from forecasts.admin.verdicts import done, page, person_of
from forecasts.models import Amendment, Category, Estimate, Forecast
from forecasts.questions import amending, counting_gate
from forecasts.rules import clock
from forecasts.rules.errors import InvalidValue, NotAllowed, NotNow
from forecasts.rules.local_times import Instant


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What kind of change is it?",
        widget=forms.RadioSelect,
        choices=[
            (Amendment.Kind.CLARIFYING.value, "Clarifying: it asks what it asked; estimates stay in force"),
            (Amendment.Kind.MATERIAL.value, "Material: it asks something else; estimates in force end"),
        ],
        error_messages={"required": "Choose one of these."},
    )


def reason_field() -> forms.CharField:
    return forms.CharField(
        widget=area(3), required=False, label="Why", help_text="Whoever has estimated is told, and reads this."
    )


class AmendForm(forms.Form):
    """Every field that may change, as it stands now."""

    title = forms.CharField(max_length=500, widget=area(2), required=False)
    criteria = forms.CharField(widget=area(6), required=False)
    fine_print = forms.CharField(required=False, widget=area(4))
    options = forms.CharField(
        required=False, label="Options to add", widget=area(3), help_text="One a line. Those that stand there stay."
    )
    opens_at = Instant(label="Opens", required=False)
    closes_at = Instant(label="Closes", required=False)
    resolves_at = Instant(label="Answer due", required=False)
    resolution_source = forms.CharField(max_length=300, required=False, label="Decided by")
    resolution_source_url = forms.URLField(
        max_length=1000, required=False, label="Address of the source", assume_scheme="https"
    )
    resolution_source_lag = forms.CharField(max_length=200, required=False, label="How late it publishes")
    fallback_source = forms.CharField(required=False, widget=area(2), label="Else decided by")
    time_zone = forms.CharField(max_length=64, required=False)
    category = forms.ChoiceField(choices=Category.choices)
    two_people_resolve = forms.BooleanField(
        required=False, label="Two people answer it", help_text="Only an owner of the scenario takes this away."
    )
    kind = kind_field()
    reason = reason_field()

    def __init__(self, forecast: Forecast, data: Any) -> None:
        super().__init__(data, initial={name: getattr(forecast, name) for name in amending.AMENDABLE})
        if not forecast.asks.has_options:
            del self.fields["options"]
        self.forecast = forecast

    @property
    def changes(self) -> dict[str, Any]:
        """What is another than before. Dates are compared by the minute, which is what the fields show."""
        entered = {name: self.cleaned_data[name] for name in amending.AMENDABLE}
        return {name: new for name, new in entered.items() if new != _shown(getattr(self.forecast, name))}

    @property
    def added(self) -> list[str]:
        return str(self.cleaned_data.get("options") or "").splitlines()


def _shown(value: Any) -> Any:
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value


def amend_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Change criteria, dates or options of a published forecast, with a reason."""
    forecast = draft_of(request, pk)
    if forecast.published_at is None:
        return HttpResponseRedirect(reverse("admin:forecasts_forecast_change", args=[pk]))
    with timezone.override(forecast.zone):
        form = AmendForm(forecast, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                amendment = _amended(request, form)
            except InvalidValue as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            except (NotAllowed, NotNow) as error:
                form.add_error(None, str(error))
            else:
                said = f"Amended: version {amendment.version}. {what_follows(amendment)}"
                return done(request, forecast, " ".join([said, *counting_gate.unsaid(amendment.forecast)]))
        forecast.refresh_from_db()
        estimated = (
            Estimate.objects.visible_to(person_of(request))
            .filter(forecast=forecast)
            .values("forecaster")
            .distinct()
            .count()
        )
        return page(request, site, forecast, "amend", form, "Amend", estimated=estimated)


def _amended(request: HttpRequest, form: AmendForm) -> Amendment:
    version = request.POST.get("version", "")
    return amending.amend(
        form.forecast,
        person_of(request),
        form.changes,
        form.cleaned_data["kind"],
        form.cleaned_data["reason"],
        at=clock.now(),
        options=form.added,
        version=int(version) if version.isdecimal() and len(version) < 6 else None,
    )


def what_follows(amendment: Amendment) -> str:
    if amendment.kind == Amendment.Kind.MATERIAL:
        return "Estimates in force have ended; whoever gave one is asked again."
    return "Estimates stay in force; whoever gave one is told."
