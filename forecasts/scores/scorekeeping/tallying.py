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
from forecasts.scoring.arrays import Booleans, Ints
from forecasts.scoring.cells import BIN_SETS
from forecasts.scoring.rules import GRID
from forecasts.scoring.totals import BRIER, LOG, OUTCOME, Points, bin_name, linear
from forecasts.scoring.totals import sums as cluster_sums
from forecasts.scoring.uncertainty import Clusters, ClusterSums

Dimension = Group.Dimension
type OtherSums = dict[str, list[int]]
"""Six numbers by score name."""
type LinearSums = dict[str, list[int]]
"""[n, S] of one situation by score name; those of other kinds than yes-or-no begin with OTHER."""
OTHER = ":"
NAMES = (BRIER, LOG, OUTCOME, *(bin_name(bins, index) for bins in BIN_SETS for index in range(bins)))
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
    """One Total. `sums` as in NAMES; `other` by score name, six numbers each. The same again clustered by situation."""

    pairs: int = 0
    forecasts: int = 0
    withdrawn: int = 0
    left_out: int = 0
    sums: list[int] = field(default_factory=lambda: [0] * WIDTH)
    other: OtherSums = field(default_factory=dict)
    situation_sums: list[int] = field(default_factory=lambda: [0] * WIDTH)
    other_situation_sums: OtherSums = field(default_factory=dict)

    def of(self, name: str) -> Clusters:
        """The sums of Brier, log or a bin."""
        place = _PLACE[name]
        both = (ClusterSums(*sums[place : place + 6]) for sums in (self.situation_sums, self.sums))
        return Clusters(*both)

    def of_other(self, name: str) -> Clusters:
        """The sums of a score of another kind."""
        both = (ClusterSums(*sums.get(name, [0] * 6)) for sums in (self.other_situation_sums, self.other))
        return Clusters(*both)

    def hold(self, name: str, by_situation: Sequence[int], by_forecast: Sequence[int]) -> None:
        """Take these six numbers for Brier, log or a bin."""
        place = _PLACE[name]
        self.situation_sums[place : place + 6] = by_situation
        self.sums[place : place + 6] = by_forecast

    def add(self, more: "TotalSums", sign: int = 1) -> None:
        self.pairs += sign * more.pairs
        self.forecasts += sign * more.forecasts
        self.withdrawn += sign * more.withdrawn
        self.left_out += sign * more.left_out
        self.sums = _added(self.sums, more.sums, sign)
        self.situation_sums = _added(self.situation_sums, more.situation_sums, sign)
        self.other = _added_by_name(self.other, more.other, sign)
        self.other_situation_sums = _added_by_name(self.other_situation_sums, more.other_situation_sums, sign)

    def add_situation(self, sums: LinearSums, sign: int = 1) -> None:
        """Count a situation of these sums in, or out."""
        held = self.situation_sums
        for name, (n, s) in sums.items():
            # Bare and in place: a backfill counts hundreds of thousands of them.
            six = (1, n, s, s * s, n * s, n * n) if n else (0,) * 6
            if name.startswith(OTHER):
                named = {name[1:]: [sign * one for one in six]}
                self.other_situation_sums = _added_by_name(self.other_situation_sums, named, 1)
                continue
            place = _PLACE[name]
            for amount in six:
                held[place] += sign * amount
                place += 1

    def __bool__(self) -> bool:
        kept = self.pairs or self.withdrawn or self.left_out or any(self.sums) or any(self.situation_sums)
        return bool(kept or self.other or self.other_situation_sums)


def _added(sums: list[int], more: list[int], sign: int) -> list[int]:
    return [a + sign * b for a, b in zip(sums, more, strict=True)]


def _added_by_name(sums: OtherSums, more: OtherSums, sign: int) -> OtherSums:
    if not more:
        return sums
    added = {name: _added(sums.get(name, [0] * 6), six, sign) for name, six in more.items()}
    return {name: six for name, six in {**sums, **added}.items() if any(six)}


type CellKey = tuple[GroupKey, int, int]
type TotalKey = tuple[GroupKey, int]
type SituationKey = tuple[GroupKey, int, str]


