"""One PostgreSQL server and its data folder: made, started, found and stopped, without a service or Docker.

The server listens on a socket in a folder of its own and on nothing else, and asks everybody for a password.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
from psycopg import sql

from core.local import account, places
from core.local.account import Account
from core.local.places import SetupError

if TYPE_CHECKING:  # it comes with the embedded PostgreSQL, which production does without
    import psutil

DATABASE = "reckoner"
OWNER, APPLICATION, SUPERUSER = "reckoner_owner", "reckoner_app", "postgres"
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
PATIENCE = 60.0  # seconds; starting after a crash replays what was written since the last checkpoint
PAUSE = 0.02


@dataclass(frozen=True)
class Cluster:
    data: Path
    sockets: Path
    account: Account
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def postmaster(self) -> "psutil.Process | None":
        """The server of this data folder, if it runs. The pid file that a crash left behind names none."""
        import psutil

        lines = self._pid_file()
        try:
            process = psutil.Process(int(lines[0])) if lines else None
            if process and Path(process.cwd()) == self.data.resolve():
                return process
        except (psutil.Error, OSError, ValueError):
            return None
        return None

    @property
    def ready(self) -> bool:
        return bool(self.postmaster) and self._pid_file()[-1:] == ["ready"]

    def start(self) -> None:
        """Start the server and wait until it accepts connections. Raises SetupError with its last words."""
        account.check_reachable(self.account, self.data)
        if not self.postmaster:
            # PostgreSQL believes these files as long as some process has the number that they name.
            for stale in (self.data / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
                stale.unlink(missing_ok=True)
        deadline = time.monotonic() + PATIENCE
        while not self._started(deadline):
            # Children of a server that was killed hold its memory for a moment longer.
            if "shared memory block" not in self._log() or time.monotonic() > deadline:
                raise SetupError(f"PostgreSQL does not start: {self._last_words()} (see {self.log})")
            time.sleep(PAUSE)

    def stop(self) -> None:
        """End the server, and the connections to it, without losing anything."""
        server = self.postmaster
        if server:
            server.send_signal(signal.SIGINT)
        deadline = time.monotonic() + PATIENCE
        while self.postmaster == server and server and time.monotonic() < deadline:
            time.sleep(PAUSE)

    def url(self, user: str, database: str = DATABASE) -> str:
        password = places.secret(f"database-{user}")
        return f"postgresql://{user}:{password}@{quote(str(self.sockets), safe='')}/{database}"

    @property
    def log(self) -> Path:
        return places.folder("log") / "database.log"

    def _started(self, deadline: float) -> bool:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.sockets}"',
            "unix_socket_permissions": "0700",
            "log_checkpoints": "off",
            **self.options,
        }
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        server = account.binaries(self.account) / "postgres"
        with self.log.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 -- our own program with our own arguments
                [server, "-D", self.data, *settings],
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a Ctrl-C is for us, not for the database
                **self.account.identity(),
            )
        return _wait_until_ready(process, lambda: self.ready, deadline)

    def _pid_file(self) -> list[str]:
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except OSError:
            return []

    def _log(self) -> str:
        return self.log.read_text(errors="replace")

    def _last_words(self) -> str:
        said = [line for line in self._log().splitlines() if "FATAL" in line or "error" in line]
        return said[-1] if said else f"nothing heard for {PATIENCE:.0f} s"


def _wait_until_ready(process: "subprocess.Popen[bytes]", ready: Callable[[], bool], deadline: float) -> bool:
    try:
        while process.poll() is None and time.monotonic() < deadline:
            if ready():
                CHILDREN.append(process)
                return True
            time.sleep(PAUSE)
    except BaseException:
        process.terminate()
        raise
    process.terminate()
    process.wait()
    return False


# Servers that this process has started. Held so that Python does not warn that they outlive their object.
CHILDREN: list["subprocess.Popen[bytes]"] = []


def make(cluster: Cluster) -> None:
    """Make the data folder with its roles and an empty database. It gets its name only when complete."""
    account.check_reachable(cluster.account, cluster.data)
    work = Cluster(cluster.data.with_suffix(".new"), cluster.sockets, cluster.account, {"fsync": "off"})
    if work.data.exists():
        work.stop()
        shutil.rmtree(work.data)
    _initialise(work)
    work.start()
    try:
        _provision(work)
    finally:
        work.stop()
    subprocess.run(["sync"], check=False)  # noqa: S607 -- wherever it is
    work.data.rename(cluster.data)


def _initialise(cluster: Cluster) -> None:
    maker = account.who_makes(cluster.account)
    cluster.data.mkdir(mode=0o700)
    password = cluster.data.with_suffix(".password")
    password.unlink(missing_ok=True)
    with open(password, "x", opener=_private) as file:
        file.write(places.secret(f"database-{SUPERUSER}"))
    maker.own(cluster.data)
    maker.own(password)
    try:
        _initdb(cluster, maker, password)
    finally:
        password.unlink()
    cluster.account.own(cluster.data)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _initdb(cluster: Cluster, maker: Account, password: Path) -> None:
    access = (
        "--auth-local=scram-sha-256",
        "--auth-host=reject",
        f"--username={SUPERUSER}",
        f"--pwfile={password}",
    )
    program = account.binaries(maker) / "initdb"
    made = subprocess.run(  # noqa: S603 -- our own program with our own arguments
        [
            program,
            "-D",
            cluster.data,
            *access,
            *LOCALE,
            "--no-sync",
            "--no-instructions",
            "--set=timezone=UTC",
        ],
        cwd=cluster.data,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **maker.identity(),
    )
    if made.returncode:
        raise SetupError(f"PostgreSQL cannot make its data folder: {made.stderr.strip().splitlines()[-1]}")


def _provision(cluster: Cluster) -> None:
    """Two roles: one owns the database and migrates, the other may use the tables, not alter or empty them.

    The rights are set in the template, so that the databases of the tests have them too.
    """
    owner, application = sql.Identifier(OWNER), sql.Identifier(APPLICATION)
    with psycopg.connect(cluster.url(SUPERUSER, "template1"), autocommit=True) as connection:
        for role, rights in ((OWNER, "CREATEDB"), (APPLICATION, "NOCREATEDB")):
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}").format(
                    sql.Identifier(role), sql.SQL(rights), sql.Literal(places.secret(f"database-{role}"))
                )
            )
        defaults = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO {}")
        for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"):
            connection.execute(defaults.format(owner, sql.SQL(rights), application))
        database = sql.Identifier(DATABASE)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, application))
