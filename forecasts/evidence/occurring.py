"""Which values of a spec's filters occur in a vintage: a misspelt region counts nothing, and says nothing."""

import unicodedata
from collections.abc import Iterator

import duckdb

from forecasts.evidence.feed import Text
from forecasts.evidence.reading import any_of_columns
from forecasts.evidence.spec import Spec
from forecasts.rules.errors import InvalidSpec

MOST_LISTED = 20


def occurring(database: duckdb.DuckDBPyConnection, text: Text) -> list[str]:
    """The values of a field in the table `event`, those of most events first."""
    columns = any_of_columns(text) if text.any_of else [text.name]
    union = " UNION ALL ".join(f"SELECT {column} AS value FROM event" for column in columns)  # noqa: S608 -- our own names
    found = database.execute(
        f"SELECT value FROM ({union}) WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value"  # noqa: S608 -- our own names
    ).fetchall()
    return [value for (value,) in found]


def check_values(database: duckdb.DuckDBPyConnection, spec: Spec) -> list[str]:
    """Notes on values that do not occur. Raises InvalidSpec where one is misspelt or cannot exist in the feed."""
    return [note for text, value, held in _missing(database, spec) for note in [_checked(text, value, held)] if note]


def _missing(database: duckdb.DuckDBPyConnection, spec: Spec) -> Iterator[tuple[Text, str, list[str]]]:
    for text in spec.feed.texts:
        if text.name in spec.texts and not text.codes:
            held = occurring(database, text)
            for value in spec.texts[text.name]:
                if value not in held:
                    yield text, value, held


def _checked(text: Text, value: str, held: list[str]) -> str:
    known = value in text.known
    meant = [one for one in held if _means(value, one)]
    if not known and (text.known or meant):
        allowed = meant or held or list(text.known)
        more = f" and {len(allowed) - MOST_LISTED:,} more" if len(allowed) > MOST_LISTED else ""
        raise InvalidSpec(
            f"where.{text.name}: “{value}” does not occur. Allowed: {', '.join(allowed[:MOST_LISTED])}{more}."
        )
    return f"where.{text.name}: “{value}” occurs in no event of this vintage."


def _means(value: str, other: str) -> bool:
    """Whether a value is another, but for case, accents, spaces, or words that follow."""
    one, two = _folded(value), _folded(other)
    return one == two or two.startswith(f"{one} ")


def _folded(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())
