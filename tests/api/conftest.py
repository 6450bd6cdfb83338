"""Fixtures of the API's tests. Models are imported late: services start before Django is set up."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.api.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.api.world import build

    return build()


@pytest.fixture(autouse=True)
def no_guesses_so_far() -> Iterator[None]:
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
