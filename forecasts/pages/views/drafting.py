"""From an accepted statement to a published forecast, on one page."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from forecasts.language.categories.template import Template
from forecasts.models import Forecast, Statement, User
from forecasts.pages import reviewing
from forecasts.pages.views.looking import reader
from forecasts.pages.views.reviewing import reviewable
from forecasts.presenting import slotted, text
from forecasts.questions import publishing, slot_reading
from forecasts.questions.drafting import draft_rows, filling, proposing
from forecasts.questions.drafting.form import BLANKS, TEXTS, DraftForm, of_blanks
from forecasts.questions.specifying import beside
from forecasts.questions.specifying.form import SpecForm
from forecasts.rules import access, clock
from forecasts.rules.errors import InvalidSpec, InvalidValue, NotNow, Unresolvable


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft, with what the eight points say of it. Its buttons keep it, publish it, or fill it anew."""
    user, at = reader(request), clock.now()
    statement = _accepted(user, pk)
    if request.method != "POST":
        return _page(request, DraftForm(statement, user, at, chosen=request.GET.get("template", "")))
    form, wish = DraftForm(statement, user, at, request.POST), request.POST.get("do", "")
    form.is_valid()
    spec = _spec(form, wish)
    if wish in ("fill", "feed", "words"):
        return _page(request, _filled(form, spec), spec)
    made = _made(form, spec, publish=wish == "publish")
    if made is None:
        return _page(request, form, spec, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"{'Published' if made.published_at else 'Kept as a draft'}: {made.title}")
    return HttpResponseRedirect(_onward(statement, user))


