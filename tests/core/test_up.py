"""`manage.py up` with everything it really runs."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import psutil
import pytest

from core.local import catcher
from core.local.places import CHECKOUT
from tests.runs import own_var
from tests.services import Stack, free_port, local_environment, stack, wait_until

pytestmark = pytest.mark.slow

full = partial(pytest.param, marks=pytest.mark.validate)  # another start of everything, for the full form

MOST_MEMORY = 800e6  # bytes, of all processes together


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """An installation that has been started once, answered, and been ended by Ctrl-C."""
    with own_var() as var:
        with stack(var) as first:
            first.wait_until_healthy()
            assert first.end(signal.SIGINT) == 130
            wait_until(lambda: not first.processes(), "the end of every process")
        yield var


@pytest.fixture
def second(installed: Path) -> Iterator[Stack]:
    with stack(installed) as running:
        running.wait_until_healthy()
        yield running


def since_it_started(running: Stack) -> str:
    """What it has said since the start before it, of the same installation, was told to end."""
    return running.output.split("received")[-1]


def proportional_memory(processes: list[psutil.Process]) -> float:
    return sum(process.memory_full_info().pss for process in processes)


def test_the_first_start_shows_the_log_ins_once_and_keeps_them_for_us_alone(installed: Path) -> None:
    accounts = [line.split() for line in (installed / "demo-accounts").read_text().splitlines()]
    shown = installed.with_suffix(".log").read_text()
    assert stat.S_IMODE((installed / "demo-accounts").stat().st_mode) == 0o600
    assert len(accounts) >= 3
    for role, email, password in accounts:
        assert email.endswith(".invalid")
        assert shown.count(password) == 1, role


def test_a_second_start_finds_its_data_fits_into_memory_and_ends_by_a_signal(second: Stack) -> None:
    wait_until(lambda: "Reckoner runs." in since_it_started(second), "the addresses")
    assert "loading the demonstration" not in since_it_started(second)
    assert f"Log in with an account of {second.var}/demo-accounts" in since_it_started(second)
    assert proportional_memory(second.processes()) < MOST_MEMORY
    assert {"postgres", "valkey-server"} <= {process.name() for process in second.processes()}

    assert_one_at_a_time(second)

    assert second.end(signal.SIGINT) == 128 + signal.SIGINT
    wait_until(lambda: not second.processes(), "the end of every process", 10)


def assert_one_at_a_time(running: Stack) -> None:
    """A second one with the same folder is refused in one line, and the first goes on."""
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
def test_the_end_that_a_service_manager_asks_for_leaves_no_process_behind(second: Stack) -> None:
    assert second.end(signal.SIGTERM) == 128 + signal.SIGTERM
    wait_until(lambda: not second.processes(), "the end of every process", 10)


@pytest.mark.parametrize(
    "name", ["worker", full("postgres"), full("valkey-server"), full("granian"), full("aiosmtpd"), full("beat")]
)
def test_when_one_process_dies_everything_ends_and_it_is_named(second: Stack, name: str) -> None:
    said = {"postgres": "database", "valkey-server": "broker", "granian": "web", "aiosmtpd": "mail"}.get(name, name)
    victim = min(
        (process for process in second.processes() if name in process.cmdline() or name == process.name()),
        key=lambda process: process.create_time(),
    )
    victim.kill()
    assert second.process.wait(30) == 1
    assert f"{said} has ended unexpectedly" in since_it_started(second)


def test_a_taken_port_is_one_line(installed: Path) -> None:
    with closing(socket.create_server((catcher.LOOPBACK, 0))) as server:
        port = str(server.getsockname()[1])
        with stack(installed, PORT=port) as refused:
            assert refused.process.wait(60) == 1
    [line] = refused.output.strip().splitlines()[-1:]
    assert line.startswith(f"Port {port} is taken")
    assert "Traceback" not in refused.output


def test_the_environment_of_the_tests_reaches_no_other_installation(tmp_path: Path) -> None:
    assert "DATABASE_URL" not in local_environment(tmp_path)
    assert local_environment(tmp_path)["RECKONER_VAR"] == str(tmp_path) != os.environ.get("RECKONER_VAR")
