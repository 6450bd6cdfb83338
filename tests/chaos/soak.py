"""Everything at once, for long: kills, slow mail, a wrong clock, a full disk and spells without writes.

`python -m tests.chaos.soak [MINUTES]`, else thirty. Prints one JSON line and ends with 1 if a bar is missed.
"""

import json
import random
import secrets
import shutil
import sys
import time
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import psutil

from tests.chaos.installation import TICK, Installation, installed, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from forecasts.models import User

EACH = 20
"""So many people more are asked about something after each fault."""
UNANSWERED = 3
GROWTH = 1.3
"""What memory may be at the end, by what it was after a quarter of the time."""
FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
from forecasts.answers import resolving
from forecasts.rules.errors import InvalidValue
try:
    resolving.kept("note.txt", b"x" * 700_009).store()
except InvalidValue:
    raise SystemExit(0)
raise SystemExit("A file was kept on a full disk.")
"""


@dataclass
class Soaked:
    """What came of it. Memory is in MB, of all workers and beats together."""

    seed: int
    minutes: float
    due: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    extra: int = 0
    max_copies: int = 0
    unexplained: int = 0
    drained: bool = False
    files: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    ok: bool = False


def main(minutes: float) -> int:
    seed = secrets.randbelow(1_000_000)
    with installed() as there:
        soaked = soak(there, Soaked(seed, minutes))
    sys.stdout.write(json.dumps(asdict(soaked)) + "\n")
    return 0 if soaked.ok else 1


def soak(there: Installation, soaked: Soaked) -> Soaked:
    from django.utils import timezone

    from forecasts.operations import verifying
    from tests.chaos import truth

    dice = random.Random(soaked.seed)
    asked: list[User] = []
    there.start_sink(delay=0.02, seed=soaked.seed)
    there.start_workers()
    end = time.monotonic() + soaked.minutes * 60
    while time.monotonic() < end:
        fault = dice.choice(list(FAULTS))
        FAULTS[fault](there, dice)
        soaked.faults[fault] = soaked.faults.get(fault, 0) + 1
        asked += _patiently(partial(truth.due, f"soak{len(asked)}", EACH, timezone.now()))
        soaked.memory.append(_megabytes(there))
        time.sleep(2 * dice.random())
    try:
        wait_for(lambda: truth.is_drained(asked), "the queue to run dry", 300)
        soaked.drained = True
    except TimeoutError:
        pass
    there.end_parts("worker", "beat", "clock")
    counted = truth.count(there.log, asked)
    soaked.due = len(asked)
    for name in ("lost", "extra", "max_copies", "unexplained"):
        setattr(soaked, name, getattr(counted, name))
    soaked.files = verifying.verify(timezone.now(), "files")["files"]
    soaked.ok = soaked.drained and not soaked.files and (soaked.lost, soaked.unexplained) == (0, 0)
    soaked.ok = soaked.ok and soaked.max_copies <= UNANSWERED + 1 and _is_flat(soaked.memory)
    return soaked


def kill(there: Installation, dice: random.Random) -> None:
    victim = dice.choice(["worker-0", "worker-1", "beat-0", "beat-1", "broker", "sink", "postgresql", "child"])
    if victim == "child":
        there.kill_child(dice.choice(["worker-0", "worker-1"]))
    else:
        there.kill(victim, pause=dice.random())


def slow_mail(there: Installation, dice: random.Random) -> None:
    """The mail server comes back slower than it was, or quick again, and puts some mail off."""
    there.end("sink")
    there.start_sink(delay=dice.choice([0.02, 0.3, 1.0]), temporary=dice.choice([0.0, 0.1]), seed=dice.randrange(1000))


def wrong_clock(there: Installation, dice: random.Random) -> None:
    """A worker more, whose own clock is a month off, where `faketime` is installed; it ends after some ticks."""
    if shutil.which("faketime"):
        there.start_clock(dice.choice(["+31d", "-31d", "+90s"]))
        time.sleep(5 * TICK)
        there.end("clock")


def read_only(there: Installation, dice: random.Random) -> None:
    """As between the loss of a primary and the promotion of its standby."""
    there.take_no_writes(seconds=1 + 2 * dice.random())


def full_disk(there: Installation, dice: random.Random) -> None:
    there.manage("shell", "--verbosity", "0", "--command", FULL)


FAULTS = {one.__name__: one for one in (kill, slow_mail, wrong_clock, read_only, full_disk)}


def _patiently(do: "Callable[[], list[User]]") -> "list[User]":
    """Again and again while the database is away."""
    from django.db import Error, connection

    while True:
        try:
            return do()
        except Error:
            connection.close()
            time.sleep(0.2)


def _megabytes(there: Installation) -> int:
    total = 0
    for name, process in there.running.items():
        if name.startswith(("worker", "beat")):
            try:
                leader = psutil.Process(process.pid)
                total += sum(one.memory_info().rss for one in [leader, *leader.children(recursive=True)])
            except psutil.Error:
                continue
    return total // 1_000_000


def _is_flat(memory: list[int]) -> bool:
    quarter = max(1, len(memory) // 4)
    return max(memory[-quarter:]) <= GROWTH * max(memory[: 2 * quarter])


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0))
