"""How fast one process sends, and two, against a bare loop: `python -m tests.benchmarks._sending`.

In a durable installation of its own, since an attempt must be on the disk before the mail goes out. Prints the three
rates in mails a second as JSON. They are read from the sink's log, so that no process's start counts.
"""

from __future__ import annotations

import json
import os
import smtplib
import subprocess
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.local.places import CHECKOUT
from tests.chaos import sink
from tests.chaos.installation import Installation, installed
from tests.chaos.sink import Copy
from tests.services import REPLACEMENTS

if TYPE_CHECKING:  # it needs the settings, which read the address of the database that runs by then
    from forecasts.models import User

COUNT = 600
DELAY = 0.010


ONE, TWO = 0.75, 1.6


def benchmark() -> list[dict[str, Any]]:
    """Rows of the bench table, measured in processes of their own."""
    command = [sys.executable, "-m", "tests.benchmarks._sending"]
    env = {name: value for name, value in os.environ.items() if name not in REPLACEMENTS}
    told = subprocess.run(command, cwd=CHECKOUT, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout
    rates = json.loads(told.splitlines()[-1])
    return [
        _row("one process sends", rates["one"], f"a bare smtplib loop: {rates['bare']:.0f}", rates["bare"], ONE),
        _row("two processes send", rates["two"], f"one: {rates['one']:.0f}", rates["one"], TWO),
    ]


def _row(name: str, value: float, yardstick: str, against: float, bar: float) -> dict[str, Any]:
    ratio = value / against
    return {
        "name": f"{name}, answers after {1000 * DELAY:.0f} ms",
        "value": round(value, 1),
        "unit": "mails/s",
        "yardstick": yardstick,
        "ratio": round(ratio, 2),
        "bar": f">= {bar:g} times the yardstick",
        "ok": ratio >= bar,
    }


def main() -> None:
    with installed() as there:
        from tests.chaos import scenarios

        rates = {}
        for name, senders in (("bare", 0), ("one", 1), ("two", 2)):
            there.new_log()
            there.start_sink(delay=DELAY)
            asked = scenarios.planned(name, COUNT * max(senders, 1))
            bare(there, asked) if name == "bare" else ours(senders)
            there.end("sink")
            rates[name] = rate(sink.read(there.log))
            forget()
        sys.stdout.write(json.dumps(rates) + "\n")


def bare(there: Installation, asked: Sequence[User]) -> None:
    """What a loop costs that keeps no record: the same contents to the same server over one connection."""
    from forecasts.models import Message

    contents = list(Message.objects.filter(recipient__in=asked).values_list("address", "content"))
    with smtplib.SMTP("127.0.0.1", there.port) as server:
        for address, content in contents:
            server.mail("reckoner@example.invalid")
            server.rcpt(address)
            server.data(bytes(content or b""))


def ours(senders: int) -> None:
    command = [sys.executable, "-m", "tests.chaos.sender", "send"]
    running = [subprocess.Popen(command, cwd=CHECKOUT, stderr=subprocess.DEVNULL) for _ in range(senders)]
    for process in running:
        process.wait(300)


def forget() -> None:
    from forecasts.models import Message

    Message.objects.filter(state=Message.State.QUEUED).update(state=Message.State.CANCELLED)


def rate(copies: list[Copy]) -> float:
    """Mails a second, while all connections that carried any were at work."""
    by_sender: dict[int, list[float]] = {}
    for one in copies:
        by_sender.setdefault(one.sender, []).append(one.at)
    begin = max(times[0] for times in by_sender.values())
    end = min(times[-1] for times in by_sender.values())
    return sum(begin < one.at <= end for one in copies) / (end - begin)


if __name__ == "__main__":
    main()
