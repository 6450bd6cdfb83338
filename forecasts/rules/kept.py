"""What was made once is kept for all processes, in so many places that no flood of queries fills the broker's server.

Each tag has one place among `PLACES` of its name; another tag of the same place drives it out.
"""

import hashlib
from collections.abc import Callable

from django.core.cache import cache

PLACES = 512
LARGEST = 512 * 1024
"""Bodies above this many bytes are made each time."""
SECONDS = 24 * 3600


def kept(name: str, tag: str, make: Callable[[], bytes]) -> bytes:
    """The bytes of this tag: those that are kept, else those that `make` gives."""
    place = place_of(name, tag)
    found = cache.get(place)
    if isinstance(found, tuple) and found[0] == tag:
        body: bytes = found[1]
        return body
    made = make()
    if len(made) <= LARGEST:
        cache.set(place, (tag, made), SECONDS)
    return made


def place_of(name: str, tag: str) -> str:
    """The key under which the bytes of this tag would lie."""
    number = int.from_bytes(hashlib.sha256(tag.encode()).digest()[:8]) % PLACES
    return f"kept:{name}:{number}"
