"""What hangs is killed by its own health check, and nothing else is."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytest_django.live_server_helper import LiveServer

from core import probe
from core.local.places import CHECKOUT
from tests.services import free_port, wait_until

CELERY = [sys.executable, "-m", "celery", "--app", "core"]
WORKER = ["worker", "--queues", "nobody-asks", "--concurrency", "1", "--loglevel", "error"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def told(part: str, signs: Path, **environment: str) -> int:
    """What Docker runs, and its exit code."""
    command = [sys.executable, "-I", str(CHECKOUT / "core" / "probe.py"), part]
    return subprocess.run(command, env={**os.environ, "SIGNS_FOLDER": str(signs), **environment}).returncode


@pytest.fixture
def signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(probe, "FOLDER", str(tmp_path / "signs"))
    return tmp_path / "signs"


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield process
    process.kill()
    process.wait()


def silent_for(seconds: float, signs: Path, part: str, pid: int) -> None:
    signs.mkdir(exist_ok=True)
    (signs / part).write_text(f"{pid} {time.monotonic() - seconds} 0")


@pytest.mark.slow
@pytest.mark.parametrize("part", ["worker", "beat"])
def test_a_part_that_stands_still_is_ended_and_one_that_works_is_not(part: str, signs: Path, tmp_path: Path) -> None:
    arguments = [*WORKER, *QUIET] if part == "worker" else ["beat", "--schedule", str(tmp_path / "beat"), "--pidfile="]
    process = subprocess.Popen(
        [*CELERY, *arguments], cwd=CHECKOUT, env={**os.environ, "SIGNS_FOLDER": str(signs)}, start_new_session=True
    )
    family = [psutil.Process(process.pid)]
    try:
        wait_until(lambda: told(part, signs) == 0, f"the {part} to say that it lives")
        first = (signs / part).read_text()
        wait_until(lambda: (signs / part).read_text() != first, "the next sign")
        family += family[0].children(recursive=True)
        for one in family:
            one.send_signal(signal.SIGSTOP)
        silent_for(probe.PATIENCE + 1, signs, part, process.pid)
        # Where the broker is away as well, that is why nothing is heard.
        assert told(part, signs, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0") == 1
        assert process.poll() is None
        with socket.create_server(("127.0.0.1", 0)) as broker:
            assert told(part, signs, REDIS_URL=f"redis://127.0.0.1:{broker.getsockname()[1]}/0") == 1
        assert process.wait(120) == -signal.SIGKILL
    finally:
        for left in [one for one in family if one.is_running()]:
            left.kill()
        process.wait()


def test_before_the_first_sign_a_part_is_not_well_and_left_alone(signs: Path) -> None:
    assert told("worker", signs) == 1


def test_a_sign_within_the_time_is_well(signs: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    silent_for(probe.PATIENCE - 60, signs, "beat", sleeper.pid)
    assert told("beat", signs) == 0
    assert sleeper.poll() is None


def test_a_web_that_answers_nobody_for_too_long_is_ended(signs: Path, sleeper: "subprocess.Popen[bytes]") -> None:
    nobody = str(free_port())
    silent_for(probe.PATIENCE + 1, signs, "web", sleeper.pid)
    # That nobody has asked for long is no sign that nobody would have answered.
    for _ in range(probe.IN_VAIN - 1):
        assert told("web", signs, PORT=nobody) == 1
        assert sleeper.poll() is None
    assert told("web", signs, PORT=nobody) == 1
    assert sleeper.wait(60) == -signal.SIGKILL


def test_a_web_that_answers_is_not_ended_however_long_nobody_asked(
    signs: Path, sleeper: "subprocess.Popen[bytes]", live_server: LiveServer
) -> None:
    silent_for(probe.PATIENCE + 1, signs, "web", sleeper.pid)
    assert told("web", signs, PORT=live_server.url.rpartition(":")[2]) == 0
    assert sleeper.poll() is None
    found = probe.last("web")
    assert found is not None
    assert time.monotonic() - found[1] < probe.PATIENCE
    assert found[2] == 0


def test_outside_the_image_nobody_signs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(probe, "FOLDER", "")
    monkeypatch.chdir(tmp_path)
    probe.sign("web", 1)
    assert list(tmp_path.iterdir()) == []
