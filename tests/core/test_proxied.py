"""Log-in by the header of a proxy: off, unless it is named, and nothing from anybody but a named proxy."""

from ipaddress import ip_network

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from core.proxied import ProxyLogInMiddleware
from forecasts.models import User
from tests import make

pytestmark = pytest.mark.django_db
PROXY = "10.0.0.5"


@pytest.fixture
def person() -> User:
    return make.user("somebody@example.org")


@pytest.fixture
def behind_a_proxy(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    settings.PROXY_LOGIN_HEADER = "X-Forwarded-Email"


def status(client: Client, email: str = "", peer: str = PROXY, header: str = "x-forwarded-email") -> int:
    return client.get("/account/", headers={header: email} if email else {}, REMOTE_ADDR=peer).status_code


def test_it_is_off_by_default(person: User) -> None:
    with pytest.raises(MiddlewareNotUsed):
        ProxyLogInMiddleware(lambda request: HttpResponse())
    assert status(Client(), person.email, "127.0.0.1") == 302


@pytest.mark.usefixtures("behind_a_proxy")
class TestBehindAProxy:
    def test_whom_the_proxy_names_is_logged_in(self, person: User) -> None:
        assert status(Client(), "Somebody@Example.org") == 200

    @pytest.mark.parametrize("peer", ["203.0.113.7", "127.0.0.1", "10.0.1.5", ""])
    def test_from_anybody_else_the_header_is_nothing(self, person: User, peer: str) -> None:
        assert status(Client(), person.email, peer) == 302

    def test_a_client_that_sends_the_header_to_another_address_gains_nothing(self, person: User) -> None:
        forwarded = {"x-forwarded-email": person.email, "x-forwarded-for": PROXY}
        assert Client().get("/account/", headers=forwarded, REMOTE_ADDR="203.0.113.7").status_code == 302

    @pytest.mark.parametrize(
        "email", ["nobody@example.org", "closed@example.org", "somebody@example.org,x@y.z", "\x00"]
    )
    def test_who_has_no_open_account_is_not(self, person: User, email: str) -> None:
        make.user("closed@example.org", is_active=False)
        assert status(Client(), email) == 302

    def test_who_is_named_no_more_or_is_another_is_logged_out(self, person: User) -> None:
        client = Client()
        assert status(client, person.email) == 200
        assert status(client) == 302
        make.user("another@example.org")
        assert status(client, person.email) == 200
        assert status(client, "another@example.org") == 200
        assert (
            client.get("/account/", headers={"x-forwarded-email": "another@example.org"}, REMOTE_ADDR=PROXY)
            .context["request"]
            .user.email
            == "another@example.org"
        )

    def test_its_session_is_worth_nothing_beside_the_proxy(self, person: User) -> None:
        client = Client()
        assert status(client, person.email) == 200
        assert status(client, peer="203.0.113.7") == 302

    def test_a_log_in_with_a_password_stays_as_it_is(self, person: User) -> None:
        client = Client()
        client.post("/login/", {"username": person.email, "password": make.PASSWORD}, REMOTE_ADDR=PROXY)
        assert status(client) == 200

    def test_the_proxy_asks_for_the_second_factor(self, person: User, settings: Settings) -> None:
        settings.REQUIRE_FACTOR = "all"
        assert status(Client(), person.email) == 200
