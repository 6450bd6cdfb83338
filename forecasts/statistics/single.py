"""Statistics of one forecast: how each forecaster did on it, and what the consensus was over time."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from forecasts.models import Forecast, Forecaster
from forecasts.scorekeeping import Case, cases, consensus_events
from forecasts.scorekeeping.kinds import BRIER, LOG, scores_of
from forecasts.scoring import integrated, timeline
from forecasts.scoring.integrated import Held
from forecasts.scoring.quantiles import WIS_UNIT
from forecasts.scoring.rules import BRIER_UNIT, BRIER_UNITS, GRID, LOG_UNIT, LOG_UNITS
from forecasts.scoring.timeline import Estimand, Event, Interval, Window, microseconds
from forecasts.values import EPOCH

CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class ForecasterScores:
    """One forecaster on one resolved forecast. Brier, log and WIS are of the estimate in force at the cut-off.

    Brier 0 (best) to 1, with options to 2; log in nats; WIS in the forecast's unit. Baseline and peer score (100 is
    perfect, 0 what equal odds or the others earn) and relative Brier are by time in force; coverage is the share of
    the scheduled window in which they accrued. None where a score does not exist.
    """

    forecaster: int
    name: str
    kind: str
    estimates: int
    withdrawn: bool
    coverage: float
    brier: float | None = None
    log: float | None = None
    wis: float | None = None
    baseline: float | None = None
    peer: float | None = None
    relative_brier: float | None = None


@dataclass(frozen=True, slots=True)
class ConsensusPoint:
    """From `at` on, the consensus of so many estimates; None below two. One value by the forecast's kind, 0 to 1."""

    at: datetime
    estimates: int
    probability: float | None = None
    probabilities: tuple[float, ...] | None = None
    quantiles: tuple[float, ...] | None = None


def scores(forecast: Forecast, at: datetime) -> list[ForecasterScores]:
    """Scores of every forecaster of a resolved forecast, the best first; empty until a verdict is in effect.

    They are shown before the forecast matures; the tallies wait.
    """
    case = next(iter(cases([forecast.pk], at, unscored=True)), None)
    if case is None or not case.is_scored:
        return []
    names = Forecaster.objects.select_related("user").in_bulk(list(case.answers))
    found = scored(case, {pk: str(one) for pk, one in names.items()})
    return sorted(found, key=lambda one: (_loss(one), one.forecaster))


def consensus(forecast: Forecast, at: datetime) -> list[ConsensusPoint]:
    """The consensus up to `at`: at every change, up to 500, beyond that at 500 evenly spaced changes."""
    case = next(iter(cases([forecast.pk], at, unscored=True)), None)
    if case is None:
        return []
    case.closes_at = min(case.closes_at, microseconds(at) + 1)
    return [_point(event, estimates, case) for event, estimates in _over_time(case)]


def scored(case: Case, names: dict[int, str]) -> list[ForecasterScores]:
    """The same from facts already read; reads no database."""
    window, events = case.window, dict(case.answers)
    everybody = [*events]
    intervals = {forecaster: timeline.in_force(events[forecaster], window) for forecaster in everybody}
    held = _held(case, [intervals[forecaster] for forecaster in everybody])
    found = _by_time(case, held, len(everybody))
    rows = [
        _scores(case, names.get(forecaster, ""), forecaster, Forecaster.Kind.ANALYST, events[forecaster], found[place])
        for place, forecaster in enumerate(everybody)
        if intervals[forecaster]
    ]
    if len(rows) > 1:
        rows.append(_of_consensus(case))
    return rows


def _of_consensus(case: Case) -> ForecasterScores:
    events = consensus_events(case)
    intervals = timeline.in_force(events, case.window)
    found = _by_time(case, _held(case, [intervals]), 1)[0]
    return _scores(
        case, CONSENSUS, 0, Forecaster.Kind.CONSENSUS, events, {**found, "peer": None, "relative_brier": None}
    )


def _scores(
    case: Case, name: str, forecaster: int, kind: str, events: list[Event[Hashable]], timed: dict[str, Any]
) -> ForecasterScores:
    last = timeline.select(events, case.window, Estimand.LAST)
    return ForecasterScores(
        forecaster,
        name,
        str(kind),
        sum(event.act == timeline.Act.UPDATE and event.made_at < case.window.cutoff for event in events),
        timeline.withdrew(events, case.window),
        **timed,
        **(_of_value(case, last.values[0]) if last.values else {}),
    )


