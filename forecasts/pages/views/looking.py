"""The pages: board, forecast, article, calibration."""

from datetime import datetime
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from forecasts.models import Article, Category, Forecast, Scenario, User
from forecasts.models.forecasts import ForecastQuerySet
from forecasts.pages import board as boards
from forecasts.pages import dossier
from forecasts.pages.views import answering, preferences
from forecasts.presenting import text
from forecasts.questions import publishing
from forecasts.rules import access, clock, coherence

ROWS = 200


@login_required
def board(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Every forecast that one may see, or those of one scenario; what waits for the reader stands first."""
    at, user = clock.now(), reader(request)
    scenario = get_object_or_404(Scenario.objects.visible_to(user), slug=slug) if slug else None
    seen = Forecast.objects.visible_to(user).published(at)
    chosen = _filtered(seen.filter(scenario=scenario) if scenario else seen, request, at)
    waiting = list(boards.in_order(boards.awaiting(chosen, user, at), at)[:ROWS])
    rest = boards.in_order(chosen.exclude(pk__in=[forecast.pk for forecast in waiting]), at)
    page = Paginator(rest, ROWS, allow_empty_first_page=True).get_page(request.GET.get("page"))
    rows = boards.rows([*waiting, *page.object_list], user, at)
    context = {
        "at": at,
        "scenario": scenario,
        "articles": Article.objects.visible_to(user).filter(scenarios=scenario) if scenario else (),
        "may_invite": scenario is not None and access.may(user, "invite", scenario),
        "may_make": scenario is None and access.may_make_scenarios(user),
        "waiting": rows[: len(waiting)],
        "sections": boards.sections(rows[len(waiting) :]),
        "page": page,
        "total": page.paginator.count + len(waiting),
        "states": Forecast.State.choices,
        "categories": Category.choices,
        "state": request.GET.get("state", ""),
        "category": request.GET.get("category", ""),
        "is_empty": not seen.exists(),
    }
    return render(request, "forecasts/board.html", context)


def _filtered(forecasts: ForecastQuerySet, request: HttpRequest, at: datetime) -> ForecastQuerySet:
    """By the state and the category that the address names; what is neither of ours is passed over."""
    state, category = request.GET.get("state"), request.GET.get("category")
    if state in Forecast.State.values:
        forecasts = forecasts.filter(pk__in=Forecast.objects.with_state(at).filter(Q(state=state)).values("pk"))
    if category in Category.values:
        forecasts = forecasts.filter(category=category)
    return forecasts


@login_required
def forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """One forecast: question, state, plot, criteria, quote, estimates, resolution, and the form to answer it."""
    at, user = clock.now(), reader(request)
    visible = Forecast.objects.visible_to(user).published(at).prefetch_related("options", "amendments__made_by")
    related = ("scenario", "statement__article__source", "resolver", "backup")
    shown = get_object_or_404(visible.select_related(*related), pk=pk)
    context = {
        "at": at,
        "forecast": shown,
        "dossier": dossier.dossier(shown, user, at),
        "quote": text.excerpt(shown, user),
        "form": answering.answer_form(request, shown),
        "action": reverse("estimate", args=[pk]),
        "may_resolve": access.may_resolve(user, shown),
        "asking": preferences.asking(user, shown, at),
        "overrides": publishing.overrides(shown),
        "clashes": coherence.of_person(user, [shown], at),
    }
    return render(request, "forecasts/forecast.html", context)


def reader(request: HttpRequest) -> User:
    """Who is logged in; views behind `login_required` have one."""
    return cast("User", request.user)
