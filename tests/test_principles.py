"""Principles of the design that the source itself can be asked about."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

DOMAIN = Path(__file__).resolve().parents[1] / "forecasts"
# The edge: these read the clock once and pass it on; and the clock itself.
EDGE = {
    "pages/doors",
    "pages/views",
    "admin",
    "api",
    "management",
    "templatetags",
    "operations/tasks.py",
    "rules/clock.py",
    "migrations",
}
CLOCKS = {"auto_now", "auto_now_add", "Now", "TimestampSigner", "utcnow", "today"}


def domain_files() -> list[Path]:
    return [path for path in sorted(DOMAIN.rglob("*.py")) if not EDGE & set(_within(path))]


def _within(path: Path) -> list[str]:
    """The path and the folders it lies in, as seen from the domain."""
    here = path.relative_to(DOMAIN)
    return [here.as_posix(), *(parent.as_posix() for parent in here.parents)]


def clocks_in(source: str) -> Iterator[str]:
    """Where a source reads a clock: calls or references of now(), and names that stand for one."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Name(id="timezone" | "datetime" | "time"), attr="now" | "time" as name):
                yield f"line {node.lineno}: {name}"
            case ast.Attribute(attr=name) | ast.Name(id=name) if name in CLOCKS:
                yield f"line {node.lineno}: {name}"
            case ast.keyword(arg=str(name)) if name in CLOCKS:
                yield f"line {node.value.lineno}: {name}"


@pytest.mark.parametrize("path", domain_files(), ids=lambda path: str(path.relative_to(DOMAIN)))
def test_the_domain_reads_no_clock(path: Path) -> None:
    assert list(clocks_in(path.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        "timezone.now()",
        "x = models.DateTimeField(default=timezone.now)",
        "x = models.DateTimeField(auto_now=True)",
        "query.filter(at__lte=Now())",
        "datetime.now(UTC)",
        "TimestampSigner().sign('x')",
    ],
)
def test_reading_a_clock_would_be_noticed(source: str) -> None:
    assert list(clocks_in(source))
