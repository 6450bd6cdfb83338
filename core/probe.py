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

PATIENCE = {"web": 120.0, "worker": 60.0, "beat": 60.0}
"""Seconds without a sign of life after which a part is taken to hang. A crowded web may be slow to answer."""


FOLDER = os.environ.get("SIGNS_FOLDER", "")
"""Where signs of life are kept; the image has one of its own, elsewhere nobody looks for any."""


def path(part: str) -> Path:
    return Path(FOLDER) / part


def sign(part: str, pid: int) -> None:
    """Say that the process is alive: its number and a clock that nobody sets."""
    if not FOLDER:
        return
    Path(FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path(part).with_suffix(f".{os.getpid()}")
    fresh.write_text(f"{pid} {time.monotonic()}")
    fresh.replace(path(part))


def last(part: str) -> tuple[int, float] | None:
    """The process that gave the last sign, and how many seconds ago; None before the first."""
    try:
        pid, at = path(part).read_text().split()
    except (OSError, ValueError):
        return None
    return int(pid), time.monotonic() - float(at)


def web_answers(port: int) -> tuple[bool, bool]:
    """Whether the web server answers at all, and whether it is well enough to be sent people: with a database."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
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
    well = True
    found = last(part)
    if part == "web":
        answers, well = web_answers(int(os.environ.get("PORT", "8000")))
        if answers and found:
            sign(part, found[0])
            return well
    if found is None:
        return False
    pid, age = found
    if age <= PATIENCE[part]:
        return well
    if part == "web" or broker_listens(os.environ.get("REDIS_URL", "")):
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
