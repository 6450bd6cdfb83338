"""A clock for tests that stands still: that of the database, as the edge reads it, and this process's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest import mock

import time_machine

from forecasts.rules import clock


@contextmanager
def standing_at(at: datetime) -> Iterator[None]:
    reading = clock.Reading(at, timedelta())
    with time_machine.travel(at, tick=False), mock.patch.object(clock, "read", return_value=reading):
        yield
