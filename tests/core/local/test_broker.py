import os
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import psutil
import pytest
import redis
from celery import Celery

from core.local import broker


def queue_one(url: str) -> int:
    """Put a task into a queue and count what is in it."""
    app = Celery("test", broker=url, broker_connection_retry=False)
    app.send_task("anything", queue="mail", retry=False)
    with closing(redis.Redis(unix_socket_path=str(broker.socket_path()))) as client:
        return int(client.llen("mail"))


def test_celery_can_queue_tasks_at_its_address(var: Path) -> None:
    with broker.running() as url:
        assert queue_one(url) == 1


def test_it_forgets_everything_since_the_database_knows_what_is_due(var: Path) -> None:
    for _ in range(2):
        with broker.running() as url:
            assert queue_one(url) == 1


def test_it_listens_on_its_socket_alone_and_that_is_closed_to_others(var: Path) -> None:
    with broker.running():
        server = next(child for child in psutil.Process().children() if "valkey" in child.name())
        assert server.net_connections("inet") == []
        assert stat.S_IMODE(broker.socket_path().stat().st_mode) == 0o700
        assert stat.S_IMODE(broker.socket_path().parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another account")
def test_another_account_does_not_get_in(var: Path) -> None:
    with broker.running():
        seen = subprocess.run(
            ["ls", broker.socket_path()], user=65534, group=65534, extra_groups=[], capture_output=True
        )
        assert b"Permission denied" in seen.stderr


def test_its_socket_goes_with_it(var: Path) -> None:
    with broker.running():
        assert broker.socket_path().is_socket()
    assert not broker.socket_path().exists()
