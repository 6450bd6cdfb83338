"""Asks a part of this container how it is, and ends it where it hangs, so that Docker starts it anew.

Docker restarts what has ended, not what is called unhealthy. So the health check itself kills a process that has given
no sign of life for too long; the container ends with it. Run as a file (`python -I core/probe.py worker`), it imports
nothing of ours, because it runs every few seconds.
"""

import contextlib
import http.client
import os
import signal
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 120.0
"""Seconds without a sign of life after which a part is taken to hang."""
IN_VAIN = 5
"""How often in a row the web has to be asked in vain: on a crowded host it is the asking that comes late."""


FOLDER = os.environ.get("SIGNS_FOLDER", "")
"""Where signs of life are kept; the image has one of its own, elsewhere nobody looks for any."""


def path(part: str) -> Path:
    return Path(FOLDER) / part


def sign(part: str, pid: int) -> None:
    """Say that the process is alive: its number and a clock that nobody sets."""
    if FOLDER:
        _write(part, pid, time.monotonic(), 0)


def _write(part: str, pid: int, at: float, in_vain: int) -> None:
    Path(FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path(part).with_suffix(f".{os.getpid()}")
    fresh.write_text(f"{pid} {at} {in_vain}")
    fresh.replace(path(part))


def last(part: str) -> tuple[int, float, int] | None:
    """The process that gave the last sign, when, and how often it was asked in vain since; None before the first."""
    try:
        pid, at, in_vain = path(part).read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid), float(at), int(in_vain)


def web_answers(port: int) -> tuple[bool, bool]:
    """Whether the web server answers at all, and whether it is well enough to be sent people: with a database."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=6)
    try:
        asked.request("GET", "/healthz")
        answer = asked.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False, False
    finally:
        asked.close()
    return True, b'"database": "ok"' in answer


def broker_listens(url: str) -> bool:
    """Without a broker worker and beat wait for it: that is no hanging."""
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname or "localhost", address.port or 6379), timeout=3).close()
    except OSError:
        return False
    return True


def check(part: str) -> bool:
    """Whether the part is well. One that hangs is killed."""
    found = last(part)
    if found is None:
        return False
    pid, at, in_vain = found
    age = time.monotonic() - at
    if part == "web":
        answers, well = web_answers(int(os.environ.get("PORT", "8000")))
        if answers:
            sign(part, pid)
            return well
        _write(part, pid, at, in_vain + 1)
        hangs = age > PATIENCE and in_vain + 1 >= IN_VAIN
    elif age <= PATIENCE:
        return True
    else:
        hangs = broker_listens(os.environ.get("REDIS_URL", ""))
    if hangs:
        end(part, pid, age)
    return False


def end(part: str, pid: int, age: float) -> None:
    said = f"{part} has given no sign of life for {age:.0f} s: it is ended\n"
    sys.stderr.write(said)
    with contextlib.suppress(OSError):  # what a health check says is seen by `docker inspect` alone
        Path(f"/proc/{pid}/fd/2").write_text(said)
    os.kill(pid, signal.SIGKILL)


def main(arguments: list[str]) -> int:
    return 0 if check(arguments[0]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
