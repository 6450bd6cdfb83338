"""The schema, and pages that show it, for everybody with an account."""

from typing import Any

from django.contrib.auth.decorators import login_required
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from forecasts.api.authentication import WithinScopes
from forecasts.api.errors import Refused, problem
from forecasts.api.filters import refuse_unknown
from forecasts.api.resources import PrivateView

FORMATS = ("json", "yaml")


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "forecasts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "The token, as `POST tokens/` answered it. `Token` before it does as well as `Bearer`.",
        }


class PasswordScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "forecasts.api.authentication.PasswordAuthentication"
    name = "password"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "basic", "description": "E-mail and password; only to obtain a token."}


class SchemaView(PrivateView, SpectacularAPIView):
    """The document: YAML, or JSON where `format` or the header asks for it."""

    permission_classes = (IsAuthenticated, WithinScopes)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:  # noqa: FBT001, FBT002
        asked = request.query_params.get("format")
        if asked is None:
            return super().perform_content_negotiation(request, force)
        form = OpenApiJsonRenderer2() if asked == "json" else OpenApiYamlRenderer2()
        return form, form.media_type

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        refuse_unknown(request, ("format",))
        if request.query_params.get("format", "json") not in FORMATS:
            said = f"There is no such form. Allowed here: {', '.join(FORMATS)}."
            raise Refused({"format": [problem("invalid_choice", said, list(FORMATS))]})
        return super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]


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
