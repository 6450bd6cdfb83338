"""`calibration/` over HTTP: as many requests a second as a trivial endpoint with the same authentication, nearly."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.cache import cache
from knox.models import AuthToken

from core.local import catcher
from forecasts import charts, scorekeeping, statistics
from forecasts.models import Scenario, User
from forecasts.statistics import Filters
from tests.benchmarks._generated import MATURED, generated
from tests.benchmarks.statistics import FORECASTS, median

CONNECTIONS, SECONDS, ROUNDS = 16, 3.0, 3
WARM, COLD, UNCHANGED = 0.40, 0.20, 0.65
PLOT_MILLISECONDS = 200
ESTIMATES = 100_000

type Line = dict[str, object]


def benchmark() -> list[Line]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok."""
    slug = generated(f"size-{ESTIMATES}", FORECASTS, ESTIMATES // FORECASTS)
    Scenario.objects.filter(slug=slug).update(visibility="all")
    scorekeeping.settle(MATURED + timedelta(days=1))
    statistics.report(User(is_superuser=True), Filters(scenario=slug), "first")
    statistics.keep_wanted(MATURED + timedelta(days=2))
    return [*_served(slug), *_drawn(slug)]


def _served(slug: str) -> Iterator[Line]:
    address = f"/api/v1/calibration/?scenario={slug}&estimand=first"
    with serving() as port, _token() as token:
        tag = _tag(port, address, token)
        trivial = request("/trivial/", token)
        cases = (
            ("repeated on one snapshot", request(address, token), "200", WARM),
            ("each answer made anew from the tallies", request(address, token, "X-Cold: 1"), "200", COLD),
            ("unchanged (304)", request(address, token, f"If-None-Match: {tag}"), "304", UNCHANGED),
        )
        for name, asked, status, bar in cases:
            rates, bare = _rates(port, asked, status), _rates(port, trivial, "200")
            ratio = max(rates) / max(bare)
            yield {
                "name": f"calibration/ over HTTP, {CONNECTIONS} connections, {name}",
                "value": round(max(rates)),
                "unit": "requests/s",
                "yardstick": f"trivial endpoint: {max(bare):.0f}",
                "ratio": round(ratio, 2),
                "bar": bar,
                "ok": ratio >= bar,
            }


def _rates(port: int, asked: bytes, status: str) -> list[float]:
    """Answers a second, several times: the highest is what comes out when nothing else interferes."""
    arguments = [str(port), status, str(SECONDS), str(CONNECTIONS)]
    command = [sys.executable, "-m", "tests.benchmarks._requests", *arguments]
    return [
        float(subprocess.run(command, input=asked, stdout=subprocess.PIPE, check=True).stdout) for _ in range(ROUNDS)
    ]


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
    yield AuthToken.objects.create(person)[1]
    AuthToken.objects.filter(user=person).delete()


def _tag(port: int, address: str, token: str) -> str:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    asked.request("GET", address, headers={"Authorization": f"Token {token}"})
    return str(asked.getresponse().headers["ETag"])


def _drawn(slug: str) -> Iterator[Line]:
    """A reliability diagram drawn when the libraries are loaded, and read again on the same snapshot."""
    drawings = {"SVG": charts.svg, "PNG": charts.png}
    spec = charts.reliability(statistics.report(User(is_superuser=True), Filters(scenario=slug), "first"))
    for form, draw in drawings.items():
        drawn = median(lambda draw=draw: _cleared(draw, spec), 5)  # type: ignore[misc]
        kept = median(lambda draw=draw: draw(spec), 5)  # type: ignore[misc]
        yield {
            "name": f"reliability diagram as {form}, warm",
            "value": round(1000 * drawn, 1),
            "unit": "ms",
            "yardstick": f"again on the same snapshot: {1000 * kept:.1f} ms",
            "ratio": round(drawn / kept, 1),
            "bar": PLOT_MILLISECONDS,
            "ok": 1000 * drawn <= PLOT_MILLISECONDS,
        }


def _cleared(draw: object, spec: object) -> object:
    cache.clear()
    return draw(spec)  # type: ignore[operator]
