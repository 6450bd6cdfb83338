"""Writes contributions and tallies. Groups are locked first and in order, so that workers never wait in a ring."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet

from forecasts.models import Contribution, Group, Total
from forecasts.scorekeeping.facts import among
from forecasts.scorekeeping.rows import ESTIMANDS, Row
from forecasts.scorekeeping.tallying import GroupKey, Tally, TotalSums

_COPY = """
    COPY forecasts_contribution (forecast_id, forecaster_id, estimand, probabilities, weights, lead_times, outcome,
        score_sums, withdrawn, scenario_id, category, source_id, month, matured_at, forecaster_kind)
    FROM STDIN
"""
_CHANGE_CELLS = """
    UPDATE forecasts_cell c SET n = c.n + d.n, k = c.k + d.k
    FROM json_to_recordset(%s) d (g bigint, e text, p int, n bigint, k bigint)
    WHERE c.group_id = d.g AND c.estimand = d.e AND c.probability = d.p
"""
_ADD_CELLS = """
    INSERT INTO forecasts_cell (group_id, estimand, probability, n, k)
    SELECT d.g, d.e, d.p, d.n, d.k
    FROM json_to_recordset(%s) d (g bigint, e text, p int, n bigint, k bigint)
    WHERE NOT EXISTS (
        SELECT 1 FROM forecasts_cell c WHERE c.group_id = d.g AND c.estimand = d.e AND c.probability = d.p
    )
"""
_REMOVE_CELLS = "DELETE FROM forecasts_cell WHERE group_id = ANY(%s) AND n = 0"
_CHANGE_TOTALS = """
    UPDATE forecasts_total t SET pairs = t.pairs + d.pairs, forecasts = t.forecasts + d.forecasts,
        withdrawn = t.withdrawn + d.withdrawn, left_out = t.left_out + d.left_out,
        sums = (SELECT array_agg(a + b ORDER BY i) FROM unnest(t.sums, d.sums) WITH ORDINALITY u (a, b, i)),
        other_sums = d.other_sums
    FROM json_to_recordset(%s) d (g bigint, e text, pairs bigint, forecasts bigint, withdrawn bigint, left_out bigint,
        sums numeric[], other_sums jsonb)
    WHERE t.group_id = d.g AND t.estimand = d.e
"""
_ADD_TOTALS = """
    INSERT INTO forecasts_total (group_id, estimand, pairs, forecasts, withdrawn, left_out, sums, other_sums)
    SELECT d.g, d.e, d.pairs, d.forecasts, d.withdrawn, d.left_out, d.sums, d.other_sums
    FROM json_to_recordset(%s) d (g bigint, e text, pairs bigint, forecasts bigint, withdrawn bigint, left_out bigint,
        sums numeric[], other_sums jsonb)
    WHERE NOT EXISTS (SELECT 1 FROM forecasts_total t WHERE t.group_id = d.g AND t.estimand = d.e)
"""
_REMOVE_TOTALS = """
    DELETE FROM forecasts_total
    WHERE group_id = ANY(%s) AND pairs = 0 AND forecasts = 0 AND withdrawn = 0 AND left_out = 0
