"""`/metrics` in the text format of Prometheus: computed when it is asked for, from what the database says."""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from core.addresses import is_this_machine
from forecasts.rules import clock
from forecasts.rules.guesses import network
from forecasts.rules.limits import Limit, TooMany

if TYPE_CHECKING:
    from forecasts.operations.condition import Condition

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


GUESSES = Limit("guesses-at-metrics", 10, 60)


def is_operator(request: HttpRequest) -> bool:
    """Whoever has METRICS_TOKEN; in a local installation also whoever is on this machine.

    Raises TooMany after ten wrong tokens within a minute from one address, whatever the token.
    """
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind == "Bearer" and settings.METRICS_TOKEN:
        return _is_token(request, token.strip())
    return is_this_machine(request)


def _is_token(request: HttpRequest, token: str) -> bool:
    is_right = hmac.compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    try:
        at = clock.now()
    except Error:
        # With the database away nothing is told that is worth a guess.
        return is_right
    place = network(request.META.get("REMOTE_ADDR", ""))
    GUESSES.take(place, at)
    if is_right:
        GUESSES.give_back(place, at)
    return is_right


def answer(parts: Mapping[str, str], condition: "Condition | None") -> HttpResponse:
    """The gauges. Without a condition, because the database is away, only those of the parts."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Gauges(parts, condition))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def too_many(error: TooMany) -> HttpResponse:
    said = {"Retry-After": str(error.wait), "Cache-Control": "no-store"}
    return HttpResponse(f"{error}\n", status=429, content_type="text/plain; charset=utf-8", headers=said)


def refusal() -> HttpResponse:
    return HttpResponse(
        "Send METRICS_TOKEN as a bearer token.\n",
        status=401,
        content_type="text/plain; charset=utf-8",
        headers={"WWW-Authenticate": "Bearer"},
    )


@dataclass(eq=False)
class Gauges(Collector):
    parts: Mapping[str, str]
    condition: "Condition | None"

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _labelled("part_ok", "1 where the part is well.", "part", {k: v == "ok" for k, v in self.parts.items()})
        if self.condition is not None:
            yield from _of(self.condition)


def _of(condition: "Condition") -> Iterator[GaugeMetricFamily]:
    yield _labelled("sweep_age_seconds", "Since each sweep last came through.", "sweep", condition.sweep_ages)
    troubled = {name: name in condition.problems for name in condition.sweep_ages}
    yield _labelled("sweep_problem", "1 where the sweep reports a problem.", "sweep", troubled)
    yield _plain("oldest_due_prompt_age_seconds", "How long the oldest due prompt waits.", condition.oldest_due_age)
    messages = {name: getattr(condition, name) for name in ("queued", "leased", "dead", "expired")}
    yield _labelled("messages", "Unfinished mail; dead: refused for good, expired: given up.", "state", messages)
    yield _plain("leases_run_out", "Leased messages whose sender is gone.", condition.leases_run_out)
    yield _plain("prompts_unwritten", "Prompts of which no message could be made.", condition.unwritten)
    yield _plain("attempts_unknown", "Attempts of the past day without an answer.", condition.unknown)
    yield _plain("suppressed_addresses", "Addresses that get no mail.", condition.suppressed)
    yield _plain("sending_paused", "1 while no mail goes out.", bool(condition.paused_because))
    yield _plain("tallies_verified", "1 where the tallies equalled the facts.", condition.tallies == "ok")


def _plain(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"reckoner_{name}", meaning, value=float(value))


def _labelled(name: str, meaning: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"reckoner_{name}", meaning, labels=[label])
    for key, value in values.items():
        family.add_metric([key], float(value))
    return family
