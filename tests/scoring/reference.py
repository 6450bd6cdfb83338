"""Public data to check against, kept outside the project."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def reference_data(name: str) -> Path:
    """A file of the reference data; skips the test where it is absent."""
    folder = os.environ.get("RECKONER_REFERENCE_DATA") or CHECKOUT.parent / "shared" / "data"
    path = Path(folder) / "forecasts" / name
    if not path.exists():
        pytest.skip(f"the reference data are not here: {path} (see RECKONER_REFERENCE_DATA)")
    return path
