"""Behind the links of mails that stop or snooze: a page on GET, an act on POST, no log-in."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forecasts.answers import estimating
from forecasts.answers.estimating import Answer
from forecasts.mail import links, preferring
from forecasts.mail.links import LinkRefused, Reason
from forecasts.models import Estimate, Forecast, User
from forecasts.rules import clock
from forecasts.rules.errors import NotAllowed, NotNow

STATUS = {
    Reason.TAMPERED: HTTPStatus.BAD_REQUEST,
    Reason.UNKNOWN: HTTPStatus.NOT_FOUND,
    Reason.EXPIRED: HTTPStatus.GONE,
}
DAYS = {"3": "for 3 days", "7": "for a week", "30": "for a month"}
MUTE, DECLINE = "mute", "decline"
ENOUGH = "Choose one of these."


class SnoozeForm(forms.Form):
    """For how long somebody does not want to be asked; nothing is preselected."""

    how = forms.ChoiceField(
        label="Do not ask me about this forecast",
        choices=[*DAYS.items(), (MUTE, "until I say otherwise"), (DECLINE, "at all: it is not my area")],
        widget=forms.RadioSelect,
        error_messages={"required": ENOUGH, "invalid_choice": ENOUGH},
    )


# The token says whose wish it is. RFC 8058: mail programs post here without a cookie, and readers never act by looking.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mails of a mail's kinds. A POST from a mail program and one from the page get the same answer, each time.

    An empty one, of a scanner that presses buttons, is shown the page.
    """
    try:
        person, kinds = links.stopped_by(token)
    except LinkRefused as error:
        return refused(request, error)
    is_meant = request.POST.get("List-Unsubscribe") == "One-Click"
    if is_meant:
        preferring.stop(person, kinds, at=clock.now())
    label = " and ".join(f"“{kind.record.label}”" for kind in kinds)
    context = {"person": person, "label": label, "is_done": is_meant, "action": request.path}
    return shown(render(request, "forecasts/stop.html", context))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def snooze(request: HttpRequest, token: str) -> HttpResponse:
    """Ask nothing about one forecast for a while, or at all. GET shows the choices, POST takes one."""
    try:
        person, forecast = links.snoozed_by(token, clock.now())
    except LinkRefused as error:
        return refused(request, error)
    form = SnoozeForm(request.POST if request.method == "POST" else None)
    context = {"person": person, "reader": person, "forecast": forecast, "form": form, "action": request.path}
    if form.is_bound and form.is_valid():
        try:
            context["until"] = take(form.cleaned_data["how"], person, forecast, clock.now(), Estimate.Channel.MAIL)
            context["how"] = form.cleaned_data["how"]
        except (NotAllowed, NotNow) as error:
            form.add_error("how", str(error))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return shown(render(request, "forecasts/snooze.html", context, status=status))


def take(how: str, person: User, forecast: Forecast, at: datetime, channel: Estimate.Channel) -> datetime | None:
    """Do what was chosen; returns until when, where it ends. Raises NotAllowed, NotNow."""
    if how == DECLINE:
        answer = Answer(event=Estimate.Event.DECLINE)
        estimating.record(forecast, person, answer, at=at, channel=channel)
        return None
    until = None if how == MUTE else at + timedelta(days=int(how))
    preferring.mute(person, forecast, at=at, until=until)
    return until


def refused(request: HttpRequest, error: LinkRefused) -> HttpResponse:
    """The page that says why a link does nothing."""
    context = {"reason": error.reason.value, "sentence": str(error), "forecast": None}
    return shown(render(request, "forecasts/answer_refused.html", context, status=STATUS[error.reason]))


def shown(response: HttpResponse) -> HttpResponse:
    """A page behind a secret address: nobody is told of it, nothing keeps it."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
