"""Nobody has guessed at anything before a test."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_guesses_so_far() -> Iterator[None]:
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()
