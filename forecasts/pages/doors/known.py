"""Browsers that somebody has logged in with. Guessing by strangers does not count against them.

See "device cookies" at OWASP. The cookie opens nothing: it says which browser a guess comes from.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from forecasts.rules.limits import digest

LIFE = timedelta(days=180)
ACCOUNTS = 5
"""Of so many accounts one browser remembers that it was used for them, the latest."""

type Known = dict[str, tuple[str, float]]


def cookie_name() -> str:
    return "__Host-known" if settings.HTTPS else "known"


def browser_of(request: HttpRequest, account: str, at: datetime) -> str:
    """The number of this browser, where this account has logged in with it before; else empty."""
    number, _ = _known(request, at).get(_key(account), ("", 0.0))
    return number


def remember(request: HttpRequest, response: HttpResponse, account: str, at: datetime) -> bool:
    """Have the browser say from now on that this account has logged in with it. Says whether it is new."""
    known = _known(request, at)
    key = _key(account)
    is_new = key not in known
    number = secrets.token_hex(8) if is_new else known.pop(key)[0]
    latest: Known = dict([*known.items()][-ACCOUNTS + 1 :]) | {key: (number, at.timestamp())}
    response.set_cookie(
        cookie_name(),
        _signer().sign_object(latest),
        max_age=LIFE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return is_new


def _known(request: HttpRequest, at: datetime) -> Known:
    try:
        said = _signer().unsign_object(request.COOKIES.get(cookie_name(), ""))
    except (signing.BadSignature, ValueError):
        return {}
    oldest = (at - LIFE).timestamp()
    return {key: (number, since) for key, (number, since) in said.items() if since > oldest}


def _key(account: str) -> str:
    return digest(account.strip().lower())[:16]


def _signer() -> signing.Signer:
    return signing.Signer(salt="forecasts.doors.known")
