"""The moment at which a tick works, and whether this process should go on."""

import multiprocessing
import socket

import structlog

from forecasts.models import Sweep
from forecasts.rules import clock
from forecasts.rules.clock import Reading

# Set by the worker that is told to end, and seen by the children that do its work.
ending = multiprocessing.Event()

log = structlog.get_logger(__name__)


def tick() -> Reading:
    """The database's time. Whoever looks at `/healthz` learns which process's own clock differs from it."""
    reading = clock.read()
    if reading.is_off:
        name, said = complaint(reading)
        Sweep.came_through(name, reading.at, said)
        log.warning("A clock is wrong", event_name="clock_off", reason=said)
    return reading


def complaint(reading: Reading) -> tuple[str, str]:
    """What to say of a clock that is off: under which name, and in which sentence."""
    host = socket.gethostname()
    return f"{Sweep.CLOCK}{host}"[:40], f"The clock of {host} is {words(reading)} that of the database."


def words(reading: Reading) -> str:
    seconds = reading.ahead.total_seconds()
    return f"{abs(seconds):,.0f} seconds {'ahead of' if seconds > 0 else 'behind'}"
