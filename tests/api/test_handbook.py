"""docs/api.md tells everything that there is: each address, parameter, column and field, and nothing more."""

import dataclasses
import re
from functools import cache
from pathlib import Path

import pytest
from drf_spectacular.generators import SchemaGenerator

from forecasts.api.questions import WORDS
from forecasts.api.tables import HEADERS
from forecasts.scores.statistics import Counts, Report
from forecasts.scores.statistics.single import ForecasterScores

HANDBOOK = Path(__file__).parents[2].joinpath("docs", "api.md").read_text()


@cache
def schema() -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = SchemaGenerator().get_schema(  # type: ignore[no-untyped-call]
        public=True
    )["paths"]
    return found


def quoted() -> set[str]:
    """Every word between backticks."""
    spans = re.findall(r"`([^`\n]+)`", HANDBOOK)
    return {word for span in spans for pattern in (r"[\w:.]+", r"\w+") for word in re.findall(pattern, span)}


def test_it_names_every_address() -> None:
    for path in schema():
        stem = path.removeprefix("/api/v1/").split("{")[0].rstrip("/")
        tail = path.rsplit("}/", 1)[-1].rstrip("/") if "}/" in path else ""
        assert stem in HANDBOOK, path
        assert tail in HANDBOOK, path


@pytest.mark.parametrize("path", ["calibration/", "calibration.csv", "calibration.svg", "comparison/", "estimates/"])
def test_it_names_every_parameter(path: str) -> None:
    parameters = schema()[f"/api/v1/{path}"]["get"]["parameters"]
    assert isinstance(parameters, list)
    missing = {one["name"] for one in parameters} - quoted() - {"first", "second"}
    assert not missing


@pytest.mark.parametrize("parameter", ["estimand", "forecaster_kind", "group_by", "plot", "table", "bins"])
def test_it_names_every_word_that_a_parameter_may_be(parameter: str) -> None:
    told = quoted() | set(re.findall(r"\w+", HANDBOOK))
    assert not set(WORDS[parameter]) - told


@pytest.mark.parametrize("table", list(HEADERS))
def test_it_gives_the_header_of_every_table(table: str) -> None:
    headers = HANDBOOK[HANDBOOK.index("| `table` | header |") : HANDBOOK.index("### Unchanged answers")]
    (row,) = re.findall(rf"^\| `{table}` \| (.*) \|$", headers, flags=re.MULTILINE)
    columns = re.findall(r"`(\w+)`", row)
    if table == "scores":
        *common, brier, log = columns[:-8]
        assert [*common, *(f"{score}{part}" for score in (brier, log) for part in columns[-8:])] == list(HEADERS[table])
    else:
        assert columns == list(HEADERS[table])


@pytest.mark.parametrize("shape", [Report, Counts, ForecasterScores])
def test_it_names_every_field_of_a_report_its_counts_and_scores(shape: type) -> None:
    told = quoted() | set(re.findall(r'"(\w+)"', HANDBOOK))
    assert not {one.name for one in dataclasses.fields(shape)} - told


def test_its_examples_are_requests_that_the_api_takes() -> None:
    for address in re.findall(r"`GET ([\w/?=&.]+)`", HANDBOOK):
        path = re.sub(r"/\d+/", "/{id}/", "/api/v1/" + address.split("?")[0])
        assert path in {re.sub(r"\{\w+\}", "{id}", known) for known in schema()}, address
