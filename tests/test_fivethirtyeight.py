"""A million real estimates through the import, the tallies and the report, against their published summary."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from forecasts import scorekeeping, statistics
from forecasts.statistics import Filters
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
    summary, person = fivethirtyeight.projects(), make.administrator()
    for project in projects:
        make.scenario(project)
        path = fivethirtyeight.prepare([project], folder / f"{project}.parquet")
        call_command("import_estimates", str(path), "--scenario", project)
    scorekeeping.settle(AT.replace(year=2100))
    for project in projects:
        n, base, brier = summary[project]
        report = statistics.report(person, Filters(scenario=project), "each_update")
        assert report.scores.brier is not None
        assert sum(one.n for one in report.bins) == n
        assert report.base_rate == pytest.approx(base, abs=1e-12)
        assert report.scores.brier.mean == pytest.approx(brier, abs=2 * ROUNDING)


@pytest.mark.slow
def test_two_projects_give_their_published_n_base_rate_and_brier(tmp_path: Path) -> None:
    check_against_summary(SMALL, tmp_path)


@pytest.mark.validate
def test_every_dated_project_gives_its_published_n_base_rate_and_brier(tmp_path: Path) -> None:
    projects = list(fivethirtyeight.projects())
    assert len(projects) == 19
    check_against_summary(projects, tmp_path)
