"""Two hundred questions on real events, month by month on cuts of the file: proposed, right, and by how many acts."""

import gzip
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from forecasts.answers import counting_round, proposing
from forecasts.answers.reviewing_counts import flips
from forecasts.evidence.parsing import spec_of
from forecasts.evidence.spec import Spec
from forecasts.evidence.specs import keep
from forecasts.evidence.taking import take
from forecasts.models import Forecast, Verdict
from tests import make
from tests.evidence.shared import SYRIA, figure_of, frame_of, in_pandas, needs_data

pytestmark = [needs_data, pytest.mark.validate, pytest.mark.django_db]
REGIONS = [
    "Aleppo Governorate",
    "Rif Dimashq Governorate",
    "Deir ez Zor Governorate",
    "Idlib Governorate",
    "Homs Governorate",
]
MONTHS = [date(2017, month, 1) for month in range(3, 13)]
MEASURES, RULES = ["best", "civilians"], ["inside", "overlap"]
LAG = timedelta(days=35)


def ends(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def questions(frame: pd.DataFrame) -> list[Forecast]:
    """Ten months of five regions, two measures, two rules; each asks for at least the figure of the month before."""
    made = []
    for first, region, measure, rule in product(MONTHS, REGIONS, MEASURES, RULES):
        opens = datetime.combine(first - timedelta(days=10), time(), UTC)
        closes = datetime.combine(ends(first), time(), UTC)
        forecast = make.forecast(published_at=opens, opens_at=opens, closes_at=closes, resolves_at=closes + LAG * 2)
        body = {
            "feed": "ucdp_ged",
            "where": {"adm_1": [region]},
            "measure": measure,
            "window": {"from": first.isoformat(), "to": ends(first).isoformat(), "rule": rule},
            "settles": {"after": "35d"},
        }
        before = spec_of(keep(forecast, {**body, "outcome": {"at_least": 1}}, None, at=opens).body)
        window = {"first": (first - timedelta(days=1)).replace(day=1), "last": first - timedelta(days=1)}
        asked = figure_of(before, in_pandas(before.with_window(**window), frame))
        keep(forecast, {**body, "outcome": {"at_least": max(asked, 1)}}, None, at=opens + timedelta(seconds=1))
        made.append(forecast)
    return made


def cut(frame: pd.DataFrame, folder: Path, last: date) -> Path:
    path = folder / f"until-{last}.csv.gz"
    held = frame[frame.ends <= pd.Timestamp(last)].drop(columns=["starts", "ends"])
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        held.to_csv(file, index=False)
    return path


def truth(spec: Spec, frame: pd.DataFrame) -> str:
    assert spec.outcome is not None
    return "yes" if spec.outcome.yes.holds(figure_of(spec, in_pandas(spec, frame))) else "no"


def test_nine_of_ten_questions_are_decided_rightly_with_one_act(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    frame, person = frame_of("syria"), make.administrator()
    asked = questions(frame)
    assert len(asked) == 200
    acts = 0
    for first in MONTHS:
        at = datetime.combine(ends(first) + LAG, time(12), UTC)
        path = cut(frame, tmp_path, ends(first))
        take(path, "ucdp_ged", f"until {ends(first)}", at=at, covers=(date(2016, 1, 1), ends(first)))
        counting_round.run(at)
        for proposal in proposing.standing_proposals().exclude(forecast__in=Forecast.objects.resolved(at)):
            proposing.accept(proposal.forecast, person, at=at + timedelta(hours=1))
            acts += 1
    resolved = Verdict.objects.filter(act="propose").select_related("forecast")
    right = [one.outcome == truth(spec_of(one.forecast.specs.order_by("-number")[0].body), frame) for one in resolved]
    assert acts == len(right) == 200
    assert sum(right) >= 180
    # Cuts hold an event only once it has ended: what straddles a month's end comes with the next one.
    later = datetime(2018, 6, 1, tzinfo=UTC)
    take(SYRIA, "ucdp_ged", "whole", at=later, covers=(date(2016, 1, 1), date(2019, 12, 1)))
    counting_round.run(later)
    assert len(flips(later)) == 200 - sum(right)
