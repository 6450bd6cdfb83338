"""Proposes a resolution from what was counted: a verdict of the act *computed*, by nobody, which a person confirms."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch

from forecasts.answers.resolving.files import LARGEST, KeptFile, kept
from forecasts.answers.resolving.finding import Finding, Proof
from forecasts.answers.resolving.rounds import needs_two
from forecasts.answers.resolving.verdict_acts import as_found, evidence_of, held_by, resolve
from forecasts.evidence.references import as_number
from forecasts.evidence.shown_rows import as_csv
from forecasts.evidence.spec import FIRST_COMPLETE, OutcomeKind, Spec
from forecasts.evidence.specs import read
from forecasts.evidence.taking import opened
from forecasts.evidence.wording import agreement_in_words, figure_in_words
from forecasts.models import Count, Evidence, Forecast, User, Verdict
from forecasts.models import Spec as KeptSpec
from forecasts.models.verdicts import VerdictQuerySet
from forecasts.rules.errors import InvalidValue, NotNow

Act = Verdict.Act
Outcome = Verdict.Outcome
BATCH = 100
EARLY = "Reached already: what comes later can only confirm it, unless the source takes events back."


@dataclass(frozen=True)
class Proposed:
    """What a count says of a forecast, and whether it says so before its window is complete."""

    forecast: Forecast
    count: Count
    finding: Finding
    is_early: bool


def due(at: datetime) -> list[Proposed]:
    """What is to be proposed by now and was not yet."""
    return [found for kept_spec in _unresolved(at) if (found := _due(kept_spec, at)) is not None]


def propose(at: datetime) -> int:
    """Lay what is due on the desk, with the counted rows as a file. Running it twice changes nothing."""
    by_vintage: dict[int, list[Proposed]] = defaultdict(list)
    for found in due(at):
        by_vintage[found.count.vintage_id].append(found)
    return sum(_propose(proposed, at) for proposed in by_vintage.values())


def standing_proposal(forecast: Forecast) -> Verdict | None:
    """The newest proposal of the machine that nobody has refused."""
    return standing_proposals().filter(forecast=forecast).order_by("-pk").first()


def unanswered(at: datetime) -> VerdictQuerySet:
    """Proposals on forecasts that nobody has resolved by `at`."""
    complete = Verdict.objects.complete(at).filter(forecast=OuterRef("forecast"))
    return standing_proposals().filter(recorded_at__lte=at).exclude(Exists(complete))


def standing_proposals() -> VerdictQuerySet:
    """Proposals of the machine that nobody has refused, by the rule that is in force."""
    refused = Verdict.objects.filter(count=OuterRef("count"), act=Act.REFUSE)
    later = KeptSpec.objects.filter(forecast=OuterRef("forecast"), number__gt=OuterRef("count__spec__number"))
    computed = Verdict.objects.filter(act=Act.COMPUTED).exclude(Exists(refused)).exclude(Exists(later))
    return computed.select_related("count__vintage", "count__spec__forecast", "option")


@transaction.atomic
def accept(forecast: Forecast, person: User, *, at: datetime, note: str = "") -> Verdict:
    """Resolve as the machine counted, evidence filled in: the one act that a person needs.

    Where two people resolve, each gives an own word: the machine is neither. Raises NotAllowed, NotNow, InvalidValue.
    """
    held = held_by(person, forecast)
    proposal = _proposal(held, at)
    if needs_two(held):
        raise NotNow("Two people resolve this forecast, each in own words: the machine is neither of them.")
    verdict = resolve(held, person, replace(as_found(proposal), note=note), at=at, count=proposal.count)
    for one in proposal.evidence.all():
        one.pk, one.verdict = None, verdict
        one.save(force_insert=True)
    return verdict


@transaction.atomic
def refuse(forecast: Forecast, person: User, reason: str, *, at: datetime) -> Verdict:
    """Say why what was counted is not the answer: the same is not proposed again.

    Raises NotAllowed, NotNow, InvalidValue.
    """
    held = held_by(person, forecast)
    proposal = _proposal(held, at)
    if not reason.strip():
        raise InvalidValue("note", "Say why what was counted is not the answer.")
    return Verdict.objects.create(
        forecast=held, round=0, person=person, act=Act.REFUSE, recorded_at=at, note=reason.strip(), count=proposal.count
    )


def finding_of(forecast: Forecast, count: Count) -> Finding | None:
    """What a count says in the words of verdicts; None where it has no answer."""
    spec = read(count.spec)
    if spec is None or (count.outcome is None and not _never_came(spec, count, forecast)):
        return None
    known_at = count.vintage.retrieved_at
    base = Finding(Outcome.YES, known_at=known_at, occurred_at=min(_occurred(spec, count, forecast), known_at))
    kind = spec.outcome.kind if spec.outcome else None
    if kind == OutcomeKind.RANGE:
        return replace(base, outcome=Outcome(str(count.outcome)))
    if kind == OutcomeKind.OPTIONS:
        option = next((one for one in forecast.options.all() if one.label == count.outcome), None)
        return replace(base, outcome=Outcome.OPTION, option=option) if option else None
    return replace(base, outcome=Outcome.VALUE, value=as_number(count.outcome, spec))


def _proposal(forecast: Forecast, at: datetime) -> Verdict:
    proposal = standing_proposal(forecast)
    if proposal is None or Verdict.objects.complete(at).filter(forecast=forecast).exists():
        raise NotNow("Nothing is proposed here.")
    return proposal


def _unresolved(at: datetime) -> Iterator[KeptSpec]:
    complete = Verdict.objects.complete(at).filter(forecast=OuterRef("forecast"))
    standing = KeptSpec.objects.standing(at).filter(forecast__published_at__lte=at).exclude(Exists(complete))
    known = Count.objects.filter(vintage__retrieved_at__lte=at).select_related("vintage", "spec")
    computed = Verdict.objects.filter(act=Act.COMPUTED).select_related("count")
    yield from standing.select_related("forecast__scenario").prefetch_related(
        Prefetch("counts", known.order_by("vintage__retrieved_at", "vintage")),
        Prefetch("forecast__verdicts", computed, to_attr="computed"),
    )


def _due(kept_spec: KeptSpec, at: datetime) -> Proposed | None:
    """The count that settles a spec, once its lag has passed; before that one that nothing can change any more."""
    forecast, counts, spec = kept_spec.forecast, list(kept_spec.counts.all()), read(kept_spec)
    if not counts or spec is None:
        return None
    count = _settling(spec, counts, at) or _final(counts)
    finding = finding_of(forecast, count) if count else None
    computed: list[Verdict] = forecast.computed  # type: ignore[attr-defined]
    before = [one for one in computed if one.count and one.count.spec_id == kept_spec.pk]
    if count is None or finding is None or any(finding.agrees_with(one) for one in before):
        return None
    return Proposed(forecast, count, finding, not count.is_complete)


def _settling(spec: Spec, counts: Sequence[Count], at: datetime) -> Count | None:
    """On the named version; else on the newest complete vintage when the lag had passed, or the first one after."""
    if spec.settles is None:
        return None
    passed_at = datetime.combine(spec.window.last + spec.settles.after, time(), UTC)
    complete = [one for one in counts if one.is_complete] if at >= passed_at else []
    if spec.settles.by != FIRST_COMPLETE:
        return next((one for one in complete if one.vintage.version == spec.settles.by), None)
    in_time = [one for one in complete if one.vintage.retrieved_at <= passed_at]
    return in_time[-1] if in_time else next(iter(complete), None)


def _final(counts: Sequence[Count]) -> Count | None:
    """The newest count, where more events leave its answer as it is."""
    newest = counts[-1]
    return newest if newest.outcome is not None and not newest.is_complete else None


def _never_came(spec: Spec, count: Count, forecast: Forecast) -> bool:
    """The day did not come in the window: it lies beyond the end, where the forecast's range is open there."""
    asks_for_day = spec.outcome is not None and spec.outcome.kind == OutcomeKind.FIRST_DAY
    return asks_for_day and count.is_complete and forecast.upper_is_open


