"""Senders that end themselves at a chosen point of their work: `python -m tests.chaos.aimed`.

One process loads everything and forks a sender for each exit, so that a thousand exits cost no thousand starts. A
profile function sees each statement, commit and step of the dialogue come back, and between two of these nothing
happens that anybody else could see. Nothing of the sender is replaced.
"""

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import Any, NamedTuple

import django

# What others can see: each return of these is a point.
EFFECTS = {
    "CursorWrapper.execute",
    "BaseDatabaseWrapper._commit",
    "Dialogue.open",
    "SMTP.send",
    "SMTP.getreply",
    "SMTP.quit",
}
# Within it goes the content, and not a command.
MARKS = {"Connection._content"}
RECEIPT = "INSERT INTO forecasts_receipt"


class Event(NamedTuple):
    """What has come back, and within which of MARKS, or what it wrote."""

    name: str
    within: str


class Points(NamedTuple):
    """The places of a sweep's events: how many, the content's way out, and the receipt's commit."""

    events: int
    content_out: int
    receipt_committed: int


def watch(act: Callable[[int, Event], None]) -> None:
    """Call `act` with the number of each event from here on."""
    number = -1
    within = [""]

    def see(frame: FrameType, kind: str, argument: Any) -> None:
        nonlocal number
        name = frame.f_code.co_qualname
        if name in MARKS and kind == "call":
            within.append(name)
        elif name in MARKS and kind == "return":
            within.pop()
        elif name in EFFECTS and kind == "return":
            number += 1
            act(number, Event(name, RECEIPT if RECEIPT in str(frame.f_locals.get("sql", "")) else within[-1]))

    sys.setprofile(see)


def sweep(at: datetime) -> None:
    """Send one message."""
    from forecasts.mail import delivery

    leases = iter([False])
    delivery.send(at, ended=lambda: next(leases, True))


def recorded(at: datetime) -> list[Event]:
    """The events of a sweep that nobody ends, as a child saw them."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        events: list[Event] = []
        watch(lambda number, event: events.append(event))
        sweep(at)
        sys.setprofile(None)
        with os.fdopen(writing, "w") as out:
            json.dump(events, out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        events = [Event(*event) for event in json.load(told)]
    os.waitpid(child, 0)
    return events


def points(events: list[Event]) -> Points:
    out = events.index(Event("SMTP.send", "Connection._content"))
    committed = events.index(Event("CursorWrapper.execute", RECEIPT))
    return Points(len(events), out, committed)


def ended_at(point: int, at: datetime) -> bool:
    """Fork a sender that ends itself at this point, without a word; says whether it came so far."""
    child = os.fork()
    if child == 0:
        watch(lambda number, event: os.kill(os.getpid(), signal.SIGKILL) if number == point else None)
        sweep(at)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(aim: str, rows: int, at: datetime) -> None:
    """`after-data`: right after the content went out. `elsewhere`: at every point where an exit must cost no copy."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "core.settings"
    django.setup()
    # Loaded before the fork, and so once.
    importlib.import_module("forecasts.mail.delivery")
    found = points(recorded(at))
    wanted = [found.content_out] if aim == "after-data" else harmless(found)
    kills = sum(ended_at(point, at) for point in wanted for _ in range(rows))
    sys.stdout.write(json.dumps({"kills": kills, "points": len(wanted)}) + "\n")


def harmless(found: Points) -> list[int]:
    """Before the content is out, and after the receipt is committed."""
    return [n for n in range(found.events) if n < found.content_out or n >= found.receipt_committed]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
