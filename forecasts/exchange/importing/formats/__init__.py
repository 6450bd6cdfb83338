"""The formats that files of estimates come in: one file each, found by being here. CONTRIBUTING says how to add one."""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from forecasts.exchange.importing.format import Format
from forecasts.rules.errors import InvalidImport

GENERAL = "general"


@cache
def formats() -> dict[str, Format]:
    """Every format by its name; the general one last, as it recognises anything."""
    found: list[Format] = [import_module(f"{__name__}.{module.name}").FORMAT for module in iter_modules(__path__)]
    return {one.name: one for one in sorted(found, key=lambda one: (one.name == GENERAL, one.name))}


def format_of(path: Path, name: str = "") -> Format:
    """The format of this name, else the one that recognises the file. Raises InvalidImport."""
    if name and name not in formats():
        raise InvalidImport(f"There is no format “{name}”. There are: {', '.join(formats())}.")
    return formats()[name] if name else next(one for one in formats().values() if one.recognises(path))
