"""The seed's folder as plain data: no database, and not through the loader that reads it in earnest."""

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

Entry = dict[str, Any]


@pytest.fixture(scope="session")
def folder() -> Path:
    return Path(__file__).parents[2] / "seeds" / "aleppo-2024"


@pytest.fixture(scope="session")
def article(folder: Path) -> str:
    return (folder / "article.txt").read_bytes().decode()


@pytest.fixture(scope="session")
def scenario(folder: Path) -> Entry:
    loaded: Entry = yaml.safe_load((folder / "scenario.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def statements(scenario: Entry) -> dict[str, Entry]:
    """Entries and the claims inside them, by id."""
    entries = scenario["statements"]
    claims = [{"sentence": entry, **claim} for entry in entries for claim in entry.get("claims", [])]
    return {entry["id"]: entry for entry in entries + claims}


@pytest.fixture(scope="session")
def forecasts(scenario: Entry) -> dict[str, Entry]:
    return {forecast["id"]: forecast for forecast in scenario["forecasts"]}


@pytest.fixture(scope="session")
def estimates(folder: Path) -> list[dict[str, str]]:
    with (folder / "estimates.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