def _occurred(spec: Spec, count: Count, forecast: Forecast) -> datetime:
    """The end of the day on which the sum came to what was asked; else of the window's last."""
    lowest = spec.outcome.yes.lowest if spec.outcome and "yes" in spec.outcome.ranges else None
    reached = (day for day, summed in count.curve if lowest is not None and summed >= lowest)
    day = date.fromisoformat(next(reached, spec.window.last.isoformat()))
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(forecast.time_zone))


def _propose(proposed: Sequence[Proposed], at: datetime) -> int:
    """Proposals on one vintage: its rows are read once."""
    readable = [(one, spec) for one in proposed if (spec := read(one.count.spec)) is not None]
    with opened(proposed[0].count.vintage) as database:
        files = as_csv(database, [spec for _, spec in readable])
    found = [(one, spec, file) for (one, spec), file in zip(readable, files, strict=True)]
    return sum(_lay(batch, at) for batch in batched(found, BATCH))


@transaction.atomic
def _lay(batch: Sequence[tuple[Proposed, Spec, bytes]], at: datetime) -> int:
    """Lay those that nobody has resolved or proposed meanwhile, with their proofs."""
    # In the order of their keys, so that two who hold several never wait for each other.
    held = Forecast.objects.filter(pk__in=[one.forecast.pk for one, _, _ in batch]).order_by("pk")
    forecasts = {forecast.pk: forecast for forecast in held.select_for_update(no_key=True, of=("self",))}
    resolved = set(Verdict.objects.complete(at).filter(forecast__in=forecasts).values_list("forecast", flat=True))
    laid = Verdict.objects.filter(act=Act.COMPUTED, count__in=[one.count.pk for one, _, _ in batch])
    before = set(laid.values_list("count", flat=True))
    new = [one for one in batch if one[0].forecast.pk not in resolved and one[0].count.pk not in before]
    verdicts = Verdict.objects.bulk_create(_verdict(one, at) for one, _, _ in new)
    proofs = [_proof(one.count, spec, rows) for one, spec, rows in new]
    Evidence.objects.bulk_create(evidence_of(*pair) for pair in zip(verdicts, proofs, strict=True))
    return len(verdicts)


def _verdict(proposed: Proposed, at: datetime) -> Verdict:
    finding = proposed.finding
    return Verdict(
        forecast=proposed.forecast,
        count=proposed.count,
        act=Act.COMPUTED,
        round=0,
        outcome=finding.outcome,
        option=finding.option,
        value=finding.value,
        occurred_at=finding.occurred_at,
        known_at=finding.known_at,
        recorded_at=at,
        note=EARLY if proposed.is_early else "",
    )


def _proof(count: Count, spec: Spec, rows: bytes) -> Proof:
    vintage, feed = count.vintage, spec.feed
    file: KeptFile | None = kept("counted-rows.csv", rows) if len(rows) <= LARGEST else None
    under = agreement_in_words(count.outcome, count.agreeing, len(count.neighbours))
    said = [f"{figure_in_words(spec, count.figure)} {feed.title}, version {vintage.version}.", under and f"{under}."]
    return Proof(
        url=feed.home,
        quote=" ".join(part for part in said if part),
        retrieved_at=vintage.retrieved_at,
        as_of=datetime.combine(vintage.covers_to, time(), UTC),
        file=file,
    )
