"""The clock of the database, which all processes share. The edge reads it, once a tick or request, and passes it on."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from forecasts.models.sql import row
from forecasts.rules import sql

OFF = timedelta(seconds=2)
"""How far a process's own clock may be from the database's before somebody should set it."""

_asked: "ContextVar[list[datetime] | None]" = ContextVar("asked", default=None)


@dataclass(frozen=True, slots=True)
class Reading:
    """The database's time, and how far this process's own clock is ahead of it."""

    at: datetime
    ahead: timedelta

    @property
    def is_off(self) -> bool:
        return abs(self.ahead) > OFF

    def running(self) -> Callable[[], datetime]:
        """The database's time as it goes on, without asking again."""
        since = time.monotonic()
        return lambda: self.at + timedelta(seconds=time.monotonic() - since)


def read() -> Reading:
    """One query. Raises what the database raises where it is away."""
    at: datetime = row(sql.NOW)["at"]
    return Reading(at, datetime.now(UTC) - at)


def now() -> datetime:
    """The database's time; within `one_moment` that at which it was first asked."""
    asked = _asked.get()
    if asked is None:
        return read().at
    if not asked:
        asked.append(read().at)
    return asked[0]


@contextmanager
def one_moment() -> Iterator[None]:
    """All that happens meanwhile happens at one time, which is read when it is first needed."""
    token = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(token)
