"""Writes verdicts: what people say came of a forecast. Scoring follows by itself, see `scorekeeping.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from forecasts import watching
from forecasts.errors import InvalidValue, NotNow
from forecasts.models import Evidence, Forecast, Option, Settlement, User, Verdict


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence, as it was entered."""

    url: str = ""
    quote: str = ""
    retrieved_at: datetime | None = None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody found: an outcome, its times, evidence and a note."""

    outcome: Verdict.Outcome
    option: Option | None = None
    value: float | None = None
    occurred_at: datetime | None = None
    known_at: datetime | None = None
    annulled_because: str = ""
    note: str = ""
    evidence: Sequence[Proof] = field(default_factory=tuple)


@transaction.atomic
def resolve(
    forecast: Forecast, person: User | None, finding: Finding, *, at: datetime, imported: bool = False
) -> Verdict:
    """Open a round with this finding. A later round supersedes an earlier one; nothing is overwritten.

    Raises InvalidValue where the finding does not fit the forecast. Whether the person may resolve is for the caller
    to ask (`access.may_resolve`).
    """
    forecast = Forecast.objects.select_for_update(no_key=True).select_related("scenario").get(pk=forecast.pk)
    check(forecast, finding, at)
    newest = forecast.verdicts.order_by("-round").first()
    alone = imported or not (forecast.two_people_resolve or forecast.scenario.two_people_resolve)
    verdict = Verdict.objects.create(
        forecast=forecast,
        round=newest.round + 1 if newest else 1,
        person=person,
        act=Verdict.Act.SUPERSEDE
        if Verdict.objects.complete(at).filter(forecast=forecast).exists()
        else Verdict.Act.PROPOSE,
        outcome=finding.outcome,
        option=finding.option,
        value=finding.value,
        occurred_at=finding.occurred_at,
        known_at=finding.known_at,
        recorded_at=at,
        takes_effect_at=effect(forecast, at, imported=imported) if alone else None,
        annulled_because=finding.annulled_because,
        note=finding.note,
        is_imported=imported,
    )
    Evidence.objects.bulk_create(
        Evidence(verdict=verdict, url=p.url, quote=p.quote, retrieved_at=p.retrieved_at, as_of=p.as_of)
        for p in finding.evidence
    )
    follow(forecast, at)
    return verdict


@transaction.atomic
def confirm(forecast: Forecast, person: User, *, at: datetime) -> Verdict:
    """A second person agrees with the open round, which completes it. Raises NotNow."""
    forecast = Forecast.objects.select_for_update(no_key=True).select_related("scenario").get(pk=forecast.pk)
    opened = awaiting_confirmation(forecast)
    if opened is None:
        raise NotNow("No resolution of this forecast waits for a second person.")
    if opened.person_id == person.pk:
        raise NotNow("Somebody else than the one who proposed it confirms a resolution.")
    verdict = Verdict.objects.create(
        forecast=forecast,
        round=opened.round,
        person=person,
        act=Verdict.Act.CONFIRM,
        outcome=opened.outcome,
        option=opened.option,
        value=opened.value,
        occurred_at=opened.occurred_at,
        known_at=opened.known_at,
        recorded_at=at,
        takes_effect_at=effect(forecast, at),
        annulled_because=opened.annulled_because,
    )
    follow(forecast, at)
    return verdict


@transaction.atomic
def take_back(forecast: Forecast, person: User | None, reason: str, *, at: datetime) -> Verdict:
    """End the newest round that is not taken back. What it added to the scores is subtracted exactly. Raises NotNow."""
    forecast = Forecast.objects.select_for_update(no_key=True).get(pk=forecast.pk)
    standing = newest_standing(forecast)
    if standing is None:
        raise NotNow("There is no resolution to take back.")
    if not reason.strip():
        raise InvalidValue("note", "Say why the resolution is taken back.")
    verdict = Verdict.objects.create(
        forecast=forecast,
        round=standing.round,
        person=person,
        act=Verdict.Act.TAKE_BACK,
        recorded_at=at,
        note=reason,
    )
    follow(forecast, at)
    return verdict


def newest_standing(forecast: Forecast) -> Verdict | None:
    """The act that opened the newest round which nobody has taken back."""
    gone = forecast.verdicts.filter(act=Verdict.Act.TAKE_BACK).values("round")
    opening = forecast.verdicts.filter(act__in=[Verdict.Act.PROPOSE, Verdict.Act.SUPERSEDE])
    return opening.exclude(round__in=gone).order_by("-round").first()


def awaiting_confirmation(forecast: Forecast) -> Verdict | None:
    opened = newest_standing(forecast)
    if opened is None or forecast.verdicts.filter(round=opened.round, takes_effect_at__isnull=False).exists():
        return None
    return opened


def effect(forecast: Forecast, at: datetime, *, imported: bool = False) -> datetime:
    """When a verdict completed at `at` is scored: after the scenario's cooling-off."""
    return at if imported else at + timedelta(hours=forecast.scenario.cooling_off_hours)


