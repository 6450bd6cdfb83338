"""The specs of forecasts: kept as they were written, one taking the place of another."""

from datetime import date, datetime
from typing import Any

import yaml
from django.db import transaction

from forecasts.evidence.parsing import spec_of
from forecasts.evidence.spec import OutcomeKind, Spec
from forecasts.evidence.wording import in_words
from forecasts.models import Forecast, User
from forecasts.models import Spec as KeptSpec
from forecasts.rules.errors import InvalidSpec

SAID = {
    OutcomeKind.RANGE: "at_least, at_most or between",
    OutcomeKind.OPTIONS: "options, one range for each of its options",
    OutcomeKind.VALUE: "value",
    OutcomeKind.FIRST_DAY: "first_day",
}

UNREADABLE = "Its spec is not one that can be read any more, so nothing counts it: people decide."


@transaction.atomic
def keep(forecast: Forecast, body: dict[str, Any], person: User | None, *, at: datetime) -> KeptSpec:
    """Make this the forecast's spec from now on. An empty one ends counting. Raises InvalidSpec.

    Whether the person may is for the caller to ask.
    """
    held = Forecast.objects.select_for_update(no_key=True, of=("self",)).get(pk=forecast.pk)
    spec = checked(held, body) if body else None
    before = held.specs.order_by("-number").first()
    if before is not None and before.body == body:
        return before
    return KeptSpec.objects.create(
        forecast=held,
        number=before.number + 1 if before else 1,
        feed=spec.feed_name if spec else "",
        body=body,
        first_day=spec.window.first if spec else None,
        last_day=spec.window.last if spec else None,
        criteria_version=held.version,
        made_by=person,
        made_at=at,
    )


def checked(forecast: Forecast, body: dict[str, Any]) -> Spec:
    """The spec that a forecast may have. Raises InvalidSpec where it does not answer what the forecast asks."""
    spec = spec_of(body)
    wanted = OutcomeKind(forecast.asks.counted_as)
    if spec.outcome is None or spec.outcome.kind != wanted:
        kind = forecast.get_kind_display()
        raise InvalidSpec(f"outcome: a forecast of kind “{kind}” is answered with {SAID[wanted]}.")
    if spec.settles is None:
        raise InvalidSpec("settles: say when the count may be proposed, such as {after: 35d}.")
    if wanted == OutcomeKind.OPTIONS:
        _check_labels(forecast, list(spec.outcome.ranges))
    return spec


def plain(body: Any) -> Any:
    """A spec as YAML reads it, with its days as texts: what can be kept."""
    if isinstance(body, dict):
        return {str(key): plain(value) for key, value in body.items()}
    if isinstance(body, list):
        return [plain(value) for value in body]
    return body.isoformat() if isinstance(body, date) else body


def newest(forecast: Forecast) -> KeptSpec | None:
    """The newest spec of a draft or a forecast, unless that one says that nothing is counted."""
    kept = forecast.specs.order_by("-number").first()
    return kept if kept is not None and kept.feed else None


def written(kept: KeptSpec) -> str:
    """A spec as YAML, to be changed by hand."""
    return str(yaml.safe_dump(kept.body, sort_keys=False, allow_unicode=True))


def read(kept: KeptSpec) -> Spec | None:
    """None where the rules of today do not read what was kept under earlier ones: nothing counts it then."""
    try:
        return spec_of(kept.body)
    except InvalidSpec:
        return None


def told(kept: KeptSpec) -> str:
    """A spec in words."""
    spec = read(kept)
    return UNREADABLE if spec is None else in_words(spec)


def _check_labels(forecast: Forecast, labels: list[str]) -> None:
    options = list(forecast.options.values_list("label", flat=True))
    if sorted(labels) != sorted(options):
        raise InvalidSpec(f"outcome.options: one range for each option of the forecast. Allowed: {', '.join(options)}.")