@login_required
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts that the blanks now give, and what the eight points say of the draft as it stands in the form."""
    user, at = reader(request), clock.now()
    form = DraftForm(_accepted(user, pk), user, at, request.POST)
    form.is_valid()
    blanks = form.blanks()
    if request.POST.get("changed") == "template":
        blanks = proposing.proposed(form.statement, at, blanks.template)
    spec = _spec(form)
    html = render_to_string("forecasts/drafting/findings.html", _findings(draft_rows.row(form), spec), request)
    shown = {
        "blanks": of_blanks(blanks),
        "uses": _uses(blanks.template),
        "category": blanks.template.category or form.statement.category,
    }
    said = render_to_string("forecasts/drafting/spec_said.html", {"said": beside.said(spec)}, request)
    written = {**filling.texts(blanks), **(beside.texts(spec) if spec else {})}
    return JsonResponse({"texts": written, **shown, "findings": html, "spec": said})


def _spec(form: DraftForm, wish: str = "") -> SpecForm | None:
    """The menus, where the draft shall count itself: as they were sent, or filled anew for another feed."""
    if not beside.is_counted(form.data):
        return None
    return beside.filled(form) if wish == "feed" else beside.sent(form)


def _accepted(user: User, pk: int) -> Statement:
    """The statement, for whoever may review its article; only accepted ones have drafts."""
    statement = get_object_or_404(Statement.objects.select_related("article__source"), pk=pk)
    reviewable(user, statement.article_id)
    if statement.review != Statement.Review.ACCEPTED:
        raise Http404
    return statement


def _filled(form: DraftForm, spec: SpecForm | None) -> DraftForm:
    """The same form with its texts written anew from its blanks and menus, for browsers without script."""
    blanks = form.blanks()
    written = {**filling.texts(blanks), **(beside.texts(spec) if spec else {})}
    initial = {**form.initial, **form.cleaned_data, **of_blanks(blanks), **written}
    return DraftForm(form.statement, form.user, form.at, initial=initial)


def _made(form: DraftForm, spec: SpecForm | None, *, publish: bool) -> Forecast | None:
    """The stored draft, or None; then what stands in the way stands at its field."""
    if not form.is_valid() or (spec is not None and not spec.is_valid()):
        return None
    body = spec.body if spec else None
    try:
        if not publish:
            return draft_rows.keep(form, body)
        form.missing()
        return None if form.errors else draft_rows.publish(form, body)
    except Unresolvable as error:
        form.add_error("reason", f"{error}. Mend it, or say why it is published nonetheless.")
    except InvalidValue as error:
        form.add_error(
            error.field.replace("_at", "_on") if error.field in ("closes_at", "resolves_at") else None, str(error)
        )
    except (NotNow, InvalidSpec) as error:
        form.add_error(None, str(error))
    return None


def _onward(statement: Statement, user: User) -> str:
    """Back to the review: to the next accepted statement without a forecast that this person sees, else to this one."""
    made = access.seen(user, Forecast).exclude(statement=None).values("statement")
    waiting = statement.article.statements.filter(review=Statement.Review.ACCEPTED).exclude(pk__in=made).in_order()
    later = waiting.filter(start__gt=statement.start).first() or waiting.first() or statement
    part = reviewing.part_of(statement.article, later.pk)
    asked = f"?part={part}" if part > 1 else ""
    return f"{reverse('review', args=[statement.article_id])}{asked}#statement-{later.pk}"


def _uses(template: Template) -> list[str]:
    """The blanks that a template has."""
    return [*template.blanks, *(["rule"] if template.is_counted else [])]


def _findings(forecast: Forecast, spec: SpecForm | None) -> dict[str, Any]:
    found = publishing.findings(forecast, spec.spec if spec and spec.is_valid() else None)
    return {
        "findings": [one for one in found if one.level != "passes"],
        "passed": sum(one.level == "passes" for one in found),
        "blocked": bool(publishing.blocks(found)),
        "alike": publishing.alike(forecast) if forecast.scenario_id and forecast.title else [],
    }


def _page(
    request: HttpRequest, form: DraftForm, spec: SpecForm | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    shown = form if form.is_bound else DraftForm(form.statement, form.user, form.at, _data(form))
    shown.is_valid()
    row = draft_rows.row(shown)
    template = str(shown.cleaned_data.get("template") or form.proposed.template.key)
    made = access.seen(form.user, Forecast).filter(statement=form.statement).order_by("pk")
    context = {
        "at": form.at,
        "form": form,
        "blanks": [form[name] for name in BLANKS],
        "texts": [form[name] for name in TEXTS],
        "statement": form.statement,
        "article": form.statement.article,
        "quote": text.quotation(form.statement),
        "names": proposing.offered(form.statement),
        "uses": _uses(form.templates[template]),
        "spec_form": spec,
        "said": beside.said(spec),
        **_said(form),
        "made": made,
        **_findings(row, spec),
    }
    return render(request, "forecasts/drafting/page.html", context, status=status)


def _said(form: DraftForm) -> dict[str, Any]:
    """The sentence with its slots underlined, and what is proposed from it; nothing until somebody has read it."""
    said = slot_reading.said(form.statement)
    if said is None:
        return {"slots": None}
    slots, stated = said
    offered = [
        {
            "key": way.template.key,
            "label": way.template.label,
            "title": slotted.coloured(
                filling.texts(proposing.proposed(form.statement, form.at, way.template))["title"], slots
            ),
            "blanks": slotted.blanks(way.not_found),
            "fidelity": way.fidelity or "derived",
            "is_chosen": way.template.key == form.proposed.template.key,
        }
        for way in form.ways.values()
    ]
    return {
        "slots": slotted.named(slots),
        "sentence": slotted.sentence(form.statement, slots),
        "offered": offered,
        "stated": stated,
        "proposition": slots.proposition.statement(slots.quantity.text if slots.quantity else ""),
        "is_denied": slots.polarity is not None,
    }


def _data(form: DraftForm) -> dict[str, Any]:
    """What an untouched form would send, so that its findings can be shown at once."""
    rows = {name: getattr(value, "pk", value) for name, value in form.initial.items()}
    first = form.fields["scenario"].queryset.first()  # type: ignore[attr-defined]
    return {"scenario": first.pk if first else None, **rows}
