"""`manage.py` as a newcomer calls it: in a fresh clone, with nothing started before."""

import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from core.local import cluster, database, places
from tests.services import local_environment

pytestmark = pytest.mark.slow


def manage(var: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=places.CHECKOUT,
        env=local_environment(var, **environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def nothing_runs_in(var: Path) -> bool:
    return not [process for process in psutil.process_iter(["cwd"]) if str(process.info["cwd"]).startswith(str(var))]


def test_a_command_that_works_on_the_tables_finds_them_in_a_fresh_clone(var: Path) -> None:
    counted = "from django.contrib.auth import get_user_model as model; print(model().objects.count(), 'people')"
    ran = manage(var, "shell", "--no-imports", "--command", counted)
    assert ran.stdout.strip() == "0 people", ran.stderr
    assert nothing_runs_in(var)


@pytest.mark.validate
def test_migrating_is_done_by_the_owner_without_having_to_say_so(var: Path) -> None:
    ran = manage(var, "migrate", "--verbosity", "0")
    assert ran.returncode == 0, ran.stderr
    with database.running(), psycopg.connect(database.urls().application) as connection:
        owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(owners).fetchall() == [(cluster.OWNER,)]


@pytest.mark.parametrize("arguments", [["version"], ["help"], ["migrate", "--help"], []])
def test_a_command_without_need_of_the_database_makes_none(var: Path, arguments: list[str]) -> None:
    ran = manage(var, *arguments)
    assert ran.stdout.strip()
    assert not (var / "database").exists()


def test_an_unwritable_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file is in the way")
    ran = manage(tmp_path / "var", "migrate")
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert ran.stderr.startswith(f"Cannot write to {tmp_path}/var")


@pytest.mark.parametrize(("name", "value"), [("PORT", "eighty"), ("RECKONER_ENV", "staging")])
def test_a_setting_that_makes_no_sense_is_one_line_that_names_it(var: Path, name: str, value: str) -> None:
    ran = manage(var, "migrate", **{name: value})
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert name in ran.stderr


def test_without_the_dependencies_one_line_says_how_to_get_them(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import runpy, sys; sys.path.insert(0, '.'); runpy.run_path('manage.py')"],
        cwd=places.CHECKOUT, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "make run" in ran.stderr
