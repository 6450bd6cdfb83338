"""One spec on one file, or on one kept vintage."""

from pathlib import Path
from typing import Any

import duckdb

from forecasts.evidence import count_output
from forecasts.evidence.count_output import About
from forecasts.evidence.counting import count
from forecasts.evidence.event_tables import read, scratch
from forecasts.evidence.occurring import check_values
from forecasts.evidence.opening import sha256_of
from forecasts.evidence.spec import Spec
from forecasts.evidence.taking import opened
from forecasts.models import Vintage
from forecasts.rules.errors import InvalidVintage


def on_file(spec: Spec, path: Path) -> dict[str, Any]:
    """The count of a spec on a file as it was downloaded; nothing is kept, no database asked."""
    sha256 = sha256_of(path)
    with scratch() as database:
        read(database, path, spec.feed)
        found = database.execute("SELECT count(*), min(starts), max(ends) FROM event").fetchone()
        rows, first, last = found or (0, None, None)
        return _counted(database, spec, About(spec.feed_name, sha256, rows, first, last))


def on_vintage(spec: Spec, sha256: str | None) -> dict[str, Any]:
    """The count of a spec on the kept vintage whose sha256 begins so, or on the newest of its feed."""
    vintage = _kept(spec.feed_name, sha256)
    of = About(
        feed=vintage.feed,
        sha256=vintage.sha256,
        rows=vintage.rows,
        covers_from=vintage.covers_from,
        covers_to=vintage.covers_to,
        version=vintage.version,
        retrieved_at=vintage.retrieved_at,
    )
    with opened(vintage) as database:
        return _counted(database, spec, of)


def _kept(feed: str, sha256: str | None) -> Vintage:
    found = list(
        Vintage.objects.filter(feed=feed, sha256__startswith=sha256 or "").order_by("-retrieved_at", "-pk")[:2]
    )
    if not found:
        raise InvalidVintage(f"No vintage of {feed} is kept{f' whose sha256 begins with {sha256}' if sha256 else ''}.")
    if sha256 and len(found) > 1:
        raise InvalidVintage(f"More than one vintage of {feed} begins with {sha256}: give more of the sha256.")
    return found[0]


def _counted(database: duckdb.DuckDBPyConnection, spec: Spec, of: About) -> dict[str, Any]:
    notes = check_values(database, spec)
    (counted,) = count(database, [spec], (of.covers_from, of.covers_to))
    return count_output.as_json(counted, of, notes)
