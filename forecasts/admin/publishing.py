"""Drafts in the admin: checked whenever they are saved, and published from a page of their own."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from forecasts.admin.resolve_form import area
from forecasts.admin.verdicts import done, page, person_of
from forecasts.language.resolvability import POINTS
from forecasts.models import Forecast
from forecasts.questions import publishing
from forecasts.rules import access, clock
from forecasts.rules.errors import InvalidValue, NotNow, Unresolvable
from forecasts.rules.local_times import Instant


class DraftForm(forms.ModelForm):
    """A forecast as it is drafted. What is still missing is no error: publishing waits for it."""

    opens_at = Instant(required=False, label="Opens", help_text="A draft published later opens then.")
    closes_at = Instant(required=False, label="Closes", help_text="Last moment for estimates.")
    resolves_at = Instant(required=False, label="Answer due", help_text="Closing, plus what the source needs.")

    class Meta:
        model = Forecast
        fields = "__all__"  # noqa: DJ007 -- the fieldsets of the admin say which
        widgets = {
            "title": area(2),
            "criteria": area(5),
            "fine_print": area(4),
            "fallback_source": area(2),
            "background": area(4),
        }
        labels = {
            "resolution_source": "Decided by",
            "resolution_source_url": "Address of the source",
            "resolution_source_lag": "How late it publishes",
            "fallback_source": "Else decided by",
            "review_every": "Asked every",
            "two_people_resolve": "Two people answer it",
        }
        help_texts = {
            "time_zone": "In which the day ends and the times here are meant, such as Asia/Damascus.",
            "review_every": "Days, then hours:minutes:seconds.",
            "two_people_resolve": "For what is contested or matters much: the second does not see the first's answer.",
        }

    def clean_time_zone(self) -> str:
        name = str(self.cleaned_data["time_zone"]).strip()
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValidationError("There is no time zone of this name. Such as Asia/Damascus, or UTC.") from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        resolver, backup = data.get("resolver"), data.get("backup")
        if resolver is not None and resolver == backup:
            self.add_error("backup", "The backup is another person than the resolver.")
        stood = self.instance.published_at is not None and self.initial.get("two_people_resolve")
        if stood and not data.get("two_people_resolve"):
            self.add_error("two_people_resolve", "Of a published forecast an owner takes this away, by an amendment.")
        return data


class OverrideForm(forms.Form):
    reason = forms.CharField(
        required=False,
        label="Why it is published all the same",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5_000,
        help_text="Kept and shown on the forecast's page, beside your name.",
    )


@cache
def zones() -> frozenset[str]:
    """The names of all time zones; reading them costs too much to do it for each page."""
    return frozenset(available_timezones())


def checked(forecast: Forecast) -> dict[str, Any]:
    """What a page shows of the check: findings by point with their level, and neighbours that ask nearly the same."""
    found = publishing.findings(forecast)
    blocks = publishing.blocks(found)
    return {
        "points": [(number, text, [one for one in found if one.point == number]) for number, text in POINTS.items()],
        "findings": found,
        "blocks": blocks,
        "warns": [finding for finding in found if finding.level == "warns"],
        "alike": publishing.alike(forecast),
    }


def publish_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Show what the check says, and publish: over what blocks only with a reason."""
    forecast = draft_of(request, pk)
    form = OverrideForm(request.POST or None)
    if forecast.published_at is not None:
        messages.warning(request, "It is published already.")
        return HttpResponseRedirect(reverse("admin:forecasts_forecast_change", args=[pk]))
    if request.method == "POST" and form.is_valid():
        try:
            published = publishing.publish(forecast, person_of(request), form.cleaned_data["reason"], at=clock.now())
        except Unresolvable:
            form.add_error("reason", "Something blocks it: mend that, or say why it is published all the same.")
        except InvalidValue as error:
            form.add_error(None, str(error))
        except NotNow as error:
            messages.warning(request, str(error))
            return HttpResponseRedirect(reverse("admin:forecasts_forecast_change", args=[pk]))
        else:
            return done(request, published, _said(published))
    with timezone.override(forecast.zone):
        return page(request, site, forecast, "publish", form, "Publish", checked=checked(forecast))


def _said(forecast: Forecast) -> str:
    count = len(forecast.overrides)
    if not count:
        return "Published: estimates can be given, and analysts are asked."
    overridden = " ".join(str(one["message"]) for one in forecast.overrides)
    return f"Published over what blocked it: {overridden} Reason: {forecast.overrides[0]['reason']}"


def draft_of(request: HttpRequest, pk: int) -> Forecast:
    """The forecast, for whoever edits its scenario; for everybody else it does not exist."""
    related = ("scenario", "statement__article", "resolver", "backup")
    forecast = Forecast.objects.select_related(*related).filter(pk=pk).first()
    if forecast is None or not access.may(request.user, "edit", forecast.scenario):
        raise Http404
    return forecast