def follow(forecast: Forecast, at: datetime) -> None:
    """What moves with a verdict: when to settle, and whom to ask."""
    Settlement.objects.update_or_create(forecast=forecast, defaults={"due_at": settle_at(forecast, at)})
    watching.refresh(forecast, at)


def settle_at(forecast: Forecast, at: datetime) -> datetime | None:
    """When the tallies of this forecast next differ from its facts: at maturity and when a verdict takes effect."""
    if forecast.closes_at is None or forecast.resolves_at is None:
        return None
    coming = forecast.verdicts.filter(takes_effect_at__gt=at).order_by("takes_effect_at").first()
    settlement = Settlement.objects.filter(forecast=forecast).first()
    in_tallies = settlement is not None and settlement.verdict_id is not None
    effective = Verdict.objects.effective(at).filter(forecast=forecast).first()
    changed = (effective.pk if effective else None) != (settlement.verdict_id if in_tallies and settlement else None)
    if changed:
        return max(at, forecast.matures_at)
    return max(coming.takes_effect_at, forecast.matures_at) if coming and coming.takes_effect_at else None


def check(forecast: Forecast, finding: Finding, at: datetime) -> None:
    """Raise InvalidValue where a finding does not fit its forecast, or its times contradict each other."""
    _check_outcome(forecast, finding)
    if finding.known_at is not None and finding.known_at > at:
        raise InvalidValue("known_at", "It cannot have become known in the future.")
    if finding.occurred_at and finding.known_at and finding.occurred_at > finding.known_at:
        raise InvalidValue("occurred_at", "It cannot have occurred after it became known.")
    if finding.outcome not in Verdict.UNSCORED and finding.known_at is None:
        raise InvalidValue("known_at", "Say when the answer became known: estimates made after it are not scored.")
    if finding.outcome == Verdict.Outcome.ANNULLED and not (finding.annulled_because or finding.note.strip()):
        raise InvalidValue("note", "Say what was wrong with the forecast.")


def _check_outcome(forecast: Forecast, finding: Finding) -> None:
    if forecast.published_at is None:
        raise InvalidValue("outcome", "A draft has no outcome: publish it first.")
    if finding.outcome in Verdict.UNSCORED:
        return
    allowed = {
        Forecast.Kind.BINARY: (Verdict.Outcome.YES, Verdict.Outcome.NO),
        Forecast.Kind.MULTIPLE_CHOICE: (Verdict.Outcome.OPTION,),
        Forecast.Kind.NUMERIC: (Verdict.Outcome.VALUE,),
        Forecast.Kind.DATE: (Verdict.Outcome.VALUE,),
    }[Forecast.Kind(forecast.kind)]
    if finding.outcome not in allowed:
        names = " or ".join(outcome.value for outcome in allowed)
        raise InvalidValue("outcome", f"A forecast of kind “{forecast.get_kind_display()}” is answered with {names}.")
    if finding.outcome == Verdict.Outcome.OPTION and (
        finding.option is None or finding.option.forecast_id != forecast.pk
    ):
        raise InvalidValue("option", "Choose one of this forecast's options.")
    if finding.outcome == Verdict.Outcome.VALUE and finding.value is None:
        raise InvalidValue("value", "Give the value that came true.")
