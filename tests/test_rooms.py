"""The size of the house: its names, floors, and arrows from room to room. Which may be, the import contracts say."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from subprocess import run

import grimp

ROOT = Path(__file__).resolve().parents[1]
MOST_NAMES, MOST_FLOORS, MOST_ARROWS = 22, 10, 110
SHOWN, FEW = 5, 2
NOW = 2**62

type Arrow = tuple[str, str]
type Imports = list[tuple[str, str, int]]
"""Importer, imported and line."""


@cache
def arrows() -> dict[Arrow, Imports]:
    """From room to room, with the imports behind each; `core` is one room."""
    graph = grimp.build_graph("core", "forecasts", exclude_type_checking_imports=True)
    found: dict[Arrow, Imports] = defaultdict(list)
    for module in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(module)):
            arrow = room(module), room(imported)
            if arrow[0] != arrow[1] and "forecasts" not in arrow:
                line = graph.get_import_details(importer=module, imported=imported)[0]["line_number"]
                found[arrow].append((module, imported, line))
    return found


def room(module: str) -> str:
    first, *rest = module.split(".")
    return rest[0] if first == "forecasts" and rest else first


def floor(name: str) -> int:
    return 1 + max((floor(below) for above, below in arrows() if above == name), default=0)


def newest() -> list[str]:
    """The arrows that were drawn last, of those that hang on few imports, each with one that draws it."""
    thin = {arrow: imports for arrow, imports in arrows().items() if len(imports) <= FEW}
    drawn = {arrow: min((_since(one), one) for one in imports) for arrow, imports in thin.items()}
    last = sorted(drawn.items(), key=lambda one: one[1][0], reverse=True)[:SHOWN]
    return [f"{above} -> {below} ({one[0]} imports {one[1]})" for (above, below), (_, one) in last]


def _since(one: tuple[str, str, int]) -> int:
    module, _, line = one
    path = ROOT.joinpath(*module.split("."))
    return _times(path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).get(line, NOW)


@cache
def _times(path: Path) -> dict[int, int]:
    """When each line was written, in seconds; nothing where there is no history."""
    told = run(["git", "blame", "--line-porcelain", path], cwd=ROOT, capture_output=True, text=True, check=False)
    times = [int(line.split()[1]) for line in told.stdout.splitlines() if line.startswith("committer-time ")]
    return dict(enumerate(times, start=1))


def test_there_are_few_names_at_the_top() -> None:
    left = {"static", "templates", "__pycache__", "__init__.py"}
    names = sorted(path.name for path in (ROOT / "forecasts").iterdir() if path.name not in left)
    assert len(names) <= MOST_NAMES, f"{len(names)} names at the top of forecasts/: {' '.join(names)}"


def test_there_are_few_floors() -> None:
    assert max(floor(name) for arrow in arrows() for name in arrow) <= MOST_FLOORS


def test_there_are_few_arrows() -> None:
    count = len(arrows())
    assert count <= MOST_ARROWS, f"{count} arrows, {MOST_ARROWS} at the most; drawn last: " + "; ".join(newest())


def test_what_was_drawn_last_is_told_with_its_import() -> None:
    told = newest()
    assert len(told) == SHOWN
    assert all(" -> " in one and " imports " in one for one in told)
