"""The rows that a spec counts, as a file: what the feed's licence lets be shown of them."""

import csv
from collections.abc import Sequence
from io import StringIO

import duckdb

from forecasts.evidence.counting import counted_rows
from forecasts.evidence.feed import Feed
from forecasts.evidence.spec import Spec
from forecasts.rules.cells import harmless


def as_csv(database: duckdb.DuckDBPyConnection, specs: Sequence[Spec]) -> list[bytes]:
    """A CSV for each spec, rows in the order of their ids, the credit in the last line."""
    columns = shown(specs[0].feed) if specs else []
    return [
        _written(columns, rows, spec.feed)
        for spec, rows in zip(specs, counted_rows(database, specs, columns), strict=True)
    ]


def shown(feed: Feed) -> list[str]:
    """The columns of the event table that others may be shown."""
    if feed.shows == "ids":
        return ["id"]
    texts = [text.name for text in feed.texts if not text.any_of]
    measures = [measure.name for measure in feed.measures if measure.column]
    return ["id", "starts", "ends", *texts, *measures]


def _written(columns: list[str], rows: list[tuple[object, ...]], feed: Feed) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    writer.writerow([f"Source: {feed.credit}. {feed.licence}, {feed.licence_url}"])
    return text.getvalue().encode()
