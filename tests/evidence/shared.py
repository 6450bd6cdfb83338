"""The shared files of real events, the same filters written as plain SQL and in pandas, and random specs."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import strategies as st

from forecasts.evidence.area import Area, area
from forecasts.evidence.spec import Rule, Spec, Window

EVENTS = Path(os.environ.get("RECKONER_REFERENCE_DATA") or Path(__file__).parents[3] / "shared" / "data") / "events"
SYRIA = EVENTS / "ucdp_ged_syria_2016_2019.csv.gz"
RAW = EVENTS / "ucdp_ged191_myanmar_bangladesh_raw.csv.gz"
INDIA = EVENTS / "idmc_idu_india_2023.json"
ACLED = EVENTS / "acled_made_up.csv"
HAPI = EVENTS / "hapi_conflict_events_made_up.csv"
needs_data = pytest.mark.skipif(not SYRIA.is_file(), reason="the shared files of events are not here")

FILES = {"syria": ("ucdp_ged", SYRIA), "raw": ("ucdp_ged", RAW), "india": ("idmc_idu", INDIA)}
COLUMNS = {
    "ucdp_ged": {"starts": "date_start", "ends": "date_end", "events": "1", "civilians": "deaths_civilians"},
    "idmc_idu": {"starts": "displacement_start_date", "ends": "displacement_end_date", "events": "1"},
}
CODES = {"state_based": 1, "non_state": 2, "one_sided": 3}
SIDES = ("side_a", "side_b", "dyad_name")


def plain_sql(spec: Spec, path: Path) -> tuple[int, int]:
    """Figure and number of events by one query over the file as it came, written without the code under test."""
    names = COLUMNS[spec.feed_name]
    starts, ends = (f"left({names[name]}, 10)::DATE" for name in ("starts", "ends"))
    window = {
        Rule.INSIDE: f"{starts} >= $first AND {ends} <= $last",
        Rule.OVERLAP: f"{starts} <= $last AND {ends} >= $first",
        Rule.STARTS: f"{starts} BETWEEN $first AND $last",
    }[spec.window.rule]
    where = [window, *(_sql_filter(name, values) for name, values in spec.texts.items())]
    where += [f"{name}::INT <= {code}" for name, code in spec.limits.items()]
    if spec.within:
        (west, south), _, (east, north), _ = spec.within.rings[0]
        where.append(f"longitude::DOUBLE BETWEEN {west} AND {east} AND latitude::DOUBLE BETWEEN {south} AND {north}")
    measure = names.get(spec.measure or "events", spec.measure)
    source = (
        "read_json($path, timestampformat = '-')" if path.suffix == ".json" else "read_csv($path, all_varchar = true)"
    )
    found = duckdb.execute(
        f"SELECT coalesce(sum({measure}::BIGINT), 0)::BIGINT, count(*) FROM {source} WHERE {' AND '.join(where)}",
        {"path": str(path), "first": spec.window.first, "last": spec.window.last},
    ).fetchone()
    assert found is not None
    return found


def _sql_filter(name: str, values: tuple[str, ...]) -> str:
    said = ", ".join("'" + str(CODES.get(value, value)).replace("'", "''") + "'" for value in values)
    return (
        "(" + " OR ".join(f"{column}::VARCHAR IN ({said})" for column in (SIDES if name == "side" else (name,))) + ")"
    )


def in_pandas(spec: Spec, frame: pd.DataFrame) -> pd.DataFrame:
    """The counted rows of a frame with the file's columns and days as `starts` and `ends`."""
    first, last = pd.Timestamp(spec.window.first), pd.Timestamp(spec.window.last)
    held = {
        Rule.INSIDE: (frame.starts >= first) & (frame.ends <= last),
        Rule.OVERLAP: (frame.starts <= last) & (frame.ends >= first),
        Rule.STARTS: (frame.starts >= first) & (frame.starts <= last),
    }[spec.window.rule]
    for name, values in spec.texts.items():
        allowed = [CODES.get(value, value) for value in values]
        columns = SIDES if name == "side" else (name,)
        held &= pd.concat([frame[column].isin(allowed) for column in columns], axis=1).any(axis=1)
    for name, code in spec.limits.items():
        held &= frame[name] <= code
    if spec.within:
        (west, south), _, (east, north), _ = spec.within.rings[0]
        held &= frame.longitude.between(west, east) & frame.latitude.between(south, north)
    return frame[held]


