"""The application's own role."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from core.local import database, places
from core.local.cluster import APPLICATION
from forecasts.rules import grants


@pytest.fixture
def application(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection of the application's role, with what `manage.py migrate` grants to it."""
    url = urlsplit(database.urls().application)
    with connection.cursor() as cursor:
        for statement in grants.statements(APPLICATION, connection.introspection.table_names()):
            cursor.execute(statement)
    if not (places.sockets() / ".s.PGSQL.5432").exists():
        pytest.skip("The database is not this run's own, and its application's password not known here.")
    with psycopg.connect(url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()) as connected:
        yield connected
