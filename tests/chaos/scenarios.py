"""The scenarios: each makes mail due, lets something go wrong, and compares the sink's log with what was due."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from core.local.places import CHECKOUT
from forecasts.mail import delivery, pausing, prompting
from forecasts.models import Message, User
from tests.chaos import truth
from tests.chaos.installation import LEASE, Installation, wait_for
from tests.chaos.truth import Count

DRAINED_WITHIN = 180
PARTS = ("worker-0", "worker-1", "beat-0", "beat-1", "broker", "postgresql", "sink", "child")


@dataclass(frozen=True)
class Size:
    """How much of everything: the full form, or the short one of the test command."""

    due: int = 2000
    kills: int = 50
    seeds: int = 3
    after_data: int = 200
    elsewhere: int = 100
    flushes: int = 10
    refused: int = 500
    silent: int = 10
    ending: int = 40
    flowing: int = 300
    pairs: int = 1000
    clicks: int = 50
    poison: int = 1000
    careless: int = 400
    careless_kills: int = 20


SHORT = Size(
    due=60,
    kills=3,
    seeds=1,
    after_data=5,
    elsewhere=1,
    flushes=2,
    refused=40,
    silent=1,
    ending=12,
    flowing=20,
    pairs=30,
    clicks=10,
    poison=100,
    careless=60,
    careless_kills=4,
)


@dataclass
class Line:
    """One line of the report."""

    scenario: str
    seed: int
    due: int = 0
    kills: int = 0
    lost: int = 0
    extra: int = 0
    max_copies: int = 0
    unexplained: int = 0
    seconds: float = 0.0
    ok: bool = False
    noted: dict[str, Any] = field(default_factory=dict)

    def take(self, counted: Count) -> None:
        for name in ("lost", "extra", "max_copies", "unexplained"):
            setattr(self, name, getattr(counted, name))
        self.unexplained += counted.unequal

    def as_json(self) -> str:
        told = asdict(self)
        told["seconds"] = round(self.seconds, 1)
        return json.dumps(told | told.pop("noted"))


def drain(asked: list[User], seconds: float = DRAINED_WITHIN) -> bool:
    try:
        wait_for(lambda: truth.is_drained(asked), "the queue to run dry", seconds)
    except TimeoutError:
        return False
    return True


def own(module: str, *arguments: str) -> str:
    """Run a program of this folder to its end; returns what it prints."""
    command = [sys.executable, "-m", f"tests.chaos.{module}", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True).stdout


def planned(prefix: str, count: int) -> list[User]:
    """Messages to so many people, queued."""
    at = timezone.now()
    asked = truth.due(prefix, count, at)
    prompting.plan(timezone.now())
    return asked


def sent_in_time(asked: list[User]) -> None:
    """Send what is left at times ahead of the clock, so that nobody waits for leases and pauses."""
    ahead = timedelta(seconds=LEASE + 1)
    while not truth.is_drained(asked):
        delivery.send(timezone.now() + ahead)
        ahead += timedelta(seconds=LEASE + 1)


# Kills at random


def random_kills(there: Installation, line: Line, size: Size) -> None:
    """Workers, beats, broker, PostgreSQL and the mail server die while the mail goes out."""
    dice = random.Random(line.seed)
    there.start_sink(delay=0.03, temporary=0.03, seed=line.seed)
    asked = truth.due(f"kills{line.seed}", size.due, timezone.now())
    there.start_workers()
    for number in range(size.kills):
        _wait_for_progress(there, size.due * (number + 1) // (size.kills + 2))
        time.sleep(0.3 * dice.random())
        victim = dice.choice(PARTS)
        if victim == "child":
            there.kill_child(dice.choice(["worker-0", "worker-1"]))
        else:
            there.kill(victim, pause=0.5 * dice.random())
        line.kills += 1
    last_kill = time.monotonic()
    drained = drain(asked)
    line.noted["drained_after"] = round(time.monotonic() - last_kill, 1)
    there.end_parts("worker", "beat")
    line.due = size.due
    line.take(truth.count(there.log, asked))
    line.ok = drained and line.lost == 0 and line.extra <= size.kills and line.max_copies <= 4
    line.ok = line.ok and line.max_copies - 1 <= 3 and line.unexplained == 0


def _wait_for_progress(there: Installation, arrived: int, patience: float = 3.0) -> None:
    """Until so many mails are there, or nothing has come for a while."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and _lines(there) < arrived:
        time.sleep(0.05)


