"""A language model on loopback, set up as the extractor."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.chat import Server


@pytest.fixture
def model(settings: Settings) -> Iterator[Server]:
    server = Server()
    server.start()
    settings.EXTRACTOR_URL = server.url
    settings.EXTRACTOR_MODEL = "reader"
    settings.EXTRACTOR_KEY = "s3cret"
    settings.EXTRACTOR_SECONDS = 10.0
    yield server
    server.stop()
