"""One spec on one file."""

from pathlib import Path
from typing import Any

import duckdb

from forecasts.evidence import telling
from forecasts.evidence.counting import count
from forecasts.evidence.occurring import check_values
from forecasts.evidence.opening import sha256_of
from forecasts.evidence.reading import read, scratch
from forecasts.evidence.spec import Spec
from forecasts.evidence.telling import About
from forecasts.rules.errors import InvalidVintage


def on_file(spec: Spec, path: Path) -> dict[str, Any]:
    """The count of a spec on a file as it was downloaded; nothing is kept."""
    sha256 = sha256_of(path)
    with scratch() as database:
        read(database, path, spec.feed)
        return _counted(database, spec, about(database, spec.feed_name, sha256))


def about(database: duckdb.DuckDBPyConnection, feed_name: str, sha256: str) -> About:
    """What the table `event` says of itself."""
    found = database.execute("SELECT count(*), min(starts), max(ends) FROM event").fetchone()
    if found is None or not found[0]:
        raise InvalidVintage("The vintage has no events.")
    rows, first, last = found
    return About(feed_name, sha256, rows, first, last)


def _counted(database: duckdb.DuckDBPyConnection, spec: Spec, of: About) -> dict[str, Any]:
    notes = check_values(database, spec)
    (counted,) = count(database, [spec], (of.covers_from, of.covers_to))
    return telling.as_json(counted, of, notes)
