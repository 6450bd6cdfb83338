"""`manage.py up` with everything it really runs: one installation, from its first start to its end."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser

from core.local import catcher, inbox
from core.local.places import CHECKOUT
from tests.browsing import patient
from tests.e2e import line
from tests.runs import environment, own_var
from tests.services import Stack, free_port, local_environment, stack, wait_until

pytestmark = pytest.mark.slow

full = partial(pytest.param, marks=pytest.mark.validate)  # another start of everything, for the full form

MOST_MEMORY = 800e6  # bytes, of all processes together


@dataclass
class Installation:
    """A folder, and what runs in it at the moment: a start takes seconds, so tests take over what others leave."""

    var: Path
    now: Stack | None = None
    starts: ExitStack = field(default_factory=ExitStack)
    slowest: timedelta = timedelta()
    """What a start has taken at most: how busy the machine is."""

    def running(self) -> Stack:
        """It answers requests, and is awake every second."""
        if self.now is None or self.now.process.poll() is not None:
            self.starts.close()
            began = datetime.now(UTC)
            self.now = self.starts.enter_context(stack(self.var, TICK_SECONDS="1"))
            self.now.wait_until_healthy()
            self.slowest = max(self.slowest, datetime.now(UTC) - began)
        return self.now


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with own_var() as var:
        there = Installation(var)
        with there.starts:
            yield there


def since_it_started(running: Stack) -> str:
    """What it has said since the start before it, of the same installation, was told to end."""
    return running.output.split("received")[-1]


def proportional_memory(processes: list[psutil.Process]) -> float:
    return sum(process.memory_full_info().pss for process in processes)


@pytest.mark.browser
def test_from_the_scenario_folder_to_the_calibration_of_the_api(
    installation: Installation, browser: Browser, tmp_path: Path
) -> None:
    """The whole line: a scenario is loaded, an analyst is asked by mail and answers in a browser, a resolver resolves
    in the admin, and the API's calibration changes accordingly."""
    reckoner = installation.running()
    window = max(line.WINDOW, 2 * installation.slowest)
    closes_at = datetime.now(UTC).replace(microsecond=0) + window
    patience = window.total_seconds() + 120
    line.load(reckoner, tmp_path, closes_at)
    with environment({"RECKONER_VAR": str(reckoner.var)}):
        wait_until(line.prompt, "the prompt", patience)
        key = line.token(reckoner)
        assert line.calibration(reckoner, key)["counts"]["scored_pairs"] == 0
        mail = line.prompt()
        assert mail is not None
        assert mail.recipients == ("bridge-analyst@demo.invalid",)
        line.answer(patient(browser), line.link(mail))
        # The resolver says to the minute when it was known, and what was said after that is not scored.
        answered_at = datetime.now(UTC)
        wait_until(lambda: datetime.now(UTC).minute != answered_at.minute, "the next minute", 61)
        line.resolve(patient(browser), reckoner)

        wait_until(lambda: line.calibration(reckoner, key)["counts"]["scored_pairs"], "the scores", patience)
        report = line.calibration(reckoner, key)
        assert report["base_rate"] == 1
        assert report["scores"]["brier"]["mean"] == pytest.approx(0.65**2)
        assert [(b["lower"], b["n"]) for b in report["bins"] if b["n"]] == [(0.3, 1)]
        asked = [mail.subject for mail in inbox.messages() if "/answer/" in mail.text and line.QUESTION in mail.subject]
        assert len(asked) == len(set(asked)), "One thing was asked twice."


def test_what_it_keeps_is_readable_by_its_owner_alone(installation: Installation) -> None:
    """Below a folder that is closed nothing else can be reached; the programs are those of a public package."""
    kept = [path for path in installation.running().var.iterdir() if not path.name.startswith("postgresql-")]
    assert {"database", "demo-accounts", "mail", "mail-port", "secrets"} <= {path.name for path in kept}
    assert [path.name for path in kept if not path.is_symlink() and path.stat().st_mode & 0o077] == []


def test_the_first_start_shows_the_log_ins_once_and_keeps_them_for_us_alone(installation: Installation) -> None:
    running = installation.running()
    accounts = [row.split() for row in (running.var / "demo-accounts").read_text().splitlines()]
    assert stat.S_IMODE((running.var / "demo-accounts").stat().st_mode) == 0o600
    assert len(accounts) >= 3
    first_of_all = [account for account in accounts if "bridge" not in account[1]]
    for role, email, password in first_of_all:
        assert email.endswith(".invalid")
        assert running.output.count(password) == 1, role


def test_it_ends_by_a_signal_and_a_second_start_finds_its_data_and_fits_into_memory(installation: Installation) -> None:
    first = installation.running()
    assert first.end(signal.SIGINT) == 128 + signal.SIGINT
    wait_until(lambda: not first.processes(), "the end of every process")
    assert "Traceback" not in first.output

    second = installation.running()
    wait_until(lambda: "Reckoner runs." in since_it_started(second), "the addresses")
    assert "loading the demonstration" not in since_it_started(second)
    assert f"Log in with an account of {second.var}/demo-accounts" in since_it_started(second)
    assert proportional_memory(second.processes()) < MOST_MEMORY
    assert {"postgres", "valkey-server"} <= {process.name() for process in second.processes()}


def test_a_second_one_with_the_same_folder_is_refused_in_one_line_and_the_first_goes_on(
    installation: Installation,
) -> None:
    running = installation.running()
    refused = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=CHECKOUT,
        env={**running.env, "PORT": str(free_port())},
        capture_output=True,
        text=True,
    )
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert refused.stderr.startswith(f"Reckoner already runs with {running.var}")
    assert running.process.poll() is None


@pytest.mark.validate
def test_the_end_that_a_service_manager_asks_for_leaves_no_process_behind(installation: Installation) -> None:
    running = installation.running()
    assert running.end(signal.SIGTERM) == 128 + signal.SIGTERM
    wait_until(lambda: not running.processes(), "the end of every process")
    assert "Traceback" not in running.output


@pytest.mark.parametrize(
    "name", ["worker", full("postgres"), full("valkey-server"), full("granian"), full("aiosmtpd"), full("beat")]
)
def test_when_one_process_dies_everything_ends_and_it_is_named(installation: Installation, name: str) -> None:
    running = installation.running()
    said = {"postgres": "database", "valkey-server": "broker", "granian": "web", "aiosmtpd": "mail"}.get(name, name)
    victim = min(
        (process for process in running.processes() if name in process.cmdline() or name == process.name()),
        key=lambda process: process.create_time(),
    )
    victim.kill()
    assert running.process.wait(120) == 1
    assert f"{said} has ended unexpectedly" in since_it_started(running)


def test_a_taken_port_is_one_line() -> None:
    with own_var() as var, closing(socket.create_server((catcher.LOOPBACK, 0))) as server:
        port = str(server.getsockname()[1])
        with stack(var, PORT=port) as refused:
            assert refused.process.wait(120) == 1
        [said] = refused.output.splitlines()
    assert said.startswith(f"Port {port} is taken")


def test_the_environment_of_the_tests_reaches_no_other_installation(tmp_path: Path) -> None:
    assert "DATABASE_URL" not in local_environment(tmp_path)
    assert local_environment(tmp_path)["RECKONER_VAR"] == str(tmp_path) != os.environ.get("RECKONER_VAR")
