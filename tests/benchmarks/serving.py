"""`calibration/` over HTTP: as many requests a second as a trivial endpoint with the same authentication, nearly."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median

from django.utils import timezone

from core.local import catcher
from forecasts.models import Scenario, Token, User
from forecasts.rules import tokens
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.statistics import Filters
from tests.benchmarks._generated import MATURED, generated
from tests.benchmarks.statistics import FORECASTS

CONNECTIONS, SECONDS, ROUNDS = 16, 1.5, 7
WARM, COLD, UNCHANGED = 0.40, 0.20, 0.65
ESTIMATES = 100_000

type Line = dict[str, object]


def benchmark() -> list[Line]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok."""
    slug = generated(f"size-{ESTIMATES}", FORECASTS, ESTIMATES // FORECASTS)
    Scenario.objects.filter(slug=slug).update(visibility="all")
    scorekeeping.settle(MATURED + timedelta(days=1))
    statistics.report(User(is_superuser=True), Filters(scenario=slug), "first")
    statistics.keep_wanted(MATURED + timedelta(days=2))
    return list(_served(slug))


def _served(slug: str) -> Iterator[Line]:
    address = f"/api/v1/calibration/?scenario={slug}&estimand=first"
    with serving() as port, _token() as token:
        tag = _tag(port, address, token)
        trivial = request("/trivial/", token)
        cases = (
            ("repeated on one snapshot", request(address, token), "200", WARM),
            ("the cache empty", request(address, token, "X-Cold: 1"), "200", COLD),
            ("unchanged (304)", request(address, token, f"If-None-Match: {tag}"), "304", UNCHANGED),
        )
        for name, asked, status, bar in cases:
            # By turns, so that whatever else the machine does weighs on both.
            rounds = [(_rate(port, asked, status), _rate(port, trivial, "200")) for _ in range(ROUNDS)]
            reached, bare = (median(column) for column in zip(*rounds, strict=True))
            # A turn in which the machine answered nobody says nothing.
            ratio = median(one / other for one, other in rounds if other)
            yield {
                "name": f"calibration/ over HTTP, {CONNECTIONS} connections, {name}",
                "value": round(reached),
                "unit": "requests/s",
                "yardstick": f"trivial endpoint: {bare:.0f}",
                "ratio": round(ratio, 2),
                "bar": bar,
                "ok": ratio >= bar,
            }


def _rate(port: int, asked: bytes, status: str) -> float:
    """Answers a second."""
    arguments = [str(port), status, str(SECONDS), str(CONNECTIONS)]
    command = [sys.executable, "-m", "tests.benchmarks._requests", *arguments]
    return float(subprocess.run(command, input=asked, stdout=subprocess.PIPE, check=True).stdout)


def request(address: str, token: str, *more: str) -> bytes:
    lines = [f"GET {address} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: Token {token}", *more, "", ""]
    return "\r\n".join(lines).encode()


@contextmanager
def serving() -> Iterator[int]:
    """The port of a granian of its own."""
    port = catcher.take_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    more = ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error"]
    settings = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks._served_settings"}
    process = subprocess.Popen([*command, *more, "core.wsgi:application"], env=os.environ | settings)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The server did not start.")


@contextmanager
def _token() -> Iterator[str]:
    person, _ = User.objects.get_or_create(email="bench@example.invalid")
    yield tokens.make(person, at=timezone.now())[1]
    Token.objects.filter(user=person).delete()


def _tag(port: int, address: str, token: str) -> str:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    asked.request("GET", address, headers={"Authorization": f"Token {token}"})
    return str(asked.getresponse().headers["ETag"])
