"""`/healthz`, and the answer to a request that found the database down."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import redis
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core.local.broker import plain

GetResponse = Callable[[HttpRequest], HttpResponse]
SWEEPS = ("plan", "send", "settle")
STARTED_AT = datetime.now(UTC)


class HealthMiddleware:
    """Answers `/healthz` before anything that needs a host name, a session or the database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return healthz(at=datetime.now(UTC))
        return self.get_response(request)


def healthz(at: datetime) -> HttpResponse:
    """200 when every part works, else 503; names of parts and one word each, nothing that a stranger could use."""
    parts = {"database": database(), "broker": broker()}
    parts["worker"] = worker(at) if parts["database"] == "ok" else "unknown"
    well = all(state == "ok" for state in parts.values())
    answer = JsonResponse({"status": "ok" if well else "unwell", "parts": parts}, status=200 if well else 503)
    answer["Cache-Control"] = "no-store"
    return answer


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


def worker(at: datetime) -> str:
    """Late when a sweep has not come through for a minute and ten ticks; a fresh start is given that long."""
    from forecasts.models import Sweep

    grace = timedelta(seconds=60 + 10 * settings.TICK_SECONDS)
    try:
        sweeps = {sweep.name: sweep for sweep in Sweep.objects.all()}
    except Error:
        return "unknown"
    finally:
        connection.close()
    if any(sweep.problem for sweep in sweeps.values()):
        return "problem"
    latest = [max(sweeps[name].finished_at, STARTED_AT) if name in sweeps else STARTED_AT for name in SWEEPS]
    return "late" if at - min(latest) > grace else "ok"


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
        answer = render(request, "error.html", {"title": f"{status}", "sentence": sentence}, status=status, using=None)
    if away:
        answer["Retry-After"] = "30"
    return answer