def figure_of(spec: Spec, rows: pd.DataFrame) -> int:
    if spec.measure in ("events", None):
        return len(rows)
    return int(rows[COLUMNS[spec.feed_name].get(str(spec.measure), str(spec.measure))].sum())


def frame_of(name: str) -> pd.DataFrame:
    """A shared file in pandas, with its days."""
    feed, path = FILES[name]
    frame = (
        pd.DataFrame(json.loads(path.read_text())) if path.suffix == ".json" else pd.read_csv(path, low_memory=False)
    )
    for day in ("starts", "ends"):
        frame[day] = pd.to_datetime(frame[COLUMNS[feed][day]].str.slice(0, 10))
    return frame


def specs_on(name: str, frame: pd.DataFrame) -> st.SearchStrategy[Spec]:
    """Random specs over a shared file: values that occur, values that do not, windows in, over and beyond its ends."""
    feed = FILES[name][0]
    return (_ucdp if feed == "ucdp_ged" else _idmc)(frame, _windows(frame))


def _windows(frame: pd.DataFrame) -> st.SearchStrategy[Window]:
    days = st.dates(frame.starts.min().date() - timedelta(days=60), frame.ends.max().date() + timedelta(days=60))
    lengths = st.sampled_from([0, 1, 6, 27, 29, 30, 90, 364, 1500])
    return st.builds(
        lambda first, length, rule: Window(first, first + timedelta(days=length), rule),
        days, lengths, st.sampled_from(list(Rule)),
    )  # fmt: skip


def _some(values: list[Any]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)


def _where(choices: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=choices)


def _boxes(frame: pd.DataFrame) -> st.SearchStrategy[Area]:
    """Boxes with an edge that runs through an event."""
    places = list(frame[["longitude", "latitude"]].dropna().itertuples(index=False, name=None))
    return st.builds(
        lambda place, width, height: area([place[0], place[1], place[0] + width, place[1] + height]),
        st.sampled_from(places), st.floats(0.01, 3), st.floats(0.01, 3),
    )  # fmt: skip


def _ucdp(frame: pd.DataFrame, windows: st.SearchStrategy[Window]) -> st.SearchStrategy[Spec]:
    values: Callable[[str], list[str]] = lambda column: sorted(frame[column].dropna().unique())  # noqa: E731
    texts = _where(
        {
            "country": _some([*values("country"), "Chile"]),
            "adm_1": _some([*values("adm_1"), "Nowhere Province"]),
            "adm_2": _some(values("adm_2")),
            "side": _some([*values("side_a"), *values("side_b"), *values("dyad_name")]),
            "type_of_violence": _some(list(CODES)),
        }
    )
    codes = _where(
        {"where_prec": st.integers(1, 7), "date_prec": st.integers(1, 5), "event_clarity": st.integers(1, 2)}
    )
    measures = st.sampled_from(["events", "best", "low", "high", "civilians", None])
    return st.builds(
        lambda window, texts, limits, within, measure: Spec("ucdp_ged", window, texts, limits, within, measure),
        windows, texts, codes, st.none() | _boxes(frame), measures,
    )  # fmt: skip


def _idmc(frame: pd.DataFrame, windows: st.SearchStrategy[Window]) -> st.SearchStrategy[Spec]:
    texts = _where(
        {
            "country": _some(["India", "Nepal"]),
            "displacement_type": _some(["Conflict", "Disaster", "Other"]),
            "qualifier": _some(sorted(frame.qualifier.dropna().unique())),
            "type": _some(sorted(frame.type.dropna().unique())),
        }
    )
    return st.builds(
        lambda window, texts, within, measure: Spec("idmc_idu", window, texts, {}, within, measure),
        windows, texts, st.none() | _boxes(frame), st.sampled_from(["events", "figure", None]),
    )  # fmt: skip
