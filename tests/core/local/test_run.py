"""The runner, with small processes in place of web, worker and beat."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from core.local import places, run
from core.local.places import SetupError
from tests.services import free_port, wait_until

SLEEP = "import time; print('ready', flush=True); time.sleep(300)"
LISTEN = "import socket, sys, time; s = socket.create_server(('127.0.0.1', int(sys.argv[1]))); time.sleep(300)"
# It has a child of its own in its group, as granian and Celery have.
WEB = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[2], sys.argv[1]])"
# Like Celery: told to end, it waits for its child, whose task ends only then, and only if nobody cuts it off.
TASK = "import sys; print('begun', flush=True); sys.stdin.read(); print('finished', flush=True)"
WORKER = """
import signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdin=subprocess.PIPE)
signal.signal(signal.SIGTERM, lambda *_: child.stdin.close())
sys.exit(child.wait())
"""
RUNNER = f"""
import pathlib, signal, sys
from core.local import run
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # tests run by nohup ignore it, and so would this
python, port, gone = [sys.executable, "-c"], sys.argv[1], pathlib.Path(sys.argv[2])
commands = {{
    "broker": [*python, {SLEEP!r}], "web": [*python, {WEB!r}, port, {LISTEN!r}],
    "worker": [*python, {WORKER!r}, {TASK!r}], "beat": [*python, {SLEEP!r}],
}}
watched = {{"database": lambda: not gone.exists()}}
ready = lambda: print("READY", flush=True)
sys.exit(run.foreground(commands, watched, port=int(port), ready=ready, parts=["broker"]))
"""


class Runner:
    def __init__(self, folder: Path) -> None:
        self.gone = folder / "database-is-gone"
        self.log = folder / "log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", RUNNER, str(free_port()), str(self.gone)],
                cwd=places.CHECKOUT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        wait_until(lambda: self.started or self.process.poll() is not None, "the processes")
        self.descendants = psutil.Process(self.process.pid).children(recursive=True)

    @property
    def output(self) -> str:
        return self.log.read_text()

    @property
    def started(self) -> bool:
        return all(line in self.output for line in ("READY", "begun", "beat   | ready", "broker | ready"))

    def pid_of(self, name: str) -> int:
        return int(self.output.split(f"{name} started (pid=")[1].split(")")[0])

    def leaves_nothing(self) -> bool:
        return not [child for child in self.descendants if child.is_running() and child.status() != "zombie"]


@contextmanager
def runner(folder: Path) -> Iterator[Runner]:
    running = Runner(folder)
    try:
        yield running
        wait_until(running.leaves_nothing, "the end of every process")
    finally:
        running.process.kill()
        for child in running.descendants:
            if child.is_running():
                child.kill()
        running.process.wait()


@pytest.fixture
def running(var: Path, tmp_path: Path) -> Iterator[Runner]:
    with runner(tmp_path) as started:
        yield started


def test_it_says_when_something_answers_and_whose_line_is_whose(running: Runner) -> None:
    assert running.output.count("READY") == 1
    assert "worker | begun" in running.output
    running.process.terminate()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)])
def test_a_signal_ends_everything(running: Runner, number: int, status: int) -> None:
    assert len(running.descendants) >= 10
    running.process.send_signal(number)
    assert running.process.wait(120) == status
    assert "unexpectedly" not in running.output


@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["the runner", "its whole group, as a terminal does"])
def test_what_was_begun_is_finished_and_the_parts_it_works_with_end_last(
    running: Runner, send: Callable[[int, int], None]
) -> None:
    send(running.process.pid, signal.SIGINT)
    running.process.wait(120)
    assert "worker | finished" in running.output
    assert running.output.index("worker stopped (rc=0)") < running.output.index("broker stopped")


def test_control_c_in_a_terminal_which_goes_to_the_whole_group_ends_everything(running: Runner) -> None:
    os.killpg(running.process.pid, signal.SIGINT)
    assert running.process.wait(120) == 130


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_one_process_that_dies_takes_all_with_it_and_is_named(running: Runner, name: str) -> None:
    os.kill(running.pid_of(name), signal.SIGKILL)
    assert running.process.wait(120) == 1
    assert f"{name} has ended unexpectedly, so everything ends" in running.output


def test_a_database_that_dies_takes_all_with_it_and_is_named(running: Runner) -> None:
    running.gone.touch()
    assert running.process.wait(120) == 1
    assert "database has ended unexpectedly, so everything ends" in running.output


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the children of a process that is killed")
def test_a_runner_that_is_killed_leaves_nothing_behind(running: Runner) -> None:
    running.process.kill()
    running.process.wait()
    wait_until(running.leaves_nothing, "the end of every process")


def test_a_port_in_use_is_one_line_with_a_way_out() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        with pytest.raises(SetupError, match=f"^Port {port} is taken: [^\n]*PORT=8001 make run$"):
            run.check_port(port)


@pytest.mark.parametrize("port", [70_000, -1])
def test_a_number_that_is_no_port_is_one_line(port: int) -> None:
    with pytest.raises(SetupError, match=f"^Port {port} cannot be used [^\n]+$"):
        run.check_port(port)


def test_a_free_port_can_be_used_afterwards() -> None:
    port = free_port()
    run.check_port(port)
    socket.create_server(("127.0.0.1", port)).close()


def test_two_runners_do_not_share_an_installation(var: Path) -> None:
    refused = pytest.raises(SetupError, match=f"^Reckoner already runs with {var}: [^\n]+$")
    with run.alone(), refused, run.alone():
        pass
    with run.alone():
        assert (var / "locks" / "up").exists()
