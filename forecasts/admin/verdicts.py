"""The pages on which verdicts are written. They write a verdict and nothing else: scores follow by themselves."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from forecasts.admin.resolve_form import Pieces, ReasonForm, ResolveForm
from forecasts.answers import resolving
from forecasts.models import Forecast, Postponement, User, Verdict, kinds
from forecasts.pages import preview
from forecasts.presenting import states, text, words
from forecasts.rules import access, clock
from forecasts.rules.errors import InvalidValue, NotNow

Outcome = Verdict.Outcome
FIRST, SECOND, DECIDE, WAIT = "first", "second", "decide", "wait"
TITLES = {
    FIRST: "Resolve",
    SECOND: "Resolve as the second person",
    DECIDE: "Decide between two answers",
    WAIT: "This waits for somebody else",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is on a forecast's outcome, as one person finds it."""

    kind: str
    proposal: Verdict | None = None
    dissent: Verdict | None = None
    resolution: Verdict | None = None
    is_own: bool = False


def turn(forecast: Forecast, person: User, at: datetime) -> Turn:
    """What this person can say about the outcome now."""
    resolution = states.resolutions([forecast], at).get(forecast.pk)
    proposal = resolving.awaiting_confirmation(forecast)
    if proposal is not None:
        is_own = proposal.person_id == person.pk
        return Turn(WAIT if is_own else SECOND, proposal, None, resolution, is_own)
    proposal = resolving.disputed(forecast)
    if proposal is None:
        return Turn(FIRST, resolution=resolution)
    dissent = resolving.dissent_from(proposal)
    is_own = person.pk in (proposal.person_id, dissent.person_id if dissent else None)
    may_decide = access.may(person, "decide", forecast.scenario) and not is_own
    return Turn(DECIDE if may_decide else WAIT, proposal, dissent, resolution, is_own)


def resolve_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Ask for an outcome with its evidence, and record it: as the first, the second or the one who decides."""
    forecast = forecast_of(request, pk)
    at = clock.now()
    with timezone.override(forecast.zone):
        whose = turn(forecast, person_of(request), at)
        form = _form(request, forecast, whose, at)
        if request.method == "POST" and "preview" not in request.POST and whose.kind != WAIT and form.is_valid():
            try:
                return _recorded(request, forecast, whose, form, at)
            except InvalidValue as error:
                form.add_error(error.field if error.field in form.fields else None, str(error))
            except NotNow as error:
                form.add_error(None, str(error))
                whose = turn(forecast, person_of(request), at)
        return _resolve_page(request, site, forecast, whose, form, at)


confirm_view = decide_view = resolve_view
"""The second person, and whoever decides between two, find their own form at the same page."""


def _form(request: HttpRequest, forecast: Forecast, whose: Turn, at: datetime) -> ResolveForm:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    may_postpone = whose.kind == FIRST and whose.resolution is None
    return ResolveForm(forecast, Pieces(data, files, at), data, may_postpone=may_postpone)


def _recorded(request: HttpRequest, forecast: Forecast, whose: Turn, form: ResolveForm, at: datetime) -> HttpResponse:
    person, after = person_of(request), _seen(request)
    if form.is_later:
        until = timezone.make_aware(datetime.combine(form.cleaned_data["until"], time()), forecast.zone)
        reason = form.cleaned_data["note"]
        postponement = resolving.postpone(forecast, person, until, reason, at=at, after=after)
        return done(request, forecast, f"Nobody is asked to resolve it before {postponement.until:%-d %B %Y}.")
    act = {FIRST: resolving.resolve, SECOND: resolving.second, DECIDE: resolving.decide}[whose.kind]
    verdict = act(forecast, person, form.finding(), at=at, after=after)
    if verdict.act in Verdict.OPENING and verdict.takes_effect_at is None:
        # The history of the admin is read by whoever is to be the second.
        logged = "Gave a resolution, which waits for a second person."
        return done(request, forecast, f"{_told(forecast, verdict)} {_what_follows(forecast, verdict, at)}", logged)
    return done(request, forecast, f"{_told(forecast, verdict)} {_what_follows(forecast, verdict, at)}")


def _told(forecast: Forecast, verdict: Verdict) -> str:
    said = said_of(forecast, verdict)
    if verdict.act == Verdict.Act.DISSENT:
        return f"You said {said}; the first person came to another answer."
    return f"{'Confirmed' if verdict.act == Verdict.Act.CONFIRM else 'Resolved'} as {said}."


def _seen(request: HttpRequest) -> int | None:
    """The newest act that the page showed."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def _resolve_page(
    request: HttpRequest, site: AdminSite, forecast: Forecast, whose: Turn, form: ResolveForm, at: datetime
) -> HttpResponse:
    if "preview" in request.POST:
        _forgive(form)
    given = getattr(form, "cleaned_data", {}).get("known_at")
    context = {
        "turn": whose,
        "pieces": form.pieces,
        "preview": preview.preview(forecast, person_of(request), given, at, _value(form)),
        "said": {name: said_of(forecast, act) for name in ("proposal", "dissent") if (act := getattr(whose, name))},
        "evidence": _evidence(whose),
        "postponement": Postponement.objects.filter(forecast=forecast, until__gt=at).order_by("-made_at").first(),
        "cooling_off": cooling_off(forecast),
        "after": _after(forecast, whose),
        "is_refused": request.method == "POST" and whose.kind == WAIT,
    }
    return page(request, site, forecast, "resolve", form, TITLES[whose.kind], **context)