def _lines(there: Installation) -> int:
    return there.log.read_bytes().count(b"\n") if there.log.exists() else 0


# Kills at chosen points


def after_data(there: Installation, line: Line, size: Size) -> None:
    """The one point at which nobody can know: the content is out, the answer is not there."""
    _aimed(there, line, "after-data", size.after_data, size.after_data)
    line.ok = line.kills == size.after_data and line.lost == 0 and line.max_copies == 2
    line.ok = line.ok and line.extra == size.after_data and line.unexplained == 0


def elsewhere(there: Installation, line: Line, size: Size) -> None:
    """Every other point: nothing is lost, and nothing goes out twice."""
    _aimed(there, line, "elsewhere", size.elsewhere, size.elsewhere * 30)
    line.ok = line.kills == line.noted["points"] * size.elsewhere and (line.lost, line.extra) == (0, 0)
    line.ok = line.ok and line.unexplained == 0 and line.noted["points"] >= 15


def _aimed(there: Installation, line: Line, aim: str, rows: int, due: int) -> None:
    there.start_sink()
    asked = planned(aim, due + 1)
    # The first sweep of an installation does more than the others.
    pausing.glance(timezone.now())
    told = json.loads(own("aimed", aim, str(rows), timezone.now().isoformat()))
    line.kills, line.noted["points"] = told["kills"], told["points"]
    sent_in_time(asked)
    line.due = due + 1
    line.take(truth.count(there.log, asked))


# A broker that forgets


def broker_flushed(there: Installation, line: Line, size: Size) -> None:
    """Tasks are lost and doubled, and several plan at once: only the delay changes."""
    there.start_sink(delay=0.002)
    asked = truth.due("flushed", size.due, timezone.now())
    there.start_workers(beats=2)
    planners = [subprocess.Popen([sys.executable, "-m", "tests.chaos.sender", "plan"], cwd=CHECKOUT) for _ in range(3)]
    for number in range(size.flushes):
        _wait_for_progress(there, size.due * (number + 1) // (size.flushes + 2), patience=5)
        there.flush_broker()
    line.noted["flushes"] = size.flushes
    line.ok = [planner.wait(120) for planner in planners] == [0, 0, 0] and drain(asked)
    there.end_parts("worker", "beat")
    line.due = size.due
    line.take(truth.count(there.log, asked))
    line.ok = line.ok and (line.lost, line.extra, line.unexplained) == (0, 0, 0)
    line.ok = line.ok and Message.objects.filter(recipient__in=asked).count() == size.due


# What others build


def mark_then_send(there: Installation, line: Line, size: Size) -> None:
    """The harness sees what a sender loses that marks before it sends."""
    _careless(there, line, "mark", size)
    line.ok = line.lost > 0


def batch(there: Installation, line: Line, size: Size) -> None:
    """The harness sees what a sender doubles that marks after a batch."""
    _careless(there, line, "batch", size)
    line.ok = line.extra > 0 and line.unexplained > 0


def _careless(there: Installation, line: Line, way: str, size: Size) -> None:
    there.start_sink(think=0.03)
    asked = planned(way, size.careless)
    connection.close()
    own("careless", way, str(size.careless_kills), str(line.seed), str(there.log))
    line.due, line.kills = size.careless, size.careless_kills
    line.take(truth.count(there.log, asked))


type Scenario = Callable[[Installation, Line, Size], None]
