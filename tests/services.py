"""The services of the tests: a PostgreSQL and a Valkey of their own for each run, and the whole stack on request.

A plugin of pytest, loaded by the root's conftest.py: they run before Django's settings are read. Workers of
pytest-xdist inherit the environment of the run that started them, and with it the services.
"""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import django
import psutil
import pytest
from django.conf import settings

from core.local import broker, database
from core.local.cluster import OWNER
from core.local.places import CHECKOUT
from tests import runs
from tests.runs import environment, own_var

# What tells Reckoner not to use the embedded parts.
REPLACEMENTS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "MAIL_URL")


_services = contextlib.ExitStack()


def pytest_addoption() -> None:
    """Start the services and load Django, before the conftest files below the root's import models."""
    atexit.register(_close_of, os.getpid())
    runs.unwind_on_signals()
    _services.enter_context(runs.own_run())
    if "DATABASE_URL" not in os.environ:
        _services.enter_context(embedded_services())
    os.environ["DJANGO_SETTINGS_MODULE"] = "core.settings"
    # The real one takes the better part of a second for each person that a test makes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Or each client of a test reads all static files, whichever it asks for.
    settings.WHITENOISE_AUTOREFRESH = True
    # A busy machine may stand still for longer than a page would wait for the database and what is kept in the broker.
    pool = {"min_size": 0, "max_size": 8, "timeout": 30}
    settings.DATABASES["default"]["OPTIONS"] = {"connect_timeout": 30, "pool": pool}
    settings.CACHES["default"]["OPTIONS"] = {"socket_timeout": 30, "socket_connect_timeout": 30}
    # What an earlier run has kept for the same ids must not come again, nor one process clear another's. Not by the
    # environment: pytest-django reads the settings of pytest-xdist's workers before this.
    settings.CACHES["default"]["KEY_PREFIX"] = f"tests-{uuid.uuid4().hex}"
    django.setup()
    # What the desk shows registers itself with the addresses.
    import_module("core.urls")


def pytest_unconfigure() -> None:
    _services.close()


def _close_of(pid: int) -> None:
    """Where pytest ends before it has begun. What a test forks has the services from us."""
    if os.getpid() == pid:
        _services.close()


@contextlib.contextmanager
def embedded_services() -> Iterator[None]:
    """Run a database and a broker of our own, and point the environment to them.

    Both roles of the application are the owner's: Django's tests make, flush and drop tables with either.
    """
    with contextlib.ExitStack() as services:
        var = services.enter_context(own_var())
        services.enter_context(environment({"RECKONER_VAR": str(var)}))
        cluster = services.enter_context(database.running(durable=False))
        url = cluster.url(OWNER)
        redis = services.enter_context(broker.running())
        services.enter_context(environment({"DATABASE_URL": url, "DATABASE_OWNER_URL": url, "REDIS_URL": redis}))
        yield


def wait_until(condition: Callable[[], object], what: str, seconds: float = 120.0) -> None:
    """Wait for a condition; fails with `what` was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"Waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.05)


@dataclass(frozen=True)
class Stack:
    """`manage.py up` with everything it runs, in a folder of its own and on a port of its own."""

    process: "subprocess.Popen[bytes]"
    var: Path
    env: Mapping[str, str]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.env['PORT']}"

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def healthy(self) -> bool:
        return self.process.poll() is not None or status(f"{self.url}/healthz") == 200

    def wait_until_healthy(self, seconds: float = 240.0) -> None:
        """The first start of an installation loads the demonstration, which takes most of the time."""
        wait_until(lambda: self.healthy, f"/healthz to answer 200, see {self.log}", seconds)
        if self.process.poll() is not None:
            pytest.fail(f"`manage.py up` ended with {self.process.returncode}:\n{self.output}")

    def end(self, number: int = signal.SIGINT) -> int:
        """Signal it, wait, and return its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(120)

    def processes(self) -> list[psutil.Process]:
        """Every process of this stack that runs, wherever it now hangs in the tree of processes."""
        return runs.residents(self.var)


def status(url: str) -> int | None:
    """The HTTP status of an address of ours, or None where nothing answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def free_port() -> int:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def local_environment(var: Path, **more: str) -> dict[str, str]:
    """The environment of a fresh installation in `var`, whatever the tests themselves run in."""
    inherited = {name: value for name, value in os.environ.items() if name not in REPLACEMENTS}
    return {**inherited, "RECKONER_VAR": str(var), **more}


@contextlib.contextmanager
def stack(var: Path, **more: str) -> Iterator[Stack]:
    """Start `manage.py up`. At the end no process of it may be left, however it ended."""
    env = local_environment(var, **{"PORT": str(free_port()), **more})
    log = var.with_suffix(".log")
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=CHECKOUT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    running = Stack(process, var, env, log)
    try:
        yield running
        running.end()
        wait_until(lambda: not running.processes(), f"the end of {running.processes()}")
    finally:
        for left in running.processes():
            left.kill()
        process.wait(10)
