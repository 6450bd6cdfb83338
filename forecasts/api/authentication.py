"""Tokens, hashed at rest."""

from typing import Any

from knox.auth import TokenAuthentication as KnoxTokenAuthentication


class TokenAuthentication(KnoxTokenAuthentication):
    """Knox looks at all tokens of the user on every request; this looks only at the one that came."""

    def _cleanup_token(self, auth_token: Any) -> bool:
        from django.utils import timezone

        if auth_token.expiry is None or auth_token.expiry >= timezone.now():
            return False
        auth_token.delete()
        return True
