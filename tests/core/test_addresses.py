"""Whose address a request comes from, and whether it is this machine's."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from core.addresses import ClientAddressMiddleware, is_this_machine

BROWSER = {
    "HTTP_HOST": "localhost:8000",
    "HTTP_USER_AGENT": "Mozilla/5.0",
    "HTTP_ACCEPT": "text/html",
    "HTTP_SEC_FETCH_SITE": "same-origin",
    "HTTP_REFERER": "http://localhost:8000/",
    "HTTP_COOKIE": "a=b",
}


def asked(**meta: Any) -> HttpRequest:
    """A request as it looks behind the middleware."""
    seen: list[HttpRequest] = []

    def remember(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    ClientAddressMiddleware(remember)(RequestFactory().get("/inbox/", **meta))
    return seen[0]


@pytest.fixture
def proxies(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24"), ip_network("127.0.0.1")]


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.5", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first was made up by the client
        ("10.0.0.5", "203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("10.0.0.5", "203.0.113.7:4711", "203.0.113.7"),
        ("10.0.0.5", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.5", "::ffff:203.0.113.7", "203.0.113.7"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "unknown", "10.0.0.5"),
        ("10.0.0.5", "203.0.113.7, nonsense", "10.0.0.5"),
        ("10.0.1.5", "203.0.113.7", "10.0.1.5"),  # nobody named it
        ("203.0.113.9", "10.0.0.5", "203.0.113.9"),
    ],
)
def test_a_clients_address_is_believed_from_named_proxies_only(peer: str, forwarded: str, client: str) -> None:
    assert asked(REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded).META["REMOTE_ADDR"] == client


def test_without_named_proxies_nobodys_word_is_taken(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = []
    assert asked(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.7").META["REMOTE_ADDR"] == "127.0.0.1"


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(("peer", "is_secure"), [("10.0.0.5", True), ("203.0.113.9", False)])
def test_that_a_request_was_encrypted_is_believed_from_named_proxies_only(
    settings: Settings, peer: str, *, is_secure: bool
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert asked(REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO="https").is_secure() is is_secure


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_a_browser_of_this_machine_is_at_this_machine(peer: str, host: str) -> None:
    assert is_this_machine(asked(**{**BROWSER, "REMOTE_ADDR": peer, "HTTP_HOST": host}))


@pytest.mark.parametrize("peer", ["192.168.1.4", "203.0.113.7", "2001:db8::7", "", "nonsense"])
def test_another_machine_is_not(peer: str) -> None:
    assert not is_this_machine(asked(**{**BROWSER, "REMOTE_ADDR": peer}))


PROXY_HEADERS = """Forwarded X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port X-Forwarded-Server
    X-Forwarded-Prefix X-Forwarded-Ssl X-Forwarded-Email X-Real-IP Via X-Client-IP Client-IP True-Client-IP
    CF-Connecting-IP CF-Ray CDN-Loop Fastly-Client-IP Fly-Client-IP X-Cluster-Client-IP X-Original-Forwarded-For
    X-Original-URL X-Original-Host X-ProxyUser-Ip X-Envoy-External-Address X-Amzn-Trace-Id X-Azure-ClientIP
    X-Appengine-User-Ip X-Remote-User Remote-User X-Host X-Scheme X-Request-ID Front-End-Https Max-Forwards
    Tailscale-User-Login X-Varnish Proxy-Connection Surrogate-Capability Traceparent X-Never-Heard-Of"""


@pytest.mark.parametrize("header", PROXY_HEADERS.split())
def test_what_any_header_of_a_proxy_comes_with_is_from_elsewhere(header: str) -> None:
    meta = {**BROWSER, "REMOTE_ADDR": "127.0.0.1", "HTTP_" + header.upper().replace("-", "_"): "127.0.0.1"}
    assert not is_this_machine(asked(**meta))


@pytest.mark.parametrize(
    "kept",
    [
        {"HTTP_HOST": "reckoner.example.org"},
        {"HTTP_HOST": "localhost.example.org"},
        {"HTTP_HOST": "127.0.0.1.example.org:8000"},
        {"HTTP_HOST": "192.168.1.4:8000"},
        {"HTTP_REFERER": "https://reckoner.example.org/"},
        {"HTTP_ORIGIN": "https://reckoner.example.org"},
        {"SERVER_PROTOCOL": "HTTP/1.0"},
    ],
)
def test_a_proxy_that_adds_no_header_is_known_by_what_it_keeps(kept: dict[str, str]) -> None:
    assert not is_this_machine(asked(**{**BROWSER, "REMOTE_ADDR": "127.0.0.1", **kept}))


@pytest.mark.usefixtures("proxies")
def test_a_named_proxy_is_never_this_machine() -> None:
    assert not is_this_machine(asked(**BROWSER, REMOTE_ADDR="127.0.0.1"))
    assert not is_this_machine(asked(**BROWSER, REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="127.0.0.1"))


@pytest.mark.parametrize(("name", "value"), [("PRODUCTION", True), ("SITE_URL", "https://reckoner.example.org")])
def test_an_installation_for_others_takes_nobody_for_this_machine(settings: Settings, name: str, value: object) -> None:
    setattr(settings, name, value)
    assert not is_this_machine(asked(**BROWSER, REMOTE_ADDR="127.0.0.1"))


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_CF_CONNECTING_IP", "HTTP_VIA"])
def test_the_inbox_and_the_metrics_use_the_one_rule(client: Client, settings: Settings, header: str) -> None:
    settings.EMBEDDED_MAIL = True
    assert (client.get("/inbox/").status_code, client.get("/metrics").status_code) == (200, 200)
    passed_on: dict[str, Any] = {header: "203.0.113.7"}
    assert client.get("/inbox/", **passed_on).status_code == 404
    assert client.get("/metrics", **passed_on).status_code == 401
