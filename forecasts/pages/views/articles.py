"""Articles and their sources: what they said, and what came of it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from forecasts.models import Article, Forecast, Scenario, Source, Statement, User
from forecasts.pages import cards, margins, scorecards
from forecasts.pages.margins import Annotated
from forecasts.pages.views.looking import reader
from forecasts.rules import access, clock

LISTED = 100


@login_required
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """The articles that one may see, newest first."""
    at, user = clock.now(), reader(request)
    page = Paginator(listed(user, at), LISTED).get_page(request.GET.get("page"))
    return render(request, "forecasts/articles.html", {"at": at, "page": page, "may_add": may_add(user)})


@login_required
@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """An article's scorecard: its text, and in its margin what became of what it said would happen."""
    at, user = clock.now(), reader(request)
    shown = get_object_or_404(Article.objects.visible_to(user).select_related("source"), pk=pk)
    annotated = margins.annotated(shown, user, at)
    scenarios = Scenario.objects.visible_to(user).filter(articles=shown)
    card = scorecards.of_article(shown, user, at)
    context = {
        "at": at,
        "article": shown,
        "annotated": annotated,
        "scenarios": scenarios,
        "card": card,
        "sentences": scorecards.sentences(card),
        "may_review": user.is_superuser or any(access.may(user, "edit", one) for one in scenarios),
        "waiting": sum(note.claim.statement.review == Statement.Review.PROPOSED for note in annotated.notes),
    }
    return render(request, "forecasts/article.html", context)


@login_required
@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The scorecard as a picture, as its reader may see it."""
    at, user = clock.now(), reader(request)
    shown = get_object_or_404(Article.objects.visible_to(user).select_related("source"), pk=pk)
    annotated: Annotated = margins.annotated(shown, user, at)
    told = scorecards.sentences(scorecards.of_article(shown, user, at))
    answer = HttpResponse(cards.png(shown, annotated.notes, told), content_type="image/png")
    answer["Content-Disposition"] = f'inline; filename="article-{shown.pk}.png"'
    patch_vary_headers(answer, ("Cookie",))
    return answer


@login_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Who published what one may read."""
    at, user = clock.now(), reader(request)
    page = Paginator(visible_sources(user).order_by("name"), LISTED).get_page(request.GET.get("page"))
    rows = [(source, scorecards.of_source(source, user, at)) for source in page.object_list]
    return render(request, "forecasts/sources.html", {"at": at, "page": page, "rows": rows})


@login_required
@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source over all its articles: how much could be checked, and how its likelihood words held."""
    at, user = clock.now(), reader(request)
    shown = get_object_or_404(visible_sources(user), pk=pk)
    card = scorecards.of_source(shown, user, at)
    context: dict[str, Any] = {
        "at": at,
        "source": shown,
        "card": card,
        "sentences": scorecards.sentences(card),
        "page": Paginator(listed(user, at).filter(source=shown), LISTED).get_page(request.GET.get("page")),
    }
    return render(request, "forecasts/source.html", context)


def listed(user: User, at: datetime) -> QuerySet[Article]:
    """Visible articles, the newest first, each with how many statements and forecasts it has."""
    mine = Q(statements__forecasts__in=Forecast.objects.visible_to(user).published(at))
    counted = Article.objects.visible_to(user).annotate(
        said=Count("statements", distinct=True),
        asked=Count("statements__forecasts", filter=mine, distinct=True),
    )
    return counted.select_related("source").defer("body").order_by("-published_at", "pk")


def visible_sources(user: User) -> QuerySet[Source]:
    return Source.objects.filter(Exists(Article.objects.visible_to(user).filter(source=OuterRef("pk"))))


def may_add(user: User) -> bool:
    """Whether this person may edit some scenario, and so add articles to it."""
    return user.is_superuser or Scenario.objects.filter(access.scenarios(user, "edit")).exists()
