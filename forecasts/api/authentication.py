"""Who asks: a token, hashed at rest; a session; or, to obtain a token, an address and a password."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.authentication import BasicAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from forecasts.models import Scope, Token
from forecasts.pages.doors import required
from forecasts.rules import clock, guesses, tokens
from forecasts.rules.limits import TooMany

SCHEMES = (b"token", b"bearer")
HOW = "with a password, for a token"


class TokenAuthentication(KnoxTokenAuthentication):
    """Knox looks at all tokens of the user on every request; this looks only at the one that came."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """`Token` or, as many clients write of themselves, `Bearer`, and then the token."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() not in SCHEMES:
            return None
        if len(words) != 2:
            raise AuthenticationFailed("Give the token after one space; it holds none itself.")
        return self.authenticate_credentials(words[1])

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        if not token.isalnum():
            raise AuthenticationFailed("This token is not valid.")
        person, found = super().authenticate_credentials(token)
        if required.is_missing(person):
            raise PermissionDenied(required.SAID, "factor_required")
        tokens.was_used(found, at=clock.now())
        return person, found

    def _cleanup_token(self, auth_token: Token) -> bool:
        """Whether it is over. It stays for its person to see, until they make another."""
        return auth_token.is_over(clock.now())


class WithinScopes(BasePermission):
    """A token does what its scopes allow: reading, and what the view says that its acts are."""

    def has_permission(self, request: Request, view: Any) -> bool:
        token = request.auth
        if not isinstance(token, Token):
            return True
        wanted = Scope.READ if request.method in SAFE_METHODS else getattr(view, "writing", Scope.WRITE)
        if wanted not in token.scopes:
            said = f"This token may {', '.join(token.scopes)}; this needs one that may {wanted}."
            raise PermissionDenied(said, "scope")
        return True


class PasswordAuthentication(BasicAuthentication):
    """HTTP basic with address and password, guessed at no more often than at the log-in."""

    www_authenticate_realm = "Reckoner"

    def authenticate_credentials(
        self, userid: str, password: str, request: Request | None = None
    ) -> tuple[AbstractBaseUser, None]:
        if "\x00" in userid:
            raise AuthenticationFailed("Address or password is wrong.")
        address = request.META.get("REMOTE_ADDR", "") if request is not None else ""
        try:
            guess = guesses.begin(userid, address, at=clock.now())
        except TooMany as error:
            raise Throttled(error.wait) from error
        try:
            found = super().authenticate_credentials(userid, password, request)
        except AuthenticationFailed:
            guess.was_wrong(HOW)
            raise
        guess.was_right()
        return found
