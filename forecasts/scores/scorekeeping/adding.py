"""Adds changes to cells and totals. Groups are locked last and in order: nobody waits in a ring, nor for long."""

import json
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, cast

from forecasts.models import Group, Total
from forecasts.models.sql import rows, run
from forecasts.scores.scorekeeping import sql
from forecasts.scores.scorekeeping.contribution_rows import ESTIMANDS
from forecasts.scores.scorekeeping.tallying import GroupKey, OtherSums, Tally, TotalSums, add_linear

type CellRow = tuple[int, int, int, int, int]


def apply(change: Tally) -> None:
    """Add a change, which may take back, to cells and totals. Whatever comes to nothing goes.

    Call it last in a transaction: until that ends, nobody else can change the same groups.
    """
    change.prune()
    if not change.totals and not change.cells and not change.situations:
        return
    ids = made_groups(change.groups)
    added, taken = _cells(change, ids)
    lock(ids.values())
    _apply_situations(change, ids)
    totals = sorted(((ids[group], e, total) for (group, e), total in change.totals.items()), key=itemgetter(0, 1))
    _apply_cells(added, taken)
    _apply_totals(totals)


def _apply_situations(change: Tally, ids: dict[GroupKey, int]) -> None:
    """Change the situations, and in the totals of the change what their squares come to be."""
    if not change.situations:
        return
    given = {(ids[group], ESTIMANDS[e], name): (group, e, sums) for (group, e, name), sums in change.situations.items()}
    keys = sorted(given)
    columns = [list(column) for column in zip(*keys, strict=True)]
    found = rows(sql.HELD_SITUATIONS, columns)
    held = {(one["group_id"], one["estimand"], one["situation"]): json.loads(one["sums"]) for one in found}
    for key in keys:
        group, e, more = given[key]
        total, sums = change.totals.setdefault((group, e), TotalSums()), held.setdefault(key, {})
        touched = {name: list(sums[name]) for name in more if name in sums}
        add_linear(sums, more)
        total.add_situation(touched, -1)
        total.add_situation({name: sums[name] for name in more if name in sums})
    run(sql.REPLACE_SITUATIONS, [*columns, [json.dumps(held[key]) for key in keys]])
    if emptied := [key[0] for key in keys if not held[key]]:
        run(sql.REMOVE_SITUATIONS, [emptied])


def _cells(change: Tally, ids: dict[GroupKey, int]) -> tuple[list[CellRow], list[CellRow]]:
    """Changes that are valid rows themselves, and those that take something back; each by key."""
    given = sorted([(ids[group], e, p, n, k) for (group, e, p), (n, k) in change.cells.items()])
    taken = [row for row in given if not 0 <= row[4] <= row[3]]
    return [row for row in given if 0 <= row[4] <= row[3]] if taken else given, taken


def _apply_cells(added: Sequence[CellRow], taken: Sequence[CellRow]) -> None:
    if added:
        run(sql.ADD_CELLS, _columns(added))
    if taken:
        run(sql.TAKE_CELLS, _columns(taken))
        run(sql.REMOVE_CELLS, _columns(taken)[:3])


def _apply_totals(totals: Sequence[tuple[int, int, TotalSums]]) -> None:
    held = _other_sums({group for group, _, _ in totals})
    counts = [(group, e, *_counts(total)) for group, e, total in totals]
    sums, situations = (
        ["{" + ",".join(map(str, listed)) + "}" for listed in column]
        for column in ([total.sums for _, _, total in totals], [total.situation_sums for _, _, total in totals])
    )
    merged = [_merged(held.get((group, ESTIMANDS[e]), ({}, {})), total) for group, e, total in totals]
    others, of_situations = ([json.dumps(pair[place]) for pair in merged] for place in (0, 1))
    emptied = [group for group, _, total in totals if min(_counts(total)) < 0]
    if totals:
        run(sql.ADD_TOTALS, [*_columns(counts), sums, others, situations, of_situations])
    if emptied:
        run(sql.REMOVE_TOTALS, [emptied])


def _counts(total: TotalSums) -> tuple[int, int, int, int]:
    return total.pairs, total.forecasts, total.withdrawn, total.left_out


def _columns(given: Sequence[tuple[int, ...]]) -> list[str]:
    """Columns as array literals, the second that of estimands: the driver would take each number by itself."""
    columns = list(zip(*given, strict=True))
    columns[1] = tuple(ESTIMANDS[e] for e in columns[1])
    return ["{" + ",".join(map(str, column)) + "}" for column in columns]


def made_groups(keys: Sequence[GroupKey]) -> dict[GroupKey, int]:
    """Ids of groups, made where missing."""
    ids = _ids(keys)
    missing = [key for key in keys if key not in ids]
    if missing:
        Group.objects.bulk_create([_group(key) for key in missing], ignore_conflicts=True)
        ids = _ids(keys)
    return ids


def lock(groups: Iterable[int]) -> None:
    """See to it that nobody else changes the tallies of these groups until this transaction ends."""
    locked = Group.objects.select_for_update(no_key=True).filter(pk__in=list(groups)).order_by("pk")
    list(locked.values_list("pk"))


def _group(key: GroupKey) -> Group:
    scenario, kind, dimension, value = key
    return Group(scenario_id=scenario, forecaster_kind=kind, dimension=dimension, value=value)


def _ids(keys: Sequence[GroupKey]) -> dict[GroupKey, int]:
    wanted = set(keys)
    near = Group.objects.filter(scenario__in={key.scenario for key in keys}, value__in={key.value for key in keys})
    found = near.values_list("pk", "scenario_id", "forecaster_kind", "dimension", "value")
    keyed = ((pk, GroupKey(scenario, *rest)) for pk, scenario, *rest in cast("Iterable[tuple[Any, ...]]", found))
    return {key: pk for pk, key in keyed if key in wanted}


type BothSums = tuple[OtherSums, OtherSums]


def _merged(held: BothSums, change: TotalSums) -> BothSums:
    merged = TotalSums(other=held[0], other_situation_sums=held[1])
    merged.add(TotalSums(other=change.other, other_situation_sums=change.other_situation_sums))
    return merged.other, merged.other_situation_sums


def _other_sums(groups: Iterable[int]) -> dict[tuple[int, str], BothSums]:
    held = Total.objects.filter(group__in=list(groups)).exclude(other_sums={}, other_situation_sums={})
    listed = held.values_list("group_id", "estimand", "other_sums", "other_situation_sums")
    return {(group, estimand): (other, of_situations) for group, estimand, other, of_situations in listed}
