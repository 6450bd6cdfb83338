"""A million real estimates through the import, the tallies and the report, against their published summary."""

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from forecasts.scores import scorekeeping
from tests import fivethirtyeight, make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not fivethirtyeight.SOURCE.exists(), reason=f"{fivethirtyeight.SOURCE} is not here"),
]

AT = datetime(2026, 1, 1, tzinfo=UTC)
SMALL = ["world_cup_matches_women", "president_election_night"]
# Half a step of the grid: the most by which rounding moves a probability, and twice that a squared error.
ROUNDING = 0.00005


def check_against_summary(projects: list[str], folder: Path) -> None:
    """Import, settle, ask the API, and compare: n and base rate exactly, the score within the rounding of the grid."""
    summary, client = fivethirtyeight.projects(), Client()
    client.force_login(make.administrator())
    for project in projects:
        make.scenario(project)
        path = fivethirtyeight.prepare([project], folder / f"{project}.parquet")
        call_command("import_estimates", str(path), "--scenario", project)
    scorekeeping.settle(AT.replace(year=2100))
    for project in projects:
        n, base, brier = summary[project]
        answer = client.get("/api/v1/calibration/", {"scenario": project, "estimand": "each_update"})
        assert answer.status_code == HTTPStatus.OK
        report = answer.json()
        assert sum(one["n"] for one in report["bins"]) == n
        assert report["base_rate"] == pytest.approx(base, abs=1e-12)
        assert report["scores"]["brier"]["mean"] == pytest.approx(brier, abs=2 * ROUNDING)
        check_against_model_diagnostics(project, report)


def check_against_model_diagnostics(project: str, report: dict[str, Any]) -> None:
    """Score and CORP decomposition of the same rounded probabilities."""
    oracle: Any = pytest.importorskip("model_diagnostics.scoring")
    p, y = fivethirtyeight.rounded(project)
    *parts, score = oracle.decompose(y.astype(float), p / 10_000, scoring_function=oracle.SquaredError()).row(0)
    assert report["scores"]["brier"]["mean"] == pytest.approx(score, abs=1e-12)
    corp = report["decomposition"]["corp"]
    found = (corp["miscalibration"], corp["discrimination"], corp["uncertainty"])
    assert found == pytest.approx(parts, abs=1e-12)


@pytest.mark.slow
def test_two_projects_give_their_published_n_base_rate_and_brier(tmp_path: Path) -> None:
    check_against_summary(SMALL, tmp_path)


# Committed as it goes: in one transaction the rows that settling replaces would pile up.
@pytest.mark.validate
@pytest.mark.django_db(transaction=True)
def test_every_dated_project_gives_its_published_n_base_rate_and_brier(tmp_path: Path) -> None:
    projects = list(fivethirtyeight.projects())
    assert len(projects) == 19
    check_against_summary(projects, tmp_path)
