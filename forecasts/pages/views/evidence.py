"""Files kept as evidence, for those who may see what they prove."""

import hashlib
import io
from http import HTTPStatus

import structlog
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forecasts.models import Evidence, Forecast, User, Verdict
from forecasts.rules import access

DAMAGED = {
    "title": "410",
    "sentence": "The kept file is damaged: its sha256 is not the one recorded. The nightly check tells the operators.",
}

log = structlog.get_logger(__name__)


@login_required
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file, as an attachment that no browser opens as a page of this site."""
    piece = Evidence.objects.select_related("verdict__forecast__scenario").filter(pk=pk).exclude(file="").first()
    user = request.user
    if piece is None or not isinstance(user, User) or not _may_see(user, piece.verdict):
        raise Http404
    try:
        with piece.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    if hashlib.sha256(content).hexdigest() != piece.sha256:
        log.error("A kept file is damaged", event_name="file_damaged", evidence=piece.pk)
        return render(request, "forecasts/error.html", DAMAGED, status=HTTPStatus.GONE)
    name = str(piece.file.name).rpartition("/")[2]
    answer = FileResponse(
        io.BytesIO(content), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _may_see(user: User, verdict: Verdict) -> bool:
    """A proposal that waits for a second person shows its evidence to those who may be that person only."""
    if Verdict.objects.visible_to(user).filter(pk=verdict.pk).exists():
        return True
    is_visible = Forecast.objects.visible_to(user).filter(pk=verdict.forecast_id).exists()
    return is_visible and access.may_resolve(user, verdict.forecast)
