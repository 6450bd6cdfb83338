"""Every picture: how long an answer takes when it is asked for again on the same snapshot, and how long the first."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction

from forecasts.models import User
from forecasts.presenting import charts, trend
from forecasts.presenting.history import history
from forecasts.scores import statistics
from forecasts.scores.scorekeeping.contributing import LEAD_BANDS
from forecasts.scores.statistics import Filters
from tests import make
from tests.benchmarks._generated import MATURED, generated
from tests.benchmarks.scoring import milliseconds
from tests.presenting.reports import QUANTILES, by_lead_time, by_month, too_sure

FORECASTS, ESTIMATES = 10_000, 100_000
MILLISECONDS = 200
PEOPLE, UPDATES = 20, 25
SPREAD = too_sure(quantiles=QUANTILES)

type Spec = Mapping[str, Any]
type Line = dict[str, object]


def benchmark() -> list[Line]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok."""
    return [row for name, spec in specifications().items() for row in _rows(name, spec)]


def specifications() -> dict[str, Spec]:
    """Each plot with as much in it as it shows at most."""
    months = {f"{2020 + month // 12}-{month % 12 + 1:02}": 0.1 + month / 300 for month in range(36)}
    leads = {band: 0.1 + place / 50 for place, band in enumerate(LEAD_BANDS)}
    return {
        "reliability diagram": charts.reliability(_report()),
        "score over months": charts.trend(trend.over_months(by_month(months)), "months"),
        "score against lead time": charts.trend(trend.over_lead_times(by_lead_time(leads)), "lead_time"),
        "coverage of intervals": charts.coverage(SPREAD),
        "ranges of quantiles": charts.pit(SPREAD),
        f"history of {PEOPLE * UPDATES} estimates": _history(),
    }


def _report() -> statistics.Report:
    slug = generated(f"size-{ESTIMATES}", FORECASTS, ESTIMATES // FORECASTS)
    statistics.report(User(is_superuser=True), Filters(scenario=slug), "first")
    statistics.keep_wanted(MATURED + timedelta(days=2))
    return statistics.report(User(is_superuser=True), Filters(scenario=slug), "first")


def _history() -> Spec:
    with transaction.atomic():
        spec = _of_a_forecast()
        transaction.set_rollback(True)
    return spec


def _of_a_forecast() -> Spec:
    forecast = make.forecast()
    for person in (make.user() for _ in range(PEOPLE)):
        for update in range(UPDATES):
            said = 0.1 + (person.pk * 7 + update * 13) % 80 / 100
            make.estimate(forecast, person, said, make.day(1 + 25 * update / UPDATES))
    resolution = make.verdict(forecast, "yes")
    at = make.day(40)
    return charts.history(history(forecast, User(is_superuser=True, pk=0), at, resolution), resolution, at)


def _rows(name: str, spec: Spec) -> Iterator[Line]:
    for form, draw in {"SVG": charts.svg, "PNG": charts.png}.items():
        draw(spec)
        again = milliseconds(partial(draw, spec), 3)
        first = milliseconds(partial(_anew, draw, spec), 3)
        yield {
            "name": f"{name} as {form}, again on the same snapshot",
            "value": round(again, 1),
            "unit": "ms of computation",
            "yardstick": f"the first of a snapshot: {first:.0f} ms",
            "ratio": round(again / first, 2),
            "bar": MILLISECONDS,
            "ok": again <= MILLISECONDS,
        }


def _anew(draw: Callable[[Spec], object], spec: Spec) -> object:
    cache.clear()
    return draw(spec)
