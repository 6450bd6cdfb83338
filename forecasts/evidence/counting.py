"""Counts specs on events: all of them, with their neighbours, in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

import duckdb

from forecasts.evidence.answering import Answered, answered, covers_to
from forecasts.evidence.feed import Feed
from forecasts.evidence.joining import (
    Joined,
    filter_kinds,
    filters,
    from_join,
    in_window,
    limit_conditions,
    load,
    prepare,
    text_conditions,
)
from forecasts.evidence.neighbours import Neighbour, neighbours
from forecasts.evidence.spec import OutcomeKind, Rule, Spec

type Sums = dict[str, int]
type Days = dict[date, int]

_BITS = {Rule.INSIDE: 1, Rule.OVERLAP: 2, Rule.STARTS: 4}
_EARLIER, _LATER = 8, 16


@dataclass(frozen=True)
class NeighbourCount:
    """What one neighbouring rule counts."""

    name: str
    figure: int | Sums
    events: int
    answered: Answered


@dataclass(frozen=True)
class Counted:
    """A spec evaluated on events."""

    spec: Spec
    sums: Sums
    """Every measure's sum over the counted events."""
    answered: Answered
    complete: bool
    neighbours: tuple[NeighbourCount, ...]
    rows_sha256: str

    @property
    def figure(self) -> int | Sums:
        """The spec's measure, or all of the feed's where it names none."""
        return self.sums[self.spec.measure] if self.spec.measure else self.sums

    @property
    def events(self) -> int:
        return self.sums["events"]

    @property
    def agreeing(self) -> int:
        """How many neighbouring rules come to the same answer."""
        return sum(one.answered.answer == self.answered.answer for one in self.neighbours)


@dataclass(frozen=True)
class _Variant:
    """One spec to be summed: the one with number `k` itself, or a neighbour."""

    k: int
    name: str
    spec: Spec
    bit: int


def count(database: duckdb.DuckDBPyConnection, specs: Sequence[Spec], covered: tuple[date, date]) -> list[Counted]:
    """Evaluate specs of one feed, each with its neighbours, on the table `event`."""
    if not specs:
        return []
    variants = [variant for k, spec in enumerate(specs) for variant in _variants(k, spec)]
    sums, hashes = _sums(database, specs, variants, hashed=True)
    reached = _reached(database, variants)
    found: list[list[NeighbourCount]] = [[] for _ in specs]
    for variant, summed, day in zip(variants, sums, reached, strict=True):
        complete = covers_to(covered, specs[variant.k])
        found[variant.k].append(_counted_as(variant, summed, day, complete=complete))
    return [
        Counted(
            spec=spec,
            sums=sums_of,
            answered=held[0].answered,
            complete=covers_to(covered, spec),
            neighbours=tuple(held[1:]),
            rows_sha256=hashed,
        )
        for spec, held, sums_of, hashed in zip(specs, found, _own(variants, sums), hashes, strict=True)
    ]


def figures(database: duckdb.DuckDBPyConnection, specs: Sequence[Spec]) -> list[Sums]:
    """Every measure's sum for each spec, without neighbours: for the many windows of base rates."""
    if not specs:
        return []
    own = [_Variant(k, "", spec, _BITS[spec.window.rule]) for k, spec in enumerate(specs)]
    return _sums(database, specs, own, hashed=False)[0]


def days(database: duckdb.DuckDBPyConnection, specs: Sequence[Spec]) -> list[Days]:
    """For each spec the sum of its measure that each day of its window adds.

    What has come together by a day is what the same spec counts in the window that ends on it.
    """
    found: list[Days] = [{} for _ in specs]
    if not specs:
        return found
    joined = prepare(database, specs)
    measures = joined.feed.measure_names
    own = ["CASE s.rule WHEN 0 THEN e.ends WHEN 1 THEN greatest(e.starts, s.first) ELSE e.starts END"]
    sums = [f"sum(e.{name})::BIGINT" for name in measures]
    for source in from_join(joined, _own_conditions(joined)):
        sql = f"SELECT s.k, {own[0]} AS day, {', '.join(sums)} {source} GROUP BY ALL"
        for k, day, *values in database.execute(sql).fetchall():
            added = dict(zip(measures, values, strict=True))[specs[k].measure or "events"] or 0
            found[k][day] = found[k].get(day, 0) + added
    return found


