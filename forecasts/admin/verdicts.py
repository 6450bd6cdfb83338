"""The pages on which verdicts are written. They write a verdict and nothing else: scores follow by themselves."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite, widgets
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from forecasts import access, resolving, values
from forecasts.errors import InvalidValue, NotNow
from forecasts.models import Forecast, Verdict
from forecasts.resolving import Finding, Proof

Outcome = Verdict.Outcome
WORDS = {Outcome.YES: "YES", Outcome.NO: "NO", Outcome.ANNULLED: "annulled", Outcome.AMBIGUOUS: "ambiguous"}


class ResolveForm(forms.Form):
    """An outcome that fits the forecast's kind, its times in the forecast's zone, evidence and a note."""

    outcome = forms.ChoiceField(widget=forms.RadioSelect)
    value = forms.FloatField(required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), label="Date that came true")
    occurred_at = forms.SplitDateTimeField(
        required=False, widget=widgets.AdminSplitDateTime, label="Occurred", help_text="When it happened, if it did."
    )
    known_at = forms.SplitDateTimeField(
        required=False,
        widget=widgets.AdminSplitDateTime,
        label="Known",
        help_text="When the answer became known to the public. Estimates made after it are not scored.",
    )
    url = forms.URLField(required=False, label="Evidence: address", assume_scheme="https", max_length=1000)
    quote = forms.CharField(
        required=False, label="Evidence: verbatim quote", widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000
    )
    retrieved_at = forms.SplitDateTimeField(required=False, widget=widgets.AdminSplitDateTime, label="Retrieved")
    as_of = forms.SplitDateTimeField(
        required=False,
        widget=widgets.AdminSplitDateTime,
        label="Speaks for",
        help_text="The date that the figure speaks for, where it differs from the day it was published.",
    )
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000)

    def __init__(self, forecast: Forecast, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forecast = forecast
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101
        outcome.choices = self._outcomes()
        if forecast.kind != Forecast.Kind.NUMERIC:
            del self.fields["value"]
        else:
            self.fields["value"].label = (
                f"Value that came true ({forecast.unit})" if forecast.unit else "Value that came true"
            )
        if forecast.kind != Forecast.Kind.DATE:
            del self.fields["day"]

    def _outcomes(self) -> list[tuple[str, str]]:
        kind = self.forecast.kind
        if kind == Forecast.Kind.BINARY:
            answers = [(Outcome.YES.value, "Yes"), (Outcome.NO.value, "No")]
        elif kind == Forecast.Kind.MULTIPLE_CHOICE:
            answers = [(f"option:{option.pk}", option.label) for option in self.forecast.options.all()]
        else:
            answers = [(Outcome.VALUE.value, "The value below came true")]
        return [*answers, *((o.value, str(o.label)) for o in Verdict.UNSCORED)]

    def finding(self) -> Finding:
        """What was entered. Only of a valid form."""
        data = self.cleaned_data
        outcome, _, option = data["outcome"].partition(":")
        value = data.get("value")
        if data.get("day") is not None:
            value = values.days(data["day"])
        given = any(data[name] for name in ("url", "quote"))
        proof = Proof(data["url"], data["quote"], data["retrieved_at"], data["as_of"])
        return Finding(
            outcome=Outcome(outcome),
            option=self.forecast.options.get(pk=option) if option else None,
            value=value if outcome == Outcome.VALUE else None,
            occurred_at=data["occurred_at"],
            known_at=data["known_at"],
            note=data["note"],
            evidence=[proof] if given else [],
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        scored = data.get("outcome") and data["outcome"] not in Verdict.UNSCORED
        if scored and not (data.get("url") or data.get("quote") or data.get("note")):
            self.add_error(
                "url", "Give the evidence: an address, a verbatim quote, or at least a note that says how you know."
            )
        return data


class ReasonForm(forms.Form):
    note = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000)


def resolve_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Ask for an outcome with its evidence, and record it."""
    forecast = _forecast(request, pk)
    at = timezone.now()
    with timezone.override(ZoneInfo(forecast.time_zone)):
        form = ResolveForm(forecast, request.POST or None, initial={"retrieved_at": at})
        if request.method == "POST" and form.is_valid():
            try:
                verdict = resolving.resolve(forecast, _person(request), form.finding(), at=at)
            except InvalidValue as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            else:
                return _done(request, forecast, f"Resolved as {_said(verdict)}. {_what_follows(forecast, verdict)}")
        return _page(request, site, forecast, "resolve", form)


