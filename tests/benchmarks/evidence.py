"""Specs counted on ten million events against a bare scan of the columns they need; a vintage taken and followed up."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from django.conf import settings

from core.local.commands import disconnect
from core.local.places import CHECKOUT
from forecasts.answers import counting_round
from forecasts.evidence.base_rates import base_rate
from forecasts.evidence.counting import count, figures
from forecasts.evidence.event_tables import scratch
from forecasts.evidence.spec import Spec, Window
from forecasts.evidence.specs import keep
from forecasts.evidence.taking import take
from forecasts.models import Count, Estimate, Forecast, Scenario, Verdict
from tests.benchmarks._peak import megabytes

EVENTS, COUNTRIES, REGIONS = 10_000_000, 120, 2_000
TAKEN = 350_000
FIRST, LAST = date(1995, 1, 1), date(2024, 12, 31)
SPECS, MENU = 1_000, 100_000
MOST_SCANS, MOST_MENU_SCANS = 10.0, 100.0
MOST_SECONDS, MOST_MEGABYTES, MOST_PAGE_MS = 60.0, 600.0, 50.0

type Row = dict[str, object]

_TYPES = "['state_based', 'non_state', 'one_sided']"
_COLUMNS = f"""
    'S' || (region % {COUNTRIES}) AS country, 'R' || region AS adm_1, {_TYPES}[1 + draw % 3] AS type_of_violence,
    1 + draw % 7 AS where_prec, 1 + draw % 5 AS date_prec, 1 + draw % 2 AS event_clarity, 1 AS events,
    draw % 40 AS best, draw % 30 AS low, draw % 60 AS high, draw % 10 AS civilians
"""
_DRAWN = f"""
    SELECT range AS n, (hash(range) % {REGIONS})::INTEGER AS region, (hash(range + 1) % 1000003)::INTEGER AS draw,
        DATE '{FIRST}' + (hash(range + 2) % {(LAST - FIRST).days})::INTEGER AS starts FROM range({{events}})
"""
_EVENTS = f"""
    COPY (
        SELECT n, n::VARCHAR AS id, starts,
            starts + (CASE WHEN draw % 50 = 0 THEN draw % 40 ELSE 0 END)::INTEGER AS ends, {_COLUMNS}
        FROM ({_DRAWN}) ORDER BY starts
    ) TO '{{path}}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)
"""
_FILE = f"""
    COPY (
        SELECT n AS id, 'Front - Army' AS dyad_name, 'Front' AS side_a, 'Army' AS side_b, starts AS date_start,
            repeat('Source, text of some length; ', 40) AS source_article, starts AS date_end, 35.5 AS latitude,
            36.5 AS longitude, 0 AS deaths_civilians, 1 + draw % 3 AS type_of_violence,
            columns.* EXCLUDE (type_of_violence, events, civilians)
        FROM ({_DRAWN}) JOIN LATERAL (SELECT {_COLUMNS}) columns ON true
    ) TO '{{path}}' (HEADER, DELIMITER ',')
"""
_BARE = """
    SELECT count(*), sum(best), sum(low), sum(high), max(adm_1), max(country), max(type_of_violence), max(where_prec),
        max(date_prec), max(event_clarity), max(ends - starts) FROM event
"""


def benchmark() -> Iterator[Row]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok."""
    with TemporaryDirectory() as folder:
        yield from _vintage(Path(folder))
        yield from _passes(Path(folder))


def _passes(folder: Path) -> Iterator[Row]:
    drawn = random.Random(7)
    with _events(folder) as database:
        bare = min(_seconds(lambda: database.execute(_BARE).fetchall()) for _ in range(3))
        specs = [_spec(drawn, by_region=drawn.random() < 0.7) for _ in range(SPECS)]
        taken = _seconds(lambda: count(database, specs, (FIRST, LAST)))
        yield _in_scans(f"{SPECS:,} specs with neighbours on {EVENTS:,} events", taken, bare, MOST_SCANS)
        menu = [_spec(drawn, by_region=drawn.random() < 0.7) for _ in range(MENU)]
        taken = _seconds(lambda: figures(database, menu))
        yield _in_scans(f"{MENU:,} specs of menu filters", taken, bare, MOST_MENU_SCANS)


