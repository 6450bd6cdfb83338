"""Brings the tallies in step with the verdicts: what is due is settled, batch by batch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from forecasts.models import Forecaster, Settlement, Snapshot, Source
from forecasts.models.sql import run
from forecasts.scores.scorekeeping import sql
from forecasts.scores.scorekeeping.adding import apply
from forecasts.scores.scorekeeping.batches import Case, cases
from forecasts.scores.scorekeeping.contributing import BAND, METHOD, Speakers, contributions
from forecasts.scores.scorekeeping.contribution_rows import Row
from forecasts.scores.scorekeeping.contribution_store import replace_rows, stored_rows
from forecasts.scores.scorekeeping.situations import situations
from forecasts.scores.scorekeeping.tallying import Tally, tally

RULES_VERSION = 3
"""Goes up when a change of the rules makes stored contributions wrong; the next settling then makes all anew."""

SNAPSHOT_LOCK = 7_362_051
"""Any number, as long as nobody else locks it."""
AGAIN_AFTER = timedelta(hours=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling did: forecasts looked at, those whose tallies changed, rows added and taken back."""

    forecasts: int = 0
    changed: int = 0
    added: int = 0
    taken_back: int = 0
    failed: int = 0
    snapshot: int | None = None

    def __add__(self, more: "Settled") -> "Settled":
        return Settled(
            self.forecasts + more.forecasts,
            self.changed + more.changed,
            self.added + more.added,
            self.taken_back + more.taken_back,
            self.failed + more.failed,
            more.snapshot or self.snapshot,
        )


@transaction.atomic
def new_snapshot(at: datetime) -> int:
    """A snapshot that is newer than all that can be seen when this transaction ends: others wait for it.

    Make it last in a transaction. Were ids given earlier, one of a longer transaction would stay behind another's,
    and reports kept under that other would look current without what the longer one changed.
    """
    run(sql.AFTER_OTHERS, [SNAPSHOT_LOCK])
    return Snapshot.objects.create(made_at=at).pk


def settle_these(forecasts: Sequence[int], at: datetime) -> Settled:
    """Settle locked forecasts, due or not, in the transaction of the caller, which should end right after."""
    found = cases(forecasts, at)
    rows, failed = rows_of(found, at)
    kept = [pk for pk in forecasts if pk not in failed]
    done, change = _replaced(kept, rows)
    _note([case for case in found if case.pk not in failed], at)
    known = {case.pk for case in found}
    drafts = [pk for pk in kept if pk not in known]
    Settlement.objects.filter(forecast__in=drafts).update(due_at=None, rules_version=RULES_VERSION)
    Settlement.objects.filter(forecast__in=failed).update(due_at=at + AGAIN_AFTER, rules_version=RULES_VERSION)
    if done.changed:
        # Foreign keys are checked here rather than at commit, when everybody's groups would wait for it.
        connection.check_constraints()
        apply(change)
        done += Settled(snapshot=new_snapshot(at))
    return done + Settled(forecasts=len(forecasts), failed=len(failed))


def rows_of(found: Iterable[Case], at: datetime) -> tuple[dict[int, list[Row]], set[int]]:
    """What forecasts should have in the tallies at `at`, by forecast; and those whose scoring failed."""
    counted = [case for case in found if case.is_scored and case.is_matured(at)]
    together, speakers = situations([case.pk for case in counted]), speakers_of(counted)
    rows, failed = {}, set()
    for case in counted:
        case.situation = together[case.pk]
        try:
            rows[case.pk] = contributions(case, speakers)
        except (ValueError, ArithmeticError, LookupError, TypeError):
            log.exception("A forecast could not be scored.", event_name="settling_failed", forecast=case.pk)
            failed.add(case.pk)
    return rows, failed


def speakers_of(counted: Iterable[Case]) -> Speakers:
    """The forecasters of the consensus and of the sources, made on first use."""
    sources = {}
    for source in Source.objects.filter(pk__in={case.claim.source_id for case in counted if case.claim}):
        for method in BAND:
            forecaster, _ = Forecaster.objects.get_or_create(
                kind=Forecaster.Kind.SOURCE,
                source=source,
                method=method,
                defaults={"name": f"{source.name} ({method})"},
            )
            sources[source.pk, method] = forecaster.pk
    references = Forecaster.objects.filter(kind=Forecaster.Kind.REFERENCE).values_list("pk", "method")
    return Speakers(Forecaster.objects.consensus(METHOD).pk, sources, dict(references))


def _replaced(forecasts: Sequence[int], rows: dict[int, list[Row]]) -> tuple[Settled, Tally]:
    """Replace the rows of the forecasts that have others now, and say what this changes in the tallies."""
    held = defaultdict(list)
    for row in stored_rows(forecasts):
        held[row.forecast].append(row)
    changed = [pk for pk in forecasts if sorted(held[pk], key=_order) != sorted(rows.get(pk, []), key=_order)]
    old = [row for pk in changed for row in held[pk]]
    new = [row for pk in changed for row in rows.get(pk, [])]
    if changed:
        replace_rows([pk for pk in changed if held[pk]], new)
    change = tally(new)
    if old:
        change.add(tally(old), -1)
    return Settled(changed=len(changed), added=len(new), taken_back=len(old)), change


def _order(row: Row) -> tuple[int, int]:
    return row.forecaster, row.estimand


def _note(settled: Sequence[Case], at: datetime) -> None:
    if not settled:
        return
    columns = zip(*(_settlement(case, at) for case in settled), strict=True)
    run(sql.SETTLED, [RULES_VERSION, at, *(list(column) for column in columns)])


def _settlement(case: Case, at: datetime) -> tuple[int, int | None, int | None, datetime | None]:
    """A verdict stands in the settlement once its forecast has matured, scored or not."""
    verdict = case.verdict_id if case.is_matured(at) else None
    return case.pk, verdict, case.last_estimate_id, case.due_at(at)