def counted_rows(
    database: duckdb.DuckDBPyConnection, specs: Sequence[Spec], columns: Sequence[str]
) -> list[list[tuple[object, ...]]]:
    """For each spec these columns of its counted rows, in the order of their ids."""
    found: list[list[tuple[object, ...]]] = [[] for _ in specs]
    if not specs:
        return found
    joined = prepare(database, specs)
    wanted = ", ".join(f"e.{name}" for name in columns)
    parts = " UNION ALL ".join(
        f"SELECT s.k AS k, {wanted} {source}" for source in from_join(joined, _own_conditions(joined))
    )
    for k, *values in database.execute(f"FROM ({parts}) ORDER BY k, id").fetchall():
        found[k].append(tuple(values))
    return found


def first_reached(spec: Spec, by_day: Days) -> date | None:
    """The first day by which the sum reaches what the outcome asks for."""
    lowest = spec.outcome.yes.lowest if spec.outcome and spec.outcome.kind == OutcomeKind.FIRST_DAY else None
    if lowest is not None and lowest <= 0:
        # Nothing at all reaches it.
        return spec.window.first
    ordered = sorted(by_day)
    sums = accumulate(by_day[day] for day in ordered)
    return next(
        (day for day, summed in zip(ordered, sums, strict=True) if lowest is not None and summed >= lowest), None
    )


def _variants(k: int, spec: Spec) -> list[_Variant]:
    own = Neighbour("", spec)
    return [_Variant(k, one.name, one.spec, _bit(spec, one.spec)) for one in (own, *neighbours(spec))]


def _bit(spec: Spec, other: Spec) -> int:
    moved = other.window.first - spec.window.first
    if moved:
        return _EARLIER if moved < timedelta(0) else _LATER
    return _BITS[other.window.rule]


def _sums(
    database: duckdb.DuckDBPyConnection, specs: Sequence[Spec], variants: Sequence[_Variant], *, hashed: bool
) -> tuple[list[Sums], list[str]]:
    """Sum by spec and by what neighbours differ in, then sum those cells for each variant; and hash the specs' rows."""
    feed, measures = specs[0].feed, _measures(specs)
    joined = prepare(database, specs)
    limits = [limit.name for limit in feed.limits if any(limit.name in variant.spec.limits for variant in variants)]
    varied = [feed.varied] if any(feed.varied in variant.spec.texts for variant in variants) else []
    pairs = _pairs(joined, [*varied, *limits], list(feed.measure_names) if hashed else measures, hashed=hashed)
    if hashed:
        database.execute(f"CREATE OR REPLACE TEMP TABLE pair AS {pairs}")
    split = "".join(f", {name}" for name in (*varied, *limits))
    summed = ", ".join(f"sum({name})::BIGINT AS {name}" for name in measures)
    source = "pair" if hashed else f"({pairs})"
    cells = f"SELECT k, mask{split}, {summed} FROM {source} GROUP BY ALL"  # noqa: S608 -- our own names
    database.execute(f"CREATE OR REPLACE TEMP TABLE cell AS {cells}")
    _load_variants(database, variants, varied, limits)
    passes = ["(c.mask & v.bit) <> 0"]
    passes += [f"(v.text_{name} IS NULL OR list_contains(v.text_{name}, c.{name}))" for name in varied]
    passes += [f"(v.most_{name} IS NULL OR c.{name} <= v.most_{name})" for name in limits]
    where = " AND ".join(passes)
    sums = _summed(database, measures, where, len(variants))
    return sums, _hashes(database, feed, where) if hashed else []


def _pairs(joined: Joined, split: list[str], measures: list[str], *, hashed: bool) -> str:
    """SQL: each spec with each event that it or a neighbour may count, and by which window rules."""
    conditions = text_conditions(joined, leaving_out=joined.feed.varied)
    bits = [*((in_window(rule), bit) for rule, bit in _BITS.items())]
    bits += [(in_window(moved=-1), _EARLIER), (in_window(moved=1), _LATER)]
    mask = " + ".join(f"{sql}::UTINYINT * {bit}::UTINYINT" for sql, bit in bits)
    wanted = [*split, *measures, *(("id", "starts", "ends") if hashed else ())]
    columns = ", ".join(f"e.{name} AS {name}" for name in wanted)
    parts = (
        f"SELECT s.k AS k, ({mask})::UTINYINT AS mask, {columns} {source}" for source in from_join(joined, conditions)
    )
    return " UNION ALL ".join(parts)


