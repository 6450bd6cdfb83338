"""Principles of the design that the source itself can be asked about."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
DOMAIN = HOUSE / "forecasts"
# Whoever reads a clock: all others get the database's, of the one moment of their request, tick or command.
EDGE = {
    "forecasts/rules/clock.py": "the clock itself",
    "forecasts/management/commands/draft.py": "which works without a database",
    "forecasts/pages/doors/adapters.py": "compares what the library for accounts noted, by that library's clock",
    "forecasts/migrations": "what was",
}
CLOCKS = {"auto_now", "auto_now_add", "Now", "TimestampSigner", "utcnow", "today", "localdate", "localtime"}


def files_without_clocks() -> list[Path]:
    house = [path for room in (DOMAIN, HOUSE / "core") for path in sorted(room.rglob("*.py"))]
    return [path for path in house if not EDGE.keys() & set(_within(path))]


def _within(path: Path, of: Path = HOUSE) -> list[str]:
    """The path and the folders it lies in, as seen from there."""
    here = path.relative_to(of)
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


@pytest.mark.parametrize("path", files_without_clocks(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_nothing_reads_a_clock_of_its_own(path: Path) -> None:
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


# Files whose subject is SQL itself, beside the `sql.py` of each package.
STATEMENTS = {
    "models/standing.py": "writes the rule of which verdict stands out as text",
    "rules/grants.py": "what a role may do is said in statements made of its tables",
}


def sql_in(source: str) -> Iterator[str]:
    """Where a source asks PostgreSQL by hand in words that its package's `sql` does not hold."""
    tree = ast.parse(source)
    ours = {"RawSQL", *_imported(tree, "forecasts.models.sql")}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=asked, attr=name), args=[statement, *_]) if _is_asked(asked, name):
                pass
            case ast.Call(func=ast.Name(id=name), args=[statement, *_]) if name in ours:
                pass
            case ast.Call(func=ast.Attribute(attr="extra" as name), keywords=[_, *_]):
                statement = node
            case _:
                continue
        if not _is_of_sql(statement):
            yield f"line {node.lineno}: {name}"


def _imported(tree: ast.AST, module: str) -> set[str]:
    """The names that a source has of a module."""
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == module]
    return {one.asname or one.name for node in froms for one in node.names}


def _is_asked(asked: ast.expr, name: str) -> bool:
    """A file in memory is asked through a `database` or a `scratch`, and keeps its questions to itself."""
    match asked:
        case ast.Name(id="cursor"):
            return name in ("execute", "executemany", "copy")
        case _:
            return name == "raw"


def _is_of_sql(statement: ast.expr) -> bool:
    """Such as `sql.TAKE`, or that with names filled in."""
    match statement:
        case ast.Attribute(value=ast.Name(id="sql")):
            return True
        case ast.Call(func=ast.Attribute(value=filled)):
            return _is_of_sql(filled)
        case _:
            return False


def asking_files() -> list[Path]:
    left = {"migrations", *STATEMENTS}
    return [
        path for path in sorted(DOMAIN.rglob("*.py")) if path.name != "sql.py" and not left & set(_within(path, DOMAIN))
    ]


def test_statements_by_hand_stand_in_the_sql_of_their_package() -> None:
    found = {str(path.relative_to(DOMAIN)): list(sql_in(path.read_text())) for path in asking_files()}
    assert {path: where for path, where in found.items() if where} == {}


@pytest.mark.parametrize(
    "source",
    [
        "cursor.execute('SELECT 1')",
        "cursor.execute(SETTLED, [at])",
        "cursor.copy(COPY)",
        "from forecasts.models.sql import rows\nrows('SELECT 1')",
        "from forecasts.models.sql import row\nrow(_NEWEST)",
        "Message.objects.raw(TAKE)",
        "Message.objects.extra(where=['true'])",
        "RawSQL('1', [])",
    ],
)
def test_a_statement_elsewhere_would_be_noticed(source: str) -> None:
    assert list(sql_in(source)) != []


@pytest.mark.parametrize(
    "source",
    [
        "from forecasts.models.sql import rows\nrows(sql.DUE)",
        "cursor.copy(sql.COPY.format(n=1))",
        "scratch.execute('SELECT 1')",
    ],
)
def test_a_statement_of_the_package_is_right(source: str) -> None:
    assert list(sql_in(source)) == []
