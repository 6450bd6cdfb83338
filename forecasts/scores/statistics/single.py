"""Statistics of one forecast: how each forecaster did on it, and what the consensus was over time."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

import numpy as np

from forecasts.models import Forecast, Forecaster
from forecasts.models.kinds import EPOCH
from forecasts.scores.scorekeeping import Case, cases, consensus_events
from forecasts.scores.scorekeeping.contributing import in_consensus
from forecasts.scores.scorekeeping.kinds import BRIER, LOG, answers_of
from forecasts.scoring import integrated, timeline
from forecasts.scoring.arrays import Floats
from forecasts.scoring.integrated import Held
from forecasts.scoring.quantiles import WIS_UNIT
from forecasts.scoring.rules import BRIER_UNIT, LOG_UNIT
from forecasts.scoring.timeline import Estimand, Event, Interval, Reading, microseconds

CONSENSUS = "consensus"
BEFORE_THE_OPTION = "The option that came true was added after this answer, which said nothing of it: it is unscored."


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
    unscored_because: str = ""


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
    window = case.window
    readings = {forecaster: timeline.read(events, window) for forecaster, events in case.answers.items()}
    intervals = [reading.intervals for reading in readings.values()]
    found = _by_time(case, _held(case, intervals), len(readings))
    rows = [
        _scores(case, names.get(forecaster, ""), forecaster, Forecaster.Kind.ANALYST, reading, timed)
        for (forecaster, reading), timed in zip(readings.items(), found, strict=True)
        if reading.intervals
    ]
    if len(rows) > 1:
        rows.append(_of_consensus(case, readings))
    return rows


def _of_consensus(case: Case, readings: dict[int, Reading[Any]]) -> ForecasterScores:
    reading = timeline.read(consensus_events(case, readings), case.window)
    timed = _by_time(case, _held(case, [reading.intervals]), 1)[0] | {"peer": None, "relative_brier": None}
    return _scores(case, CONSENSUS, 0, Forecaster.Kind.CONSENSUS, reading, timed)


def _scores(
    case: Case, name: str, forecaster: int, kind: str, reading: Reading[Hashable], timed: dict[str, Any]
) -> ForecasterScores:
    last = timeline.selected(reading, case.window, Estimand.LAST)
    value = _of_value(case, last.values[0]) if last.values else {}
    unscored = BEFORE_THE_OPTION if last.values and not value else ""
    return ForecasterScores(
        forecaster,
        name,
        str(kind),
        reading.updates,
        reading.withdrawn,
        **timed,
        **value,
        unscored_because=unscored,
    )


def _of_value(case: Case, value: Any) -> dict[str, float]:
    sums = answers_of(case).sums(case, [value], [1])
    units = {"brier": (BRIER, BRIER_UNIT), "log": (LOG, LOG_UNIT), "wis": (f"wis:{case.unit}", WIS_UNIT)}
    return {name: sums[key][1] / unit for name, (key, unit) in units.items() if key in sums}


def _held(case: Case, intervals: list[list[Interval[Any]]]) -> Held:
    flat = [(place, start, end, value) for place, own in enumerate(intervals) for start, end, value, _ in own]
    place, start, end, value = zip(*flat, strict=True) if flat else ((), (), (), ())
    whole = np.array([place, start, end], dtype=np.int64)
    options = np.array([len(one) if isinstance(one, tuple) else 2 for one in value], dtype=np.int64)
    return Held(whole[0], whole[1], whole[2], answers_of(case).chosen(case, value), options)


def _by_time(case: Case, held: Held, forecasters: int) -> list[dict[str, float | None]]:
    """Coverage, and for probabilities baseline, peer and relative Brier, by forecaster."""
    if held.start.size == 0:
        return [{"coverage": 0.0}] * forecasters
    columns = {"coverage": integrated.coverage(held, case.opens_at, case.closes_at)}
    columns |= answers_of(case).by_time(case, held)
    listed = {name: _finite(column, forecasters) for name, column in columns.items()}
    return [dict(zip(listed, row, strict=True)) for row in zip(*listed.values(), strict=True)]


def _finite(column: Floats, forecasters: int) -> list[float | None]:
    """One number a forecaster, 0 for those without an interval; None where there is none."""
    padded = np.append(column, np.zeros(forecasters - column.size))
    return [value if isfinite(value) else None for value in padded.tolist()]


def _loss(one: ForecasterScores) -> float:
    known = [loss for loss in (one.brier, one.wis) if loss is not None]
    return known[0] if known else float("inf")


def _over_time(case: Case) -> Iterator[tuple[Event[Hashable], int]]:
    intervals = in_consensus(case)
    starts, ends = (np.sort([getattr(one, name) for one in intervals]) for name in ("start", "end"))
    for event in consensus_events(case, also_ahead=False):
        begun = np.searchsorted(starts, event.made_at, side="right")
        yield event, int(begun - np.searchsorted(ends, event.made_at, side="right"))


def _point(event: Event[Any], estimates: int, case: Case) -> ConsensusPoint:
    at = EPOCH + timedelta(microseconds=event.made_at)
    if event.value is None:
        return ConsensusPoint(at, estimates)
    return ConsensusPoint(at, estimates, **{case.asks.column: answers_of(case).shown(event.value)})
