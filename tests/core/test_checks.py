"""System checks: an id and a hint each, and no false alarm."""

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from core import checks
from tests import make


def test_an_unencrypted_address_is_warned_about_in_production_only(settings: Settings) -> None:
    settings.SITE_URL = "http://reckoner.example.org"
    assert checks.site_url_is_encrypted(None) == []
    settings.PRODUCTION = True
    (warning,) = checks.site_url_is_encrypted(None)
    assert (warning.id, bool(warning.hint)) == ("reckoner.W001", True)


def test_a_proxy_that_nobody_named_is_warned_about_in_production_only(settings: Settings) -> None:
    assert checks.proxies_are_named(None) == []
    settings.PRODUCTION = True
    (warning,) = checks.proxies_are_named(None)
    assert (warning.id, bool(warning.hint)) == ("reckoner.W004", True)
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    assert checks.proxies_are_named(None) == []


@pytest.mark.parametrize(
    ("lease", "message", "is_well"), [(120, 30, True), (10, 5, True), (9, 5, False), (10, 0, False)]
)
def test_a_lease_that_ends_before_two_messages_is_an_error(
    settings: Settings, lease: float, message: float, is_well: bool
) -> None:
    settings.LEASE_SECONDS, settings.MESSAGE_SECONDS = lease, message
    assert [error.id for error in checks.a_lease_outlasts_two_messages(None)] == ([] if is_well else ["reckoner.E002"])


@pytest.mark.django_db
def test_an_application_that_owns_the_tables_is_warned_about(settings: Settings) -> None:
    assert checks.application_role_owns_nothing(None, databases=["default"]) == []
    settings.PRODUCTION = True
    (warning,) = checks.application_role_owns_nothing(None, databases=["default"])
    assert (warning.id, bool(warning.hint)) == ("reckoner.W002", True)


@pytest.mark.django_db
def test_production_refuses_to_start_while_a_demonstration_account_can_log_in(settings: Settings) -> None:
    person = make.user(is_demo=True)
    checks.refuse_demonstration()
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="close_demo_accounts"):
        checks.refuse_demonstration()
    (error,) = checks.no_demonstration_password_in_production(None, databases=["default"])
    assert (error.id, bool(error.hint)) == ("reckoner.E001", True)
    person.set_unusable_password()
    person.save()
    checks.refuse_demonstration()
    assert checks.no_demonstration_password_in_production(None, databases=["default"]) == []


@pytest.mark.django_db
def test_an_ordinary_account_is_no_demonstration(settings: Settings) -> None:
    make.user()
    settings.PRODUCTION = True
    checks.refuse_demonstration()
    assert checks.demonstration_accounts() == 0
