"""What one person said, as a table of their own: estimates and verdicts, nobody else's."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from forecasts.models import Estimate, Forecast, User, Verdict
from forecasts.presenting.kinds import answers_to
from forecasts.rules.cells import harmless

HEADER = ("what", "at", "scenario", "forecast", "title", "act", "value", "word", "outcome", "known_at", "text")
"""Of what one may not see any more stays what one said; scenario and title are empty."""

type Line = list[Any]


def table(person: User) -> str:
    """Estimates, then verdicts, each in the order in which they were made."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADER)
    seen = _seen(person)
    for line in (*_estimates(person, seen), *_verdicts(person, seen)):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in line])
    return written.getvalue()


def _seen(person: User) -> Mapping[int, Forecast]:
    """By number, the forecasts that this person spoke about and may still see."""
    estimated = Estimate.objects.filter(forecaster__user=person).values("forecast")
    judged = Verdict.objects.filter(person=person).values("forecast")
    visible = Forecast.objects.visible_to(person)
    found = visible.filter(pk__in=estimated).union(visible.filter(pk__in=judged)).values_list("pk", flat=True)
    related = Forecast.objects.select_related("scenario").prefetch_related("options")
    return related.in_bulk(list(found))


def _estimates(person: User, seen: Mapping[int, Forecast]) -> Iterator[Line]:
    for one in Estimate.objects.filter(forecaster__user=person).order_by("made_at", "pk").iterator(2000):
        about = seen.get(one.forecast_id)
        said = [one.event, _value(one, about), one.word, "", "", one.rationale]
        yield ["estimate", one.made_at.isoformat(), *_about(one.forecast_id, about), *said]


def _verdicts(person: User, seen: Mapping[int, Forecast]) -> Iterator[Line]:
    judged = Verdict.objects.filter(person=person).select_related("option").order_by("recorded_at", "pk")
    for one in judged.iterator(2000):
        about = seen.get(one.forecast_id)
        known = one.known_at.isoformat() if one.known_at else ""
        outcome = one.option.label if one.option else one.outcome
        value = "" if one.value is None else answers_to(about).plain(one.value) if about else one.value
        said = [one.act, value, "", outcome, known, one.note]
        yield ["verdict", one.recorded_at.isoformat(), *_about(one.forecast_id, about), *said]


def _about(number: int, forecast: Forecast | None) -> Line:
    return ["", number, ""] if forecast is None else [forecast.scenario.title, number, forecast.title]


def _value(one: Estimate, about: Forecast | None) -> str:
    """A probability from 0 to 1, or one for each option, or the quantiles, as files hold them."""
    if one.probability is not None:
        return f"{one.probability / 10_000:g}"
    parts: list[Any] = [part / 10_000 for part in one.probabilities or ()]
    quantiles = one.quantiles or ()
    parts = parts or [answers_to(about).plain(number) if about else number for number in quantiles]
    return " ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in parts)
