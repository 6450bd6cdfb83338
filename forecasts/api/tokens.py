"""Tokens for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

from forecasts.api.authentication import PasswordAuthentication, TokenAuthentication
from forecasts.api.fields import Instant
from forecasts.api.resources import PrivateView
from forecasts.rules.errors import NotAllowed


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(help_text="Shown this once; only a hash of it is kept.")
    created_at = Instant()
    expires_at = Instant(allow_null=True)


class TokenView(PrivateView):
    """Obtain and revoke tokens."""

    authentication_classes = (PasswordAuthentication, SessionAuthentication, TokenAuthentication)
    error_statuses = {"POST": ("403", "429"), "DELETE": ("403",)}

    @extend_schema(request=None, responses={201: TokenSerializer})
    def post(self, request: Request) -> Response:
        """Make a token: with HTTP basic (e-mail and password), or logged in. A token makes no further ones."""
        if isinstance(request.auth, AuthToken):
            raise NotAllowed("A token makes no further tokens: log in, or give address and password.")
        row, token = AuthToken.objects.create(user=request.user)
        made = {"token": token, "created_at": row.created, "expires_at": row.expiry}
        return Response(TokenSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the token that this request carries."""
        if not isinstance(request.auth, AuthToken):
            raise NotAllowed("This request carries no token to revoke.")
        request.auth.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
