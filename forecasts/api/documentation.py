"""The schema, and pages that show it, for everybody with an account."""

from typing import Any

from django.contrib.auth.decorators import login_required
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated

from forecasts.api.authentication import WithinScopes
from forecasts.api.resources import PrivateView


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "forecasts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and a space before the token, as `POST tokens/` answered it.",
        }


class PasswordScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "forecasts.api.authentication.PasswordAuthentication"
    name = "password"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "basic", "description": "E-mail and password; only to obtain a token."}


class SchemaView(PrivateView, SpectacularAPIView):
    permission_classes = (IsAuthenticated, WithinScopes)


class DocumentationView(PrivateView, SpectacularSwaggerSplitView):
    """Swagger UI out of our own static files: no inline script or style, nothing from elsewhere."""

    permission_classes = (IsAuthenticated, WithinScopes)
    template_name = "forecasts/api/documentation.html"
    url_name = "v1:schema"


def any_of(result: Any, **_: Any) -> Any:
    """What may be one thing or another may be both: “exactly one” refuses an empty text, which is of any kind."""
    if isinstance(result, dict):
        return {"anyOf" if key == "oneOf" else key: any_of(one) for key, one in result.items()}
    return [any_of(one) for one in result] if isinstance(result, list) else result


schema = SchemaView.as_view()
documentation = login_required(DocumentationView.as_view())
