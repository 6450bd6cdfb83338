"""The style sheet that is made of records. It tells nobody anything, so everybody gets it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forecasts.presenting import looks

A_YEAR = 365 * 24 * 3600


@cache_control(public=True, max_age=A_YEAR, immutable=True)
@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Kept for ever by browsers: pages name it by its version."""
    return HttpResponse(looks.style_sheet(), content_type="text/css; charset=utf-8")
