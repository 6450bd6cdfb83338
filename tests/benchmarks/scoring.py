"""What the pure formulas cost: the consistency band, and scoring one forecast with all its estimates."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from time import process_time
from typing import Any

import numpy as np

from forecasts.scores.scorekeeping import Case
from forecasts.scores.scorekeeping.contributing import Speakers, contributions
from forecasts.scores.statistics.single import scored
from forecasts.scoring.bands import RESAMPLES, consistency_band
from forecasts.scoring.cells import Cells
from forecasts.scoring.corp import isotonic
from forecasts.scoring.rules import GRID
from forecasts.scoring.timeline import DAY, Event

BAND_MILLISECONDS = 300
FORECAST_MILLISECONDS = 100
MOST_GROWTH = 7
SIZES = (1000, 2000, 5000)
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


def scoring() -> Iterator[dict[str, Any]]:
    """One forecast with 1,000, 2,000, 5,000 estimates; the yardstick is the one with 1,000."""
    for name, work in (("scores shown", shown), ("contributions", contributed)):
        spent = {size: milliseconds(partial(work, case(size))) for size in SIZES}
        for size, took in spent.items():
            growth = took / spent[SIZES[0]]
            one = row(
                f"one forecast with {size:,} estimates, {name}, consensus included",
                took,
                spent[SIZES[0]],
                FORECAST_MILLISECONDS,
                ok=took <= FORECAST_MILLISECONDS and growth <= MOST_GROWTH,
            )
            yield one | {"bar": f"{FORECAST_MILLISECONDS} ms, {MOST_GROWTH} times the yardstick"}


def case(size: int) -> Case:
    """A resolved forecast with size / 5 forecasters with 5 updates each, at random instants of 100 days."""
    generator = np.random.default_rng(21)
    made_at = np.sort(generator.integers(0, CLOSE, (size // UPDATES_EACH, UPDATES_EACH)), axis=1).tolist()
    said = generator.integers(1, GRID, (size // UPDATES_EACH, UPDATES_EACH)).tolist()
    answers = {
        number: [Event(at, place, "update", p) for place, (at, p) in enumerate(zip(*one, strict=True))]
        for number, one in enumerate(zip(made_at, said, strict=True))
    }
    about = {"kind": "binary", "category": "other", "unit": "", "levels": (), "is_ordered": False, "outcome": "yes"}
    ids = {"pk": 1, "scenario_id": 1, "source_id": None, "verdict_id": 1}
    times = {"opens_at": 0, "closes_at": CLOSE, "known_at": CLOSE, "matures_at": datetime(2024, 6, 1, tzinfo=UTC)}
    return Case(**about, **ids, **times, truth=1, answers=answers)  # type: ignore[arg-type]


def shown(of: Case) -> object:
    """What `forecasts/{id}/scores/` computes: every forecaster's scores and the consensus's."""
    return scored(of, {})


def contributed(of: Case) -> object:
    """What settling computes: every forecaster's answers under every estimand, and the consensus's."""
    return contributions(of, Speakers(consensus=0, sources={}, references={}))


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
