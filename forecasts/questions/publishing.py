"""Drafts become forecasts: checked against the eight points, compared with their neighbours, then published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from forecasts import watching
from forecasts.evidence.spec import Spec
from forecasts.language import likeness, resolvability
from forecasts.language.resolvability import Draft, Finding
from forecasts.models import Forecast, Statement, User
from forecasts.questions import counting_gate, slot_reading
from forecasts.rules import access
from forecasts.rules.errors import InvalidValue, NotNow, Unresolvable

_THE_SAME = (Forecast.Fidelity.SAME, Forecast.Fidelity.OPPOSITE)
COMPARED = 5_000
"""Among how many forecasts of a scenario, the newest, a draft looks for those that are alike."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another forecast of the scenario that asks nearly the same."""

    forecast: Forecast
    is_duplicate: bool

    @property
    def words(self) -> str:
        if self.is_duplicate:
            return "asks the same"
        return "is nearly the same: a date, a threshold or a few words differ"


def draft_of(forecast: Forecast, options: Sequence[str] | None = None) -> Draft:
    """What the check reads of a forecast. `options` are read from the database where they are not given."""
    statement = forecast.statement
    if options is None:
        options = [option.label for option in forecast.options.all()] if forecast.pk else []
    return Draft(
        title=forecast.title,
        criteria=forecast.criteria,
        fine_print=forecast.fine_print,
        background=forecast.background,
        kind=forecast.kind,
        unit=forecast.unit,
        options=tuple(options),
        resolution_source=forecast.resolution_source,
        source_url=forecast.resolution_source_url,
        lag=forecast.resolution_source_lag,
        fallback=forecast.fallback_source,
        time_zone=forecast.time_zone,
        opens_at=forecast.opens_at,
        closes_at=forecast.closes_at,
        resolves_at=forecast.resolves_at,
        resolver=str(forecast.resolver_id or ""),
        backup=str(forecast.backup_id or ""),
        published_at=statement.article.published_at if statement else None,
        quote=statement.quote if statement else "",
        asks_same=statement is not None and forecast.fidelity in _THE_SAME,
        said_until=_said_until(statement) if statement else None,
        article=statement.article.body if statement else "",
    )


def _said_until(statement: Statement) -> date | None:
    """The last day that a statement gives, where it has been read and gives one."""
    said = slot_reading.said(statement)
    time = said[0].time if said else None
    last = time.normal["to"] if time and time.normal else None
    return date.fromisoformat(last) if last else None


def findings(forecast: Forecast, spec: Spec | None = None) -> list[Finding]:
    """What the eight points say of a draft, in their order, and what counting says of it, or of an unkept `spec`."""
    counted = (
        counting_gate.findings_of_unkept(forecast.criteria, spec) if spec else counting_gate.spec_findings(forecast)
    )
    return [*resolvability.check(draft_of(forecast)), *counted]


def blocks(found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.level == "blocks"]


def alike(forecast: Forecast) -> list[Alike]:
    """Forecasts and drafts of the scenario that ask the same or nearly so, duplicates first."""
    others = Forecast.objects.filter(scenario=forecast.scenario_id).exclude(pk=forecast.pk)
    found = []
    for other in others.only("pk", "title", "scenario_id", "published_at").order_by("-pk")[:COMPARED]:
        how = likeness.likeness(forecast.title, other.title)
        if how.is_near:
            found.append((how, other))
    found.sort(key=lambda pair: (not pair[0].is_duplicate, -pair[0].share))
    return [Alike(other, how.is_duplicate) for how, other in found[:10]]


def overrides(forecast: Forecast) -> list[dict[str, Any]]:
    """What was overridden when the forecast was published, with the names of those who did."""
    people = User.objects.in_bulk([one["by"] for one in forecast.overrides])
    return [{**one, "by": str(people.get(one["by"], ""))} for one in forecast.overrides]


@transaction.atomic
def publish(forecast: Forecast, person: User, reason: str = "", *, at: datetime) -> Forecast:
    """Publish a draft as it stands in the database. What blocks it is overridden by a `reason`, which is kept.

    A draft that was to open before now opens now. That two people answer what its scenario asks for stays with it.
    Raises NotAllowed, NotNow, Unresolvable, InvalidValue.
    """
    held = Forecast.objects.select_for_update(no_key=True, of=("self",)).select_related("scenario").get(pk=forecast.pk)
    access.require(access.may(person, "edit", held.scenario), "Only who edits the scenario publishes its forecasts.")
    if held.published_at is not None:
        raise NotNow("It is published already.")
    blocking = blocks(findings(held))
    if blocking and not reason.strip():
        points = "; ".join(finding.message for finding in blocking)
        raise Unresolvable(f"This keeps it from being published: {points}")
    _check_complete(held, at)
    held.overrides = [_override(finding, person, reason, at) for finding in blocking]
    held.published_at = at
    held.two_people_resolve = held.two_people_resolve or held.scenario.two_people_resolve
    held.opens_at = max(held.opens_at or at, at)
    try:
        held.save(update_fields=["overrides", "published_at", "opens_at", "two_people_resolve"])
    except IntegrityError as error:
        raise InvalidValue("closes_at", "Its dates contradict each other: opening, closing, answer.") from error
    watching.refresh(held, at)
    return held


def _check_complete(forecast: Forecast, at: datetime) -> None:
    """What no reason overrides: without it there is no forecast."""
    if not forecast.criteria.strip():
        raise InvalidValue("criteria", "Without criteria nobody could say what came of it.")
    if forecast.closes_at is None or forecast.resolves_at is None:
        raise InvalidValue("closes_at", "Give the dates on which it closes and on which the answer should be known.")
    if forecast.closes_at <= at:
        raise InvalidValue("closes_at", "It would be closed already.")
    if forecast.resolves_at < forecast.closes_at:
        raise InvalidValue("resolves_at", "The answer should be known at closing or after.")
    if forecast.opens_at is not None and forecast.opens_at >= forecast.closes_at:
        raise InvalidValue("opens_at", "It opens before it closes.")
    if forecast.asks.has_options and forecast.options.count() < 2:
        raise InvalidValue("options", "Give at least two options.")
    if forecast.asks.has_quantiles and not forecast.quantile_levels:
        raise InvalidValue("quantile_levels", "Give the levels at which quantiles are asked for.")


def _override(finding: Finding, person: User, reason: str, at: datetime) -> dict[str, object]:
    return {
        "point": finding.point,
        "code": finding.code,
        "message": finding.message,
        "reason": reason.strip(),
        "by": person.pk,
        "at": at.isoformat(),
    }
