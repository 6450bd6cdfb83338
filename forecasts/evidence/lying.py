"""The events of each filter by the days on which they lie, read once; windows of any number are then sums of arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

from forecasts.evidence.joining import from_join, limit_conditions, prepare, text_conditions
from forecasts.evidence.spec import Rule, Spec, Window

type Ints = NDArray[np.int64]

EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Lying:
    """Events of one filter, summed by first and last day (in days since 1970), with each measure's sum."""

    starts: Ints
    ends: Ints
    sums: Mapping[str, Ints]

    def figures(self, measure: str, rule: Rule, windows: Sequence[Window]) -> list[int]:
        """A measure's sum in each of these windows, which are in order and do not overlap."""
        if not windows:
            return []
        firsts, lasts, values = (
            _days([one.first for one in windows]),
            _days([one.last for one in windows]),
            self._of(measure),
        )
        found = np.zeros(len(windows) + 1, dtype=np.int64)
        if rule == Rule.OVERLAP:
            # An event counts in every window from the first that does not end before it to the last that has begun.
            np.add.at(found, np.searchsorted(lasts, self.starts), values)
            np.add.at(
                found,
                np.maximum(np.searchsorted(firsts, self.ends, "right"), np.searchsorted(lasts, self.starts)),
                -values,
            )
            return [int(figure) for figure in np.cumsum(found)[:-1]]
        place = np.searchsorted(firsts, self.starts, "right") - 1
        until = self.ends if rule == Rule.INSIDE else self.starts
        lies = (place >= 0) & (until <= lasts[place])
        np.add.at(found, place[lies], values[lies])
        return [int(figure) for figure in found[:-1]]

    def by_day(self, measure: str, window: Window) -> dict[date, int]:
        """What each day of a window adds: what has come together by a day is what the window up to it counts."""
        first, last = (day.toordinal() - EPOCH for day in (window.first, window.last))
        day = {
            Rule.INSIDE: self.ends,
            Rule.OVERLAP: np.maximum(self.starts, first),
            Rule.STARTS: self.starts,
        }[window.rule]
        lies = (self.starts >= first) & (self.ends <= last)
        if window.rule == Rule.OVERLAP:
            lies = (self.starts <= last) & (self.ends >= first)
        elif window.rule == Rule.STARTS:
            lies = (self.starts >= first) & (self.starts <= last)
        days, places = np.unique(day[lies], return_inverse=True)
        added = np.zeros(len(days), dtype=np.int64)
        np.add.at(added, places, self._of(measure)[lies])
        return {date.fromordinal(int(one) + EPOCH): int(value) for one, value in zip(days, added, strict=True)}

    def _of(self, measure: str) -> Ints:
        return self.sums[measure]


def lying(database: duckdb.DuckDBPyConnection, specs: Sequence[Spec], reach: Window) -> list[Lying]:
    """For each spec, all of one feed, the events that its filter holds and that share a day with `reach`.

    Specs that differ in window, measure or outcome alone share what is read.
    """
    filters = {_filter(spec): replace(spec, window=replace(reach, rule=Rule.OVERLAP)) for spec in specs}
    found = dict(zip(filters, _read(database, list(filters.values())), strict=True)) if filters else {}
    return [found[_filter(spec)] for spec in specs]


def _filter(spec: Spec) -> tuple[object, ...]:
    return tuple(sorted(spec.texts.items())), tuple(sorted(spec.limits.items())), spec.within


def _read(database: duckdb.DuckDBPyConnection, specs: list[Spec]) -> list[Lying]:
    joined = prepare(database, specs)
    measures = joined.feed.measure_names
    sums = ", ".join(f"coalesce(sum(e.{name}), 0)::BIGINT AS {name}" for name in measures)
    parts = " UNION ALL ".join(
        f"SELECT s.k AS k, e.starts AS starts, e.ends AS ends, {sums} {source} GROUP BY ALL"
        for source in from_join(joined, [*text_conditions(joined), *limit_conditions(joined)])
    )
    columns = database.execute(
        f"SELECT k::BIGINT AS k, starts - DATE '1970-01-01' AS starts, ends - DATE '1970-01-01' AS ends, "  # noqa: S608 -- our own names
        f"{', '.join(measures)} FROM ({parts}) ORDER BY k"
    ).fetchnumpy()
    cuts = np.searchsorted(columns["k"], np.arange(len(specs) + 1))
    return [_slice(columns, measures, int(cuts[k]), int(cuts[k + 1])) for k in range(len(specs))]


def _slice(columns: Mapping[str, Ints], measures: Sequence[str], start: int, end: int) -> Lying:
    return Lying(
        starts=columns["starts"][start:end],
        ends=columns["ends"][start:end],
        sums={name: columns[name][start:end] for name in measures},
    )


def _days(days: Sequence[date]) -> Ints:
    return np.array([day.toordinal() - EPOCH for day in days], dtype=np.int64)
