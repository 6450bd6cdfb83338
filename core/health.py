"""`/healthz` and `/metrics`, and the answer to a request that found the database down."""

import dataclasses
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core import metrics
from core.local.broker import plain

if TYPE_CHECKING:
    from forecasts.operations.condition import Condition

GetResponse = Callable[[HttpRequest], HttpResponse]
STARTED_AT = datetime.now(UTC)


class HealthMiddleware:
    """Answers `/healthz` and `/metrics` before anything that needs a host name, a session or the database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return healthz(request, at=datetime.now(UTC))
        if request.path == "/metrics":
            return measured(request, at=datetime.now(UTC))
        return self.get_response(request)


def healthz(request: HttpRequest, at: datetime) -> HttpResponse:
    """200 when every part works, else 503. Strangers learn names of parts and one word each; operators the rest."""
    parts, condition = look(at)
    well = all(state == "ok" for state in parts.values())
    said: dict[str, object] = {"status": "ok" if well else "unwell", "parts": parts}
    if condition is not None and metrics.is_operator(request):
        said["details"] = dataclasses.asdict(condition)
    answer = JsonResponse(said, status=200 if well else 503)
    answer["Cache-Control"] = "no-store"
    return answer


def measured(request: HttpRequest, at: datetime) -> HttpResponse:
    return metrics.answer(*look(at)) if metrics.is_operator(request) else metrics.refusal()


def look(at: datetime) -> "tuple[dict[str, str], Condition | None]":
    """Each part with one word, and what the database says, if it does."""
    from forecasts.operations import condition

    parts = {"database": database(), "broker": broker()}
    try:
        found = condition.read(at) if parts["database"] == "ok" else None
    except Error:
        found = None
    finally:
        connection.close()
    parts["worker"] = worker(found, at) if found else "unknown"
    parts["mail"] = found.mail if found else "unknown"
    parts["tallies"] = found.tallies if found else "unknown"
    return parts, found


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "down"
    finally:
        connection.close()
    return "ok"


def broker() -> str:
    client = redis.Redis.from_url(
        plain(settings.CELERY_BROKER_URL),
        socket_timeout=2,
        socket_connect_timeout=2,
    )
    try:
        client.ping()
    except redis.RedisError:
        return "down"
    finally:
        client.close()
    return "ok"


def worker(condition: "Condition", at: datetime) -> str:
    """Late when a sweep has not come through for a minute and ten ticks; a fresh start is given that long."""
    from forecasts.operations.condition import TICKING

    if any(name in condition.problems for name in TICKING if name != "send"):
        return "problem"
    grace = 60 + 10 * settings.TICK_SECONDS
    up = (at - STARTED_AT).total_seconds()
    return "late" if max(min(condition.sweep_ages.get(name, up), up) for name in TICKING) > grace else "ok"


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database is away, 500 otherwise; JSON for the API."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    status, code = (503, "unavailable") if away else (500, "error")
    sentence = (
        "The database does not answer. Nothing was lost; try again in a minute."
        if away
        else "Something went wrong on our side. It has been logged."
    )
    if request.path.startswith("/api/"):
        answer: HttpResponse = JsonResponse({"code": code, "detail": sentence}, status=status)
    else:
        answer = render(
            request, "forecasts/error.html", {"title": f"{status}", "sentence": sentence}, status=status, using=None
        )
    if away:
        answer["Retry-After"] = "30"
    return answer