def confirm_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Let a second person agree."""
    forecast = _forecast(request, pk)
    waiting = resolving.awaiting_confirmation(forecast)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        try:
            verdict = resolving.confirm(forecast, _person(request), at=timezone.now())
        except NotNow as error:
            return _done(request, forecast, str(error), messages.WARNING)
        return _done(request, forecast, f"Confirmed as {_said(verdict)}. {_what_follows(forecast, verdict)}")
    return _page(request, site, forecast, "confirm", form, waiting=waiting)


def take_back_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """End the standing resolution, with a reason."""
    forecast = _forecast(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            resolving.take_back(forecast, _person(request), form.cleaned_data["note"], at=timezone.now())
        except NotNow as error:
            return _done(request, forecast, str(error), messages.WARNING)
        return _done(request, forecast, "The resolution is taken back. What it had added to the scores is subtracted.")
    return _page(request, site, forecast, "take_back", form, standing=resolving.newest_standing(forecast))


def _forecast(request: HttpRequest, pk: int) -> Forecast:
    """The forecast, for whoever may resolve it; for everybody else it does not exist."""
    forecast = Forecast.objects.select_related("scenario", "statement__article").filter(pk=pk).first()
    if forecast is None or forecast.published_at is None or not access.may_resolve(request.user, forecast):
        raise Http404
    return forecast


def _person(request: HttpRequest) -> Any:
    return request.user


def _said(verdict: Verdict) -> str:
    if verdict.option is not None:
        return f"“{verdict.option}”"
    if verdict.value is not None:
        return values.shown(verdict.forecast, verdict.value)
    return WORDS[Outcome(verdict.outcome)]


def _what_follows(forecast: Forecast, verdict: Verdict) -> str:
    if verdict.takes_effect_at is None:
        return "A second person confirms it before it is scored."
    if verdict.outcome in Verdict.UNSCORED:
        return "It is counted, and not scored."
    zone = ZoneInfo(forecast.time_zone)
    scored: datetime = max(verdict.takes_effect_at, forecast.matures_at).astimezone(zone)
    if scored <= datetime.now(UTC):
        return "Scores follow within a minute."
    when = f"{scored:%-d %B %Y, %H:%M} ({forecast.time_zone})"
    return f"Statistics follow on {when}; until then it can be taken back unseen."


def _done(request: HttpRequest, forecast: Forecast, message: str, level: int = messages.SUCCESS) -> HttpResponse:
    if level == messages.SUCCESS:
        LogEntry.objects.log_actions(
            user_id=_person(request).pk,
            queryset=[forecast],
            action_flag=CHANGE,
            change_message=message,
            single_object=True,
        )
    messages.add_message(request, level, message)
    return HttpResponseRedirect(reverse("admin:forecasts_forecast_change", args=[forecast.pk]))


def _page(
    request: HttpRequest, site: AdminSite, forecast: Forecast, act: str, form: forms.Form, **context: Any
) -> HttpResponse:
    titles = {"resolve": "Resolve", "confirm": "Confirm the resolution", "take_back": "Take the resolution back"}
    return render(
        request,
        f"admin/forecasts/forecast/{act}.html",
        {
            **site.each_context(request),
            "title": titles[act],
            "subtitle": forecast.title,
            "forecast": forecast,
            "form": form,
            "media": form.media,
            "opts": Forecast._meta,
            **context,
        },
        status=200 if not form.errors else 422,
    )
