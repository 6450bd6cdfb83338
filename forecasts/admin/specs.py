"""The page on which a forecast gets its spec, in words first: what a feed must show, from menus that the feed fills."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse

from forecasts.admin.amendments import kind_field, reason_field, what_follows
from forecasts.admin.publishing import draft_of
from forecasts.admin.verdicts import done, page, person_of
from forecasts.evidence import menus, specs
from forecasts.evidence.feed import Feed
from forecasts.evidence.feeds import feed_named, feeds
from forecasts.evidence.parsing import load, spec_of
from forecasts.evidence.wording import criteria, in_words
from forecasts.models import Forecast
from forecasts.models import Spec as KeptSpec
from forecasts.presenting import counted
from forecasts.questions import amending
from forecasts.questions.specifying import guessing
from forecasts.questions.specifying.form import Asked, SpecForm, initial_of
from forecasts.rules import clock
from forecasts.rules.errors import InvalidSpec, InvalidValue, NotAllowed, NotNow

KEPT = "The spec is kept{}. Its base rate follows within a minute."


class ActForm(forms.Form):
    """What is done with the spec: by hand it is YAML; a published forecast's is amended, with a reason."""

    write_criteria = forms.BooleanField(required=False, initial=True, label="Write the criteria from it")
    body = forms.CharField(
        required=False,
        label="The same by hand",
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false"}),
        max_length=200_000,
        help_text="YAML, as docs/evidence.md describes it. Empty: people alone decide.",
    )

    def __init__(self, forecast: Forecast, data: Any, written: str) -> None:
        super().__init__(data, initial={"body": written})
        if forecast.published_at is not None:
            self.fields |= {"kind": kind_field(), "reason": reason_field()}


def spec_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Show and keep the spec of a draft; of what is published it is amended."""
    forecast, at = draft_of(request, pk), clock.now()
    kept = specs.newest(forecast)
    data = request.POST if request.method == "POST" else None
    act = ActForm(forecast, data, specs.written(kept) if kept else "")
    form = _menus(request, forecast, kept, at)
    if data is not None and "feed" not in _wish(request) and act.is_valid():
        try:
            body = _body(request, act, form)
            if "words" not in _wish(request) and not (act.errors or form.errors):
                return done(request, forecast, _kept(request, forecast, act, body, at))
        except InvalidSpec as error:
            act.add_error("body" if _is_by_hand(request) else None, str(error))
        except InvalidValue as error:
            act.add_error(error.field if error.field in act.fields else None, str(error))
        except (NotAllowed, NotNow) as error:
            act.add_error(None, str(error))
    spec = form.spec or (specs.read(kept) if kept else None)
    said = {"words": in_words(spec), "criteria": criteria(spec)} if spec else {}
    title = "Let it count itself" if forecast.published_at is None else "Amend what it counts"
    told = counted.panel(forecast, at, draft=forecast.published_at is None)
    return page(request, site, forecast, "spec", act, title, spec_form=form, said=said, panel=told, kept=kept)


def _wish(request: HttpRequest) -> str:
    return request.POST.get("do", "")


def _is_by_hand(request: HttpRequest) -> bool:
    """Whether YAML was sent: by its own button, or without the menus beside it."""
    return _wish(request) == "by_hand" or "spec-feed" not in request.POST


def _menus(request: HttpRequest, forecast: Forecast, kept: KeptSpec | None, at: datetime) -> SpecForm:
    """The form of the feed that was chosen, is kept, or fits the draft; filled by what is kept, else from the slots."""
    drafted = guessing.of_forecast(forecast)
    feed = _feed(request, kept) or guessing.feed_for(drafted, at)
    _, found = menus.newest(feed.name, at)
    spec = specs.read(kept) if kept and kept.feed == feed.name else None
    filled = initial_of(spec, kept.body) if kept and spec else guessing.initial(drafted, feed, found)
    is_sent = request.method == "POST" and "spec-feed" in request.POST and "feed" not in _wish(request)
    data = request.POST if is_sent and _wish(request) != "by_hand" else None
    return SpecForm(feed, found, Asked.by(forecast), data, filled, prefix="spec")


def _feed(request: HttpRequest, kept: KeptSpec | None) -> Feed | None:
    name = request.POST.get("spec-feed") or request.GET.get("feed") or (kept.feed if kept else "")
    return feed_named(name) if name in feeds() else None


def _body(request: HttpRequest, act: ActForm, form: SpecForm) -> dict[str, Any]:
    """What is to be kept. Raises InvalidSpec."""
    if not _is_by_hand(request):
        if form.is_valid():
            menus.notes(form.spec, menus.newest(form.of.name, clock.now())[1])  # type: ignore[arg-type]
        return form.body if form.spec else {}
    body = load(act.cleaned_data["body"]) or {}
    if body:
        spec = spec_of(body)
        menus.notes(spec, menus.newest(spec.feed_name, clock.now())[1])
    return dict(body)


def _kept(request: HttpRequest, forecast: Forecast, act: ActForm, body: dict[str, Any], at: datetime) -> str:
    if not body and not specs.newest(forecast):
        raise InvalidSpec("Say what the feed must show.")
    written = {"criteria": criteria(spec_of(body))} if body and act.cleaned_data["write_criteria"] else {}
    if forecast.published_at is not None:
        said = (act.cleaned_data["kind"], act.cleaned_data["reason"])
        amendment = amending.amend(forecast, person_of(request), written, *said, at=at, spec=body)
        return f"Amended: version {amendment.version}. {what_follows(amendment)} It is counted anew within a minute."
    specs.keep(forecast, body, person_of(request), at=at)
    Forecast.objects.filter(pk=forecast.pk, published_at=None).update(**written) if written else None
    return KEPT.format(", and the criteria are written from it" if written else "") if body else "Nothing counts it."
