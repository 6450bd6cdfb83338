"""Counts against a plain SQL filter and against pandas, with random specs on the shared files of real events."""

import hashlib
from collections.abc import Callable, Iterator

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecasts.evidence.counting import Counted, count, days, figures
from forecasts.evidence.event_tables import read, scratch
from forecasts.evidence.feeds import feed_named
from forecasts.evidence.neighbours import neighbours
from forecasts.evidence.spec import Spec
from tests.evidence.shared import FILES, figure_of, frame_of, in_pandas, needs_data, plain_sql, specs_on

pytestmark = [pytest.mark.slow, needs_data]
SLOWLY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
quick = settings(max_examples=5, deadline=None, suppress_health_check=SLOWLY)
full = settings(max_examples=400, deadline=None, suppress_health_check=SLOWLY)


@pytest.fixture(scope="module", params=list(FILES))
def held(request: pytest.FixtureRequest) -> "Iterator[Held]":
    """A shared file: its name, its events as the product reads them, and as pandas does."""
    feed, path = FILES[request.param]
    with scratch() as database:
        read(database, path, feed_named(feed))
        yield request.param, database, frame_of(request.param)


def check(database: duckdb.DuckDBPyConnection, frame: pd.DataFrame, specs: list[Spec]) -> list[Counted]:
    """Every figure, number of events, neighbour and hash of rows is what pandas has."""
    covered = (frame.starts.min().date(), frame.ends.max().date())
    found = count(database, specs, covered)
    for spec, counted in zip(specs, found, strict=True):
        rows = in_pandas(spec, frame)
        assert counted.events == len(rows)
        assert spec.measure is None or counted.figure == figure_of(spec, rows)
        assert counted.complete == (covered[1] >= spec.window.last)
        assert counted.rows_sha256 == sha256_of(spec, rows)
        for neighbour, one in zip(neighbours(spec), counted.neighbours, strict=True):
            others = in_pandas(neighbour.spec, frame)
            assert (one.name, one.events) == (neighbour.name, len(others))
            assert spec.measure is None or one.figure == figure_of(neighbour.spec, others)
    return found


def sha256_of(spec: Spec, rows: pd.DataFrame) -> str:
    measures = ["best", "low", "high", "deaths_civilians"] if spec.feed_name == "ucdp_ged" else ["figure"]
    lines = sorted(
        (
            str(row.id),
            ",".join(
                [str(row.id), f"{row.starts:%Y-%m-%d}", f"{row.ends:%Y-%m-%d}"]
                + [str(getattr(row, one)) for one in measures]
            ),
        )
        for row in rows.itertuples()
    )
    return hashlib.sha256("".join(line + "\n" for _, line in lines).encode()).hexdigest()


type Held = tuple[str, duckdb.DuckDBPyConnection, pd.DataFrame]


def many(held: Held, data: st.DataObject) -> None:
    name, database, frame = held
    check(database, frame, data.draw(st.lists(specs_on(name, frame), min_size=1, max_size=12)))


def one_by_one(held: Held, data: st.DataObject) -> None:
    name, database, frame = held
    spec = data.draw(specs_on(name, frame))
    figure, events = plain_sql(spec, FILES[name][1])
    (counted,) = count(database, [spec], (frame.starts.min().date(), frame.ends.max().date()))
    assert counted.events == events
    assert spec.measure is None or counted.figure == figure
    assert figures(database, [spec])[0]["events"] == events


def day_by_day(held: Held, data: st.DataObject) -> None:
    name, database, frame = held
    spec = data.draw(specs_on(name, frame))
    (by_day,) = days(database, [spec])
    last = data.draw(st.dates(spec.window.first, spec.window.last))
    shorter = spec.with_window(last=last)
    assert sum(added for day, added in by_day.items() if day <= last) == figure_of(shorter, in_pandas(shorter, frame))


@quick
@given(data=st.data())
def test_many_specs_at_once_count_what_pandas_counts(held: Held, data: st.DataObject) -> None:
    many(held, data)


@quick
@given(data=st.data())
def test_one_spec_counts_what_a_plain_query_counts(held: Held, data: st.DataObject) -> None:
    one_by_one(held, data)


@quick
@given(data=st.data())
def test_what_has_come_together_by_a_day_is_what_the_window_up_to_it_counts(held: Held, data: st.DataObject) -> None:
    day_by_day(held, data)


@pytest.mark.validate
@pytest.mark.parametrize("way", [many, one_by_one, day_by_day])
@full
@given(data=st.data())
def test_many_random_specs_count_exactly(
    held: Held, way: Callable[[Held, st.DataObject], None], data: st.DataObject
) -> None:
    way(held, data)
