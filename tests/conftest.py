"""Fixtures that tests of several subjects share."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.smtp import Server


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Server]:
    """A real SMTP server on loopback, which the settings point to."""
    server = Server()
    server.start()
    settings.MAILERS = {"default": {**settings.MAILERS["default"], "OPTIONS": server.options}}
    yield server
    server.stop()
