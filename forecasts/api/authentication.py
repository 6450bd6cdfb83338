"""Who asks: a token, hashed at rest; a session; or, to obtain a token, an address and a password."""

import hashlib
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.authentication import BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:
    from rest_framework.views import APIView


class TokenAuthentication(KnoxTokenAuthentication):
    """Knox looks at all tokens of the user on every request; this looks only at the one that came."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        if not token.isalnum():
            raise AuthenticationFailed("This token is not valid.")
        found: tuple[Any, Any] = super().authenticate_credentials(token)
        return found

    def _cleanup_token(self, auth_token: Any) -> bool:
        if auth_token.expiry is None or auth_token.expiry >= timezone.now():
            return False
        auth_token.delete()
        return True


class Guesses(SimpleRateThrottle):
    """Ten passwords a minute for one account, from wherever they come."""

    rate = "10/minute"
    scope = "guesses"

    def __init__(self, account: str) -> None:
        super().__init__()
        self.account = hashlib.sha256(account.strip().lower().encode()).hexdigest()

    def get_cache_key(self, request: Request, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.account}


class PasswordAuthentication(BasicAuthentication):
    """HTTP basic with address and password, tried at most ten times a minute for one account."""

    www_authenticate_realm = "Reckoner"

    def authenticate_credentials(
        self, userid: str, password: str, request: Request | None = None
    ) -> tuple[AbstractBaseUser, None]:
        if "\x00" in userid:
            raise AuthenticationFailed("Address or password is wrong.")
        guesses, view = Guesses(userid), cast("APIView", None)
        if request is not None and not guesses.allow_request(request, view):
            raise Throttled(guesses.wait())
        return super().authenticate_credentials(userid, password, request)
