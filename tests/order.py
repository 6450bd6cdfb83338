"""In which order the tests run: what says something soon begins, and what takes long does not come last.

Pytest puts before all of it what failed last time. Processes of pytest-xdist take file after file in this order.
"""

from collections import defaultdict
from collections.abc import Generator, Iterable
from fractions import Fraction
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

LONG, DATABASE = ("slow", "browser"), ("db", "transactional_db", "django_db_setup")
# By when, as a share of the tests with a database, the last of the long files begins.
SPREAD = Fraction(1, 2)

type Items = list[pytest.Item]


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Modules without a doctest are not imported and searched for one."""
    found = yield
    return [one for one in found if not isinstance(one, DoctestModule) or b">>>" in file_path.read_bytes()]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: Items) -> None:
    """The full forms of random checks run only when asked for by name: `-m validate`."""
    if "validate" not in (config.option.markexpr or ""):
        full = [item for item in items if item.get_closest_marker("validate")]
        config.hook.pytest_deselected(items=full)
        items[:] = [item for item in items if item not in set(full)]
    files = defaultdict(list)
    for item in items:
        files[item.path].append(item)
    items[:] = [item for file in ordered([*files.values()]) for item in file]


def ordered(files: list[Items]) -> Iterable[Items]:
    """Checks, files without a database, then long files among those with one."""
    checks = [file for file in files if _has(file, "check")]
    others = [file for file in files if not _has(file, "check")]
    long = [file for file in others if _has(file, *LONG)]
    short = [file for file in others if not _has(file, *LONG)]
    with_database = [file for file in short if any(_asks_for_database(item) for item in file)]
    without = [file for file in short if not any(_asks_for_database(item) for item in file)]
    spread = _places(long, SPREAD) + _places(with_database, Fraction(1))
    return checks + without + [file for _, file in sorted(spread, key=lambda placed: placed[0])]


def _has(file: Items, *marks: str) -> bool:
    return any(item.get_closest_marker(mark) for item in file for mark in marks)


def _asks_for_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or not set(DATABASE).isdisjoint(getattr(item, "fixturenames", ()))


def _places(files: list[Items], share: Fraction) -> list[tuple[Fraction, Items]]:
    return [(share * place / len(files), file) for place, file in enumerate(files)]
