"""The categories: one record each, one file each, in `members/`. Whatever sorts, shows or drafts by category asks here.

A category that is incomplete, or takes what another has, is an error where it is read: at start.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

from forecasts.language.categories import members
from forecasts.language.categories.record import Category, Incomplete

__all__ = ["CATEGORIES", "OTHER", "OWN", "Category", "Incomplete", "gathered"]

OWN = ("key", "label", "place", "precedence", "icon", "colour")
"""What no two categories share."""

OTHER = "other"
"""The category of what fits no other one."""


def gathered(categories: Iterable[Category]) -> dict[str, Category]:
    """By key, in the order of menus. Raises Incomplete where two share what is each one's own."""
    found = sorted(categories, key=lambda one: one.place)
    for part in OWN:
        holders: dict[object, Category] = {}
        for one in found:
            other = holders.setdefault(getattr(one, part), one)
            if other is not one:
                raise Incomplete(f"Category “{one.key}”: {part} is that of “{other.label}”.")
    return {one.key: one for one in found}


def _members() -> Iterator[Category]:
    for module in iter_modules(members.__path__):
        yield import_module(f"{members.__name__}.{module.name}").CATEGORY


CATEGORIES: Mapping[str, Category] = gathered(_members())
