"""Fixtures of all tests. Database and broker are real: `tests/services.py` starts them."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

pytest_plugins = ["tests.services", "tests.browsing"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The full forms of random checks run only when asked for by name: `-m validate`. What takes longest begins."""
    items.sort(key=lambda item: not any(item.get_closest_marker(long) for long in ("slow", "browser")))
    if "validate" in (config.option.markexpr or ""):
        return
    full = [item for item in items if item.get_closest_marker("validate")]
    config.hook.pytest_deselected(items=full)
    items[:] = [item for item in items if item not in full]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """At the end, close what threads and processes of the tests left open: a database in use cannot be dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user"
        )
