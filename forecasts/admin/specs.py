"""The page on which a draft gets its spec: what a feed must show for each outcome, with what occurs in it beside."""

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse

from forecasts.admin.publishing import draft_of
from forecasts.admin.verdicts import done, page, person_of
from forecasts.evidence import specs
from forecasts.evidence.feeds import feeds
from forecasts.evidence.occurring import occurring
from forecasts.evidence.parsing import load, spec_of
from forecasts.evidence.taking import opened
from forecasts.evidence.wording import criteria
from forecasts.models import Forecast, Vintage
from forecasts.rules import clock
from forecasts.rules.errors import InvalidSpec, InvalidVintage

MOST_SHOWN = 60
EXAMPLES = {
    Forecast.Kind.BINARY: "{at_least: 120}",
    Forecast.Kind.MULTIPLE_CHOICE: '{options: {"0 to 99": [0, 99], "100 or more": [100, null]}}',
    Forecast.Kind.NUMERIC: "value",
    Forecast.Kind.DATE: "{first_day: 120}",
}
TEMPLATE = """\
feed: ucdp_ged
where: {{country: [Syria], adm_1: [Idlib Governorate]}}
measure: best
window: {{from: 2018-09-01, to: 2018-09-30, rule: inside}}
outcome: {outcome}
settles: {{after: 35d, by: first_complete_vintage}}
"""


class SpecForm(forms.Form):
    body = forms.CharField(
        required=False,
        label="What the feed must show",
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false"}),
        max_length=20_000,
        help_text="YAML, as docs/evidence.md describes it. Empty: people alone decide.",
    )
    write_criteria = forms.BooleanField(required=False, initial=True, label="Write the criteria from it")


def spec_view(request: HttpRequest, pk: int, site: AdminSite) -> HttpResponse:
    """Show and keep the spec of a draft; what is published keeps the one that it has."""
    forecast, at = draft_of(request, pk), clock.now()
    kept = specs.newest(forecast)
    written = specs.written(kept) if kept else TEMPLATE.format(outcome=EXAMPLES[Forecast.Kind(forecast.kind)])
    form = SpecForm(request.POST if request.method == "POST" else None, initial={"body": written})
    if request.method == "POST" and form.is_valid():
        try:
            return done(request, forecast, _kept(request, forecast, form.cleaned_data))
        except InvalidSpec as error:
            form.add_error("body", str(error))
    words = specs.told(kept) if kept else ""
    return page(request, site, forecast, "spec", form, "Let it count itself", words=words, menus=_menus(kept, at))


def _kept(request: HttpRequest, forecast: Forecast, given: dict[str, Any]) -> str:
    if forecast.published_at is not None:
        raise InvalidSpec("It is published: what it asks changes by an amendment only.")
    body = load(given["body"]) or {}
    if not body and not specs.newest(forecast):
        raise InvalidSpec("Write what the feed must show.")
    specs.keep(forecast, body, person_of(request), at=clock.now())
    if body and given["write_criteria"]:
        Forecast.objects.filter(pk=forecast.pk).update(criteria=criteria(spec_of(body)))
        return "The spec is kept, and the criteria are written from it. Its base rate follows within a minute."
    return "The spec is kept. Its base rate follows within a minute." if body else "Nothing counts it any more."


def _menus(kept: Any, at: Any) -> list[tuple[str, list[str]]]:
    """What occurs in the newest vintage, by filter; nothing where its file is not whole."""
    name = kept.feed if kept and kept.feed in feeds() else "ucdp_ged"
    vintage = Vintage.objects.known(at).filter(feed=name).first()
    if vintage is None:
        return []
    try:
        with opened(vintage) as database:
            return [(text.name, occurring(database, text)[:MOST_SHOWN]) for text in feeds()[name].texts]
    except InvalidVintage:
        return []
