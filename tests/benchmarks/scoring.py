"""What the pure formulas cost: the consistency band, and scoring one forecast with all its estimates."""

from collections.abc import Callable
from functools import partial
from time import process_time
from typing import Any

import numpy as np

from forecasts.scoring.bands import RESAMPLES, consistency_band
from forecasts.scoring.cells import Cells
from forecasts.scoring.consensus import Series, aggregate, as_events, over_time
from forecasts.scoring.corp import isotonic
from forecasts.scoring.integrated import Held, baseline, coverage, peer, relative_brier
from forecasts.scoring.rules import BRIER_UNITS, GRID, LOG_UNITS
from forecasts.scoring.timeline import AHEAD, DAY, Estimand, Event, Interval, Selection, Window, in_force, selections

BAND_MILLISECONDS = 300
FORECAST_MILLISECONDS = 100
MOST_GROWTH = 7
UPDATES_EACH = 5
CLOSE = 100 * DAY


def benchmark() -> list[dict[str, Any]]:
    """Rows of the bench table; every yardstick is measured in the same run."""
    return [consistency(), *scoring()]


def consistency() -> dict[str, Any]:
    """The band of 10,000 forecasts on a 0.1% grid; the yardstick is as many bare isotonic fits."""
    probability = np.arange(0, GRID + 1, 10)
    n = np.full(probability.size, 10)
    cells = Cells(probability, n, (n * probability) // GRID)
    frequencies, weights = cells.k / n, n.astype(np.float64)
    band = milliseconds(lambda: consistency_band(cells, int(n.sum())))
    fits = milliseconds(lambda: [isotonic(frequencies, weights) for _ in range(RESAMPLES)])
    return row(
        "consistency band, 1,001 cells, 1,000 resamples", band, fits, BAND_MILLISECONDS, ok=band <= BAND_MILLISECONDS
    )


def scoring() -> list[dict[str, Any]]:
    """One forecast with 1,000, 2,000, 5,000 estimates; the yardstick is the one with 1,000."""
    spent = {size: milliseconds(partial(score, estimates(size))) for size in (1000, 2000, 5000)}
    rows = [
        row(
            f"scoring a forecast with {size:,} estimates",
            took,
            spent[1000],
            FORECAST_MILLISECONDS,
            ok=took <= FORECAST_MILLISECONDS,
        )
        for size, took in spent.items()
    ]
    growth = spent[5000] / spent[1000]
    rows[-1]["ok"] = rows[-1]["ok"] and growth <= MOST_GROWTH
    rows[-1]["bar"] = f"{FORECAST_MILLISECONDS} ms, {MOST_GROWTH} times the yardstick"
    return rows


def estimates(size: int) -> list[list[Event[int]]]:
    """Events of size / 5 forecasters with 5 updates each, at random instants of 100 days."""
    generator = np.random.default_rng(21)
    made_at = np.sort(generator.integers(0, CLOSE, (size // UPDATES_EACH, UPDATES_EACH)), axis=1)
    said = generator.integers(1, GRID, made_at.shape)
    return [
        [Event(at, number, "update", p) for number, (at, p) in enumerate(zip(*person, strict=True))]
        for person in zip(made_at.tolist(), said.tolist(), strict=True)
    ]


def score(people: list[list[Event[int]]]) -> None:
    """Everything that is computed of one resolved forecast."""
    window = Window(closes_at=CLOSE, known_at=CLOSE)
    intervals = [in_force(events, window) for events in people]
    for events, own in zip(people, intervals, strict=True):
        scored(selections(events, window, intervals=own))
    also = [CLOSE - ahead for ahead in AHEAD.values()]
    series: Series[int] = over_time([i for own in intervals for i in own], window, aggregate, also)
    scored(selections(as_events(series), window))
    held = laid_flat(intervals)
    for integrated in (baseline, peer, coverage, relative_brier):
        integrated(held, 0, CLOSE)


def scored(found_by_estimand: dict[Estimand, Selection[int]]) -> None:
    """Integer Brier and log scores of one forecaster under every estimand."""
    for found in found_by_estimand.values():
        for probability, weight in zip(found.values, found.weights, strict=True):
            _ = weight * int(BRIER_UNITS[1, probability]), weight * int(LOG_UNITS[1, probability])


def laid_flat(intervals: list[list[Interval[int]]]) -> Held:
    """Intervals of all forecasters as arrays."""
    rows = [(number, i.start, i.end, i.value) for number, own in enumerate(intervals) for i in own]
    forecaster, start, end, value = np.array(rows, dtype=np.int64).T
    return Held(forecaster, start, end, value / GRID)


def milliseconds(work: Callable[[], object], times: int = 5) -> float:
    """Computing time of the shortest of several runs: what the work costs when nothing else interferes."""
    work()
    spent = []
    for _ in range(times):
        begun = process_time()
        work()
        spent.append(process_time() - begun)
    return 1000 * min(spent)


def row(name: str, value: float, yardstick: float, bar: float, *, ok: bool) -> dict[str, Any]:
    """One line of the bench table."""
    return {
        "name": name,
        "value": round(value, 1),
        "unit": "ms",
        "yardstick": round(yardstick, 1),
        "ratio": round(value / yardstick, 2),
        "bar": bar,
        "ok": bool(ok),
    }
