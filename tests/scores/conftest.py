"""A scenario, and two who answer in it."""

import pytest

from forecasts.models import Scenario, User
from tests import make


@pytest.fixture
def aleppo() -> Scenario:
    return make.scenario("aleppo")


@pytest.fixture
def ada(aleppo: Scenario) -> User:
    return make.member(aleppo, email="ada@example.invalid")


@pytest.fixture
def ben(aleppo: Scenario) -> User:
    return make.member(aleppo, email="ben@example.invalid")
