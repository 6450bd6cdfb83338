"""Recomputes every tally from the facts, to compare or to replace. The facts are the truth, tallies a summary."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection

from forecasts.models import Cell, Contribution, Forecast, Scenario, Settlement, SituationSum, Sweep, Total, Verdict
from forecasts.models.sql import run, unhurried
from forecasts.scores.scorekeeping import sql
from forecasts.scores.scorekeeping.batches import cases
from forecasts.scores.scorekeeping.contribution_rows import ESTIMANDS, Row
from forecasts.scores.scorekeeping.contribution_store import stored_rows
from forecasts.scores.scorekeeping.due import mark_due
from forecasts.scores.scorekeeping.settling import Settled, new_snapshot, rows_of, settle_these
from forecasts.scores.scorekeeping.tallying import GroupKey, Tally, TotalSums, tally

BATCH = 500

type Progress = Callable[[int], object]

_GROUP = ("group__scenario_id", "group__forecaster_kind", "group__dimension", "group__value", "estimand")
_COUNTS = ("pairs", "forecasts", "withdrawn", "left_out")
_SUMS = ("sums", "other_sums", "situation_sums", "other_situation_sums")


@dataclass(frozen=True, slots=True)
class Difference:
    """Something stored that is not what the facts say."""

    what: str
    stored: str
    facts: str

    def __str__(self) -> str:
        return f"{self.what}: stored {self.stored}, by the facts {self.facts}"


def verify(at: datetime, progress: Progress | None = None) -> list[Difference]:
    """Compare contributions, cells and totals to the facts, to the integer. Changes nothing but its own sweep.

    Forecasts that wait to be settled count as they stand in the contributions.
    """
    with unhurried():
        _see_one_moment()
        found = [*_differences(at, progress or (lambda _: None))]
    problem = f"{len(found)} tallies differ from the facts, the first: {found[0]}" if found else ""
    Sweep.objects.update_or_create(name="verify", defaults={"finished_at": at, "problem": problem})
    return found


def rebuild(at: datetime, progress: Progress | None = None) -> Settled:
    """Throw away every tally and make it anew from the facts, in one transaction; nobody settles meanwhile."""
    done = Settled()
    with unhurried():
        run(sql.HOLD_SETTLEMENTS)
        run(sql.EMPTY_TALLIES)
        for forecasts in batched(scorable(), BATCH):
            mark_due(forecasts, at)
            done += settle_these(forecasts, at)
            (progress or (lambda _: None))(len(forecasts))
        # Also where nothing is left to score: what was counted before is old.
        return done + Settled(snapshot=done.snapshot or new_snapshot(at))


def scorable() -> list[int]:
    """Ids of the forecasts that could stand in the tallies: they have a verdict, or are in step with none."""
    judged = Verdict.objects.values("forecast").union(
        Settlement.objects.values("forecast"), Contribution.objects.values("forecast")
    )
    return sorted(Forecast.objects.filter(pk__in=judged).values_list("pk", flat=True))


def _see_one_moment() -> None:
    """All queries of this transaction see the same rows, whatever workers do meanwhile."""
    if not connection.savepoint_ids:
        run(sql.ONE_MOMENT)


def _differences(at: datetime, progress: Progress) -> Iterator[Difference]:
    slugs = dict(Scenario.objects.values_list("pk", "slug"))
    expected = Tally()
    for forecasts in batched(scorable(), BATCH):
        held, should = _held(forecasts), _expected(forecasts, at)
        yield from _compare_rows(forecasts, held, should)
        expected.add(tally([row for rows in should.values() for row in rows]))
        progress(len(forecasts))
    expected.fold()
    expected.prune()
    yield from _compare_situations(expected, slugs)
    yield from _compare_cells(expected, slugs)
    yield from _compare_totals(expected, slugs)


def _held(forecasts: Sequence[int]) -> dict[int, list[Row]]:
    held = defaultdict(list)
    for row in stored_rows(forecasts):
        held[row.forecast].append(row)
    return held


def _expected(forecasts: Sequence[int], at: datetime) -> dict[int, list[Row]]:
    due = set(Settlement.objects.due(at).filter(forecast__in=forecasts).values_list("forecast_id", flat=True))
    rows, _ = rows_of(cases([pk for pk in forecasts if pk not in due], at), at)
    return rows | _held(sorted(due))


def _compare_rows(
    forecasts: Iterable[int], held: dict[int, list[Row]], should: dict[int, list[Row]]
) -> Iterator[Difference]:
    for pk in forecasts:
        stored, facts = ({row[1:3]: row for row in rows.get(pk, [])} for rows in (held, should))
        for key in sorted(stored.keys() | facts.keys()):
            if stored.get(key) != facts.get(key):
                what = f"contribution of forecaster {key[0]} to forecast {pk}, {ESTIMANDS[key[1]]}"
                yield Difference(what, _said(stored.get(key)), _said(facts.get(key)))


def _said(row: Row | None) -> str:
    if row is None:
        return "nothing"
    points = ", ".join(f"{n} at {p}" for p, n in zip(row.probabilities, row.weights, strict=True))
    return f"{points or row.score_sums} ({row.outcome})"


def _compare_cells(expected: Tally, slugs: dict[int, str]) -> Iterator[Difference]:
    missing = dict(expected.cells)
    for *group, estimand, probability, n, k in _plain(Cell.objects.values_list(*_GROUP, "probability", "n", "k")):
        key = (GroupKey(*group), ESTIMANDS.index(estimand), probability)
        facts = missing.pop(key, [0, 0])
        if [n, k] != facts:
            yield Difference(_cell(key, slugs), f"{k} of {n}", f"{facts[1]} of {facts[0]}")
    for key, facts in missing.items():
        yield Difference(_cell(key, slugs), "nothing", f"{facts[1]} of {facts[0]}")


def _compare_situations(expected: Tally, slugs: dict[int, str]) -> Iterator[Difference]:
    missing = dict(expected.situations)
    for *group, estimand, situation, sums in _plain(SituationSum.objects.values_list(*_GROUP, "situation", "sums")):
        facts = missing.pop((GroupKey(*group), ESTIMANDS.index(estimand), situation), {})
        if sums != facts:
            what = f"situation {situation} of {_named(GroupKey(*group), ESTIMANDS.index(estimand), slugs)}"
            yield Difference(what, str(sums), str(facts))
    for (absent, place, situation), facts in missing.items():
        yield Difference(f"situation {situation} of {_named(absent, place, slugs)}", "nothing", str(facts))


def _compare_totals(expected: Tally, slugs: dict[int, str]) -> Iterator[Difference]:
    missing = dict(expected.totals)
    stored = Total.objects.values_list(*_GROUP, *_COUNTS, *_SUMS)
    for *group, estimand, pairs, forecasts, withdrawn, left_out, sums, other, situations, others in _plain(stored):
        key = (GroupKey(*group), ESTIMANDS.index(estimand))
        exact = [[int(one) for one in column] for column in (sums, situations)]
        held = TotalSums(pairs, forecasts, withdrawn, left_out, exact[0], other, exact[1], others)
        facts = missing.pop(key, TotalSums())
        if held != facts:
            yield Difference(_total(key, slugs), *_first_unequal(held, facts))
    for key, facts in missing.items():
        yield Difference(_total(key, slugs), "nothing", f"{facts.pairs} pairs")


def _plain(rows: Any) -> Iterator[tuple[Any, ...]]:
    yield from rows.iterator(chunk_size=2000)


def _first_unequal(held: TotalSums, facts: TotalSums) -> tuple[str, str]:
    for name in (*_COUNTS, "other", "other_situation_sums"):
        pair = getattr(held, name), getattr(facts, name)
        if pair[0] != pair[1]:
            return f"{name} {pair[0]}", f"{name} {pair[1]}"
    ours, theirs = [*held.sums, *held.situation_sums], [*facts.sums, *facts.situation_sums]
    place = next(place for place, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b)
    return f"sum {place} {ours[place]}", f"sum {place} {theirs[place]}"


def _cell(key: tuple[GroupKey, int, int], slugs: dict[int, str]) -> str:
    return f"cell {key[2] / 100:g}% of {_named(key[0], key[1], slugs)}"


def _total(key: tuple[GroupKey, int], slugs: dict[int, str]) -> str:
    return f"total of {_named(key[0], key[1], slugs)}"


def _named(group: GroupKey, estimand: int, slugs: dict[int, str]) -> str:
    what = " ".join(part for part in (group.dimension, group.value) if part)
    return f"{slugs.get(group.scenario, group.scenario)}, {group.kind}, {what}, {ESTIMANDS[estimand]}"
