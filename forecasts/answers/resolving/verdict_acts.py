"""The acts on a forecast's outcome, one transaction each. Each asks whether the person may; no person is the service.

All raise NotAllowed beside what they name.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from forecasts import watching
from forecasts.answers.resolving.finding import Finding, Proof, check
from forecasts.answers.resolving.rounds import (
    awaiting_confirmation,
    disputed,
    dissent_from,
    effect,
    follow,
    needs_two,
    newest_act,
    newest_standing,
)
from forecasts.models import Count, Evidence, Forecast, Postponement, User, Verdict
from forecasts.rules import access
from forecasts.rules.errors import InvalidValue, NotNow, Overtaken

Act = Verdict.Act


@transaction.atomic
def resolve(
    forecast: Forecast,
    person: User | None,
    finding: Finding,
    *,
    at: datetime,
    imported: bool = False,
    after: int | None = None,
    count: Count | None = None,
) -> Verdict:
    """Open a round with this finding. A later round supersedes an earlier one; nothing is overwritten.

    `after` is the newest act that the person knew of (`newest_act`): where another came since, nothing is written.
    `count` is what the machine proposed and this person confirms.
    Raises InvalidValue where the finding does not fit the forecast, NotNow where a round waits for somebody else,
    Overtaken.
    """
    forecast = held_by(person, forecast, after)
    at = at if imported else forecast.moment(at)
    check(forecast, finding, at)
    if not imported:
        _check_free(forecast, person)
    supersedes = Verdict.objects.complete(at).filter(forecast=forecast).exists()
    if supersedes and not imported and not finding.note.strip():
        raise InvalidValue("note", "It is resolved already: say why it is resolved again.")
    alone = imported or not needs_two(forecast)
    verdict = _write(
        forecast,
        finding,
        at,
        round=_next_round(forecast),
        person=person,
        act=Act.SUPERSEDE if supersedes else Act.PROPOSE,
        takes_effect_at=effect(forecast, at, imported=imported) if alone else None,
        is_imported=imported,
        count=count,
    )
    follow(forecast, at)
    return verdict


@transaction.atomic
def second(forecast: Forecast, person: User, finding: Finding, *, at: datetime, after: int | None = None) -> Verdict:
    """A second person's own word on the round that waits: the same answer confirms it, another one dissents.

    Of two known times the earlier one counts: nothing made after anybody could know is scored. Raises InvalidValue,
    NotNow, Overtaken.
    """
    forecast = held_by(person, forecast, after)
    at = forecast.moment(at)
    opened = _opened_by_another(forecast, person)
    check(forecast, finding, at)
    if not finding.agrees_with(opened):
        verdict = _write(forecast, finding, at, round=opened.round, person=person, act=Act.DISSENT)
    else:
        known = [moment for moment in (finding.known_at, opened.known_at) if moment is not None]
        verdict = _write(
            forecast,
            finding,
            at,
            round=opened.round,
            person=person,
            act=Act.CONFIRM,
            known_at=min(known, default=None),
            occurred_at=min(
                (moment for moment in (finding.occurred_at, opened.occurred_at) if moment is not None), default=None
            ),
            takes_effect_at=effect(forecast, at),
        )
    follow(forecast, at)
    return verdict


@transaction.atomic
def confirm(forecast: Forecast, person: User, *, at: datetime) -> Verdict:
    """Agree with the open round in all it says. Raises NotNow."""
    forecast = held_by(person, forecast)
    opened = _opened_by_another(forecast, person)
    return second(forecast, person, as_found(opened), at=at)


@transaction.atomic
def decide(forecast: Forecast, person: User, finding: Finding, *, at: datetime, after: int | None = None) -> Verdict:
    """The owner's word on a disputed round: it confirms the proposal, or opens a round of its own, complete at once.

    Raises InvalidValue, NotNow, Overtaken.
    """
    forecast = locked(forecast, after)
    access.require(access.may(person, "decide", forecast.scenario), "The scenario's owner decides between two answers.")
    at = forecast.moment(at)
    proposal = disputed(forecast)
    if proposal is None:
        raise NotNow("Nobody disagrees about this forecast.")
    dissent = dissent_from(proposal)
    if person.pk in (proposal.person_id, dissent.person_id if dissent else None):
        raise NotNow("Whoever is one of the two who disagree does not decide between them.")
    check(forecast, finding, at)
    if not finding.note.strip():
        raise InvalidValue("note", "Say why: two people came to different answers.")
    confirms = finding.agrees_with(proposal)
    supersedes = Verdict.objects.complete(at).filter(forecast=forecast).exists()
    verdict = _write(
        forecast,
        finding,
        at,
        round=proposal.round if confirms else _next_round(forecast),
        person=person,
        act=Act.CONFIRM if confirms else Act.SUPERSEDE if supersedes else Act.PROPOSE,
        takes_effect_at=effect(forecast, at),
    )
    follow(forecast, at)
    return verdict


@transaction.atomic
def take_back(
    forecast: Forecast, person: User | None, reason: str, *, at: datetime, after: int | None = None
) -> Verdict:
    """End the newest round that is not taken back. What it added to the scores is subtracted exactly.

    Raises InvalidValue, NotNow, Overtaken.
    """
    forecast = held_by(person, forecast, after)
    at = forecast.moment(at)
    standing = newest_standing(forecast)
    if standing is None or not is_told(standing, person):
        raise NotNow("There is no resolution to take back.")
    if not reason.strip():
        raise InvalidValue("note", "Say why the resolution is taken back.")
    verdict = Verdict.objects.create(
        forecast=forecast,
        round=standing.round,
        person=person,
        act=Act.TAKE_BACK,
        recorded_at=at,
        note=reason,
    )
    follow(forecast, at)
    return verdict


@transaction.atomic
def postpone(
    forecast: Forecast, person: User, until: datetime, reason: str, *, at: datetime, after: int | None = None
) -> Postponement:
    """Say that the answer cannot be known before `until`, and why: prompts wait for it.

    Raises InvalidValue, NotNow, Overtaken.
    """
    forecast = held_by(person, forecast, after)
    if Verdict.objects.complete(at).filter(forecast=forecast).exists():
        raise NotNow("This forecast has been resolved: take that back first.")
    if until <= at:
        raise InvalidValue("until", "Give a day to come: until then nobody is asked.")
    if not reason.strip():
        raise InvalidValue("note", "Say why it cannot be known before that day.")
    postponement = Postponement.objects.create(
        forecast=forecast, person=person, made_at=at, until=until, reason=reason.strip()
    )
    watching.refresh(forecast, at)
    return postponement


def locked(forecast: Forecast, after: int | None = None) -> Forecast:
    """The forecast, held until the transaction ends: two who act at once come one after the other.

    Raises Overtaken where the newest act is another than `after`.
    """
    held = Forecast.objects.select_for_update(no_key=True, of=("self",)).select_related("scenario").get(pk=forecast.pk)
    if after is not None and newest_act(held) != after:
        raise Overtaken(
            "Somebody else acted on this forecast while this page was open. Nothing of yours is recorded: look at what"
            " stands here now, and record it again if it still holds."
        )
    return held


def held_by(person: User | None, forecast: Forecast, after: int | None = None) -> Forecast:
    """The forecast, held for this person. Raises Overtaken, NotAllowed."""
    held = locked(forecast, after)
    access.require(person is None or access.may_resolve(person, held), "Only who resolves it says what came of it.")
    return held


def is_told(verdict: Verdict, person: User | None) -> bool:
    """Whether this person is shown the act: proposals of others that wait for a second person are not."""
    return person is None or Verdict.objects.told_to(person).filter(pk=verdict.pk).exists()


def _check_free(forecast: Forecast, person: User | None) -> None:
    """A round that waits for somebody is completed or taken back before another one opens."""
    waiting = forecast.verdicts.waiting().first()
    if waiting is None:
        return
    if disputed(forecast) is not None:
        raise NotNow("Two people came to different answers: the scenario's owner decides, or the first is taken back.")
    if person is not None and waiting.person_id == person.pk:
        raise NotNow("Your resolution waits for a second person. Take it back to give another one.")
    raise NotNow("A resolution waits for a second person: give your own answer as that one.")


def _opened_by_another(forecast: Forecast, person: User) -> Verdict:
    opened = awaiting_confirmation(forecast)
    if opened is None:
        raise NotNow("No resolution of this forecast waits for a second person.")
    if opened.person_id == person.pk:
        raise NotNow("Somebody else than the one who proposed it confirms a resolution.")
    return opened


def as_found(verdict: Verdict) -> Finding:
    """What a verdict says, for another to say as well."""
    return Finding(
        outcome=Verdict.Outcome(verdict.outcome),
        option=verdict.option,
        value=verdict.value,
        occurred_at=verdict.occurred_at,
        known_at=verdict.known_at,
        annulled_because=verdict.annulled_because,
    )


def _next_round(forecast: Forecast) -> int:
    newest = forecast.verdicts.order_by("-round").values_list("round", flat=True).first()
    return (newest or 0) + 1


def _write(forecast: Forecast, finding: Finding, at: datetime, **fields: Any) -> Verdict:
    """One verdict with its evidence. `fields` win over what the finding says."""
    said = {
        "outcome": finding.outcome,
        "option": finding.option,
        "value": finding.value,
        "occurred_at": finding.occurred_at,
        "known_at": finding.known_at,
        "annulled_because": finding.annulled_because,
        "note": finding.note,
    }
    verdict = Verdict.objects.create(forecast=forecast, recorded_at=at, **said | fields)
    Evidence.objects.bulk_create(evidence_of(verdict, proof) for proof in finding.evidence)
    return verdict


def evidence_of(verdict: Verdict, proof: Proof) -> Evidence:
    """One piece of what a verdict rests on, its file kept; not saved yet."""
    return Evidence(
        verdict=verdict,
        url=proof.url,
        quote=proof.quote,
        retrieved_at=proof.retrieved_at,
        as_of=proof.as_of,
        file=proof.file.store() if proof.file else "",
        sha256=proof.file.sha256 if proof.file else "",
    )
