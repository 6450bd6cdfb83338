"""A run of tests that is ended early leaves nothing behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGHUP, SIGKILL, SIGTERM

import pytest

from core.local.places import CHECKOUT
from tests import runs
from tests.services import REPLACEMENTS, wait_until

pytestmark = pytest.mark.slow

WAITING = """
import os, pathlib, signal
def test_that_takes_long():
    (pathlib.Path(__file__).parent / "run").write_text(os.environ["RECKONER_RUN"])
    while True:
        signal.pause()
"""
SERVICES = {"postgres", "valkey-server"}


@contextmanager
def begun(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    """A run of its own, with its services, in the middle of a test; and its folder."""
    (folder / "test_waiting.py").write_text(WAITING)
    env = {name: value for name, value in os.environ.items() if name not in (*REPLACEMENTS, runs.RUN, "RECKONER_VAR")}
    command = [sys.executable, "-m", "pytest", "-p", "tests.services", str(folder / "test_waiting.py")]
    with subprocess.Popen(command, cwd=CHECKOUT, env=env, stdout=subprocess.DEVNULL) as process:
        try:
            wait_until((folder / "run").exists, "the test that takes long")
            yield process, Path((folder / "run").read_text())
        finally:
            process.kill()


def names(run: Path) -> set[str]:
    return {process.name() for process in runs.residents(run)}


@pytest.mark.parametrize("number", [SIGTERM, SIGHUP])
def test_a_run_that_a_signal_ends_leaves_no_service_and_no_folder(tmp_path: Path, number: int) -> None:
    with begun(tmp_path) as (process, run):
        assert names(run) >= SERVICES
        process.send_signal(number)
        process.wait(120)
    assert names(run) == set()
    assert not run.exists()


def test_what_a_killed_run_leaves_is_cleared_by_the_next_one(tmp_path: Path) -> None:
    with begun(tmp_path) as (process, run):
        runs.remove_abandoned()
        assert names(run) >= SERVICES, "A run that goes on was taken for abandoned."
        process.send_signal(SIGKILL)
        process.wait(120)
    assert names(run) >= SERVICES
    runs.remove_abandoned()
    assert names(run) == set()
    assert not run.exists()


def test_what_it_starts_lives_in_the_folder_of_the_run() -> None:
    with runs.own_var() as var:
        assert Path(os.environ[runs.RUN]) in var.parents
    assert not var.parent.exists()
