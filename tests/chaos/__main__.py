"""Kills processes in the middle of their work and counts what is lost: `python -m tests.chaos [--short] [NAME ...]`.

Prints one JSON line for each scenario and ends with 1 if a bar is missed. The seed is random unless CHAOS_SEED is set.
"""

import argparse
import os
import secrets
import sys
import time
import traceback
from typing import TYPE_CHECKING

from tests.chaos.installation import Installation, installed

if TYPE_CHECKING:  # they need the settings, which read the address of the database that runs by then
    from tests.chaos.scenarios import Line, Scenario, Size


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("names", nargs="*")
    given = parser.parse_args(arguments)
    seed = int(os.environ.get("CHAOS_SEED") or secrets.randbelow(1_000_000))
    with installed() as there:
        return 0 if run(there, seed, given.names, short=given.short) else 1


def run(there: Installation, seed: int, names: list[str], *, short: bool) -> bool:
    from tests.chaos import scenarios, servers
    from tests.chaos.scenarios import SHORT, Line, Size

    size = SHORT if short else Size()
    table: dict[str, tuple[Scenario, int]] = {
        "random kills": (scenarios.random_kills, size.seeds),
        "exit right after DATA": (scenarios.after_data, 1),
        "exit at every other point": (scenarios.elsewhere, 1),
        "broker flushed": (scenarios.broker_flushed, 1),
        "server away, then refusing": (servers.refusing, 1),
        "server never answers": (servers.silent, 1),
        "told to end": (servers.told_to_end, 1),
        "cancel races send": (servers.racing, 1),
        "one-click at once": (servers.one_click, 1),
        "poison rows": (servers.poison, 1),
        "bites: mark then send": (scenarios.mark_then_send, 1),
        "bites: batch": (scenarios.batch, 1),
    }
    well = True
    for name, (scenario, times) in table.items():
        if names and not any(name.startswith(wanted) for wanted in names):
            continue
        for number in range(times):
            line = Line(name, seed + number)
            well &= played(scenario, there, line, size)
            sys.stdout.write(line.as_json() + "\n")
            sys.stdout.flush()
    return well


def played(scenario: "Scenario", there: Installation, line: "Line", size: "Size") -> bool:
    """Run a scenario. One that breaks is not ok, and the next one starts on clean ground."""
    there.new_log()
    began = time.monotonic()
    try:
        scenario(there, line, size)
    except Exception:  # noqa: BLE001 - one line for each scenario, whatever happens
        line.ok = False
        traceback.print_exc()
    finally:
        there.end_parts("worker", "beat", "sink", "web")
    line.seconds = time.monotonic() - began
    return line.ok


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
