"""`/healthz` and `/metrics`, and the answer to a request that found the database down."""

import dataclasses
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core import metrics
from core.local.broker import plain
from forecasts.rules import clock, outages
from forecasts.rules.limits import TooMany

if TYPE_CHECKING:
    from forecasts.operations.condition import Condition

GetResponse = Callable[[HttpRequest], HttpResponse]
# By no clock that somebody may set.
STARTED_AT = time.monotonic()


class HealthMiddleware:
    """Answers `/healthz` and `/metrics` before anything that needs a host name, a session or the database."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in ANSWERED:
            return self.get_response(request)
        try:
            return ANSWERED[request.path](request)
        except TooMany as error:
            return metrics.too_many(error)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when every part works, else 503. Strangers learn names of parts and one word each; operators the rest."""
    parts, condition = look()
    well = all(state == "ok" for state in parts.values())
    said: dict[str, object] = {"status": "ok" if well else "unwell", "parts": parts}
    if condition is not None and metrics.is_operator(request):
        said["details"] = dataclasses.asdict(condition)
    answer = JsonResponse(said, status=200 if well else 503)
    answer["Cache-Control"] = "no-store"
    return answer


def measured(request: HttpRequest) -> HttpResponse:
    return metrics.answer(*look()) if metrics.is_operator(request) else metrics.refusal()


ANSWERED = {"/healthz": healthz, "/metrics": measured}


def look() -> "tuple[dict[str, str], Condition | None]":
    """Each part with one word, and what the database says, if it does."""
    from forecasts.operations import condition, ticking

    reading, found = None, None
    try:
        reading = clock.read()
        found = condition.read(reading.at)
        if reading.is_off:
            found = dataclasses.replace(found, problems=dict([*found.problems.items(), ticking.complaint(reading)]))
    except Error:
        pass
    finally:
        connection.close()
    parts = {"database": "ok" if reading else "down", "broker": broker()}
    parts["clock"] = found.clock if found else "unknown"
    parts["worker"] = worker(found) if found else "unknown"
    for part in ("mail", "tallies", "articles", "files"):
        parts[part] = getattr(found, part) if found else "unknown"
    return parts, found


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


def worker(condition: "Condition") -> str:
    """Late when a sweep has not come through for a minute and ten ticks; a fresh start is given that long."""
    from forecasts.operations.condition import TICKING

    if any(name in condition.problems for name in TICKING if name != "send"):
        return "problem"
    grace = 60 + 10 * settings.TICK_SECONDS
    up = time.monotonic() - STARTED_AT
    return "late" if max(min(condition.sweep_ages.get(name, up), up) for name in TICKING) > grace else "ok"


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where the database is away, 500 otherwise; JSON for the API."""
    away = outages.is_one(sys.exc_info()[1])
    status, code = (503, "unavailable") if away else (500, "error")
    sentence = (
        "The database takes nothing just now. What was recorded is safe; try again in a minute."
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
