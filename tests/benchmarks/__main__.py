"""Runs every benchmark on a database of its own, prints one table, and writes `var/bench.json`.

    python -m tests.benchmarks [NAME ...]

Each module here has a `benchmark()` that returns rows of name, value, unit, yardstick, ratio, bar and ok; the yardstick
is measured in the same run. Exits 0 whatever it finds.
"""

import contextlib
import importlib
import json
import logging
import os
import pkgutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
COLUMNS = ("name", "value", "unit", "yardstick", "ratio", "bar", "ok")

type Row = dict[str, Any]


def names() -> list[str]:
    folder = str(Path(__file__).parent)
    return sorted(module.name for module in pkgutil.iter_modules([folder]) if not module.name.startswith("_"))


@contextlib.contextmanager
def services() -> Iterator[None]:
    """A durable PostgreSQL and a Valkey for this run alone, migrated; or those that DATABASE_URL names."""
    from tests.services import embedded_services

    with contextlib.ExitStack() as stack:
        if "DATABASE_URL" not in os.environ:
            stack.enter_context(embedded_services())
        os.environ["DJANGO_SETTINGS_MODULE"] = "core.settings"
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        logging.disable(logging.INFO)
        call_command("migrate", verbosity=0)
        stack.callback(connections.close_all)
        yield


def collected(chosen: list[str]) -> Iterator[Row]:
    for name in names():
        if chosen and name not in chosen:
            continue
        module = importlib.import_module(f"tests.benchmarks.{name}")
        try:
            yield from getattr(module, "benchmark", list)()
        except Exception:  # noqa: BLE001 -- one that breaks hides no other
            sys.stderr.write(traceback.format_exc())
            yield dict.fromkeys(COLUMNS) | {"name": f"{name} broke off, see above", "ok": False}


def shown(rows: list[Row]) -> str:
    """The rows as a table with a line each."""
    cells = [COLUMNS, *([_cell(row[column]) for column in COLUMNS] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(COLUMNS))]
    padded = (zip(line, widths, strict=True) for line in cells)
    return "\n".join("  ".join(text.ljust(width) for text, width in line).rstrip() for line in padded)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return f"{value:,.4g}" if isinstance(value, float) else str(value)


def main(chosen: list[str]) -> None:
    with services():
        rows = list(collected(chosen))
    target = CHECKOUT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(rows, indent=2) + "\n")
    sys.stdout.write(shown(rows) + f"\n\nWritten to {target.relative_to(CHECKOUT)}.\n")


if __name__ == "__main__":
    main(sys.argv[1:])
