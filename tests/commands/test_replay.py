"""`manage.py replay` prints the same timeline each time, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

from core.local import database
from core.local.cluster import APPLICATION
from core.local.places import CHECKOUT
from tests import folders
from tests.services import wait_until

pytestmark = pytest.mark.slow
SEED = CHECKOUT / "seeds" / "aleppo-2024"
# Nobody listens there: mail that went to it would not be sent, and what is not sent is not told.
NOWHERE = "smtp://127.0.0.1:1"


def command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "manage.py", "replay", str(folder), *options]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "MAIL_URL": NOWHERE, **more}


def replay(folder: Path, *options: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(folder, *options), cwd=CHECKOUT, env=environment(**more), capture_output=True, text=True
    )


def left_over() -> list[str]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'reckoner_replay_%'")
        return [name for (name,) in found]


def test_equal_input_gives_equal_output_to_the_byte(tmp_path: Path) -> None:
    folder = folders.write(tmp_path / "talks")

    day = ("--until", "2024-04-03")

    first = replay(folder, *day, PYTHONHASHSEED="1", TZ="UTC")
    second = replay(folder, *day, PYTHONHASHSEED="2", TZ="Asia/Tokyo")

    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == second.stdout
    lines = first.stdout.splitlines()
    assert lines[0].startswith("2024-03-01 08:00  published ")
    assert lines[0].endswith("  The day forecast of the Northport talks")
    assert {line.split()[2] for line in lines if line.startswith("2024")} == {
        "published",
        "asked",
        "answered",
        "resolved",
        "scored",
    }
    assert "Analysts: 3 estimates of 1 on 3 forecasts" in lines
    assert left_over() == []


@pytest.mark.validate
def test_the_seed_too_gives_equal_output_to_the_byte() -> None:
    first, second = replay(SEED), replay(SEED)

    assert first.returncode == 0
    assert first.stdout == second.stdout
    assert len(first.stdout.splitlines()) > 400


@pytest.mark.parametrize("text", ["2024-13-01", "yesterday", "2024-12-31T12:00"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="is not a date such as 2024-12-31"):
        call_command("replay", str(SEED), "--until", text)


@pytest.mark.validate
def test_ctrl_c_drops_the_database_too() -> None:
    process = subprocess.Popen(
        command(SEED), cwd=CHECKOUT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wait_until(lambda: left_over() or process.poll() is not None, "a database of the replay")

    process.send_signal(signal.SIGINT)

    assert process.wait(120) == 128 + signal.SIGINT
    assert left_over() == []


def test_a_role_that_may_make_no_database_is_told_so_in_one_line(tmp_path: Path) -> None:
    url = database.urls().application

    ended = replay(folders.write(tmp_path / "talks"), DATABASE_URL=url, DATABASE_OWNER_URL=url)

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert f"{APPLICATION} may not make a database for this" in ended.stderr


def test_a_fault_of_the_folder_is_one_line(tmp_path: Path) -> None:
    ended = replay(tmp_path / "nowhere")

    assert ended.returncode == 1
    assert ended.stderr == f"CommandError: {tmp_path / 'nowhere'}: is not a folder\n"
    assert left_over() == []
