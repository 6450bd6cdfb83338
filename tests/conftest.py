"""Fixtures that tests of several subjects share. A file that needs others of the same name has its own."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as properties

from forecasts.models import Membership, Scenario, User
from tests import make
from tests.smtp import Server

# How fast the machine is, is no property of what is tested.
properties.register_profile("unhurried", properties(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("unhurried")


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario()


@pytest.fixture
def analyst(scenario: Scenario) -> User:
    return make.member(scenario)


@pytest.fixture
def editor(scenario: Scenario) -> User:
    return make.member(scenario, Membership.Role.EDITOR, name="Anna")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> None:
    """Stored files of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Server]:
    """A real SMTP server on loopback, which the settings point to."""
    server = Server()
    server.start()
    settings.MAILERS = {"default": {**settings.MAILERS["default"], "OPTIONS": server.options}}
    yield server
    server.stop()
