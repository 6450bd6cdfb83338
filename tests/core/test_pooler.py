"""Behind pgbouncer in transaction mode each transaction may come to another session; all works as it does alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from core.local import account, places
from core.local.cluster import OWNER
from core.local.places import CHECKOUT
from forecasts.models import Prompt, Total, Watch
from forecasts.models.mail_kinds import PromptKind
from forecasts.scores import scorekeeping
from tests import make
from tests.services import free_port, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pgbouncer") is None, reason="pgbouncer is not installed"),
]


@pytest.fixture
def pooled(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The address of the tests' database, two of whose sessions are shared by all who come."""
    sockets = places.sockets()
    if not (sockets / ".s.PGSQL.5432").exists():
        pytest.skip("The database is not this run's own.")
    port, name = free_port(), connection.settings_dict["NAME"]
    of_database = account.of_database(places.var() / "database")
    own = sockets / "pooler"
    own.mkdir(mode=0o700)
    (own / "users.txt").write_text(f'"{OWNER}" "{places.secret(f"database-{OWNER}")}"\n')
    (own / "pgbouncer.ini").write_text(
        f"[databases]\n{name} = host={sockets} port=5432 dbname={name}\n[pgbouncer]\nlisten_port = {port}\n"
        f"unix_socket_dir = {own}\nauth_type = plain\nauth_file = {own}/users.txt\npool_mode = transaction\n"
        "default_pool_size = 2\nlogfile =\n"
    )
    of_database.own(own)
    pooler = subprocess.Popen(["pgbouncer", "--quiet", own / "pgbouncer.ini"], cwd=own, **of_database.identity())
    try:
        wait_until((own / f".s.PGSQL.{port}").exists, "pgbouncer")
        yield f"postgres://{OWNER}:{places.secret(f'database-{OWNER}')}@{quote(str(own), safe='')}:{port}/{name}"
    finally:
        pooler.terminate()
        pooler.wait(60)
        shutil.rmtree(own)


def manage(pooled: str, *arguments: str) -> None:
    environment = {**os.environ, "DATABASE_URL": pooled, "DATABASE_POOLER": "true"}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=CHECKOUT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_planning_settling_and_comparing_work(pooled: str) -> None:
    scenario = make.scenario()
    people = [make.member(scenario) for _ in range(3)]
    done, asked = make.forecast(scenario), make.forecast(scenario)
    for person in people:
        make.estimate(done, person, 0.3, make.day(2))
        Watch.objects.update_or_create(
            user=person, forecast=asked, kind=PromptKind.UPDATE, defaults={"next_at": make.day(3)}
        )
    make.verdict(done)
    scorekeeping.mark_due([done.pk], make.day(32))
    manage(pooled, "run_prompts", "--once")
    assert Total.objects.exists()
    assert not Watch.objects.filter(next_at=make.day(3)).exists() or Prompt.objects.exists()
    manage(pooled, "verify")