def _of_value(case: Case, value: Any) -> dict[str, float]:
    if case.kind == Forecast.Kind.BINARY:
        happened = int(case.truth or 0)
        brier, log = BRIER_UNITS[happened, value] / BRIER_UNIT, LOG_UNITS[happened, value] / LOG_UNIT
        return {"brier": float(brier), "log": float(log)}
    sums = scores_of(case, [value], [1])
    units = {"brier": (BRIER, BRIER_UNIT), "log": (LOG, LOG_UNIT), "wis": (f"wis:{case.unit}", WIS_UNIT)}
    return {name: sums[key][1] / unit for name, (key, unit) in units.items() if key in sums}


def _held(case: Case, intervals: list[list[Interval[Any]]]) -> Held:
    flat = [(place, one) for place, own in enumerate(intervals) for one in own]
    return Held(
        np.array([place for place, _ in flat], dtype=np.int64),
        np.array([one.start for _, one in flat], dtype=np.int64),
        np.array([one.end for _, one in flat], dtype=np.int64),
        np.array([_chosen(case, one.value) for _, one in flat], dtype=np.float64),
    )


def _chosen(case: Case, value: Any) -> float:
    """The probability given to what happened; 0.5 stands for quantiles, which have none."""
    truth = int(case.truth or 0)
    if case.kind == Forecast.Kind.BINARY:
        return float(value if truth else GRID - value) / GRID
    if case.kind == Forecast.Kind.MULTIPLE_CHOICE:
        return float(value[truth]) / GRID if truth < len(value) else 0.0
    return 0.5


def _by_time(case: Case, held: Held, forecasters: int) -> list[dict[str, float | None]]:
    """Coverage, and for probabilities baseline, peer and relative Brier, by forecaster."""
    if held.start.size == 0:
        return [{"coverage": 0.0}] * forecasters
    columns = {"coverage": integrated.coverage(held, case.opens_at, case.closes_at)}
    if case.kind in (Forecast.Kind.BINARY, Forecast.Kind.MULTIPLE_CHOICE):
        options = len(case.options_at) or 2
        columns["baseline"] = integrated.baseline(held, case.opens_at, case.closes_at, options)
        columns["peer"] = integrated.peer(held, case.opens_at, case.closes_at)
    if case.kind == Forecast.Kind.BINARY:
        columns["relative_brier"] = integrated.relative_brier(held, case.opens_at, case.window.cutoff)
    return [{name: _finite(column, place) for name, column in columns.items()} for place in range(forecasters)]


def _finite(column: Any, place: int) -> float | None:
    value = float(column[place]) if place < len(column) else 0.0
    return value if np.isfinite(value) else None


def _loss(one: ForecasterScores) -> float:
    known = [loss for loss in (one.brier, one.wis) if loss is not None]
    return known[0] if known else float("inf")


def _over_time(case: Case) -> Iterator[tuple[Event[Hashable], int]]:
    window = Window(case.closes_at, case.known_at, case.amended_at)
    intervals = [one for events in case.answers.values() for one in timeline.in_force(events, window)]
    starts, ends = (np.sort([getattr(one, name) for one in intervals]) for name in ("start", "end"))
    for event in consensus_events(case, also_ahead=False):
        begun = np.searchsorted(starts, event.made_at, side="right")
        yield event, int(begun - np.searchsorted(ends, event.made_at, side="right"))


def _point(event: Event[Any], estimates: int, case: Case) -> ConsensusPoint:
    at = EPOCH + timedelta(microseconds=event.made_at)
    if event.value is None:
        return ConsensusPoint(at, estimates)
    if case.kind == Forecast.Kind.BINARY:
        return ConsensusPoint(at, estimates, probability=event.value / GRID)
    if case.kind == Forecast.Kind.MULTIPLE_CHOICE:
        return ConsensusPoint(at, estimates, probabilities=tuple(one / GRID for one in event.value))
    return ConsensusPoint(at, estimates, quantiles=event.value)