@dataclass(slots=True)
class Tally:
    """Cells by (group, estimand, probability) as [n, k], totals by (group, estimand), and what situations add to these.

    Situations of several forecasts are in no total until they are folded in: the square of a sum is no sum of squares.
    """

    cells: dict[CellKey, list[int]] = field(default_factory=dict)
    totals: dict[TotalKey, TotalSums] = field(default_factory=dict)
    situations: dict[SituationKey, LinearSums] = field(default_factory=dict)

    def add(self, more: "Tally", sign: int = 1) -> None:
        for cell, (n, k) in more.cells.items():
            held = self.cells.setdefault(cell, [0, 0])
            held[0] += sign * n
            held[1] += sign * k
        for key, total in more.totals.items():
            self.totals.setdefault(key, TotalSums()).add(total, sign)
        for situation, sums in more.situations.items():
            add_linear(self.situations.setdefault(situation, {}), sums, sign)

    def fold(self) -> None:
        """Count every situation in its total. Only of a tally that is whole, not of a change."""
        for (group, estimand, _), sums in self.situations.items():
            self.totals[group, estimand].add_situation(sums)

    def prune(self) -> None:
        """Leave out what adds nothing."""
        for cell in [cell for cell, (n, k) in self.cells.items() if not n and not k]:
            del self.cells[cell]
        for key in [key for key, total in self.totals.items() if not total]:
            del self.totals[key]
        for situation in [situation for situation, sums in self.situations.items() if not sums]:
            del self.situations[situation]

    @property
    def groups(self) -> list[GroupKey]:
        return sorted({key[0] for keyed in (self.cells, self.totals, self.situations) for key in keyed})


def add_linear(sums: LinearSums, more: LinearSums, sign: int = 1) -> None:
    """Add sums by name; names that come to nothing go."""
    for name, (n, s) in more.items():
        held = sums.setdefault(name, [0, 0])
        held[0] += sign * n
        held[1] += sign * s
        if held == [0, 0]:
            del sums[name]


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
    held = {int(slot): found.totals[slots.key(int(slot))] for slot in np.unique(points.group)}
    alone, together, names = _situations(rows, points)
    for slot, name, six in cluster_sums(points.where(alone)):
        held[slot].hold(name, six, six)
    for slot, name, six in cluster_sums(points.where(~alone)):
        place = _PLACE[name]
        held[slot].sums[place : place + 6] = _added(held[slot].sums[place : place + 6], list(six), 1)
    parts: dict[tuple[int, int], LinearSums] = defaultdict(dict)
    for slot, situation, name, *pair in linear(together):
        parts[slot, situation][name] = pair
    found.situations = {(*slots.key(slot), names[situation]): part for (slot, situation), part in parts.items()}
    keys = {slot: slots.key(slot) for slot in held}
    for place, p, *counts in zip(*(column.tolist() for column in cell_columns(points)), strict=True):
        found.cells[*keys[place], p] = counts


def cell_columns(points: Points) -> tuple[Ints, Ints, Ints, Ints]:
    """Group, probability, n and k of every cell, by group and probability."""
    cell, at = np.unique(points.group * (GRID + 1) + points.probability, return_inverse=True)
    n, k = np.zeros(cell.size, dtype=np.int64), np.zeros(cell.size, dtype=np.int64)
    np.add.at(n, at, points.weight)
    np.add.at(k, at, points.weight * points.outcome)
    return *np.divmod(cell, GRID + 1), n, k


def _situations(rows: Sequence[Row], points: Points) -> tuple[Booleans, Points, list[str]]:
    """Which points are of a forecast that is a situation by itself, the others by situation, and the names of those."""
    of_forecast = {row.forecast: "" if row.is_alone else row.situation for row in rows}
    names = sorted(set(of_forecast.values()))
    number = {name: place for place, name in enumerate(names)}
    forecasts, place = np.unique(points.cluster, return_inverse=True)
    situation = np.array([number[of_forecast[pk]] for pk in forecasts.tolist()], dtype=np.int64)[place]
    alone = situation == number.get("", -1)
    return alone, points._replace(cluster=situation).where(~alone), names


def _points(slots: _Slots, rows: Sequence[Row], placed: Sequence[tuple[int, ...]]) -> Points:
    """Every probability of every row, once for each group it belongs to."""
    binary = [(row, groups) for row, groups in zip(rows, placed, strict=True) if row.outcome is not None]
    size = [len(row.probabilities) for row, _ in binary]
    said = Points(
        group=np.repeat(np.arange(len(binary)), size),
        cluster=np.repeat(_column(row.forecast for row, _ in binary), size),
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
    situation = {row.forecast: "" if row.is_alone else row.situation for row in rows}
    for row, groups in zip(rows, placed, strict=True):
        for name, (n, s) in row.score_sums.items():
            for group in groups:
                held = per_forecast.setdefault((_slot(group, row.estimand), name, row.forecast), [0, 0])
                held[0] += n
                held[1] += s
    for (slot, name, forecast), (n, s) in per_forecast.items():
        key, six = slots.key(slot), {name: list(astuple(ClusterSums.of_cluster(n, s)))}
        total = found.totals[key]
        total.other = _added_by_name(total.other, six, 1)
        if together := situation[forecast]:
            add_linear(found.situations.setdefault((*key, together), {}), {f"{OTHER}{name}": [n, s]})
        else:
            total.other_situation_sums = _added_by_name(total.other_situation_sums, six, 1)
