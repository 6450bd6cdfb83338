"""Brings the tallies in step with the verdicts: what is due is settled, batch by batch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction

from forecasts.models import Forecaster, Settlement, Snapshot, Source, Sweep
from forecasts.scorekeeping.contributing import BAND, METHOD, Speakers, contributions
from forecasts.scorekeeping.facts import Case, cases
from forecasts.scorekeeping.rows import Row
from forecasts.scorekeeping.storing import apply, replace_rows, stored_rows
from forecasts.scorekeeping.tallying import tally

RULES_VERSION = 1
"""Goes up when a change of the rules makes stored contributions wrong; then `rebuild_tallies` is due."""

BATCH = 500
AGAIN_AFTER = timedelta(hours=1)

LATE = timedelta(minutes=1)
"""Nobody takes longer than this between reading the clock and committing what was done at that instant."""

log = structlog.get_logger(__name__)

_SETTLED = """
    UPDATE forecasts_settlement s SET verdict_id = d.verdict, last_estimate_id = d.estimate, rules_version = %s,
        settled_at = %s, due_at = d.due
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[])
        d (forecast, verdict, estimate, due)
    WHERE s.forecast_id = d.forecast
"""

_MOMENTS = (
    ("forecasts_forecast", "published_at"),
    ("forecasts_forecast", "opens_at"),
    ("forecasts_forecast", "closes_at"),
    ("forecasts_forecast", "resolves_at"),
    ("forecasts_verdict", "recorded_at"),
)
# One look into an index for each column: an OR over all of them would read every forecast.
_PASSED = """
    EXISTS (SELECT 1 FROM {table} WHERE {column} > %(since)s AND {column} <= %(at)s)
    OR EXISTS (SELECT 1 FROM {table} WHERE {column} > %(late_since)s AND {column} <= %(late_at)s)
"""
STATES_CHANGED = "SELECT " + " OR ".join(_PASSED.format(table=table, column=column) for table, column in _MOMENTS)


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


def settle(at: datetime, batch: int = BATCH) -> Settled:
    """Settle every forecast that is due at `at`, newest first. Running it twice changes nothing.

    Each batch is one transaction. Forecasts that somebody else holds are left to the next run.
    """
    done = Settled()
    while more := _settle_batch(at, batch):
        done += more
    if done.snapshot is None and (done.forecasts or _states_changed(at)):
        done += Settled(snapshot=Snapshot.objects.create(made_at=at).pk)
    problem = f"{done.failed} forecasts could not be settled; the log says why." if done.failed else ""
    Sweep.came_through("settle", at, problem)
    if done.forecasts:
        log.info("Settled forecasts.", event_name="settled", forecasts=done.forecasts, changed=done.changed)
    return done


def mark_due(forecasts: Iterable[int], at: datetime) -> None:
    """Have these forecasts settled again: their estimates, criteria or dates changed after the fact.

    Call it in the transaction that writes the change: a late import, an amendment.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO forecasts_settlement (forecast_id, rules_version, due_at)
            SELECT f, 0, %s FROM unnest(%s::bigint[]) f ORDER BY f
            ON CONFLICT (forecast_id) DO UPDATE SET due_at = LEAST(forecasts_settlement.due_at, excluded.due_at)
            """,
            [at, list(forecasts)],
        )


def _states_changed(at: datetime) -> bool:
    """Whether a forecast opened, closed, fell due or was judged since the last run: reports count states too.

    Each instant is looked at twice: at once, and when whoever was still writing then must have committed.
    """
    last = Sweep.objects.filter(name="settle").values_list("finished_at", flat=True).first()
    if last is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute(STATES_CHANGED, {"since": last, "at": at, "late_since": last - LATE, "late_at": at - LATE})
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _settle_batch(at: datetime, size: int) -> Settled | None:
    due = Settlement.objects.due(at).order_by("-due_at", "-forecast_id")
    # Forecast and settlement are both locked: an estimate waits, and a settlement done meanwhile is not due any more.
    locked = due.select_related("forecast").select_for_update(of=("self", "forecast"), skip_locked=True)
    forecasts = sorted(settlement.forecast_id for settlement in locked.only("forecast_id", "forecast__id")[:size])
    if not forecasts:
        return None
    return settle_these(forecasts, at)


def settle_these(forecasts: Sequence[int], at: datetime) -> Settled:
    """Settle locked forecasts, due or not, in the transaction of the caller."""
    found = cases(forecasts, at)
    rows, failed = rows_of(found, at)
    kept = [pk for pk in forecasts if pk not in failed]
    done = _replace(kept, rows)
    _note([case for case in found if case.pk not in failed], at)
    known = {case.pk for case in found}
    Settlement.objects.filter(forecast__in=[pk for pk in kept if pk not in known]).update(due_at=None)
    Settlement.objects.filter(forecast__in=failed).update(due_at=at + AGAIN_AFTER)
    snapshot = Snapshot.objects.create(made_at=at).pk if done.changed else None
    return done + Settled(forecasts=len(forecasts), failed=len(failed), snapshot=snapshot)


def rows_of(found: Iterable[Case], at: datetime) -> tuple[dict[int, list[Row]], set[int]]:
    """What forecasts should have in the tallies at `at`, by forecast; and those whose scoring failed."""
    counted = [case for case in found if case.is_scored and case.is_matured(at)]
    speakers = speakers_of(counted)
    rows, failed = {}, set()
    for case in counted:
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
    return Speakers(Forecaster.objects.consensus(METHOD).pk, sources)


def _replace(forecasts: Sequence[int], rows: dict[int, list[Row]]) -> Settled:
    """Take back the old rows of the forecasts that have others now, and add these."""
    held = defaultdict(list)
    for row in stored_rows(forecasts):
        held[row.forecast].append(row)
    changed = [pk for pk in forecasts if sorted(held[pk], key=_order) != sorted(rows.get(pk, []), key=_order)]
    old = [row for pk in changed for row in held[pk]]
    new = [row for pk in changed for row in rows.get(pk, [])]
    if changed:
        replace_rows([pk for pk in changed if held[pk]], new)
        change = tally(new)
        change.add(tally(old), -1)
        # Foreign keys are checked here rather than at commit, when everybody's groups would wait for it.
        connection.check_constraints()
        apply(change)
    return Settled(changed=len(changed), added=len(new), taken_back=len(old))


def _order(row: Row) -> tuple[int, int]:
    return row.forecaster, row.estimand


def _note(settled: Sequence[Case], at: datetime) -> None:
    if not settled:
        return
    columns = zip(*(_settlement(case, at) for case in settled), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED, [RULES_VERSION, at, *(list(column) for column in columns)])


def _settlement(case: Case, at: datetime) -> tuple[int, int | None, int | None, datetime | None]:
    """A verdict stands in the settlement once its forecast has matured, scored or not."""
    verdict = case.verdict_id if case.is_matured(at) else None
    return case.pk, verdict, case.last_estimate_id, case.due_at(at)
