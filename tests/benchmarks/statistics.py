"""Reports of one group at three sizes of data with as many forecasts each, and a filter on two dimensions."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import batched
from typing import Any

import numpy as np
from django.db import transaction

from forecasts import scorekeeping, statistics
from forecasts.models import Category, Cell, Estimand, Forecast, Forecaster, Scenario, User
from forecasts.scorekeeping.rows import ESTIMANDS, Row
from forecasts.scorekeeping.storing import apply, replace_rows
from forecasts.scorekeeping.tallying import tally
from forecasts.scoring.corp import isotonic
from forecasts.statistics import Filters, reading, slices

FORECASTS = 10_000
SIZES = (100_000, 1_000_000, 10_000_000)
PAIRS = (2_000, 20_000)
MOST_GROWTH, MOST_TIMES, RUNS = 1.3, 10.0, 15
MATURED = datetime(2024, 6, 1, tzinfo=UTC)
GRID_STEP = 10

type Line = dict[str, object]


def benchmark() -> list[Line]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok."""
    scorekeeping.settle(MATURED + timedelta(days=1))
    return [*_sizes(), *_combined()]


def _sizes() -> Iterator[Line]:
    taken = []
    for size in SIZES:
        slug = _generate(f"size-{size}", FORECASTS, size // FORECASTS)
        taken.append(_median(partial(_report, Filters(scenario=slug))))
        bare = _median(partial(_bare, slug))
        yield {
            "name": f"report of one group, {size:,} estimates",
            "value": round(1000 * taken[-1], 1),
            "unit": "ms",
            "yardstick": f"its cells and one PAV: {1000 * bare:.1f} ms",
            "ratio": round(taken[-1] / bare, 1),
            "bar": MOST_TIMES,
            "ok": taken[-1] / bare <= MOST_TIMES,
        }
    growth = taken[-1] / taken[0]
    yield {
        "name": "report: largest against smallest",
        "value": round(growth, 2),
        "unit": "times",
        "yardstick": f"{SIZES[0]:,} estimates",
        "ratio": round(growth, 2),
        "bar": MOST_GROWTH,
        "ok": growth <= MOST_GROWTH,
    }


def _combined() -> Iterator[Line]:
    """Two slices, one with ten times the pairs of the other: time by the pairs, whatever the estimates."""
    taken = []
    for pairs in PAIRS:
        slug = _generate(f"pairs-{pairs}", pairs, 10)
        filters = Filters(scenario=slug, category=Category.OTHER, until=date(2024, 6, 2))
        taken.append(_median(partial(_report, filters), 3))
    growth, bar = taken[1] / taken[0], 1.5 * PAIRS[1] / PAIRS[0]
    yield {
        "name": f"filter on two dimensions, {PAIRS[1]:,} pairs",
        "value": round(1000 * taken[1]),
        "unit": "ms",
        "yardstick": f"{PAIRS[0]:,} pairs: {1000 * taken[0]:.0f} ms",
        "ratio": round(growth, 1),
        "bar": bar,
        "ok": growth <= bar,
    }


def _report(filters: Filters) -> statistics.Report:
    return statistics.report(User(is_superuser=True), filters, "each_update")


def _bare(slug: str) -> Any:
    held = Cell.objects.filter(group__scenario__slug=slug, group__dimension="all", estimand="each_update")
    cells = np.array(list(held.order_by("probability").values_list("n", "k")), dtype=np.float64)
    return isotonic(cells[:, 1] / cells[:, 0], cells[:, 0])


def _generate(slug: str, forecasts: int, updates: int) -> str:
    """A scenario whose contributions and tallies are those of so many updates on each forecast, 0.1% apart."""
    scenario, is_new = Scenario.objects.get_or_create(slug=slug, defaults={"title": slug, "visibility": "all"})
    if not is_new:
        return slug
    analyst = Forecaster.objects.imported("Generated")
    ids = [forecast.pk for forecast in Forecast.objects.bulk_create(_forecasts(scenario, forecasts), batch_size=2000)]
    generator = np.random.default_rng(updates)
    for chunk in batched(ids, 500):
        rows = [row for pk in chunk for row in _rows(generator, pk, analyst.pk, scenario.pk, updates)]
        with transaction.atomic():
            replace_rows([], rows)
            apply(tally(rows))
    _verify(slug)
    return slug


def _forecasts(scenario: Scenario, count: int) -> Iterator[Forecast]:
    opens = MATURED - timedelta(days=90)
    dates = {"published_at": opens, "opens_at": opens, "closes_at": MATURED, "resolves_at": MATURED}
    for number in range(count):
        yield Forecast(
            scenario=scenario, key=str(number), title=str(number), category=Category.OTHER, is_imported=True, **dates
        )


def _rows(generator: np.random.Generator, forecast: int, analyst: int, scenario: int, updates: int) -> list[Row]:
    chance = generator.random()
    walk = np.clip(chance + np.cumsum(generator.normal(0, 0.02, updates)), 0, 1)
    said, counts = np.unique(np.rint(walk * 1000).astype(np.int64) * GRID_STEP, return_counts=True)
    first = round(walk[0] * 1000) * GRID_STEP
    outcome = bool(generator.random() < chance)
    month, category = MATURED.date(), Category.OTHER.value
    one = Row(
        forecast,
        analyst,
        0,
        (first,),
        (1,),
        (),
        outcome,
        {},
        False,
        scenario,
        category,
        None,
        month,
        MATURED,
        "analyst",
        "",
    )
    return [
        one._replace(estimand=ESTIMANDS.index(Estimand.FIRST)),
        one._replace(
            estimand=ESTIMANDS.index(Estimand.EACH_UPDATE),
            probabilities=tuple(said.tolist()),
            weights=tuple(counts.tolist()),
        ),
    ]


def _verify(slug: str) -> None:
    """The tallies of what was generated are those of its contributions."""
    asked = slices.checked(User(is_superuser=True), Filters(scenario=slug), "first")
    combined = slices.checked(User(is_superuser=True), Filters(scenario=slug, until=date(2024, 6, 2)), "first")
    if reading.read(asked).total != reading.read(combined).total:
        raise AssertionError(f"The tallies of {slug} are not those of its contributions.")


def _median(job: Callable[[], Any], runs: int = RUNS) -> float:
    job()
    taken = []
    for _ in range(runs):
        begin = time.perf_counter()
        job()
        taken.append(time.perf_counter() - begin)
    return sorted(taken)[runs // 2]
