"""Where a request comes from: the client's address, which named proxies alone may tell, and whether it is this machine.

What a proxy tells is believed from those in TRUSTED_PROXIES only; from anybody else it is what the caller made up.
"""

from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

type Address = IPv4Address | IPv6Address

PEER = "reckoner.peer"
"""The key of META that keeps who connected, whoever they connected for."""

# What browsers, curl and Prometheus send by themselves. Whatever else comes was set by something in between.
OWN_HEADERS = (
    "ACCEPT ACCEPT_CHARSET ACCEPT_ENCODING ACCEPT_LANGUAGE AUTHORIZATION CACHE_CONTROL CONNECTION CONTENT_LENGTH"
    " CONTENT_TYPE COOKIE DNT HOST IF_MODIFIED_SINCE IF_NONE_MATCH KEEP_ALIVE ORIGIN PRAGMA PRIORITY PURPOSE RANGE"
    " REFERER SAVE_DATA TE UPGRADE_INSECURE_REQUESTS USER_AGENT X_CSRFTOKEN X_PROMETHEUS_SCRAPE_TIMEOUT_SECONDS"
    " X_REQUESTED_WITH"
)
OWN = frozenset(OWN_HEADERS.split())


class ClientAddressMiddleware:
    """Puts the client's address into REMOTE_ADDR, so that limits and logs need not know of proxies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        peer = meta[PEER] = meta.get("REMOTE_ADDR", "")
        if is_named_proxy(peer):
            meta["REMOTE_ADDR"] = _client(peer, meta.get("HTTP_X_FORWARDED_FOR", ""))
        elif settings.TRUSTED_PROXIES and "HTTP_X_FORWARDED_PROTO" in meta:
            meta["HTTP_X_FORWARDED_PROTO"] = ""
        return self.get_response(request)


def is_named_proxy(address: str) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in settings.TRUSTED_PROXIES)


def _client(peer: str, forwarded: str) -> str:
    """The nearest address that no named proxy has; of what stands beyond it any caller can be the author."""
    client = peer
    for said in reversed(forwarded.split(",")):
        address = _parsed(said)
        if address is None:
            break
        client = str(address)
        if not is_named_proxy(client):
            break
    return client


def _parsed(text: str) -> Address | None:
    """An address as proxies write it: with a port or without, IPv6 in brackets or not, IPv4 in IPv6 as IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_this_machine(request: HttpRequest) -> bool:
    """Whether somebody at this very machine asks, of an installation that is for this machine.

    No proxy that passes somebody else's request on satisfies it: it connects from loopback as well, but it adds a
    header, or keeps the name or the page that its client came from, or speaks HTTP 1.0, or is one that is named; and
    where people open the installation by another name than this machine's, there is one.
    """
    meta = request.META
    peer = meta.get(PEER, meta.get("REMOTE_ADDR", ""))
    return (
        not settings.PRODUCTION
        and _is_loopback(peer)
        and not is_named_proxy(peer)
        and meta.get("SERVER_PROTOCOL") != "HTTP/1.0"
        and all(_is_own(name) for name in meta if name.startswith("HTTP_"))
        and all(_is_loopback(name) for name in _names(request))
    )


def _is_own(header: str) -> bool:
    name = header.removeprefix("HTTP_")
    return name in OWN or name.startswith("SEC_")


def _names(request: HttpRequest) -> Iterator[str]:
    """Every name by which somebody may have come to this installation."""
    yield urlsplit(settings.SITE_URL).hostname or ""
    if "HTTP_HOST" in request.META:
        yield urlsplit(f"//{request.META['HTTP_HOST']}").hostname or ""
    for header in ("HTTP_ORIGIN", "HTTP_REFERER"):
        if header in request.META:
            yield urlsplit(request.META[header]).hostname or ""


def _is_loopback(name: str) -> bool:
    address = _parsed(name)
    return name == "localhost" if address is None else address.is_loopback
