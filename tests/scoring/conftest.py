"""Settings of the property tests here.

In `make validate` each of them runs too, on many more examples.
"""

import pytest
from hypothesis import is_hypothesis_test, settings

settings.register_profile("scoring", settings.get_profile("unhurried"), max_examples=40, print_blob=True)
settings.register_profile("thorough", settings.get_profile("scoring"), max_examples=2000)


def is_validating(config: pytest.Config) -> bool:
    return "validate" in str(config.getoption("markexpr"))


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("thorough" if is_validating(config) else "scoring")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if is_validating(config):
        for item in items:
            if "scoring" in item.path.parts and is_hypothesis_test(getattr(item, "obj", None)):
                item.add_marker("validate")
