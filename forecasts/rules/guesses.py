"""Guessing at a password, or at what stands in for one: ten wrong ones a minute, by account and by address.

None of it lets a stranger keep somebody out: a browser in which the person has logged in before counts for itself, and
a link by mail, a passkey and the identity provider are no guesses.
"""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache

from forecasts.models import User
from forecasts.rules import limits, security_log
from forecasts.rules.limits import Counted, Limit, TooMany
from forecasts.rules.security_log import Kind

MOST, SECONDS = 10, 60
BY_ACCOUNT = Limit("guesses-at-account", MOST, SECONDS)
BY_ADDRESS = Limit("guesses-from-address", MOST, SECONDS)
BY_BROWSER = Limit("guesses-in-browser", MOST, SECONDS)
LONGEST_ACCOUNT = 254
REFUSED = "Ten guesses were wrong within a minute. Wait for {wait} seconds."


@dataclass(frozen=True, slots=True)
class Guess:
    """One guess, counted as wrong until it is known to be right."""

    account: str
    counted: tuple[Counted, ...]
    at: datetime

    def was_right(self) -> None:
        limits.give_back_all(self.counted, self.at)

    def was_wrong(self, how: str) -> None:
        security_log.note(Kind.LOG_IN_FAILED, person_of(self.account), at=self.at, detail=how)


def begin(account: str, address: str, browser: str = "", *, step: str = "", at: datetime) -> Guess:
    """Count a guess at an account from an address, or in a browser that knows the account. Raises TooMany.

    A later `step`, which only those reach who have passed the first, counts for itself.
    """
    account = account.strip().lower()[:LONGEST_ACCOUNT]
    counted: tuple[Counted, ...] = (
        ((BY_BROWSER, browser + step),) if browser else ((BY_ACCOUNT, account + step), (BY_ADDRESS, network(address)))
    )
    try:
        limits.take_all(counted, at)
    except TooMany as error:
        _note_once(account, counted, at)
        raise TooMany(error.wait, REFUSED.format(wait=error.wait)) from error
    return Guess(account, counted, at)


def person_of(account: str) -> User | None:
    return None if "\x00" in account else User.objects.filter(email=account).first()


def network(address: str) -> str:
    """Who counts as one: an address, or of IPv6 the network of 64 bits that one household has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)


def _note_once(account: str, counted: tuple[Counted, ...], at: datetime) -> None:
    """Once a minute for what is guessed at, so that guessing fills no table."""
    at_what = limits.digest(" ".join(key for _, key in counted))
    if cache.add(f"refused:{at_what}", 1, timeout=SECONDS):
        security_log.note(Kind.LOG_IN_REFUSED, person_of(account), at=at)
