"""A scenario, its resolver, logged in, and a forecast to resolve."""

import pytest
from django.test import Client

from forecasts.models import Forecast, Membership, Scenario, User
from tests import make


@pytest.fixture
def resolver(scenario: Scenario, client: Client) -> User:
    person = make.member(scenario, Membership.Role.RESOLVER)
    client.force_login(person)
    return person


@pytest.fixture
def forecast(scenario: Scenario) -> Forecast:
    return make.forecast(scenario, time_zone="Asia/Damascus")
