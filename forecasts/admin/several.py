"""One act on many forecasts of a scenario: annul, hand over, or resolve those that share their evidence."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from forecasts.admin.resolve_form import Pieces, ResolveForm, area
from forecasts.admin.verdicts import log, person_of
from forecasts.answers import resolving
from forecasts.answers.resolving import Done, Finding
from forecasts.models import Forecast, Membership, User, Verdict
from forecasts.rules import access, clock
from forecasts.rules.errors import InvalidValue, NotNow
from forecasts.rules.local_times import Instant

MOST = 200
SHARED = ("known_at", "occurred_at", "note")


class AnnulForm(forms.Form):
    annulled_because = forms.ChoiceField(
        label="What was wrong with them", choices=[("", "Choose…"), *Verdict.Defect.choices]
    )
    note = forms.CharField(label="Why", widget=area(3), max_length=10_000)


class HandOverForm(forms.Form):
    """New people, of those who take part in the scenario."""

    resolver = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Leave as it is")
    backup = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="Leave as it is")
    note = forms.CharField(label="Why", widget=area(3), max_length=10_000)

    def __init__(self, forecasts: list[Forecast], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = Membership.objects.come_in().filter(scenario=forecasts[0].scenario_id)
        members = User.objects.filter(is_active=True, memberships__in=theirs)
        for name in ("resolver", "backup"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = members.order_by("name", "pk").distinct()


class SharedForm(forms.Form):
    """What forecasts have in common that one piece of evidence resolves."""

    known_at = Instant(required=False, label="Known", help_text="In UTC. When the public could know these answers.")
    occurred_at = Instant(required=False, label="Occurred", help_text="In UTC. When it happened, if it did.")
    note = forms.CharField(required=False, label="Note", widget=area(3), max_length=10_000)


class Answers:
    """One outcome for each forecast, beside what they share."""

    def __init__(self, forecasts: list[Forecast], data: Any, files: Any, at: Any) -> None:
        self.pieces = Pieces(data, files, at)
        self.shared = SharedForm(data)
        self.rows = [
            ResolveForm(forecast, self.pieces, data and _for(forecast, data), may_postpone=False)
            for forecast in forecasts
        ]

    def __iter__(self) -> Iterator[ResolveForm]:
        return iter(self.rows)

    def is_valid(self) -> bool:
        fine = [self.shared.is_valid(), self.pieces.is_valid(), *(row.is_valid() for row in self.rows)]
        if self.pieces.is_valid() and not self.pieces.is_given:
            self.shared.add_error(None, "Give the evidence that they share.")
            return False
        return all(fine)

    def findings(self) -> dict[Forecast, Finding]:
        return {row.forecast: row.finding() for row in self.rows}


def _for(forecast: Forecast, data: Any) -> dict[str, Any]:
    """The entries of one forecast: its own, and those that all share."""
    prefix = f"forecast-{forecast.pk}-"
    own = {name.removeprefix(prefix): data[name] for name in data if name.startswith(prefix)}
    return {**own, **{name: data.get(name, "") for name in SHARED}}


def annul_several_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    chosen = _chosen(request, access.may_resolve)
    form = AnnulForm(request.POST or None)

    def act() -> Done:
        data = form.cleaned_data
        because = data["annulled_because"]
        return resolving.annul_several(chosen, person_of(request), because, data["note"], at=clock.now())

    return _acted(request, site, chosen, form, act, "annul", "Annulled")


def hand_over_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    chosen = _chosen(request, resolving.may_hand_over)
    form = HandOverForm(chosen, request.POST or None)

    def act() -> Done:
        data = form.cleaned_data
        return resolving.hand_over(
            chosen, data["resolver"], data["backup"], data["note"], by=person_of(request), at=clock.now()
        )

    return _acted(request, site, chosen, form, act, "hand_over", "Handed over")


def resolve_several_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    chosen, at = _chosen(request, access.may_resolve), clock.now()
    posted = request.method == "POST"
    answers = Answers(chosen, request.POST if posted else None, request.FILES if posted else None, at)

    def act() -> Done:
        return resolving.resolve_several(answers.findings(), person_of(request), at=at)

    return _acted(request, site, chosen, answers.shared, act, "resolve", "Resolved", answers)


def _acted(
    request: HttpRequest,
    site: AdminSite,
    chosen: list[Forecast],
    form: Any,
    act: Callable[[], Done],
    name: str,
    word: str,
    answers: Answers | None = None,
) -> HttpResponse:
    if request.method == "POST" and (answers or form).is_valid():
        try:
            result = act()
        except InvalidValue as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except NotNow as error:
            form.add_error(None, str(error))
        else:
            return _told(request, result, f"{word}: {form.cleaned_data['note']}", word)
    return _page(request, site, chosen, form, name, answers)


def _told(request: HttpRequest, result: Done, logged: str, word: str) -> HttpResponse:
    waits = [one for one in result.done if one.verdicts.awaiting_second().exists()]
    log(request, waits, "Gave a resolution, together with others, which waits for a second person.")
    log(request, [one for one in result.done if one not in waits], logged)
    if result.done:
        messages.success(request, f"{word}: {len(result.done)}.")
    for forecast, reason in result.left:
        messages.warning(request, f"Left alone: {forecast}. {reason}")
    return HttpResponseRedirect(reverse("admin:forecasts_forecast_changelist"))


def _chosen(request: HttpRequest, may: Callable[[Any, Forecast], bool]) -> list[Forecast]:
    """The forecasts that the address names, all of one scenario; one that this person may not act on is not there."""
    given = request.POST.getlist("forecast") if request.method == "POST" else request.GET.getlist("forecast")
    ids = {int(text) for text in given if text.isdecimal() and len(text) < 19}
    found: QuerySet[Forecast] = Forecast.objects.visible_to(request.user).filter(pk__in=ids)
    rows = found.select_related("scenario").prefetch_related("options").order_by("closes_at", "pk")[:MOST]
    chosen = [forecast for forecast in rows if may(request.user, forecast)]
    if len({forecast.scenario_id for forecast in chosen}) != 1:
        raise Http404
    return chosen


def _page(
    request: HttpRequest, site: AdminSite, chosen: list[Forecast], form: Any, name: str, answers: Answers | None
) -> HttpResponse:
    titles = {"annul": "Annul", "hand_over": "Hand over", "resolve": "Resolve by the same evidence"}
    count = len(chosen)
    at = clock.now()
    context = {
        **site.each_context(request),
        "title": f"{titles[name]}: {count} forecast{'s' if count != 1 else ''}",
        "act": name,
        "chosen": [(forecast, resolving.unfit(forecast, at)) for forecast in chosen],
        "form": form,
        "answers": answers,
        "pieces": answers.pieces if answers else None,
        "opts": Forecast._meta,
    }
    return render(request, "admin/forecasts/forecast/several.html", context, status=422 if form.errors else 200)
