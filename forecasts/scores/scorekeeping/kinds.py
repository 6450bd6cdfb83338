"""How answers of each kind are agreed on and scored: all that differs between kinds stands in one class each."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from forecasts.models import Verdict
from forecasts.scores.scorekeeping.batches import Case
from forecasts.scores.scorekeeping.contribution_rows import ScoreSums
from forecasts.scoring import consensus, integrated, rules
from forecasts.scoring.arrays import Floats
from forecasts.scoring.consensus import Combine, as_events, over_time, widened
from forecasts.scoring.integrated import Held
from forecasts.scoring.quantiles import coverage, pit, wis_units
from forecasts.scoring.rules import BRIER_UNITS, GRID, LOG_UNITS
from forecasts.scoring.timeline import Event, Interval

PIT_UNIT = 10**6
BRIER, LOG, RPS = "brier", "log", "rps"
WIS_PARTS = ("wis", "dispersion", "overprediction", "underprediction")


class Answers(ABC):
    """Answers that stand in one column of an estimate."""

    combine: Combine[Any]
    """How several become one, each by its weight."""

    def agreed(self, case: Case, intervals: Sequence[Interval[Any]], also: Sequence[int]) -> list[Event[Hashable]]:
        """What the consensus of answers in force said when; exact at the instants of `also`."""
        return list(as_events(over_time(intervals, case.window, self.combine, case.opens_at, also)))

    @abstractmethod
    def sums(self, case: Case, values: Sequence[Any], weights: Sequence[int]) -> ScoreSums:
        """The scores of answers as whole numbers, by name: Brier and RPS in 1e-8, log in 1e-12, WIS in 1e-60."""

    @abstractmethod
    def chosen(self, case: Case, values: Sequence[Any]) -> Floats:
        """The probability given to what happened, 0 to 1."""

    def by_time(self, case: Case, held: Held) -> dict[str, Floats]:
        """Scores by time in force, one a forecaster: baseline and peer; nan where nothing was said of what happened."""
        spoke = np.broadcast_to(np.asarray(held.options) > int(case.truth or 0), held.start.shape)
        scored, forecasters = held.where(spoke), int(held.forecaster.max()) + 1
        counted = np.bincount(scored.forecaster, minlength=forecasters) > 0
        found = {}
        for name, rule in (("baseline", integrated.baseline), ("peer", integrated.peer)):
            column = rule(scored, case.opens_at, case.closes_at) if scored.start.size else np.zeros(0)
            found[name] = np.where(counted, np.append(column, np.zeros(forecasters - column.size)), np.nan)
        return found

    def shown(self, value: Any) -> Any:
        """A value as readers are given it: shares from 0 to 1."""
        return tuple(one / GRID for one in value)


class Probability(Answers):
    """Of yes."""

    combine = staticmethod(consensus.aggregate)

    def sums(self, case: Case, values: Sequence[int], weights: Sequence[int]) -> ScoreSums:
        sums: dict[str, tuple[int, int]] = {}
        for value, weight in zip(values, weights, strict=True):
            _add(sums, BRIER, weight, int(BRIER_UNITS[int(case.truth or 0), value]))
            _add(sums, LOG, weight, int(LOG_UNITS[int(case.truth or 0), value]))
        return sums

    def chosen(self, case: Case, values: Sequence[int]) -> Floats:
        said = np.array(values, dtype=np.float64)
        return (said if case.truth else GRID - said) / GRID

    def by_time(self, case: Case, held: Held) -> dict[str, Floats]:
        relative = integrated.relative_brier(held, case.opens_at, case.window.cutoff)
        return super().by_time(case, held) | {"relative_brier": relative}

    def shown(self, value: int) -> float:
        return value / GRID


class Options(Answers):
    """A probability for each option. An answer counts among the options of its time."""

    combine = staticmethod(consensus.aggregate_options)

    def agreed(self, case: Case, intervals: Sequence[Interval[Any]], also: Sequence[int]) -> list[Event[Hashable]]:
        wide = widened([interval.value for interval in intervals], len(case.options_at))
        equal = [interval._replace(value=value) for interval, value in zip(intervals, wide, strict=True)]
        return [_of_its_time(event, case) for event in super().agreed(case, equal, also)]

    def sums(self, case: Case, values: Sequence[tuple[int, ...]], weights: Sequence[int]) -> ScoreSums:
        truth = int(case.truth or 0)
        sums: dict[str, tuple[int, int]] = {}
        for value, weight in zip(values, weights, strict=True):
            if truth >= len(value):
                continue
            _add(sums, BRIER, weight, rules.brier_of_options(value, truth))
            _add(sums, LOG, weight, rules.log_of_options(value, truth))
            if case.is_ordered:
                _add(sums, RPS, weight, rules.ranked_probability_score(value, truth))
        return sums

    def chosen(self, case: Case, values: Sequence[tuple[int, ...]]) -> Floats:
        truth = int(case.truth or 0)
        said = [value[truth] if truth < len(value) else 0 for value in values]
        return np.array(said, dtype=np.float64) / GRID


class Quantiles(Answers):
    """Of a quantity: WIS and its parts by unit, coverage of each central interval, PIT by range of levels."""

    combine = staticmethod(consensus.aggregate_quantiles)

    def sums(self, case: Case, values: Sequence[tuple[float, ...]], weights: Sequence[int]) -> ScoreSums:
        levels = np.array(case.levels) / GRID
        given, truth = _known(case, np.array(values, dtype=np.float64)), np.full(len(values), float(case.truth or 0))
        sums: dict[str, tuple[int, int]] = {}
        if np.allclose(levels + levels[::-1], 1, rtol=0, atol=1e-9):
            for row, weight in zip(wis_units(given, levels, truth), weights, strict=True):
                for name, amount in zip(WIS_PARTS, row, strict=True):
                    _add(sums, f"{name}:{case.unit}", weight, amount)
            covered = coverage(given, levels, truth)
            names = [f"coverage:{round(GRID * nominal)}" for nominal in covered.nominal]
            _add_columns(sums, names, covered.inside.tolist(), weights)
        bounds = (0, *case.levels, GRID)
        ranges = [f"pit:{low}:{high}" for low, high in pairwise(bounds)]
        _add_columns(sums, ranges, np.rint(pit(given, levels, truth) * PIT_UNIT).astype(int).tolist(), weights)
        return sums

    def chosen(self, case: Case, values: Sequence[tuple[float, ...]]) -> Floats:
        """Quantiles give none: one half stands for it."""
        return np.full(len(values), 0.5)

    def by_time(self, case: Case, held: Held) -> dict[str, Floats]:
        return {}

    def shown(self, value: Any) -> Any:
        return value


ANSWERS: Mapping[str, Answers] = {"probability": Probability(), "probabilities": Options(), "quantiles": Quantiles()}
"""By the column that they stand in."""


def answers_of(case: Case) -> Answers:
    return ANSWERS[case.asks.column]


def _of_its_time(event: Event[Any], case: Case) -> Event[Hashable]:
    """Without the options that came later: what the rounding gave them goes to the likeliest."""
    known = sum(added_at <= event.made_at for added_at in case.options_at)
    if event.value is None or known == len(event.value):
        return event
    kept = list(event.value[:known])
    kept[kept.index(max(kept))] += GRID - sum(kept)
    return event._replace(value=tuple(kept))


def _known(case: Case, given: Floats) -> Floats:
    """Quantiles as far as the truth is known: past an open end, of those beyond it no more than that they are."""
    if case.outcome == Verdict.Outcome.ABOVE:
        return np.minimum(given, float(case.truth or 0))
    return np.maximum(given, float(case.truth or 0)) if case.outcome == Verdict.Outcome.BELOW else given


def _add_columns(
    sums: dict[str, tuple[int, int]], names: list[str], rows: list[list[int]], weights: Sequence[int]
) -> None:
    for row, weight in zip(rows, weights, strict=True):
        for name, amount in zip(names, row, strict=True):
            _add(sums, name, weight, amount)


def _add(sums: dict[str, tuple[int, int]], name: str, weight: int, amount: int) -> None:
    n, s = sums.get(name, (0, 0))
    sums[name] = (n + weight, s + weight * amount)
