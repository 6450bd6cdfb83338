"""Making and ending tokens."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from forecasts.models import Scope, Token, User
from forecasts.rules import security_log
from forecasts.rules.errors import InvalidValue
from forecasts.rules.security_log import Kind

DEFAULT_NAME = "Token"
DEFAULT_DAYS, LONGEST_DAYS = 90, 365
LONGEST_NAME = 100
DEFAULTS = {"name": DEFAULT_NAME, "scopes": Scope.values, "days": DEFAULT_DAYS}
"""What is made for whoever says nothing about it."""
MOST_TOKENS = 100
"""At once, for one person."""
# How exactly the last use is known: writing it with every request would cost more than most requests.
USED_WITHIN = timedelta(minutes=10)


@transaction.atomic
def make(
    person: User, name: str = "", scopes: Sequence[str] = (), days: int = DEFAULT_DAYS, *, at: datetime
) -> tuple[Token, str]:
    """A token and its secret, which is known this once. Without scopes it may do whatever its person may.

    Raises InvalidValue.
    """
    unknown = [scope for scope in scopes if scope not in Scope.values]
    if unknown:
        raise InvalidValue("scopes", f"The scopes are {', '.join(Scope.values)}.")
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidValue("days", f"A token lasts for 1 to {LONGEST_DAYS} days.")
    User.objects.select_for_update().get(pk=person.pk)
    theirs = Token.objects.filter(user=person)
    theirs.filter(expiry__lte=at).delete()
    if theirs.count() >= MOST_TOKENS:
        raise InvalidValue("name", f"Nobody has more than {MOST_TOKENS} tokens: revoke some first.")
    wanted = [scope for scope in Scope.values if not scopes or scope in scopes]
    digest, secret = get_digest_token()
    token = Token.objects.create(
        digest=digest,
        token_key=secret[: CONSTANTS.TOKEN_KEY_LENGTH],
        user=person,
        created=at,
        expiry=at + timedelta(days=days),
        name=" ".join(name.split())[:LONGEST_NAME] or DEFAULT_NAME,
        scopes=wanted,
    )
    security_log.note(Kind.TOKEN, person, at=at, detail=f"{token.name}: {', '.join(token.scopes)}, {days} days")
    return token, secret


def revoke(token: Token, *, at: datetime) -> None:
    token.delete()
    security_log.note(Kind.TOKEN_GONE, token.user, at=at, detail=token.name)


def was_used(token: Token, *, at: datetime) -> None:
    if token.used_at is None or at - token.used_at >= USED_WITHIN:
        Token.objects.filter(pk=token.pk).update(used_at=at)
