"""The second seed: forecasts that count themselves on a committed extract of UCDP's events."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from forecasts.evidence.base_rates import base_rate
from forecasts.evidence.parsing import spec_of
from forecasts.evidence.spec import OutcomeKind
from forecasts.evidence.specs import plain
from forecasts.evidence.wording import criteria
from forecasts.models import Contribution, Estimate, Forecast, Verdict
from forecasts.questions import intake
from forecasts.replaying import run
from forecasts.replaying.running import last_moment

GHOUTA = Path(__file__).parents[2] / "seeds" / "ghouta-2018"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((GHOUTA / "scenario.yaml").read_text())
    return found


def test_the_extract_is_small_and_credited() -> None:
    assert (GHOUTA / "ucdp_ged_syria_2016_2018.csv.gz").stat().st_size < 600_000
    licence = (GHOUTA / "LICENCE.md").read_text()
    assert "CC BY 4.0" in licence
    assert "Sundberg" in licence


def test_criteria_are_written_from_their_specs(document: dict[str, Any]) -> None:
    counted = [entry for entry in document["forecasts"] if "spec" in entry]
    assert len(counted) >= 8
    for entry in counted:
        assert entry["criteria"] == criteria(spec_of(plain(entry["spec"]))), entry["id"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_its_replay_counts_proposes_and_resolves(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    events = list(run(GHOUTA))
    proposed = [event for event in events if event.kind == "proposed"]
    confirmed = Verdict.objects.filter(act="propose", count__isnull=False)
    assert len(proposed) == confirmed.count() == 8
    assert {verdict.outcome for verdict in confirmed} == {"yes", "no", "option", "value"}
    assert Contribution.objects.filter(forecaster_kind="reference", estimand="last").exists()
    assert Contribution.objects.filter(forecaster_kind="consensus", estimand="last").exists()
    assert {one.forecaster.method for one in Estimate.references.select_related("forecaster")} == {
        "base_rate", "persistence", "pace", "always_50",
    }  # fmt: skip
    end = last_moment(intake.load(GHOUTA, events[-1].at, demo=True))
    for forecast in Forecast.objects.filter(specs__isnull=False, kind="binary"):
        rate = base_rate(forecast, end)
        assert rate is not None
        assert rate.spec.outcome is not None
        assert rate.spec.outcome.kind == OutcomeKind.RANGE
        assert rate.share().of == 24
        assert not rate.share().is_trivial, forecast.key
