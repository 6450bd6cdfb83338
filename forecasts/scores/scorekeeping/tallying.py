"""From rows to cells and totals: sums of whole numbers per group, which add up and take back exactly."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np

from forecasts.models import Estimand, Forecaster, Group
from forecasts.scores.scorekeeping.contributing import LEAD_BANDS
from forecasts.scores.scorekeeping.contribution_rows import ESTIMANDS, Row
from forecasts.scoring.arrays import Ints
from forecasts.scoring.cells import BIN_SETS
from forecasts.scoring.rules import GRID
from forecasts.scoring.totals import BRIER, LOG, Points, bin_name, sums
from forecasts.scoring.uncertainty import ClusterSums

Dimension = Group.Dimension
type OtherSums = dict[str, list[int]]
"""Six numbers by score name."""
NAMES = (BRIER, LOG, *(bin_name(bins, index) for bins in BIN_SETS for index in range(bins)))
"""What `Total.sums` holds, six numbers each, in this order."""
WIDTH = 6 * len(NAMES)

_PLACE = {name: 6 * place for place, name in enumerate(NAMES)}
_FIRST = ESTIMANDS.index(Estimand.FIRST)
_EACH_UPDATE = ESTIMANDS.index(Estimand.EACH_UPDATE)


class GroupKey(NamedTuple):
    """A group without its id, in the order in which groups are made."""

    scenario: int
    kind: str
    dimension: str
    value: str


@dataclass(slots=True)
class TotalSums:
    """One Total. `sums` as in NAMES; `other` by score name, six numbers each."""

    pairs: int = 0
    forecasts: int = 0
    withdrawn: int = 0
    left_out: int = 0
    sums: list[int] = field(default_factory=lambda: [0] * WIDTH)
    other: OtherSums = field(default_factory=dict)

    def of(self, name: str) -> ClusterSums:
        place = _PLACE[name]
        return ClusterSums(*self.sums[place : place + 6])

    def add(self, more: "TotalSums", sign: int = 1) -> None:
        self.pairs += sign * more.pairs
        self.forecasts += sign * more.forecasts
        self.withdrawn += sign * more.withdrawn
        self.left_out += sign * more.left_out
        self.sums = [a + sign * b for a, b in zip(self.sums, more.sums, strict=True)]
        for name, six in more.other.items():
            old = self.other.get(name, [0] * 6)
            self.other[name] = [a + sign * b for a, b in zip(old, six, strict=True)]
        self.other = {name: six for name, six in self.other.items() if any(six)}

    def __bool__(self) -> bool:
        return bool(self.pairs or self.withdrawn or self.left_out or any(self.sums) or self.other)


type CellKey = tuple[GroupKey, int, int]
type TotalKey = tuple[GroupKey, int]


@dataclass(slots=True)
class Tally:
    """Cells by (group, estimand, probability) as [n, k], and totals by (group, estimand)."""

    cells: dict[CellKey, list[int]] = field(default_factory=dict)
    totals: dict[TotalKey, TotalSums] = field(default_factory=dict)

    def add(self, more: "Tally", sign: int = 1) -> None:
        for cell, (n, k) in more.cells.items():
            held = self.cells.setdefault(cell, [0, 0])
            held[0] += sign * n
            held[1] += sign * k
        for key, total in more.totals.items():
            self.totals.setdefault(key, TotalSums()).add(total, sign)

    def prune(self) -> None:
        """Leave out what adds nothing."""
        for cell in [cell for cell, (n, k) in self.cells.items() if not n and not k]:
            del self.cells[cell]
        for key in [key for key, total in self.totals.items() if not total]:
            del self.totals[key]

    @property
    def groups(self) -> list[GroupKey]:
        return sorted({key[0] for key in self.cells} | {key[0] for key in self.totals})


def tally(rows: Sequence[Row], keys: Callable[[Row], Iterable[GroupKey]] | None = None) -> Tally:
    """What rows add, to the groups that `keys` gives for each (the stored ones where absent).

    All rows of a forecast must be there: some sums are squared per forecast.
    """
    slots = _Slots(keys or group_keys)
    placed = [slots.of(row) for row in rows]
    found = Tally()
    if not rows:
        return found
    _count(found, slots, rows, placed)
    _add_binary(found, slots, rows, placed)
    _add_other(found, slots, rows, placed)
    return found


class _Slots:
    """Numbers groups, and remembers those of rows that share everything a group is made of."""

    def __init__(self, keys: Callable[[Row], Iterable[GroupKey]]) -> None:
        self._keys = keys
        self.groups: list[GroupKey] = []
        self._number: dict[GroupKey, int] = {}
        self._known: dict[tuple[object, ...], tuple[int, ...]] = {}

    def of(self, row: Row) -> tuple[int, ...]:
        """Numbers of the groups that a row belongs to, by forecast and forecaster."""
        features = (row.scenario, row.kind, row.forecaster, row.category, row.source, row.month, row.method)
        if features not in self._known:
            self._known[features] = tuple(self.number(key) for key in self._keys(row))
        return self._known[features]

    def number(self, key: GroupKey) -> int:
        if key not in self._number:
            self._number[key] = len(self.groups)
            self.groups.append(key)
        return self._number[key]

    def key(self, slot: int) -> TotalKey:
        return self.groups[slot // len(ESTIMANDS)], slot % len(ESTIMANDS)

    def lead(self, row: Row, band: int) -> int:
        return self.number(GroupKey(row.scenario, row.kind, Dimension.LEAD_TIME, LEAD_BANDS[band]))


def group_keys(row: Row) -> Iterator[GroupKey]:
    """Groups of a row but for lead times.

    The ends of a source's band stand only under their own forecaster, and so does each reference: of rules of
    arithmetic there is no mean.
    """
    yield GroupKey(row.scenario, row.kind, Dimension.FORECASTER, str(row.forecaster))
    if row.kind == Forecaster.Kind.REFERENCE or (row.kind == Forecaster.Kind.SOURCE and row.method != "middle"):
        return
    yield GroupKey(row.scenario, row.kind, Dimension.ALL, "")
    yield GroupKey(row.scenario, row.kind, Dimension.CATEGORY, row.category)
    yield GroupKey(row.scenario, row.kind, Dimension.MONTH, f"{row.month:%Y-%m}")
    if row.source is not None:
        yield GroupKey(row.scenario, row.kind, Dimension.SOURCE, str(row.source))


def _slot(group: int, estimand: int) -> int:
    return group * len(ESTIMANDS) + estimand


def _count(found: Tally, slots: _Slots, rows: Sequence[Row], placed: Sequence[tuple[int, ...]]) -> None:
    """Pairs, forecasts, and those who have no answer under an estimand: everybody who answered has a first one."""
    pairs, forecasts = Counter[int](), defaultdict[int, set[int]](set)
    first, withdrawn = Counter[int](), Counter[int]()
    for row, groups in zip(rows, placed, strict=True):
        for group in _with_leads(slots, row, groups) if row.is_scored else ():
            slot = _slot(group, row.estimand)
            pairs[slot] += 1
            forecasts[slot].add(row.forecast)
        if row.estimand == _FIRST:
            first.update(groups)
            withdrawn.update(groups if row.withdrawn else ())
    for slot, count in pairs.items():
        found.totals[slots.key(slot)] = TotalSums(pairs=count, forecasts=len(forecasts[slot]))
    for group, count in first.items():
        for estimand in _offered(slots.groups[group].kind):
            left_out = count - pairs[_slot(group, estimand)]
            if left_out or withdrawn[group]:
                total = found.totals.setdefault((slots.groups[group], estimand), TotalSums())
                total.left_out, total.withdrawn = left_out, withdrawn[group]


def _offered(kind: str) -> Iterator[int]:
    for estimand in range(len(ESTIMANDS)):
        if kind != Forecaster.Kind.CONSENSUS or estimand != _EACH_UPDATE:
            yield estimand


def _with_leads(slots: _Slots, row: Row, groups: tuple[int, ...]) -> tuple[int, ...]:
    if not row.lead_times or len(groups) == 1:
        return groups
    return (*groups, *(slots.lead(row, band) for band in set(row.lead_times)))


def _add_binary(found: Tally, slots: _Slots, rows: Sequence[Row], placed: Sequence[tuple[int, ...]]) -> None:
    points = _points(slots, rows, placed)
    if points.group.size == 0:
        return
    held: dict[int, list[int]] = {}
    for slot, name, six in sums(points):
        if slot not in held:
            held[slot] = found.totals[slots.key(slot)].sums
        place = _PLACE[name]
        held[slot][place : place + 6] = six
    cell, at = np.unique(points.group * (GRID + 1) + points.probability, return_inverse=True)
    n, k = np.zeros(cell.size, dtype=np.int64), np.zeros(cell.size, dtype=np.int64)
    np.add.at(n, at, points.weight)
    np.add.at(k, at, points.weight * points.outcome)
    slot, probability = np.divmod(cell, GRID + 1)
    keys = {slot: slots.key(slot) for slot in held}
    for place, p, *counts in zip(*(column.tolist() for column in (slot, probability, n, k)), strict=True):
        found.cells[*keys[place], p] = counts


def _points(slots: _Slots, rows: Sequence[Row], placed: Sequence[tuple[int, ...]]) -> Points:
    """Every probability of every row, once for each group it belongs to."""
    binary = [(row, groups) for row, groups in zip(rows, placed, strict=True) if row.outcome is not None]
    size = [len(row.probabilities) for row, _ in binary]
    said = Points(
        group=np.repeat(np.arange(len(binary)), size),
        forecast=np.repeat(_column(row.forecast for row, _ in binary), size),
        probability=_flat(row.probabilities for row, _ in binary),
        weight=_flat(row.weights for row, _ in binary),
        outcome=np.repeat(_column(bool(row.outcome) for row, _ in binary), size),
    )
    estimand = _column(row.estimand for row, _ in binary)
    most = max((len(groups) for _, groups in binary), default=1)
    of_row = _flat(groups + (-1,) * (most - len(groups)) for _, groups in binary).reshape(-1, most)
    slot = np.where(of_row >= 0, of_row * len(ESTIMANDS) + estimand[:, None], -1)
    parts = [_in_groups(said, slot[:, place]) for place in range(most)]
    parts.append(_in_leads(slots, said, binary))
    return Points(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _column(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int64)


def _in_groups(said: Points, slot_of_row: Ints) -> Points:
    moved = said._replace(group=slot_of_row[said.group])
    return moved if np.all(moved.group >= 0) else moved.where(moved.group >= 0)


def _in_leads(slots: _Slots, said: Points, binary: Sequence[tuple[Row, tuple[int, ...]]]) -> Points:
    of_point = chain.from_iterable(
        (_slot(slots.lead(row, band), row.estimand) for band in row.lead_times)
        if row.lead_times and len(groups) > 1
        else [-1] * len(row.probabilities)
        for row, groups in binary
    )
    moved = said._replace(group=np.fromiter(of_point, dtype=np.int64, count=said.group.size))
    return moved.where(moved.group >= 0)


def _flat(lists: Iterable[tuple[int, ...]]) -> Ints:
    return np.fromiter(chain.from_iterable(lists), dtype=np.int64)


def _add_other(found: Tally, slots: _Slots, rows: Sequence[Row], placed: Sequence[tuple[int, ...]]) -> None:
    per_forecast: dict[tuple[int, str, int], list[int]] = {}
    for row, groups in zip(rows, placed, strict=True):
        for name, (n, s) in row.score_sums.items():
            for group in groups:
                held = per_forecast.setdefault((_slot(group, row.estimand), name, row.forecast), [0, 0])
                held[0] += n
                held[1] += s
    for (slot, name, _), (n, s) in per_forecast.items():
        other = found.totals[slots.key(slot)].other
        six = astuple(ClusterSums.of_forecast(n, s))
        other[name] = [a + b for a, b in zip(other.get(name, [0] * 6), six, strict=True)]