@contextmanager
def _events(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = folder / "events.parquet"
    with scratch("1GB") as database:
        database.execute(_EVENTS.format(path=path, events=EVENTS))
        database.execute(f"CREATE VIEW event AS SELECT * FROM read_parquet('{path}')")
        yield database


def _spec(drawn: random.Random, *, by_region: bool) -> Spec:
    region = drawn.randrange(REGIONS)
    where: dict[str, tuple[str, ...]] = {
        "country": (f"S{region % COUNTRIES}",),
        **({"adm_1": (f"R{region}",)} if by_region else {}),
    }
    if drawn.random() < 0.5:
        where["type_of_violence"] = ("state_based", "one_sided")
    first = date(drawn.randrange(1996, 2024), drawn.randrange(1, 12), 1)
    window = Window(first, first.replace(month=first.month + 1) - timedelta(days=1))
    return Spec("ucdp_ged", window, where, {}, None, "best")


def _vintage(folder: Path) -> Iterator[Row]:
    """A file of 350,000 events is taken in a process of its own; then a thousand open forecasts are followed up."""
    path = folder / "ged.csv"
    _write(path)
    settings.MEDIA_ROOT = folder / "files"
    code = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'core.settings'; django.setup();"
    code += "from tests.benchmarks.evidence import take_it; take_it({!r}, {!r})"
    begin = time.perf_counter()
    command = [sys.executable, "-c", code.format(str(path), str(settings.MEDIA_ROOT))]
    out = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True).stdout
    taken = time.perf_counter() - begin
    yield _at_most(f"take of {TAKEN:,} events", taken, "s", MOST_SECONDS)
    yield _at_most("take: memory", float(out.split()[-1]), "MB", MOST_MEGABYTES)
    at = datetime(2025, 1, 20, tzinfo=UTC)
    forecasts = _forecasts(at)
    taken = _seconds(lambda: counting_round.run(at))
    yield _at_most(f"{SPECS:,} open specs counted, references and proposals", taken, "s", MOST_SECONDS)
    made = (Count.objects.count(), Estimate.references.count(), Verdict.objects.filter(act="computed").count())
    if not all(made):
        raise RuntimeError(f"Nothing was made: {made}.")
    page = min(_seconds(lambda: base_rate(forecasts[0], at)) for _ in range(5))
    yield _at_most("base rate of a page", page * 1000, "ms", MOST_PAGE_MS)


def take_it(path: str, media: str) -> None:
    """In a process of its own: take the file, and print how much memory that took."""
    settings.MEDIA_ROOT = Path(media)
    at = datetime(2025, 1, 15, tzinfo=UTC)
    take(Path(path), "ucdp_ged", "25.1", at=at)
    # Or the pool, found open by the end of Python, waits 5 s for each of its threads.
    disconnect()
    sys.stdout.write(f"{megabytes()}\n")


def _write(path: Path) -> None:
    """A file in the columns of UCDP GED with texts as long as its own."""
    with duckdb.connect() as database:
        database.execute(_FILE.format(path=path, events=TAKEN))


def _forecasts(at: datetime) -> list[Forecast]:
    """A thousand open forecasts on December 2024, whose lag has passed."""
    scenario = Scenario.objects.create(slug="counted", title="Counted")
    opens, drawn = datetime(2024, 11, 20, tzinfo=UTC), random.Random(3)
    dates: dict[str, Any] = {
        "published_at": opens,
        "opens_at": opens,
        "closes_at": at + timedelta(days=60),
        "resolves_at": at + timedelta(days=90),
    }
    made = Forecast.objects.bulk_create(
        Forecast(
            scenario=scenario,
            key=f"counted-{i}",
            title=f"Counted {i}",
            criteria="By count.",
            category="escalation",
            **dates,
        )
        for i in range(SPECS)
    )
    for forecast in made:
        region = drawn.randrange(REGIONS)
        keep(
            forecast,
            {
                "feed": "ucdp_ged",
                "where": {"country": [f"S{region % COUNTRIES}"]},
                "measure": "best",
                "window": {"from": "2024-12-01", "to": "2024-12-31"},
                "outcome": {"at_least": drawn.choice([100, 200, 300])},
                "settles": {"after": "10d"},
            },
            None,
            at=opens,
        )
    return made


def _seconds(act: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def _in_scans(name: str, taken: float, bare: float, bar: float) -> Row:
    return {
        "name": name, "value": round(taken, 2), "unit": "s", "yardstick": f"bare scan: {bare:.3f} s",
        "ratio": round(taken / bare, 1), "bar": f"at most {bar:g} scans", "ok": taken / bare <= bar,
    }  # fmt: skip


def _at_most(name: str, value: float, unit: str, bar: float) -> Row:
    return {
        "name": name, "value": round(value, 1), "unit": unit, "yardstick": None, "ratio": None,
        "bar": f"at most {bar:g} {unit}", "ok": value <= bar,
    }  # fmt: skip
