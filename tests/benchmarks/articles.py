"""Articles: adding one of the largest size, and its page with many statements against its page with few."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forecasts.extractors import rules
from forecasts.models import Article, Scenario, User
from forecasts.questions.intake.adding import Heading, add, body_of
from forecasts.questions.intake.folders import LARGEST_ARTICLE
from tests.benchmarks.language import prose

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
FEW, MANY = 20, 200
MORE_QUERIES = 0
ADDING = 4.0
"""Adding may take so many times as long as finding the statements alone."""

type Line = dict[str, object]


def benchmark() -> list[Line]:
    """Rows of name, value, unit, yardstick, ratio, bar, ok. Nothing is kept."""
    lines: list[Line] = []
    with transaction.atomic():
        lines += [*_pages(), _largest()]
        transaction.set_rollback(True)
    return lines


def _pages() -> list[Line]:
    owner = User.objects.create_superuser(email="articles-benchmark@example.org", password=None)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner)
    few, many = (_asked(client, _with_statements(count, owner)) for count in (FEW, MANY))
    return [
        {
            "name": f"articles: queries of the page with {MANY} statements",
            "value": many[0],
            "unit": "queries",
            "yardstick": f"with {FEW} statements: {few[0]}",
            "ratio": round(many[0] / few[0], 2),
            "bar": 1 + MORE_QUERIES,
            "ok": many[0] <= few[0] + MORE_QUERIES,
        },
        {
            "name": f"articles: the page with {MANY} statements",
            "value": round(many[1] * 1000),
            "unit": "ms",
            "yardstick": f"with {FEW} statements: {few[1] * 1000:.0f} ms",
            "ratio": round(many[1] / few[1], 1),
            "bar": MANY / FEW,
            "ok": many[1] <= few[1] * MANY / FEW,
        },
    ]


def _with_statements(count: int, owner: User) -> Article:
    """An article in which the rules find about that many statements, in a scenario of its own."""
    scenario = Scenario.objects.create(slug=f"articles-{count}", title=f"{count} statements")
    lines = [f"Brigade {number} may retake village {number} by the end of May." for number in range(count)]
    return add(_heading(f"{count} statements"), "\n".join(lines), scenario, at=AT, by=owner).article


def _asked(client: Client, article: Article) -> tuple[int, float]:
    """How many queries its page takes, and seconds."""
    address = f"/articles/{article.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return len(queries), min(_seconds(lambda: client.get(address)) for _ in range(3))


def _largest() -> Line:
    paragraph = prose(5_000)
    # No line twice: a repeated statement would be stored as a repeat, and that is not what is measured.
    numbered = (f"{number}. {line}" for number in range(10_000) for line in paragraph.split("\n"))
    text, size = [], 0
    for line in numbered:
        size += len(line.encode()) + 1
        if size > LARGEST_ARTICLE:
            break
        text.append(line)
    body = "\n".join(text)
    finding = _seconds(lambda: rules.extract(body))
    adding = _seconds(lambda: add(_heading("The largest"), body_of(body), None, at=AT))
    return {
        "name": f"articles: adding one of {len(body.encode()) / 1_000_000:.1f} MB",
        "value": round(adding, 2),
        "unit": "s",
        "yardstick": f"finding its statements alone: {finding:.2f} s",
        "ratio": round(adding / finding, 1),
        "bar": ADDING,
        "ok": adding <= finding * ADDING,
    }


def _heading(title: str) -> Heading:
    return Heading(source="Benchmark Wire", title=title, published_at=AT)


def _seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin
