"""What can be done with a forecast: the addresses of its pages, and which of them are offered to whom."""

from collections.abc import Callable
from typing import cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from forecasts.admin import amendments, counted, files, importing, publishing, several, specs, verdicts
from forecasts.answers import resolving
from forecasts.models import Forecast, User
from forecasts.rules import access, clock

ACTS: dict[str, Callable[..., HttpResponse]] = {
    "resolve": verdicts.resolve_view,
    "confirm": verdicts.confirm_view,
    "decide": verdicts.decide_view,
    "take_back": verdicts.take_back_view,
    "counted": counted.counted_view,
    "spec": specs.spec_view,
    "publish": publishing.publish_view,
    "amend": amendments.amend_view,
}
SEVERAL: dict[str, Callable[..., HttpResponse]] = {
    "annul_several": several.annul_several_view,
    "hand_over": several.hand_over_view,
    "resolve_several": several.resolve_several_view,
}
WORDS = {
    verdicts.FIRST: ("resolve", "Resolve"),
    verdicts.SECOND: ("confirm", "Give the second answer"),
    verdicts.DECIDE: ("decide", "Decide between two answers"),
}


def urls(site: AdminSite) -> list[URLPattern]:
    """The pages beside those of every model."""
    one = [path(f"<int:pk>/{act}/", site.admin_view(view), {"site": site}, _name(act)) for act, view in ACTS.items()]
    many = [path(f"several/{act}/", site.admin_view(view), {"site": site}, _name(act)) for act, view in SEVERAL.items()]
    beside = {"files": files.files_view, "import": importing.import_view}
    pages = [path(f"{name}/", site.admin_view(view), {"site": site}, name) for name, view in beside.items()]
    return [*pages, *one, *many]


def offered(request: HttpRequest, forecast: Forecast) -> list[tuple[str, str]]:
    """What this person can do with the forecast now: addresses and words."""
    found = []
    if forecast.published_at is None:
        if access.may(request.user, "edit", forecast.scenario):
            found += [("publish", "Publish…"), ("spec", "Let it count itself…")]
    else:
        found += _about_outcome(request, forecast)
        if access.may(request.user, "edit", forecast.scenario) and not _is_answered(forecast):
            is_counted = forecast.specs.exists()
            found += [("amend", "Amend…"), ("spec", "Amend what counts it…" if is_counted else "Let it count itself…")]
    return [(reverse(f"admin:{_name(act)}", args=[forecast.pk]), words) for act, words in found]


def _about_outcome(request: HttpRequest, forecast: Forecast) -> list[tuple[str, str]]:
    if not access.may_resolve(request.user, forecast):
        return []
    whose = verdicts.turn(forecast, cast("User", request.user), clock.now())
    found = [] if whose.kind == verdicts.WAIT else [WORDS[whose.kind]]
    if whose.kind == verdicts.FIRST and whose.resolution is not None:
        found = [("resolve", "Resolve again")]
    if forecast.specs.exists():
        found.append(("counted", "What was counted"))
    standing = resolving.newest_standing(forecast)
    if standing is not None and resolving.is_told(standing, cast("User", request.user)):
        found.append(("take_back", "Take the resolution back"))
    return found


def _is_answered(forecast: Forecast) -> bool:
    return resolving.newest_standing(forecast) is not None


def _name(act: str) -> str:
    return f"forecasts_forecast_{act}"
