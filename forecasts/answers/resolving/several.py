"""Acts on many forecasts of one scenario with one reason: annulled, handed over, or resolved by the same evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forecasts import watching
from forecasts.answers.resolving.finding import Finding
from forecasts.answers.resolving.verdict_acts import resolve
from forecasts.models import Forecast, User, Verdict
from forecasts.models.acting import acting
from forecasts.rules import access
from forecasts.rules.errors import InvalidValue, NotNow


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and what was left alone with the reason."""

    done: list[Forecast]
    left: list[tuple[Forecast, str]]


@transaction.atomic
def annul_several(forecasts: Sequence[Forecast], person: User, because: str, note: str, *, at: datetime) -> Done:
    """Annul every forecast that has no resolution, with one reason. The others are left alone."""
    if not note.strip():
        raise InvalidValue("note", "Say what was wrong with them.")
    finding = Finding(Verdict.Outcome.ANNULLED, annulled_because=because, note=note)
    return _each(dict.fromkeys(forecasts, finding), person, at)


@transaction.atomic
def resolve_several(findings: Mapping[Forecast, Finding], person: User, *, at: datetime) -> Done:
    """Resolve forecasts that share their evidence. All or none: an answer that does not fit raises InvalidValue."""
    evidence = {tuple(finding.evidence) for finding in findings.values()}
    if len(evidence) > 1 or () in evidence:
        raise InvalidValue("evidence", "Several are resolved at once only where they share their evidence.")
    return _each(findings, person, at)


def _each(findings: Mapping[Forecast, Finding], person: User, at: datetime) -> Done:
    result = Done([], [])
    # In one order, so that two who do this at once wait for each other instead of locking each other out.
    for forecast in sorted(findings, key=lambda one: one.pk):
        reason = unfit(forecast, at)
        if not reason:
            try:
                resolve(forecast, person, findings[forecast], at=at)
            except NotNow as error:
                reason = str(error)
        if reason:
            result.left.append((forecast, reason))
        else:
            result.done.append(forecast)
    return result


def unfit(forecast: Forecast, at: datetime) -> str:
    """Why a forecast is left alone when many are resolved; empty where it is not."""
    if forecast.published_at is None:
        return "It is a draft."
    if forecast.verdicts.waiting().exists():
        return "A resolution of it waits for somebody else."
    if Verdict.objects.complete(at).filter(forecast=forecast).exists():
        return "It is resolved already."
    return ""


def may_hand_over(user: User, forecast: Forecast) -> bool:
    is_resolver = user.is_active and user.pk == forecast.resolver_id
    return is_resolver or access.may(user, "edit", forecast.scenario)


@transaction.atomic
def hand_over(
    forecasts: Sequence[Forecast], resolver: User | None, backup: User | None, reason: str, *, by: User, at: datetime
) -> Done:
    """Give unresolved forecasts another resolver, another backup or both; None leaves who is there.

    Raises NotAllowed, and InvalidValue where one forecast would have the same person twice, or without a reason.
    """
    if resolver is None and backup is None:
        raise InvalidValue("resolver", "Name a new resolver, a new backup, or both.")
    if not reason.strip():
        raise InvalidValue("note", "Say why they are handed over.")
    result = Done([], [])
    chosen = Forecast.objects.filter(pk__in=[forecast.pk for forecast in forecasts])
    held = chosen.select_for_update(no_key=True, of=("self",)).select_related("scenario").order_by("pk")
    for forecast in held:
        access.require(
            may_hand_over(by, forecast), "Who edits the scenario, or resolves it now, hands a forecast over."
        )
        if Verdict.objects.complete(at).filter(forecast=forecast).exists():
            result.left.append((forecast, "It is resolved already."))
            continue
        forecast.resolver = resolver or forecast.resolver
        forecast.backup = backup or forecast.backup
        if forecast.resolver is not None and forecast.resolver_id == forecast.backup_id:
            raise InvalidValue("backup", f"“{forecast}” would have {forecast.resolver} as resolver and as backup.")
        with acting(by, at, reason.strip()):
            forecast.save(update_fields=["resolver", "backup"])
        watching.refresh(forecast, at)
        result.done.append(forecast)
    return result
