"""Joins many specs to events in one pass: by the days on which an event starts and by what a spec narrows most.

A table of specs takes the place of as many queries: over a thousand specs one pass is two hundred times cheaper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import duckdb
import orjson

from forecasts.evidence.event_tables import any_of_columns
from forecasts.evidence.feed import Feed
from forecasts.evidence.spec import Rule, Spec

BLOCK = 32
"""Days by which events are looked for. What lasts longer stands in a block of its own, in which every spec looks."""
_LONG = -1_000_000
RULES = list(Rule)
_BLOCK_OF = f"(({{}} - DATE '1970-01-01') // {BLOCK})"
_BUCKET = f"CASE WHEN e.ends - e.starts >= {BLOCK} THEN {_LONG} ELSE {_BLOCK_OF.format('e.starts')} END"


@dataclass(frozen=True)
class Joined:
    """Specs as tables: `spec` by number, `spec_key` with what they are joined by."""

    feed: Feed
    texts: tuple[str, ...]
    """The text fields that any spec filters by."""
    limits: tuple[str, ...]
    classes: tuple[str, ...]
    """What specs are joined by: a text field, or nothing."""
    has_areas: bool


def prepare(database: duckdb.DuckDBPyConnection, specs: Sequence[Spec]) -> Joined:
    """Make the tables that `from_join` reads. All specs are of one feed."""
    feed = specs[0].feed
    texts = tuple(text.name for text in feed.texts if any(text.name in spec.texts for spec in specs))
    limits = tuple(limit.name for limit in feed.limits if any(limit.name in spec.limits for spec in specs))
    areas = list(dict.fromkeys(spec.within for spec in specs if spec.within))
    numbers = {found: number for number, found in enumerate(areas)}
    rows = [
        _row(k, spec, texts, limits, numbers.get(spec.within) if spec.within else None) for k, spec in enumerate(specs)
    ]
    kinds = {**_KINDS, **filter_kinds(texts, limits)}
    load(database, "spec", kinds, rows)
    database.execute(_SPEC_KEY)
    _place(database, areas)
    classes = tuple(sorted({str(row["class"]) for row in rows}))
    return Joined(feed, texts, limits, classes, bool(areas))


def from_join(joined: Joined, conditions: Iterable[str]) -> list[str]:
    """SQL: `FROM ... WHERE ...` over events (alias `e`) and specs (`s`), one pass for each class of specs."""
    found = []
    for name in joined.classes:
        on = [f"{_BUCKET} = s.bucket", *([f"e.{name} = s.key"] if name else [])]
        near = ["e.starts <= s.last + 1", "e.ends >= s.first - 1", f"s.class = '{name}'"]
        area = _AREA if joined.has_areas else ""
        where = " AND ".join([*near, *conditions, *(["(s.area IS NULL OR p.area IS NOT NULL)"] if area else [])])
        found.append(f"FROM event e JOIN spec_key s ON {' AND '.join(on)} {area} WHERE {where}")
    return found


def text_conditions(joined: Joined, leaving_out: str = "") -> list[str]:
    """SQL: an event (`e`) holds what a spec (`s`) filters by."""
    return [_holds(joined.feed, name) for name in joined.texts if name != leaving_out]


def limit_conditions(joined: Joined) -> list[str]:
    return [f"(s.most_{name} IS NULL OR e.{name} <= s.most_{name})" for name in joined.limits]


def in_window(rule: Rule | None = None, moved: int = 0) -> str:
    """SQL: an event (`e`) belongs to a spec's window (`s`) by a rule, or by the spec's own."""
    first, last = f"s.first + {moved}", f"s.last + {moved}"
    by_rule = {
        Rule.INSIDE: f"(e.starts >= {first} AND e.ends <= {last})",
        Rule.OVERLAP: f"(e.starts <= {last} AND e.ends >= {first})",
        Rule.STARTS: f"(e.starts >= {first} AND e.starts <= {last})",
    }
    if rule is not None:
        return by_rule[rule]
    cases = " ".join(f"WHEN {RULES.index(one)} THEN {sql}" for one, sql in by_rule.items())
    return f"(CASE s.rule {cases} END)"


def filter_kinds(texts: Iterable[str], limits: Iterable[str]) -> dict[str, str]:
    """The columns in which a table of specs holds these filters."""
    return {**{f"text_{name}": "VARCHAR[]" for name in texts}, **{f"most_{name}": "SMALLINT" for name in limits}}


def filters(spec: Spec, texts: Iterable[str], limits: Iterable[str]) -> dict[str, Any]:
    """What a spec has in those columns."""
    held = {f"text_{name}": spec.texts.get(name) for name in texts}
    return {**held, **{f"most_{name}": spec.limits.get(name) for name in limits}}


def load(
    database: duckdb.DuckDBPyConnection, table: str, kinds: dict[str, str], rows: Iterable[dict[str, Any]]
) -> None:
    """Make a table out of rows, through a file: binding a hundred thousand rows one by one takes minutes."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in kinds.items())
    with NamedTemporaryFile(suffix=".jsonl") as file:
        for row in rows:
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        file.flush()
        database.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS "  # noqa: S608 -- our own names
            f"SELECT * FROM read_json($path, format = 'newline_delimited', columns = {{{columns}}})",
            {"path": str(Path(file.name))},
        )


def _row(k: int, spec: Spec, texts: tuple[str, ...], limits: tuple[str, ...], area: int | None) -> dict[str, Any]:
    by = next((name for name in spec.feed.keys if name in spec.texts), "")
    return {
        "k": k,
        "first": spec.window.first,
        "last": spec.window.last,
        "rule": RULES.index(spec.window.rule),
        "area": area,
        "class": by,
        "keys": spec.texts.get(by, ("",)),
        **filters(spec, texts, limits),
    }


def _holds(feed: Feed, name: str) -> str:
    text = feed.text(name)
    columns = any_of_columns(text) if text and text.any_of else [name]
    held = " OR ".join(f"list_contains(s.text_{name}, e.{column})" for column in columns)
    return f"(s.text_{name} IS NULL OR {held})"


def _place(database: duckdb.DuckDBPyConnection, areas: list[Any]) -> None:
    """The places of events that lie within each area."""
    if not areas:
        return
    places = database.execute(
        "SELECT DISTINCT longitude, latitude FROM event WHERE longitude IS NOT NULL AND latitude IS NOT NULL"
    ).fetchnumpy()
    longitude, latitude = places["longitude"], places["latitude"]
    rows = (
        {"area": number, "longitude": float(longitude[i]), "latitude": float(latitude[i])}
        for number, area in enumerate(areas)
        for i in area.holds(longitude, latitude).nonzero()[0]
    )
    load(database, "place", {"area": "INTEGER", "longitude": "DOUBLE", "latitude": "DOUBLE"}, rows)


_KINDS = {
    "k": "INTEGER",
    "first": "DATE",
    "last": "DATE",
    "rule": "UTINYINT",
    "area": "INTEGER",
    "class": "VARCHAR",
    "keys": "VARCHAR[]",
}
_BLOCKS = f"range({_BLOCK_OF.format(f'(first - {BLOCK})')}, {_BLOCK_OF.format('(last + 1)')} + 1)"
_SPEC_KEY = f"""
    CREATE OR REPLACE TEMP TABLE spec_key AS
    SELECT *, unnest(keys) AS key FROM (SELECT *, unnest(list_append({_BLOCKS}, {_LONG})) AS bucket FROM spec)
"""  # noqa: S608 -- our own names
_AREA = "LEFT JOIN place p ON p.area = s.area AND p.longitude = e.longitude AND p.latitude = e.latitude"
