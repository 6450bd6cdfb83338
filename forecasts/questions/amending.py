"""Changes of a published forecast: each is an amendment with a reason, and whoever has estimated is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from forecasts import watching
from forecasts.evidence import specs
from forecasts.evidence.wording import in_words
from forecasts.models import Amendment, Forecast, Option, User, Verdict
from forecasts.rules import access
from forecasts.rules.errors import InvalidValue, NotNow

TEXTS = (
    "title",
    "criteria",
    "fine_print",
    "resolution_source",
    "resolution_source_url",
    "resolution_source_lag",
    "fallback_source",
    "time_zone",
)
DATES = ("opens_at", "closes_at", "resolves_at")
TWO_PEOPLE = "two_people_resolve"
AMENDABLE = (*TEXTS, "category", *DATES, TWO_PEOPLE)
"""What may change after publication. Kind, unit, levels and statement may not: estimates rest on them."""


@transaction.atomic
def amend(
    forecast: Forecast,
    person: User,
    changes: Mapping[str, Any],
    kind: str,
    reason: str,
    *,
    at: datetime,
    options: Sequence[str] = (),
    spec: dict[str, Any] | None = None,
    version: int | None = None,
) -> Amendment:
    """Change fields among AMENDABLE, add options, or change what is counted, as one amendment.

    A material one ends the estimates in force. An empty `spec` ends counting, None leaves it as it is.

    `version` is the one that the person saw: where another amendment came since, nothing is written. Raises NotAllowed,
    InvalidValue, InvalidSpec, NotNow.
    """
    held = Forecast.objects.select_for_update(no_key=True, of=("self",)).select_related("scenario").get(pk=forecast.pk)
    _check_right(held, person, changes)
    at = held.moment(at)
    _check_state(held, version, at)
    changed = {name: new for name, new in changes.items() if getattr(held, name) != new}
    added = [label.strip() for label in options if label.strip()]
    counted = _counted_anew(held, spec)
    if not changed and not added and not counted:
        raise InvalidValue("reason", "Nothing is changed.")
    if not reason.strip():
        raise InvalidValue("reason", "Say why: those who have estimated will read it.")
    _check(held, changed, added, at)
    said = _before_and_after(held, changed, added) | ({"spec": counted} if counted else {})
    if added:
        _add(held, added, at)
    _change(held, changed)
    amendment = Amendment.objects.create(
        forecast=held,
        version=held.version,
        kind=kind,
        changes=said,
        reason=reason.strip(),
        made_by=person,
        made_at=at,
    )
    if counted and spec is not None:
        specs.keep(held, spec, person, at=at)
    # Watches follow: whoever estimates is asked to look again.
    watching.refresh(held, at)
    return amendment


def _change(held: Forecast, changed: Mapping[str, Any]) -> None:
    for name, new in changed.items():
        setattr(held, name, new)
    held.version += 1
    held.save(update_fields=[*changed, "version"])


def _before_and_after(held: Forecast, changed: Mapping[str, Any], added: Sequence[str]) -> dict[str, list[str]]:
    """What each field held and what it holds from now on."""
    said = {name: [_said(getattr(held, name)), _said(new)] for name, new in changed.items()}
    if added:
        labels = list(held.options.values_list("label", flat=True))
        said["options"] = ["; ".join(labels), "; ".join([*labels, *added])]
    return said


def _counted_anew(forecast: Forecast, body: dict[str, Any] | None) -> list[str]:
    """What is counted before and after, in words; empty where that stays. Raises InvalidSpec."""
    if body is None:
        return []
    kept = specs.newest(forecast)
    after = specs.checked(forecast, body) if body else None
    if (specs.read(kept) if kept else None) == after:
        return []
    return [specs.told(kept) if kept else "", in_words(after) if after else ""]


def _check_right(forecast: Forecast, person: User, changes: Mapping[str, Any]) -> None:
    """Editors amend; that two people answer it, an owner alone takes away."""
    access.require(access.may(person, "edit", forecast.scenario), "Only who edits the scenario amends its forecasts.")
    if changes.get(TWO_PEOPLE) is False and forecast.two_people_resolve:
        may = access.may(person, "decide", forecast.scenario)
        access.require(may, "Only an owner of the scenario takes away that two people answer it.")


def _check_state(forecast: Forecast, version: int | None, at: datetime) -> None:
    if forecast.published_at is None:
        raise NotNow("A draft needs no amendment: change it as it is.")
    if version is not None and version != forecast.version:
        raise NotNow("Somebody else amended it meanwhile. Nothing of yours is recorded: look at what it says now.")
    if forecast.verdicts.waiting().exists() or Verdict.objects.complete(at).filter(forecast=forecast).exists():
        raise NotNow("It is resolved: what decided it is not changed afterwards. Take the resolution back first.")


def _check(forecast: Forecast, changed: Mapping[str, Any], added: Sequence[str], at: datetime) -> None:
    strange = [name for name in changed if name not in AMENDABLE]
    if strange:
        raise InvalidValue(strange[0], "This cannot change any more: estimates rest on it.")
    for name in ("title", "criteria"):
        if name in changed and not str(changed[name]).strip():
            raise InvalidValue(name, "This cannot be empty.")
    if "time_zone" in changed:
        _check_zone(str(changed["time_zone"]))
    _check_dates(forecast, changed, at)
    _check_options(forecast, added, at)


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidValue("time_zone", "There is no time zone of this name.") from error


def _check_dates(forecast: Forecast, changed: Mapping[str, Any], at: datetime) -> None:
    missing = [name for name in DATES if name in changed and changed[name] is None]
    if missing:
        raise InvalidValue(missing[0], "A published forecast has all its dates.")
    opens_at, closes_at, resolves_at = (changed.get(name, getattr(forecast, name)) for name in DATES)
    if "opens_at" in changed and (forecast.opens_at is None or forecast.opens_at <= at or opens_at <= at):
        raise InvalidValue("opens_at", "Opening moves only while it lies ahead.")
    if "closes_at" in changed and closes_at <= at:
        raise InvalidValue("closes_at", "Closing moves only to a time ahead: what was said until now keeps its place.")
    if opens_at >= closes_at:
        raise InvalidValue("closes_at", "It closes after it opens.")
    if resolves_at < closes_at:
        raise InvalidValue("resolves_at", "The answer should be known at closing or after.")


def _check_options(forecast: Forecast, added: Sequence[str], at: datetime) -> None:
    if not added:
        return
    if not forecast.asks.has_options:
        raise InvalidValue("options", "Only a multiple-choice forecast has options.")
    if forecast.closes_at is None or forecast.closes_at <= at:
        raise InvalidValue("options", "Options are added while it is open.")
    labels = [label.casefold() for label in [*forecast.options.values_list("label", flat=True), *added]]
    if len(set(labels)) < len(labels):
        raise InvalidValue("options", "Each option stands there once.")
    if any(len(label) > 200 for label in labels):
        raise InvalidValue("options", "An option has at most 200 characters.")


def _add(forecast: Forecast, labels: Sequence[str], at: datetime) -> None:
    first = max(forecast.options.values_list("position", flat=True), default=-1) + 1
    Option.objects.bulk_create(
        Option(forecast=forecast, position=first + place, label=label, added_at=at)
        for place, label in enumerate(labels)
    )


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
