"""The pages: board, forecast, search."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from forecasts.models import Article, Category, Forecast, Scenario, User
from forecasts.pages import board as boards
from forecasts.pages import choosing, dossier, searching
from forecasts.pages.choosing import Chosen
from forecasts.pages.views import answering, preferences
from forecasts.presenting import text
from forecasts.questions import publishing
from forecasts.rules import access, clock, coherence

ROWS = 50


@login_required
def board(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Every forecast that one may see, or those of one scenario, as the address asks; what waits stands first."""
    at, user = clock.now(), reader(request)
    scenario = get_object_or_404(Scenario.objects.visible_to(user), slug=slug) if slug else None
    seen = Forecast.objects.visible_to(user).published(at)
    chosen = Chosen.of(request.GET.dict())
    asked = choosing.narrowed(seen.filter(scenario=scenario) if scenario else seen, chosen, user, at)
    shown = choosing.ordered(asked, chosen, user, at)
    page = Paginator(shown.forecasts, ROWS, allow_empty_first_page=True).get_page(request.GET.get("page"))
    rows = boards.rows(list(page.object_list), user, at, {pk: one.was for pk, one in shown.moved.items()})
    waiting = [] if chosen.order else [row for row in rows if row.is_first]
    counts = choosing.counts(shown.forecasts)
    context = {
        "at": at,
        "scenario": scenario,
        "articles": Article.objects.visible_to(user).filter(scenarios=scenario) if scenario else (),
        "may_invite": scenario is not None and access.may(user, "invite", scenario),
        "may_make": scenario is None and access.may_make_scenarios(user),
        "chosen": chosen,
        "orders": choosing.ORDERS.items(),
        "week_end": choosing.week_end(user, at) if "closing" in chosen.on else None,
        "waiting": waiting,
        "sections": [] if chosen.order else boards.sections(rows[len(waiting) :], counts.others),
        "counts": counts,
        "flat": rows if chosen.order else [],
        "page": page,
        "total": page.paginator.count,
        "states": Forecast.State.choices,
        "categories": Category.choices,
        "is_empty": not seen.exists(),
    }
    return render(request, "forecasts/board.html", context)


@login_required
def scenarios(request: HttpRequest) -> HttpResponse:
    """Every scenario that one may see, with what is open, closes, waits and is over in it."""
    at, user = clock.now(), reader(request)
    listed = boards.listed(user, choosing.week_end(user, at), at)
    context = {"at": at, "listed": listed, "may_make": access.may_make_scenarios(user)}
    return render(request, "forecasts/scenarios.html", context)


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


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """What this person may see that holds every word of `q`."""
    at, asked = clock.now(), searching.words_of(request.GET.get("q", ""))
    kinds = searching.search(reader(request), asked, at) if asked else []
    return render(request, "forecasts/search.html", {"asked": asked, "kinds": kinds, "at": at})


def reader(request: HttpRequest) -> User:
    """Who is logged in; views behind `login_required` have one."""
    return cast("User", request.user)
