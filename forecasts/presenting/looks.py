"""How categories look: the mark and word of each, and the style sheet of their colours."""

from dataclasses import replace
from functools import cache
from hashlib import sha256

from forecasts.language import CATEGORIES, OTHER, Category


def of(key: str) -> Category:
    """A category's record. A key without one, as in a row of a later version, looks like *other* by its own name.

    >>> of("international_response").label
    'international response'
    >>> of("of_a_later_version").label
    'of a later version'
    """
    return CATEGORIES.get(key) or replace(CATEGORIES[OTHER], label=key.replace("_", " "))


@cache
def style_sheet() -> str:
    """Sets `--category` on whatever is in a category: the class `in-` and its key. Light and dark from one name."""
    return "".join(
        f".in-{one.key} {{ --category: light-dark({', '.join(one.colour)}); }}\n" for one in CATEGORIES.values()
    )


@cache
def version() -> str:
    """Changes with the style sheet, so that browsers may keep each for ever."""
    return sha256(style_sheet().encode()).hexdigest()[:12]
