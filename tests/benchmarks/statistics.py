"""Reports of one group at three sizes of data with as many forecasts each, and a filter on two dimensions."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np
import psutil
from django.db import connection

from forecasts.models import Category, Cell, User
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.statistics import Filters, slices
from forecasts.scores.statistics.contributed import contributed
from forecasts.scoring.corp import isotonic
from tests.benchmarks._generated import MATURED, generated

FORECASTS = 10_000
SIZES = (100_000, 1_000_000, 10_000_000)
PAIRS = (2_000, 20_000)
UNTIL = date(2024, 6, 2)
MOST_GROWTH, MOST_TIMES, RUNS = 1.3, 10.0, 25
MOST_MILLISECONDS = 250

type Line = dict[str, object]


def benchmark() -> list[Line]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok."""
    scorekeeping.settle(MATURED + timedelta(days=1))
    return [*_sizes(), *_combined(), *_in_cpu()]


def _sizes() -> Iterator[Line]:
    slugs = [generated(f"size-{size}", FORECASTS, size // FORECASTS) for size in SIZES]
    # By turns, and the shortest of each, so that whatever else the machine does weighs on all.
    reports, bares = (
        [partial(_report, Filters(scenario=slug)) for slug in slugs],
        [partial(_bare, slug) for slug in slugs],
    )
    rounds = [[seconds(job) for job in (*reports, *bares)] for _ in range(RUNS)]
    shortest = [min(column) for column in zip(*rounds, strict=True)]
    taken = shortest[: len(SIZES)]
    for size, report, bare in zip(SIZES, taken, shortest[len(SIZES) :], strict=True):
        yield {
            "name": f"report of one group, {size:,} estimates",
            "value": round(1000 * report, 1),
            "unit": "ms",
            "yardstick": f"its cells and one PAV: {1000 * bare:.1f} ms",
            "ratio": round(report / bare, 1),
            "bar": MOST_TIMES,
            "ok": report / bare <= MOST_TIMES,
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
    slugs = [generated(f"pairs-{pairs}", pairs, 10) for pairs in PAIRS]
    asked = [partial(_report, Filters(scenario=slug, category=Category.OTHER, until=UNTIL)) for slug in slugs]
    rounds = [[seconds(job) for job in asked] for _ in range(4)]
    taken = [min(column) for column in zip(*rounds, strict=True)]
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


def _in_cpu() -> Iterator[Line]:
    """What the larger slice costs of processor time, here and in the database, beside reading its pairs row by row."""
    user = User(is_superuser=True)
    filters = Filters(scenario=generated(f"pairs-{PAIRS[1]}", PAIRS[1], 10), category=Category.OTHER, until=UNTIL)
    asked = slices.checked(statistics.sight(user).scenarios, filters, "each_update")
    answered = min(_spent(partial(_report, filters)) for _ in range(4))
    bare = min(_spent(lambda: list(contributed(asked, ["each_update", "first"]))) for _ in range(4))
    yield {
        "name": f"filter on two dimensions, {PAIRS[1]:,} pairs, processor time",
        "value": round(1000 * answered),
        "unit": "ms",
        "yardstick": f"its contributions read as rows: {1000 * bare:.0f} ms",
        "ratio": round(answered / bare, 2),
        "bar": MOST_MILLISECONDS,
        "ok": 1000 * answered <= MOST_MILLISECONDS,
    }


def _spent(job: Callable[[], Any]) -> float:
    """Seconds of processor time, of this process and of its connection's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    own, theirs = time.process_time(), sum(backend.cpu_times()[:2])
    job()
    return time.process_time() - own + sum(backend.cpu_times()[:2]) - theirs


def _report(filters: Filters) -> statistics.Report:
    return statistics.report(User(is_superuser=True), filters, "each_update")


def _bare(slug: str) -> Any:
    held = Cell.objects.filter(group__scenario__slug=slug, group__dimension="all", estimand="each_update")
    cells = np.array(list(held.order_by("probability").values_list("n", "k")), dtype=np.float64)
    return isotonic(cells[:, 1] / cells[:, 0], cells[:, 0])


def seconds(job: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin
