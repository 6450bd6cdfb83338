"""Past windows, summed from what each filter holds by day, against each window counted on its own."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import duckdb
import pytest

from forecasts.evidence.counting import days, figures
from forecasts.evidence.event_tables import read, scratch
from forecasts.evidence.feeds import feed_named
from forecasts.evidence.lying import lying
from forecasts.evidence.parsing import spec_of
from forecasts.evidence.past import evaluate, past_windows
from forecasts.evidence.spec import Rule, Spec, Window
from tests.evidence.rows import ged_file

FIRST, LAST = date(2015, 1, 1), date(2018, 12, 31)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Two thousand events of up to seventy days in four years, in three regions of two countries."""
    drawn, path = Random(3), tmp_path_factory.mktemp("made") / "ged.csv"
    path.write_text(ged_file(*(_event(drawn) for _ in range(2_000))))
    with scratch() as found:
        read(found, path, feed_named("ucdp_ged"))
        yield found


def _event(drawn: Random) -> dict[str, object]:
    starts = FIRST + timedelta(days=drawn.randrange((LAST - FIRST).days - 70))
    region = drawn.choice([("Syria", "A"), ("Syria", "B"), ("Iraq", "C")])
    return {
        "date_start": starts, "date_end": starts + timedelta(days=drawn.choice([0, 0, 0, 1, 9, 70])),
        "country": region[0], "adm_1": region[1], "type_of_violence": drawn.randrange(1, 4),
        "best": drawn.randrange(50), "where_prec": drawn.randrange(1, 8), "longitude": drawn.uniform(35, 40),
    }  # fmt: skip


def made(drawn: Random) -> Spec:
    first = date(2018, drawn.randrange(6, 10), drawn.choice([1, 1, 11]))
    where = {
        "country": drawn.choice([None, ["Syria"], ["Syria", "Iraq"]]), "adm_1": drawn.choice([None, ["A"], ["B", "C"]]),
        "type_of_violence": drawn.choice([None, ["one_sided"]]), "where_prec": drawn.choice([None, "3"]),
        "within": drawn.choice([None, None, [36, 30, 38, 40]]),
    }  # fmt: skip
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) if first.day == 1 else None
    return spec_of(
        {
            "feed": "ucdp_ged",
            "where": {name: value for name, value in where.items() if value},
            "measure": drawn.choice(["events", "best", "high"]),
            "window": {
                "from": first,
                "to": last or first + timedelta(days=drawn.choice([0, 6, 40])),
                "rule": str(drawn.choice(list(Rule))),
            },
            "outcome": drawn.choice([{"at_least": 100}, {"first_day": 60}]),
        }
    )


def test_past_windows_hold_what_each_counts_on_its_own(database: duckdb.DuckDBPyConnection) -> None:
    drawn = Random(5)
    specs = [made(drawn) for _ in range(60)]
    windows = [past_windows(spec.window, date(2018, 6, 1), (FIRST, LAST)) for spec in specs]
    offset = 9
    found = evaluate(database, specs, windows, [offset] * len(specs))
    for spec, held, past in zip(specs, windows, found, strict=True):
        whole = figures(database, [spec.with_window(first=one.first, last=one.last) for one in held])
        until = [min(one.last, one.first + timedelta(days=offset - 1)) for one in held]
        part = figures(
            database, [spec.with_window(first=one.first, last=last) for one, last in zip(held, until, strict=True)]
        )
        measure = spec.measure or "events"
        assert [one.figure for one in past] == [one[measure] for one in whole]
        assert [one.so_far for one in past] == [one[measure] for one in part]


def test_a_day_adds_in_memory_what_it_adds_in_the_database(database: duckdb.DuckDBPyConnection) -> None:
    drawn = Random(11)
    specs = [made(drawn) for _ in range(60)]
    found = lying(database, specs, Window(FIRST, LAST))
    for spec, events, by_day in zip(specs, found, days(database, specs), strict=True):
        assert events.by_day(spec.measure or "events", spec.window) == by_day
