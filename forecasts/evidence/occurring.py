"""Which values of a spec's filters occur in a vintage: a misspelt region counts nothing, and says nothing."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import duckdb
import orjson

from forecasts.evidence.event_tables import any_of_columns
from forecasts.evidence.feed import Feed, Text
from forecasts.evidence.spec import Spec
from forecasts.rules.errors import InvalidSpec

MOST_LISTED, MOST_KEPT = 20, 5_000


def occurring(database: duckdb.DuckDBPyConnection, feed: Feed, text: Text) -> list[tuple[str, str]]:
    """The values of a field in the table `event`, those of most events first, each with its events' country."""
    columns = any_of_columns(text) if text.any_of else [text.name]
    country = "country" if feed.text("country") else "''"
    union = " UNION ALL ".join(f"SELECT {column} AS value, {country} AS land FROM event" for column in columns)  # noqa: S608 -- our own names
    return database.execute(
        f"SELECT value, coalesce(mode(land), '') FROM ({union}) "  # noqa: S608 -- our own names
        "WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value"
    ).fetchall()


def write(database: duckdb.DuckDBPyConnection, feed: Feed, target: Path) -> None:
    """Keep what occurs, by field: the menus that specs are made from."""
    found = {text.name: occurring(database, feed, text)[:MOST_KEPT] for text in feed.texts}
    part = target.with_name(f"{target.name}.part")
    part.write_bytes(orjson.dumps(found))
    part.replace(target)


def check_values(database: duckdb.DuckDBPyConnection, spec: Spec) -> list[str]:
    """Notes on values that do not occur. Raises InvalidSpec where one is misspelt or cannot exist in the feed."""
    return [note for text, value, held in _missing(database, spec) for note in [note_on(text, value, held)] if note]


def _missing(database: duckdb.DuckDBPyConnection, spec: Spec) -> Iterator[tuple[Text, str, list[str]]]:
    for text in spec.feed.texts:
        if text.name in spec.texts and not text.codes:
            held = [value for value, _ in occurring(database, spec.feed, text)]
            yield from ((text, value, held) for value in spec.texts[text.name])


def note_on(text: Text, value: str, held: list[str]) -> str:
    """What is to be said of a value among those that occur; empty where it does. Raises InvalidSpec if misspelt."""
    if value in held:
        return ""
    known = value in text.known
    meant = [one for one in held if means(value, one)]
    if not known and (text.known or meant):
        allowed = meant or held or list(text.known)
        more = f" and {len(allowed) - MOST_LISTED:,} more" if len(allowed) > MOST_LISTED else ""
        raise InvalidSpec(
            f"where.{text.name}: “{value}” does not occur. Allowed: {', '.join(allowed[:MOST_LISTED])}{more}."
        )
    return f"where.{text.name}: “{value}” occurs in no event of this vintage."


def means(value: str, other: str) -> bool:
    """Whether a value is another, but for case, accents, spaces, or words that follow."""
    one, two = _folded(value), _folded(other)
    return one == two or two.startswith(f"{one} ")


def _folded(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())