def _load_variants(
    database: duckdb.DuckDBPyConnection, variants: Sequence[_Variant], varied: list[str], limits: list[str]
) -> None:
    rows = (
        {"v": v, "k": one.k, "own": not one.name, "bit": one.bit, **filters(one.spec, varied, limits)}
        for v, one in enumerate(variants)
    )
    kinds = {"v": "INTEGER", "k": "INTEGER", "own": "BOOLEAN", "bit": "UTINYINT", **filter_kinds(varied, limits)}
    load(database, "variant", kinds, rows)


def _summed(database: duckdb.DuckDBPyConnection, measures: list[str], where: str, count: int) -> list[Sums]:
    """Each variant's sums, by number."""
    summed = ", ".join(f"sum(c.{name})::BIGINT" for name in measures)
    found = database.execute(
        f"SELECT v.v, {summed} FROM variant v JOIN cell c ON c.k = v.k WHERE {where} GROUP BY v.v"  # noqa: S608 -- our own names
    ).fetchall()
    by_number = {v: dict(zip(measures, (value or 0 for value in values), strict=True)) for v, *values in found}
    return [by_number.get(v) or dict.fromkeys(measures, 0) for v in range(count)]


def _hashes(database: duckdb.DuckDBPyConnection, feed: Feed, where: str) -> list[str]:
    """For each spec the sha256 of its counted rows: a line for each, in the order of their ids.

    A line is `id,first day,last day,` and every measure but the number of events, joined by commas, then LF.
    """
    measures = [f"coalesce(c.{one.name}::VARCHAR, '')" for one in feed.measures if one.column]
    line = f"concat_ws(',', c.id, c.starts, c.ends, {', '.join(measures)}) || chr(10)"
    counted = f"SELECT v.k, c.id, {line} AS line FROM variant v JOIN pair c ON c.k = v.k WHERE v.own AND {where}"  # noqa: S608 -- our own names
    found = database.execute(
        "SELECT k, sha256(coalesce(string_agg(line, '' ORDER BY id, line), '')) "  # noqa: S608 -- our own names
        f"FROM spec LEFT JOIN ({counted}) USING (k) GROUP BY k ORDER BY k"
    ).fetchall()
    return [hashed for _, hashed in found]


def _measures(specs: Sequence[Spec]) -> list[str]:
    """What has to be summed: the measures that are asked for, and their other levels."""
    feed = specs[0].feed
    asked = {spec.measure for spec in specs}
    if None in asked:
        return list(feed.measure_names)
    levels = set(feed.levels) if asked & set(feed.levels) else set()
    return [name for name in feed.measure_names if name == "events" or name in asked | levels]


def _reached(database: duckdb.DuckDBPyConnection, variants: Sequence[_Variant]) -> list[date | None]:
    """For variants that ask for the first day, that day."""
    asking = [
        i for i, one in enumerate(variants) if one.spec.outcome and one.spec.outcome.kind == OutcomeKind.FIRST_DAY
    ]
    found: list[date | None] = [None] * len(variants)
    for i, by_day in zip(asking, days(database, [variants[i].spec for i in asking]), strict=True):
        found[i] = first_reached(variants[i].spec, by_day)
    return found


def _own_conditions(joined: Joined) -> list[str]:
    return [in_window(), *text_conditions(joined), *limit_conditions(joined)]


def _own(variants: Sequence[_Variant], sums: Sequence[Sums]) -> list[Sums]:
    return [summed for variant, summed in zip(variants, sums, strict=True) if not variant.name]


def _counted_as(variant: _Variant, sums: Sums, day: date | None, *, complete: bool) -> NeighbourCount:
    figure = sums[variant.spec.measure] if variant.spec.measure else None
    return NeighbourCount(
        name=variant.name,
        figure=sums if figure is None else figure,
        events=sums["events"],
        answered=answered(variant.spec, figure, day, complete=complete),
    )
