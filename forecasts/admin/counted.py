"""What the machine counted for a forecast, on the desk: one act confirms it, another says why not."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from forecasts.admin.resolve_form import ReasonForm
from forecasts.admin.verdicts import done, forecast_of, page, person_of, said_of
from forecasts.answers import proposing, reviewing_counts
from forecasts.models import Forecast
from forecasts.presenting import counted
from forecasts.presenting.counted import agreement_of
from forecasts.rules import clock
from forecasts.rules.errors import InvalidValue, NotNow


def counted_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Show the proposal or the revision with its proof; confirm, refuse or keep on POST."""
    forecast = forecast_of(request, pk)
    person, at = person_of(request), clock.now()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["note"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            return done(request, forecast, _acted(request, forecast, form.cleaned_data["note"]))
        except InvalidValue as error:
            form.add_error("note", str(error))
        except NotNow as error:
            form.add_error(None, str(error))
    with timezone.override(forecast.zone):
        told = proposing.unanswered(at).filter(forecast=forecast).told_to(person)
        found = told.order_by("-pk").first()
        flip = next(iter(reviewing_counts.flips(at, Forecast.objects.filter(pk=forecast.pk))), None)
        return page(
            request,
            site,
            forecast,
            "counted",
            form,
            "What was counted",
            proposal=found,
            said=said_of(forecast, found) if found else "",
            evidence=list(found.evidence.all()) if found else [],
            agreeing=agreement_of(found.count) if found and found.count else "",
            flip=flip,
            stands=said_of(forecast, flip.verdict) if flip else "",
            panel=counted.panel(forecast, at),
        )


def _acted(request: HttpRequest, forecast: Forecast, note: str) -> str:
    """Do what the pressed button says, and tell what was done. Raises InvalidValue, NotNow."""
    person, at = person_of(request), clock.now()
    act = request.POST.get("act", "")
    if act == "accept":
        verdict = proposing.accept(forecast, person, at=at, note=note)
        return f"Resolved as {said_of(forecast, verdict)}, as it was counted."
    if act == "refuse":
        proposing.refuse(forecast, person, note, at=at)
        return "What was counted is refused, with your reason; it is not proposed again."
    if act == "keep":
        reviewing_counts.keep_resolution(forecast, person, note, at=at)
        return "The resolution stands, with your reason."
    raise NotNow("Choose what to do with what was counted.")
