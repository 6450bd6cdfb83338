"""Fixtures of all tests. Database and broker are real: `tests/services.py` starts them."""

import pytest

pytest_plugins = ["tests.services"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The full forms of random checks run only when asked for by name: `-m validate`."""
    if "validate" in (config.option.markexpr or ""):
        return
    full = [item for item in items if item.get_closest_marker("validate")]
    config.hook.pytest_deselected(items=full)
    items[:] = [item for item in items if item not in full]
