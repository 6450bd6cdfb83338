"""Answering: behind the link of a mail, and for members who are logged in."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from forecasts.answers import estimating, reporting
from forecasts.mail import emails, inviting, links
from forecasts.mail.links import LinkRefused, Reason
from forecasts.models import Estimate, Forecast, Forecaster, Prompt, User
from forecasts.pages.forms import AnswerForm
from forecasts.presenting import counted, text
from forecasts.rules import access, clock, coherence, wording
from forecasts.rules.errors import InvalidValue, NotNow
from forecasts.rules.values import Value

STATUS = {
    Reason.TAMPERED: HTTPStatus.BAD_REQUEST,
    Reason.UNKNOWN: HTTPStatus.NOT_FOUND,
    Reason.EXPIRED: HTTPStatus.GONE,
    Reason.USED: HTTPStatus.OK,
}


# The token itself says who may act here and on what; there is no session that another site could ride on.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a mail's link. GET and HEAD show; only POST records, and at most once."""
    at = clock.now()
    try:
        if request.method == "POST":
            shown = _answered(request, token)
        else:
            prompt = links.verify(token, at)
            shown = _page(request, _form(request, prompt), prompt)
    except LinkRefused as error:
        used = error.prompt if error.reason == Reason.USED else None
        shown = (_corrected(request, used, at) if used is not None else None) or _refused(request, error)
    shown["Referrer-Policy"] = "no-referrer"
    shown["Cache-Control"] = "no-store"
    return shown


@transaction.atomic
def _answered(request: HttpRequest, token: str) -> HttpResponse:
    """Record what was posted. Who posts twice at once waits here, and then finds the link used."""
    at = clock.now()
    prompt = links.verify(token, at)
    Prompt.objects.select_for_update().get(pk=prompt.pk)
    prompt = links.verify(token, at)
    form = _form(request, prompt)
    if not _recorded(form, prompt.recipient, Estimate.Channel.MAIL, prompt):
        return _page(request, form, prompt, HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)


@transaction.atomic
def _corrected(request: HttpRequest, prompt: Prompt, at: datetime) -> HttpResponse | None:
    """The page on which a slip is corrected, or the correction; None where neither is asked for, or it is too late.

    A form that is posted twice names nothing to correct.
    """
    assert prompt.forecast is not None  # noqa: S101 - links.verify knows none without
    Prompt.objects.select_for_update().get(pk=prompt.pk)
    found = estimating.correctable(Estimate.objects.get(prompt=prompt), at)
    wanted = (request.POST if request.method == "POST" else request.GET).get("correct")
    if found is None or wanted not in ({str(found[0].pk)} if request.method == "POST" else {"1"}):
        return None
    slip = found[0]
    form = AnswerForm(prompt.forecast, slip, request.POST if request.method == "POST" else None, corrects=slip)
    if request.method == "POST" and _recorded(form, prompt.recipient, Estimate.Channel.MAIL, corrects=slip):
        return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return _page(request, form, prompt, status)


@transaction.atomic
def _recorded(
    form: AnswerForm,
    user: User,
    channel: Estimate.Channel,
    prompt: Prompt | None = None,
    corrects: Estimate | None = None,
) -> bool:
    """Whether the form held an answer that could be recorded. What stands in the way stands at its field."""
    if not form.is_valid():
        return False
    at, data = clock.now(), form.cleaned_data
    try:
        form.recorded = estimating.record(
            form.forecast, user, form.answer(), at=at, channel=channel, prompt=prompt, corrects=corrects
        )
        inviting.came_in(user)
        if data["is_known"]:
            reporting.report(form.forecast, user, at=at, url=data["known_url"], note=data["known_note"])
    except InvalidValue as error:
        form.add_error(error.field if error.field in form.fields else "event", str(error))
    except NotNow as error:
        form.add_error(None, str(error))
    return not form.errors


def _form(request: HttpRequest, prompt: Prompt) -> AnswerForm:
    assert prompt.forecast is not None  # noqa: S101 - links.verify knows none without
    return _form_for(request, prompt.forecast, prompt.recipient)


def _form_for(request: HttpRequest, forecast: Forecast, user: User) -> AnswerForm:
    forecaster = Forecaster.objects.filter(user=user).first()
    own = estimating.current(forecast, forecaster, clock.now()) if forecaster else None
    return AnswerForm(forecast, own, request.POST if request.method == "POST" else None)


def _page(request: HttpRequest, form: AnswerForm, prompt: Prompt, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = _context(request, form, prompt.recipient)
    return render(request, "forecasts/answer.html", {**context, "by_link": True}, status=status)


def _context(request: HttpRequest, form: AnswerForm, person: User) -> dict[str, Any]:
    return {
        "form": form,
        "forecast": form.forecast,
        "person": person,
        "reader": person,
        "action": request.path,
        "quote": text.excerpt(form.forecast, person),
        "panel": counted.panel(form.forecast, clock.now()),
    }


def _refused(request: HttpRequest, error: LinkRefused) -> HttpResponse:
    used = getattr(error.prompt, "estimate", None) if error.reason == Reason.USED else None
    found = estimating.correctable(used, clock.now()) if used else None
    estimate = found[0] if found else used
    context: dict[str, Any] = {
        "reader": getattr(error.prompt, "recipient", None),
        "correct_until": found[1] if found else None,
        "reason": error.reason.value,
        "sentence": str(error),
        "forecast": getattr(error.prompt, "forecast", None),
    }
    if isinstance(estimate, Estimate):
        context["estimate"] = estimate
        context["said"] = emails.in_words(estimate.forecast, Value.of(estimate))
        if estimate.forecaster.user is not None:
            context["clashes"] = coherence.of_person(estimate.forecaster.user, [estimate.forecast], clock.now())
    template = "forecasts/answer_recorded.html" if estimate else "forecasts/answer_refused.html"
    return render(request, template, context, status=STATUS[error.reason])


def answer_form(request: HttpRequest, forecast: Forecast) -> AnswerForm | None:
    """The form for a forecast's page, or None where this person cannot answer, or not now.

    Lay it out with `{% include "forecasts/answer_form.html" %}`, given `form` and the `action` that it posts to.
    """
    user = request.user
    if not isinstance(user, User) or not access.may_estimate(user, forecast):
        return None
    try:
        estimating.check_open(forecast, clock.now())
    except NotNow:
        return None
    return _form_for(request, forecast, user)


@login_required
@require_POST
def estimate(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the answer of a member who is logged in, and go back to the forecast."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - login_required
    visible = Forecast.objects.visible_to(user).select_related("scenario", "statement__article")
    forecast = get_object_or_404(visible, pk=pk)
    if not access.may_estimate(user, forecast):
        raise PermissionDenied
    form = _form_for(request, forecast, user)
    if _recorded(form, user, Estimate.Channel.WEB):
        for flag in wording.warnings(form.recorded) if form.recorded else ():
            messages.warning(request, f"{flag[:1].upper()}{flag[1:]}. It is recorded as you gave it.")
        return redirect(forecast)
    return render(
        request, "forecasts/answer.html", _context(request, form, user), status=HTTPStatus.UNPROCESSABLE_ENTITY
    )
