"""The review of an article's statements: a page, its acts, and what others have done meanwhile."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from forecasts.models import Article, Category, Forecast, ReviewAct, Scenario, Statement, User
from forecasts.pages import reviewing as presenting
from forecasts.pages.views.looking import reader
from forecasts.questions import reviewing
from forecasts.questions.reviewing import Review, Stale
from forecasts.rules import access, clock
from forecasts.rules.errors import InvalidValue, NotNow

type Given = dict[str, str]


def reviewable(user: User, pk: int) -> Article:
    """The article, for whoever may edit a scenario that it belongs to; for others it does not exist here."""
    article = get_object_or_404(Article.objects.visible_to(user).select_related("source"), pk=pk)
    if user.is_superuser or any(access.may(user, "edit", one) for one in Scenario.objects.filter(articles=article)):
        return article
    raise Http404


@login_required
@never_cache
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The article with its statements, and beside each what can be done with it."""
    article = reviewable(reader(request), pk)
    return render(request, "forecasts/review/page.html", _context(request, article))


@login_required
@never_cache
@require_GET
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Small, and asked for every few seconds: how far the review is, and who acted last."""
    user = reader(request)
    article = reviewable(user, pk)
    newest = ReviewAct.objects.filter(article=article).select_related("person").order_by("-number").first()
    made = access.seen(user, Forecast).filter(statement__article=article)
    counts = (made.filter(published_at=None).count(), made.exclude(published_at=None).count())
    version = newest.number if newest else 0
    etag = quote_etag(f"{version}-{counts[0]}-{counts[1]}")
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag})
    said = {"version": version, "drafts": counts[0], "forecasts": counts[1], "by": _by(newest, user)}
    return JsonResponse(said, headers={"ETag": etag})


@login_required
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act, stored at once. To a script it answers with the page's inner part, else with the page."""
    user = reader(request)
    article = reviewable(user, pk)
    given = {name: str(value) for name, value in request.POST.items()}
    notice, status = "", HTTPStatus.OK
    made = None
    try:
        made = _act(article, given, Review(user, clock.now(), _whole(given, "seen")))
    except Stale as error:
        notice, status = error.told_to(user), HTTPStatus.CONFLICT
    except NotNow as error:
        notice, status = str(error), HTTPStatus.CONFLICT
    except InvalidValue as error:
        notice, status = str(error), HTTPStatus.UNPROCESSABLE_ENTITY
    if "application/json" not in request.headers.get("Accept", ""):
        if notice:
            messages.warning(request, notice)
        part = request.GET.get("part", "")
        asked = f"?part={part}" if part.isdigit() else ""
        return redirect(f"{request.path.removesuffix('act/')}{asked}{_anchor(made)}")
    context = _context(request, article)
    said = {"version": context["desk"].version, "notice": notice, "current": _current(made, given)}
    html = render_to_string("forecasts/review/body.html", context, request)
    return JsonResponse({**said, "html": html}, status=status)


def _act(article: Article, given: Given, review: Review) -> ReviewAct:
    name = given.get("act")
    if name == "undo":
        return reviewing.undo(article, review)
    if name == "add":
        span = _whole(given, "start"), _whole(given, "end")
        return reviewing.add(article, review, *span, given.get("quote", "").replace("\r\n", "\n"))
    statement = _statement(article, given, "statement")
    match name:
        case "accept":
            return reviewing.accept(statement, review)
        case "reject":
            return reviewing.reject(statement, review, given.get("reason", ""))
        case "duplicate":
            return reviewing.repeat(statement, review, _statement(article, given, "original"))
        case "split":
            return reviewing.split(statement, review, _whole(given, "start"), _whole(given, "end"))
        case "sort":
            return reviewing.sort(statement, review, given.get("category", ""))
    raise InvalidValue("act", "There is no such act.")


def _statement(article: Article, given: Given, field: str) -> Statement:
    if field == "original" and given.get("number"):
        place = _whole(given, "number")
        found = article.statements.in_order()[place - 1 : place].first() if place > 0 else None
    else:
        found = Statement.objects.filter(article=article, pk=_whole(given, field)).select_related("article").first()
    if found is None and field == "statement":
        raise NotNow("This statement is no longer there: what made it was undone.")
    if found is None:
        raise InvalidValue(field, "Give the number of the statement that it repeats.")
    return found


def _whole(given: Given, field: str) -> int:
    text = given.get(field, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _current(act: ReviewAct | None, given: Given) -> int | None:
    """Where to stand next: on what was made or changed."""
    if act is None:
        return _whole(given, "statement")
    return next(iter(act.made if act.act == ReviewAct.Act.ADD else act.statements), None)


def _anchor(act: ReviewAct | None) -> str:
    return f"#statement-{act.statements[0]}" if act is not None and act.statements else ""


def _by(act: ReviewAct | None, reader: User) -> dict[str, Any] | None:
    """Who acted last. Of somebody whom the reader has not met neither name nor number."""
    if act is None:
        return None
    person = access.known(reader, act.person_id)
    return {"id": person.pk if person else None, "name": str(person or "Somebody"), "act": act.get_act_display()}


def _context(request: HttpRequest, article: Article) -> dict[str, Any]:
    user = reader(request)
    return {
        "at": clock.now(),
        "article": article,
        "desk": presenting.desk(article, user, _whole({"part": request.GET.get("part", "")}, "part")),
        "scenarios": Scenario.objects.visible_to(user).filter(articles=article),
        "reasons": presenting.REASONS,
        "categories": Category.choices,
    }
