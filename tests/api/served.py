"""The web server that `manage.py up` runs, on the database of the test."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection

from core.local.places import CHECKOUT
from core.management.commands import up
from tests.services import free_port, status, wait_until


@contextmanager
def serving() -> Iterator[int]:
    """Its port. The test needs `transactional_db`: what it has written the server reads."""
    port = free_port()
    command = up.processes()["web"]
    command[command.index("--port") + 1] = str(port)
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    # Guessing is counted in the broker, beside what other tests keep there.
    env = {**os.environ, "DATABASE_URL": database, "DATABASE_OWNER_URL": database, "PORT": str(port)}
    process = subprocess.Popen(command, cwd=CHECKOUT, env={**env, "CACHE_PREFIX": f"served-{port}"})
    try:
        wait_until(lambda: process.poll() is not None or status(f"http://127.0.0.1:{port}/healthz"), "the web server")
        assert process.poll() is None
        yield port
    finally:
        process.terminate()
        process.wait(120)
