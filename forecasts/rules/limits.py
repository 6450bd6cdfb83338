"""How often something may be done. Counted in the cache that all processes share, in sixtieths of the time it is about.

Whatever was done within that time counts, whenever it began. Two at once are both counted before either is let through.
"""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from forecasts.rules.errors import ReckonerError

PARTS = 60


class TooMany(ReckonerError):
    """Done too often; `wait` says after how many seconds it may be done again."""

    code = "throttled"

    def __init__(self, wait: int, message: str = "") -> None:
        super().__init__(message or f"Too often: wait {wait} seconds.")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many of one thing within so many seconds, for each key."""

    name: str
    most: int
    seconds: int

    def take(self, key: str, at: datetime) -> None:
        """Count one. Raises TooMany beyond the limit, where nothing is counted."""
        now = self._part(at)
        mine = self._place(key, now)
        cache.add(mine, 0, timeout=2 * self.seconds)
        cache.incr(mine)
        counts = self._counts(key, now)
        if sum(counts) > self.most:
            cache.incr(mine, -1)
            raise TooMany(self._wait(counts, now, at))

    def give_back(self, key: str, at: datetime) -> None:
        """Uncount one that was taken at this time."""
        mine = self._place(key, self._part(at))
        if cache.get(mine, 0) > 0:
            cache.incr(mine, -1)

    @property
    def _width(self) -> float:
        return self.seconds / PARTS

    def _part(self, at: datetime) -> int:
        return int(at.timestamp() // self._width)

    def _place(self, key: str, part: int) -> str:
        return f"limit:{self.name}:{digest(key)}:{part}"

    def _counts(self, key: str, now: int) -> list[int]:
        """How many in each part that still counts, the oldest first."""
        places = [self._place(key, part) for part in range(now - PARTS + 1, now + 1)]
        found = cache.get_many(places)
        return [int(found.get(place, 0)) for place in places]

    def _wait(self, counts: list[int], now: int, at: datetime) -> int:
        """Seconds until enough of what was counted counts no more."""
        left = sum(counts) - 1
        for part, count in enumerate(counts):
            left -= count
            if left < self.most:
                return max(1, math.ceil((now + part + 1) * self._width - at.timestamp()))
        return self.seconds


def digest(key: str) -> str:
    """A key that no cache refuses, and that tells nobody who it is about."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()[:32]


type Counted = tuple[Limit, str]


def take_all(counted: Iterable[Counted], at: datetime) -> None:
    """Count one of each, or none. Raises TooMany."""
    taken: list[Counted] = []
    try:
        for limit, key in counted:
            limit.take(key, at)
            taken.append((limit, key))
    except TooMany:
        give_back_all(taken, at)
        raise


def give_back_all(taken: Iterable[Counted], at: datetime) -> None:
    for limit, key in taken:
        limit.give_back(key, at)
