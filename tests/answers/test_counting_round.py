"""A round of counting: what lies in the drop folder, what is new, what is due."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from forecasts.answers import counting_round
from forecasts.models import BaseRate, Estimate, Verdict, Vintage
from tests.evidence.made import LAG_PASSED, OPENS, counted_forecast, months
from tests.evidence.rows import HEAD, ged_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    (tmp_path / "drop" / "ucdp_ged").mkdir(parents=True)
    return tmp_path / "drop"


def test_a_dropped_file_is_taken_under_the_version_that_it_is_named_by(drop: Path) -> None:
    (drop / "ucdp_ged" / "18.0.9.csv").write_text(ged_file({"best": 3}))
    assert counting_round.waits(OPENS, drop)
    done = counting_round.run(OPENS, drop)
    assert done.taken == ["18.0.9.csv"]
    assert Vintage.objects.get().version == "18.0.9"
    assert (drop / "ucdp_ged" / "taken" / "18.0.9.csv").is_file()
    assert not counting_round.waits(OPENS, drop)


def test_a_dropped_file_that_is_refused_lies_beside_a_note_that_says_why(drop: Path) -> None:
    (drop / "ucdp_ged" / "18.0.9.csv").write_text(HEAD + "torn")
    done = counting_round.run(OPENS, drop)
    assert "line 2" in done.refused[0]
    note = (drop / "ucdp_ged" / "refused" / "18.0.9.csv.txt").read_text()
    assert "line 2" in note
    assert [path.name for path in (drop / "ucdp_ged").iterdir()] == ["refused"]
    assert not Vintage.objects.exists()


def test_a_round_counts_lets_references_speak_and_proposes(drop: Path) -> None:
    forecast = counted_forecast()
    (drop / "ucdp_ged" / "own-extract.csv").write_text(ged_file(*months([200, 10] * 12)))
    done = counting_round.run(OPENS, drop)
    assert (done.counted.base_rates, done.counted.estimates, done.proposed) == (1, 4, 0)
    assert (BaseRate.objects.count(), Estimate.references.count()) == (1, 4)
    (drop / "ucdp_ged" / "18.01.18.09.csv").write_text(
        ged_file(*months([200, 10] * 12), {"date_start": "2018-09-09", "best": 130})
    )
    assert counting_round.run(LAG_PASSED, drop).proposed == 1
    assert forecast.verdicts.get().act == Verdict.Act.COMPUTED
    assert not counting_round.waits(datetime(2018, 12, 1, tzinfo=UTC), drop)