"""


_COLUMNS = (
    "forecast_id",
    "forecaster_id",
    "estimand",
    "probabilities",
    "weights",
    "lead_times",
    "outcome",
    "score_sums",
    "withdrawn",
    "scenario_id",
    "category",
    "source_id",
    "month",
    "matured_at",
    "forecaster_kind",
    "forecaster__method",
)


def stored_rows(forecasts: Iterable[int]) -> list[Row]:
    """The contributions that these forecasts have in the tallies now."""
    return list(rows_from(Contribution.objects.filter(forecast__in=among(forecasts))))


def rows_from(contributions: QuerySet[Contribution]) -> Iterator[Row]:
    """Stored contributions as rows."""
    return map(_row, contributions.values_list(*_COLUMNS))


def _row(values: tuple[Any, ...]) -> Row:
    forecast, forecaster, estimand, probabilities, weights, lead_times, outcome, sums, *rest = values
    arrays = (tuple(probabilities), tuple(weights), tuple(lead_times))
    exact = {name: (n, s) for name, (n, s) in sums.items()}
    return Row(forecast, forecaster, ESTIMANDS.index(estimand), *arrays, outcome, exact, *rest)


def replace_rows(forecasts: Sequence[int], rows: Sequence[Row]) -> None:
    """These rows instead of whatever the forecasts had."""
    if forecasts:
        Contribution.objects.filter(forecast__in=among(forecasts)).delete()
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for chunk in batched(rows, 10_000):
            copy.write("".join(map(_line, chunk)))


def _line(row: Row) -> str:
    """A row as COPY reads it: far faster than to have the driver adapt every list."""
    sums = json.dumps(row.score_sums).replace("\\", "\\\\")
    columns = (
        row.forecast,
        row.forecaster,
        ESTIMANDS[row.estimand],
        _array(row.probabilities),
        _array(row.weights),
        _array(row.lead_times),
        "\\N" if row.outcome is None else row.outcome,
        sums,
        row.withdrawn,
        row.scenario,
        row.category,
        "\\N" if row.source is None else row.source,
        row.month,
        row.matured_at,
        row.kind,
    )
    return "\t".join(map(str, columns)) + "\n"


def _array(numbers: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def apply(change: Tally) -> None:
    """Add a change, which may take back, to cells and totals. Whatever comes to nothing goes."""
    change.prune()
    if not change.totals and not change.cells:
        return
    ids = locked_groups(change.groups)
    cells, totals = json.dumps(_cells(change, ids)), json.dumps(_totals(change, ids))
    touched = list(ids.values())
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE_CELLS, [cells])
        cursor.execute(_ADD_CELLS, [cells])
        cursor.execute(_CHANGE_TOTALS, [totals])
        cursor.execute(_ADD_TOTALS, [totals])
        cursor.execute(_REMOVE_CELLS, [touched])
        cursor.execute(_REMOVE_TOTALS, [touched])


def locked_groups(keys: Sequence[GroupKey]) -> dict[GroupKey, int]:
    """Ids of groups, made where missing, whose tallies nobody else changes until this transaction ends."""
    ids = _ids(keys)
    missing = [key for key in keys if key not in ids]
    if missing:
        Group.objects.bulk_create([_group(key) for key in missing], ignore_conflicts=True)
        ids = _ids(keys)
    locked = Group.objects.select_for_update(no_key=True).filter(pk__in=ids.values()).order_by("pk")
    list(locked.values_list("pk"))
    return ids


def _group(key: GroupKey) -> Group:
    scenario, kind, dimension, value = key
    return Group(scenario_id=scenario, forecaster_kind=kind, dimension=dimension, value=value)


def _ids(keys: Sequence[GroupKey]) -> dict[GroupKey, int]:
    wanted = set(keys)
    near = Group.objects.filter(scenario__in={key.scenario for key in keys}, value__in={key.value for key in keys})
    found = near.values_list("pk", "scenario_id", "forecaster_kind", "dimension", "value")
    keyed = ((pk, GroupKey(scenario, *rest)) for pk, scenario, *rest in cast("Iterable[tuple[Any, ...]]", found))
    return {key: pk for pk, key in keyed if key in wanted}


def _cells(change: Tally, ids: dict[GroupKey, int]) -> list[dict[str, Any]]:
    return [
        {"g": ids[group], "e": ESTIMANDS[e], "p": p, "n": n, "k": k}
        for (group, e, p), (n, k) in sorted(change.cells.items())
    ]


def _totals(change: Tally, ids: dict[GroupKey, int]) -> list[dict[str, Any]]:
    held, rows = _other_sums(ids.values()), []
    for (group, e), total in sorted(change.totals.items(), key=lambda item: item[0]):
        merged = TotalSums(other=held.get((ids[group], ESTIMANDS[e]), {}))
        merged.add(total)
        row = {name: getattr(total, name) for name in ("pairs", "forecasts", "withdrawn", "left_out", "sums")}
        rows.append({"g": ids[group], "e": ESTIMANDS[e], **row, "other_sums": merged.other})
    return rows


def _other_sums(groups: Iterable[int]) -> dict[tuple[int, str], dict[str, list[int]]]:
    held = Total.objects.filter(group__in=list(groups)).exclude(other_sums={})
    return {
        (group, estimand): other for group, estimand, other in held.values_list("group_id", "estimand", "other_sums")
    }
