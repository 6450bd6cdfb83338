"""Fixtures of the tests of reports. Models are imported late: services start before Django is set up."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from forecasts.models import Scenario, User


@pytest.fixture
def aleppo(db: None) -> "Scenario":
    from tests import make

    return make.scenario("aleppo", visibility="all", is_pool=True)


@pytest.fixture
def ada(aleppo: "Scenario") -> "User":
    from tests import make

    return make.member(aleppo, email="ada@example.invalid")


@pytest.fixture
def eight(aleppo: "Scenario", ada: "User") -> None:
    """Eight forecasts of Ada, settled."""
    from tests.scores.statistics import world

    world.eight(aleppo, ada)
