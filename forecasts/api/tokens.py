"""Tokens for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from forecasts.api.authentication import PasswordAuthentication, TokenAuthentication
from forecasts.api.fields import Instant, StrictSerializer, Text, Whole
from forecasts.api.resources import PrivateView
from forecasts.models import Scope, Token
from forecasts.pages.doors import adapters, required
from forecasts.rules import tokens
from forecasts.rules.errors import NotAllowed


class NewTokenSerializer(StrictSerializer):
    """What it is for. An empty body makes one that may do whatever its person may."""

    name = Text(default=tokens.DEFAULT_NAME, max_length=tokens.LONGEST_NAME, help_text="What the token is for.")
    scopes = serializers.MultipleChoiceField(
        choices=Scope.choices, required=False, allow_empty=False, help_text="What it may do; by default all."
    )
    days = Whole(
        default=tokens.DEFAULT_DAYS, min_value=1, max_value=tokens.LONGEST_DAYS, help_text="After so many it ends."
    )


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(help_text="Shown this once; only a hash of it is kept.")
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    created_at = Instant()
    expires_at = Instant()


class TokenView(PrivateView):
    """Obtain and revoke tokens."""

    authentication_classes = (PasswordAuthentication, SessionAuthentication, TokenAuthentication)
    # Whatever a token may do, it may end itself.
    permission_classes = (IsAuthenticated,)
    error_statuses = {"POST": ("403", "413", "415", "429"), "DELETE": ("403", "429")}

    @extend_schema(request=NewTokenSerializer, responses={201: TokenSerializer})
    def post(self, request: Request) -> Response:
        """Make a token: with HTTP basic (e-mail and password), or logged in within the last minutes.

        A token makes no further ones, and where a second factor is in use a password alone makes none.
        """
        self._check(request)
        body = NewTokenSerializer(data=_body(request))
        body.is_valid(raise_exception=True)
        row, token = tokens.make(self.reader, **body.validated_data, at=self.at)
        made = {
            "token": token,
            "name": row.name,
            "scopes": row.scopes,
            "created_at": row.created,
            "expires_at": row.expiry,
        }
        return Response(TokenSerializer(made).data, status=status.HTTP_201_CREATED)

    def _check(self, request: Request) -> None:
        if isinstance(request.auth, Token):
            raise NotAllowed("A token makes no further tokens: log in, or give address and password.")
        if isinstance(request.successful_authenticator, PasswordAuthentication):
            if required.factors(self.reader).exists() or required.is_required(self.reader):
                raise NotAllowed("A second factor is in use here: log in, and make it on your account's page.")
        elif not adapters.is_recent(request._request):
            raise NotAllowed("Your log-in is some minutes old: log in again, or make the token on your account's page.")

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the token that this request carries."""
        if not isinstance(request.auth, Token):
            raise NotAllowed("This request carries no token to revoke.")
        tokens.revoke(request.auth, at=self.at)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _body(request: Request) -> Any:
    """What was sent as JSON. A body of nothing is empty, in whatever form a client puts that."""
    try:
        return request.data or {}
    except UnsupportedMediaType:
        sent = request._request
        if sent.POST or sent.FILES or ("form" not in (sent.content_type or "") and sent.body.strip()):
            raise
        return {}
