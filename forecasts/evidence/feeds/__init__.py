"""The feeds: one file each, found by being here. CONTRIBUTING says how to add one."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from forecasts.evidence.feed import Feed
from forecasts.rules.errors import InvalidSpec


@cache
def feeds() -> dict[str, Feed]:
    """Every feed by its name."""
    found = [import_module(f"{__name__}.{module.name}").FEED for module in iter_modules(__path__)]
    return {feed.name: feed for feed in found}


def feed_named(name: object) -> Feed:
    """The feed of this name. Raises InvalidSpec, naming the feeds that there are."""
    if name not in feeds():
        raise InvalidSpec(f"feed: “{name}” is not known. Allowed: {', '.join(feeds())}.")
    return feeds()[str(name)]
