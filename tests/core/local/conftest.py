from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runs import own_var
from tests.services import REPLACEMENTS


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh installation: nothing embedded has run in it yet, and no address of another part is set."""
    with own_var() as folder:
        for name in REPLACEMENTS:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("RECKONER_VAR", str(folder))
        yield folder
