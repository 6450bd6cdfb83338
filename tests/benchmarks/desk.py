"""The list of forecasts and the desk at 1,000 and at 100,000 forecasts: how long they take to open."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forecasts.models import Category, Forecast, Forecaster, Membership, Scenario, User

SIZES = (1_000, 100_000)
MOST_TIMES, MOST_QUERIES, RUNS = 5.0, 12, 7
PAGES = {
    "list of forecasts": "",
    "list, overdue": "?state=overdue",
    "list, open": "?state=open",
    "list, mine to resolve": "?mine=resolve",
    "list, one category": "?category__exact=airstrikes",
}

type Row = dict[str, Any]


def benchmark() -> Iterator[Row]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok. An editor of one scenario opens each page."""
    editor = User.objects.create_user("desk@example.invalid", name="Editor")
    scenario = Scenario.objects.create(slug="desk", title="Desk", visibility="members")
    Membership.objects.create(user=editor, scenario=scenario, role="editor")
    client = Client(SERVER_NAME="localhost")
    client.force_login(editor)
    taken: dict[str, list[tuple[float, int]]] = {name: [] for name in (*PAGES, "the desk")}
    for size in SIZES:
        fill(scenario, editor, size, timezone.now())
        for name, query in PAGES.items():
            taken[name].append(opened(client, reverse("admin:forecasts_forecast_changelist") + query))
        taken["the desk"].append(opened(client, reverse("admin:index")))
    for name, ((small, _), (large, queries)) in taken.items():
        yield row(name, small, large, queries)


def row(name: str, small: float, large: float, queries: int) -> Row:
    is_list = name != "the desk"
    return {
        "name": f"{name}, {SIZES[1]:,} forecasts, {queries} queries",
        "value": round(1000 * large),
        "unit": "ms",
        "yardstick": f"{SIZES[0]:,} forecasts: {1000 * small:.0f} ms",
        "ratio": round(large / small, 2),
        "bar": MOST_TIMES,
        "ok": large / small <= MOST_TIMES and (queries <= MOST_QUERIES or not is_list),
    }


def opened(client: Client, address: str) -> tuple[float, int]:
    """Seconds, the median of several, and queries."""
    queries = []

    def counted(execute: Any, *call: Any) -> Any:
        queries.append(call[0])
        return execute(*call)

    with connection.execute_wrapper(counted):
        answer = client.get(address)
    if answer.status_code != 200 or not queries:
        raise AssertionError(f"{address} answered {answer.status_code} after {len(queries)} queries.")
    runs = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        client.get(address)
        runs.append(time.perf_counter() - begin)
    return median(runs), len(queries)


def fill(scenario: Scenario, editor: User, size: int, at: datetime) -> None:
    """Bring the scenario to so many forecasts: nine in ten resolved, the others open or overdue, all estimated."""
    people = [Forecaster.objects.imported(f"Analyst {number}") for number in range(2)]
    made = range(Forecast.objects.filter(scenario=scenario).count(), size)
    for numbers in batched(made, 5_000):
        rows = Forecast.objects.bulk_create([forecast(scenario, editor, number, at) for number in numbers])
        with connection.cursor() as cursor:
            ids = [one.pk for one in rows]
            cursor.execute(ESTIMATES, {"forecasts": ids, "people": [one.pk for one in people], "at": rows[0].opens_at})
            cursor.execute(VERDICTS, {"forecasts": [one.pk for one in rows if int(one.key) % 10]})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


ESTIMATES = """
    INSERT INTO forecasts_estimate (forecast_id, forecaster_id, event, made_at, recorded_at, probability, word,
        word_scale, word_scale_edition, rationale, channel, criteria_version, is_demo)
    SELECT f, p, 'update', %(at)s, %(at)s, 500 + (f * 37 + p * 1009) %% 9000, '', '', '', '', 'web', 1, false
    FROM unnest(%(forecasts)s::bigint[]) AS f CROSS JOIN unnest(%(people)s::bigint[]) AS p
"""
VERDICTS = """
    INSERT INTO forecasts_verdict (forecast_id, round, act, outcome, known_at, recorded_at, takes_effect_at,
        annulled_because, note, is_imported)
    SELECT id, 1, 'propose', 'no', closes_at, closes_at, closes_at, '', 'It did not.', false
    FROM forecasts_forecast WHERE id = ANY(%(forecasts)s)
"""


def forecast(scenario: Scenario, editor: User, number: int, at: datetime) -> Forecast:
    opens_at = at - timedelta(days=400)
    closes_at = at + timedelta(days=30) if number % 20 == 0 else at - timedelta(days=1, minutes=number)
    return Forecast(
        scenario=scenario,
        key=str(number),
        title=f"Will event {number} happen?",
        criteria="YES if the United Nations report it; NO otherwise.",
        category=Category.values[number % len(Category.values)],
        published_at=opens_at,
        opens_at=opens_at,
        closes_at=closes_at,
        resolves_at=closes_at,
        resolver=editor if number % 1_000 == 10 else None,
    )