def _after(forecast: Forecast, whose: Turn) -> str:
    """What the button promises beyond the outcome."""
    if whose.kind == SECOND:
        return ", if the first agrees"
    if whose.kind == FIRST and resolving.needs_two(forecast):
        return ", a second person follows"
    hours = cooling_off(forecast)
    return f", scores follow in {hours}" if hours else ", scores follow"


def _value(form: ResolveForm) -> float | None:
    data = getattr(form, "cleaned_data", {})
    return kinds.days(data["day"]) if data.get("day") else data.get("value")


def _forgive(form: ResolveForm) -> None:
    """Leave out complaints about what is still missing: nothing is recorded yet."""
    form.is_valid()
    for errors in [form.errors, *form.pieces.errors]:
        for name in [name for name, found in errors.as_data().items() if _is_missing(found)]:
            del errors[name]


def _is_missing(found: list[Any]) -> bool:
    return all(error.code in ("required", None) for error in found)


def _evidence(whose: Turn) -> list[Any]:
    acts = [act for act in (whose.proposal, whose.dissent) if act is not None]
    return [piece for act in acts for piece in act.evidence.all()]


def take_back_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """End the standing resolution, with a reason."""
    forecast = forecast_of(request, pk)
    person, at = person_of(request), clock.now()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            resolving.take_back(forecast, person, form.cleaned_data["note"], at=at, after=_seen(request))
        except InvalidValue as error:
            form.add_error("note", str(error))
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            return done(
                request, forecast, "The resolution is taken back. What it had added to the scores is subtracted."
            )
    with timezone.override(forecast.zone):
        newest = resolving.newest_standing(forecast)
        standing = newest if newest is not None and resolving.is_told(newest, person) else None
        said = said_of(forecast, standing) if standing is not None else ""
        return page(
            request, site, forecast, "take_back", form, "Take the resolution back", standing=standing, said=said
        )


def forecast_of(request: HttpRequest, pk: int) -> Forecast:
    """The forecast, for whoever may resolve it; for everybody else it does not exist."""
    forecast = Forecast.objects.select_related("scenario", "statement__article").filter(pk=pk).first()
    if forecast is None or forecast.published_at is None or not access.may_resolve(request.user, forecast):
        raise Http404
    return forecast


def person_of(request: HttpRequest) -> User:
    return cast("User", request.user)


def said_of(forecast: Forecast, verdict: Verdict) -> str:
    """An outcome as the pages of verdicts say it: YES, NO, “an option”, 81 people, annulled, ambiguous."""
    said = states.outcome(forecast, verdict)
    if verdict.outcome in (Outcome.YES, Outcome.NO):
        return said.upper()
    if verdict.outcome in Verdict.UNSCORED:
        return said.lower()
    return f"“{said}”" if verdict.option_id else said


def cooling_off(forecast: Forecast) -> str:
    hours = forecast.scenario.cooling_off_hours
    return f"{hours} hour{'s' if hours != 1 else ''}" if hours else ""


def _what_follows(forecast: Forecast, verdict: Verdict, at: datetime) -> str:
    if verdict.act == Verdict.Act.DISSENT:
        return "The scenario's owner decides between the two."
    if verdict.takes_effect_at is None:
        return "A second person gives their own answer before it counts."
    if verdict.outcome in Verdict.UNSCORED:
        return "It is counted, and not scored."
    if forecast.opens_at is not None and verdict.known_at is not None and verdict.known_at <= forecast.opens_at:
        return "It is counted as known before opening, and not scored."
    scored = max(verdict.takes_effect_at, forecast.matures_at)
    if scored <= at:
        return "Scores follow within a minute."
    return f"Statistics follow on {words.absolute(scored, forecast.zone)}; until then it can be taken back unseen."


def done(
    request: HttpRequest, forecast: Forecast, message: str, logged: str = "", level: int = messages.SUCCESS
) -> HttpResponse:
    """Say what was done, keep it in the admin's history, and go to the forecast."""
    log(request, [forecast], logged or message)
    messages.add_message(request, level, message)
    return HttpResponseRedirect(reverse("admin:forecasts_forecast_change", args=[forecast.pk]))


def log(request: HttpRequest, forecasts: list[Forecast], message: str) -> None:
    LogEntry.objects.log_actions(
        user_id=person_of(request).pk,
        queryset=forecasts,
        action_flag=CHANGE,
        change_message=message,
    )


def page(
    request: HttpRequest,
    site: AdminSite,
    forecast: Forecast,
    act: str,
    form: forms.Form,
    title: str,
    **context: Any,
) -> HttpResponse:
    """A page about one forecast, with its criteria in view."""
    acts = forecast.verdicts.told_to(person_of(request)).select_related("person", "option")
    return render(
        request,
        f"admin/forecasts/forecast/{act}.html",
        {
            **site.each_context(request),
            "title": title,
            "subtitle": forecast.title,
            "forecast": forecast,
            "form": form,
            "excerpt": text.excerpt(forecast, person_of(request)),
            "seen": resolving.newest_act(forecast),
            "acts": [(one, said_of(forecast, one) if one.outcome else "") for one in acts.prefetch_related("evidence")],
            "opts": Forecast._meta,
            **context,
        },
        status=200 if not form.errors and not context.get("is_refused") else 422,
    )
