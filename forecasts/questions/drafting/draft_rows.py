"""Makes the row of a draft out of its form, and publishes it."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from forecasts.evidence import specs
from forecasts.models import Forecast, Scenario
from forecasts.questions import publishing
from forecasts.questions.drafting import form as forms
from forecasts.questions.drafting.form import DERIVED, DraftForm

LEVELS = [500, 2_500, 5_000, 7_500, 9_500]
COPIED = (
    "scenario", "category", "title", "criteria", "fine_print", "unit", "resolution_source", "resolution_source_url",
    "resolution_source_lag", "fallback_source", "time_zone", "resolver", "backup",
)  # fmt: skip


def row(form: DraftForm) -> Forecast:
    """The draft, not stored. What is missing or wrong is left empty, so that it can be checked while typing."""
    said = form.cleaned_data
    is_derived = said.get("fidelity") == DERIVED
    template = form.templates.get(said.get("template", ""), form.proposed.template)
    forecast = Forecast(
        **{name: said[name] for name in COPIED if said.get(name) is not None},
        kind=template.kind,
        statement=None if is_derived else form.statement,
        fidelity="" if is_derived else said.get("fidelity", ""),
        background="" if is_derived else f"The article says: “{form.statement.quote}”",
        opens_at=form.proposed.opens_at,
        drafted_at=form.at,
        drafted_by=form.user,
    )
    _date(forecast, said)
    if forecast.asks.has_quantiles:
        forecast.quantile_levels = LEVELS
        forecast.range_lower, forecast.upper_is_open = 0, True
    return forecast


def _date(forecast: Forecast, said: dict[str, Any]) -> None:
    zone = said.get("time_zone") or "UTC"
    if said.get("closes_on"):
        forecast.closes_at = forms.closing(said["closes_on"], zone)
    if said.get("resolves_on"):
        forecast.resolves_at = forms.closing(said["resolves_on"], zone)
    if said.get("review_days"):
        forecast.review_every = forms.every(said["review_days"])


@transaction.atomic
def keep(form: DraftForm, spec: dict[str, Any] | None = None) -> Forecast:
    """Store the draft of a valid form, with what counts it. Raises InvalidSpec."""
    forecast = row(form)
    forecast.key = free_key(forecast.scenario, forecast.title)
    forecast.save()
    if spec:
        specs.keep(forecast, spec, form.user, at=form.at)
    return forecast


@transaction.atomic
def publish(form: DraftForm, spec: dict[str, Any] | None = None) -> Forecast:
    """Store the draft and publish it, or neither. Raises NotNow, Unresolvable, InvalidSpec, InvalidValue."""
    return publishing.publish(keep(form, spec), form.user, form.cleaned_data.get("reason", ""), at=form.at)


def free_key(scenario: Scenario, title: str) -> str:
    """A name in files that no other forecast of the scenario has."""
    base = slugify(title)[:80].strip("-") or "forecast"
    taken = set(scenario.forecasts.filter(key__startswith=base).values_list("key", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(key for key in numbered if key not in taken)
