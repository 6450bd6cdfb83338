"""A Reckoner of its own, with parts to kill: PostgreSQL, a broker that keeps nothing, an SMTP sink, workers, beats."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
import redis
from psycopg import sql

from core.local import broker, database
from core.local.cluster import APPLICATION, OWNER, Cluster
from core.local.places import CHECKOUT
from tests.chaos.sink import LOOPBACK
from tests.runs import environment, own_var
from tests.services import free_port

LIMIT, LEASE, RETRY, TICK = 5, 10, 1, 1
CELERY = (sys.executable, "-m", "celery", "--app", "core")
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


@dataclass
class Installation:
    """Everything runs in `var`. What is started here is ended here, by its number and by nothing else."""

    var: Path
    cluster: Cluster
    port: int = field(default_factory=free_port)
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    commands: dict[str, list[str]] = field(default_factory=dict)
    logs: int = 0

    @property
    def log(self) -> Path:
        """What the sink has stored since the scenario began."""
        return self.var / f"sink-{self.logs}.log"

    def start(self, name: str, command: list[str]) -> None:
        self.commands[name] = command
        with (self.var / f"{name.split('-', maxsplit=1)[0]}.out").open("ab") as output:
            self.running[name] = subprocess.Popen(
                command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )

    def start_sink(self, **manner: float) -> None:
        options = [f"--{name}={value}" for name, value in manner.items()]
        self.start("sink", [sys.executable, "-m", "tests.chaos.sink", str(self.port), str(self.log), *options])
        wait_for(lambda: listens(self.port), "the sink")

    def start_broker(self) -> None:
        broker.socket_path().unlink(missing_ok=True)
        self.start("broker", broker.command())
        wait_for(broker.socket_path().exists, "the broker")

    def start_workers(self, workers: int = 2, beats: int = 2) -> None:
        """As in production, with a process each. They begin to work within seconds."""
        work = [*CELERY, "worker", "--queues", "mail,scores", "--concurrency", "1", "--loglevel", "error", *QUIET]
        for number in range(workers):
            self.start(f"worker-{number}", [*work, "--hostname", f"worker{number}@%h"])
        for number in range(beats):
            schedule = str(self.var / f"beat-{number}")
            self.start(f"beat-{number}", [*CELERY, "beat", "--loglevel", "error", "--schedule", schedule])

    def start_clock(self, ahead: str) -> None:
        """One worker more, whose own clock is that far off."""
        work = [*CELERY, "worker", "--queues", "mail,scores", "--concurrency", "1", "--loglevel", "error", *QUIET]
        self.start("clock", ["faketime", "-f", ahead, *work, "--hostname", "clock@%h"])

    def manage(self, *arguments: str) -> None:
        """Raises CalledProcessError where the command fails."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=CHECKOUT, check=True)

    def take_no_writes(self, seconds: float) -> None:
        """Let PostgreSQL refuse to write meanwhile, to whoever is connected and to whoever comes."""
        for value in ("on", "off"):
            with psycopg.connect(self.cluster.url(OWNER), autocommit=True) as server:
                name = sql.Identifier(server.info.dbname)
                server.execute("SET default_transaction_read_only TO off")
                server.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only TO {}").format(name, value))
                found = server.execute(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                ).fetchall()
            for (pid,) in found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
            time.sleep(seconds if value == "on" else 0)

    def flush_broker(self) -> None:
        client = redis.Redis(unix_socket_path=str(broker.socket_path()))
        client.flushall()
        client.close()

    def kill(self, name: str, pause: float = 0.0) -> None:
        """End a part without a word, and start it again."""
        if name == "postgresql":
            self._kill_postgresql(pause)
            return
        self.end(name)
        time.sleep(pause)
        if name == "broker":
            self.start_broker()
            return
        self.start(name, self.commands[name])
        if name == "sink":
            wait_for(lambda: listens(self.port), "the sink")

    def tell_to_end(self, name: str) -> float:
        """SIGTERM, as `docker compose stop` sends it; returns the seconds until the part has ended."""
        process = self.running.pop(name)
        began = time.monotonic()
        process.terminate()
        process.wait(120)
        return time.monotonic() - began

    def kill_child(self, name: str) -> None:
        """End the process of a worker that does the work; the worker makes another."""
        children = psutil.Process(self.running[name].pid).children()
        for child in children[:1]:
            os.kill(child.pid, signal.SIGKILL)

    def _kill_postgresql(self, pause: float) -> None:
        server = self.cluster.postmaster
        if server is not None:
            os.kill(server.pid, signal.SIGKILL)
            server.wait(120)
        time.sleep(pause)
        self.cluster.start()

    def end(self, name: str) -> None:
        """Kill a part and what it has forked, all by number."""
        process = self.running.pop(name)
        family = [process.pid, *(child.pid for child in _children(process.pid))]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait(120)

    def end_all(self) -> None:
        for name in list(self.running):
            self.end(name)

    def end_parts(self, *kinds: str) -> None:
        for name in list(self.running):
            if name.split("-")[0] in kinds:
                self.end(name)

    def new_log(self) -> None:
        """The next sink writes into a log of its own."""
        self.logs += 1


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


@contextlib.contextmanager
def installed() -> Iterator[Installation]:
    """A fresh installation whose address stands in the environment, migrated, with its broker; all gone at the end."""
    with own_var() as var, environment({"RECKONER_VAR": str(var)}), database.running() as cluster:
        there = Installation(var, cluster)
        with environment(settings(there)):
            try:
                there.start_broker()
                migrate()
                yield there
            finally:
                there.end_all()
                disconnect()


def settings(there: Installation) -> Mapping[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "core.settings",
        "DATABASE_URL": there.cluster.url(APPLICATION),
        "DATABASE_OWNER_URL": there.cluster.url(OWNER),
        "REDIS_URL": broker.url(),
        "MAIL_URL": f"smtp://{LOOPBACK}:{there.port}",
        "MESSAGE_SECONDS": str(LIMIT),
        "LEASE_SECONDS": str(LEASE),
        "RETRY_SECONDS": str(RETRY),
        "TICK_SECONDS": str(TICK),
    }


def migrate() -> None:
    import logging

    import django
    from django.core.management import call_command

    django.setup()
    logging.disable(logging.CRITICAL)
    call_command("migrate", database="owner", verbosity=0)


def disconnect() -> None:
    from core.local.commands import disconnect as all_of_them

    all_of_them()


def listens(port: int) -> bool:
    import socket

    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_for(condition: Callable[[], object], what: str, seconds: float = 120.0) -> None:
    """Raises TimeoutError that says what was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.05)
