"""Counts, base rates and references on vintages as they come."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from forecasts.evidence.past import past_windows, share
from forecasts.evidence.recounting import recount, waits
from forecasts.evidence.references import ALWAYS_50, BASE_RATE, PACE, PERSISTENCE
from forecasts.evidence.spec import Window
from forecasts.evidence.taking import take
from forecasts.models import BaseRate, Count, Estimate, Forecast
from tests import make
from tests.evidence.made import CLOSES, OPENS, SEPTEMBER, SETTLES, counted_forecast, months, spec, vintage
from tests.evidence.rows import ged_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
TWO_YEARS = [200, 10, 10, 150] * 6
"""Deaths a month through August 2018: half of the months passed 120."""


def said(forecast: Forecast, at: datetime) -> dict[str, int | None]:
    """Each reference's probability in force, in 1/10,000."""
    held = Estimate.references.filter(forecast=forecast).in_force(at).select_related("forecaster")
    return {one.forecaster.method: one.probability for one in held}


def test_past_windows_of_a_month_are_months_that_ended_before_the_opening() -> None:
    september = Window(date(2018, 9, 1), date(2018, 9, 30))
    found = past_windows(september, date(2018, 8, 20), (date(2017, 12, 15), date(2018, 7, 31)))
    assert [(one.first, one.last) for one in found] == [
        (date(2018, month, 1), date(2018, month, last))
        for month, last in zip(range(1, 8), (31, 28, 31, 30, 31, 30, 31), strict=True)
    ]


def test_past_windows_of_ten_days_do_not_overlap_and_are_covered() -> None:
    window = Window(date(2018, 9, 3), date(2018, 9, 12))
    found = past_windows(window, date(2018, 8, 31), (date(2018, 7, 20), date(2018, 8, 30)))
    assert [(one.first, one.last) for one in found] == [
        (date(2018, 7, 25), date(2018, 8, 3)),
        (date(2018, 8, 4), date(2018, 8, 13)),
        (date(2018, 8, 14), date(2018, 8, 23)),
    ]


def test_a_quarter_is_compared_with_quarters_and_a_year_with_years() -> None:
    covered = (date(2014, 1, 1), date(2018, 12, 31))
    quarter = past_windows(Window(date(2019, 1, 1), date(2019, 3, 31)), date(2019, 1, 1), covered)
    year = past_windows(Window(date(2019, 1, 1), date(2019, 12, 31)), date(2019, 1, 1), covered)
    assert (len(quarter), quarter[-1].first) == (20, date(2018, 10, 1))
    assert [one.first.year for one in year] == [2014, 2015, 2016, 2017, 2018]


def test_a_base_rate_is_kept_before_anybody_answers(tmp_path: Path) -> None:
    forecast = counted_forecast()
    vintage(tmp_path, "18.0.7", OPENS, months(TWO_YEARS))
    recount(OPENS)
    kept = BaseRate.objects.get(spec__forecast=forecast)
    assert [figure for _, _, figure, _ in kept.windows[-3:]] == [150, 200, 10]
    assert kept.windows[-1][:2] == ["2018-06-01", "2018-06-30"]
    assert kept.windows[0][:2] == ["2010-01-01", "2010-01-31"]


def test_below_twelve_windows_there_is_no_base_rate_but_a_reason() -> None:
    found = share([])
    assert (found.share, found.interval) == (None, None)
    assert found.reason == "0 past windows are too few: 12 are needed."


def test_references_speak_at_the_opening_and_are_no_people(tmp_path: Path) -> None:
    forecast = counted_forecast()
    make.estimate(forecast, make.user(), 0.3, OPENS)
    vintage(tmp_path, "18.0.7", OPENS, months(TWO_YEARS))
    recount(OPENS)
    windows = BaseRate.objects.get().windows
    held = sum(answer == "yes" for *_, answer in windows)
    assert said(forecast, OPENS)[BASE_RATE] == round(10_000 * (held + 0.5) / (len(windows) + 1))
    assert set(said(forecast, OPENS)) == {BASE_RATE, PERSISTENCE, PACE, ALWAYS_50}
    assert said(forecast, OPENS)[ALWAYS_50] == 5_000
    assert [one.probability for one in Estimate.objects.filter(forecast=forecast)] == [3_000]
    assert [one.probability for one in forecast.estimates.all()] == [3_000]


def test_running_it_twice_changes_nothing(tmp_path: Path) -> None:
    counted_forecast()
    vintage(tmp_path, "18.0.7", OPENS, months(TWO_YEARS))
    first, again = recount(OPENS), recount(OPENS + timedelta(hours=1))
    assert (first.base_rates, first.estimates) == (1, 4)
    assert (again.counts, again.base_rates, again.estimates) == (0, 0, 0)


def test_a_new_vintage_counts_so_far_and_moves_the_pace(tmp_path: Path) -> None:
    forecast = counted_forecast(closes_at=CLOSES + timedelta(days=60), resolves_at=SETTLES + timedelta(days=60))
    before = months(TWO_YEARS)
    vintage(tmp_path, "a", OPENS, before, date(2018, 7, 31))
    recount(OPENS)
    later = datetime(2018, 10, 20, tzinfo=UTC)
    vintage(tmp_path, "b", later, [*before, {"date_start": "2018-09-10", "best": 119}], date(2018, 9, 20))
    recount(later)
    count = Count.objects.get()
    assert (count.figure, count.outcome, count.is_complete) == (119, None, False)
    assert count.curve == [["2018-09-10", 119]]
    # Past months had their one event on the 15th: nothing followed the 20th in any of them.
    assert (said(forecast, later)[PACE] or 0) < 100
    assert said(forecast, later)[BASE_RATE] == said(forecast, OPENS)[BASE_RATE]


def test_references_do_not_look_ahead(tmp_path: Path) -> None:
    """A vintage that holds what came after the opening moves what is known so far, not what was before."""
    forecast = counted_forecast(closes_at=SETTLES, resolves_at=SETTLES)
    vintage(tmp_path, "a", OPENS, months(TWO_YEARS))
    recount(OPENS)
    later = OPENS + timedelta(days=50)
    vintage(tmp_path, "b", later, months([*TWO_YEARS, 500, 500], date(2018, 10, 1)), date(2018, 10, 4))
    recount(later)
    windows = BaseRate.objects.order_by("vintage").last().windows  # type: ignore[union-attr]
    assert max(last for _, last, *_ in windows) == "2018-07-31"
    assert said(forecast, OPENS + timedelta(days=1))[PACE] == said(forecast, OPENS)[PACE]


def test_nothing_is_said_once_a_forecast_has_closed(tmp_path: Path) -> None:
    counted_forecast()
    vintage(tmp_path, "a", CLOSES, months(TWO_YEARS))
    recount(CLOSES)
    assert not Estimate.references.exists()
    assert Count.objects.count() == 0
    assert BaseRate.objects.count() == 1


def test_other_kinds_have_references_of_their_kind(tmp_path: Path) -> None:
    choice = make.choice(["few", "many"], published_at=OPENS, opens_at=OPENS, closes_at=CLOSES, resolves_at=SETTLES)
    spec(choice, {**SEPTEMBER, "outcome": {"options": {"few": [0, 119], "many": [120, None]}}})
    number = make.numeric(published_at=OPENS, opens_at=OPENS, closes_at=CLOSES, resolves_at=SETTLES)
    spec(number, {**SEPTEMBER, "outcome": "value"})
    day = make.numeric(kind="date", published_at=OPENS, opens_at=OPENS, closes_at=CLOSES, resolves_at=SETTLES)
    spec(day, {**SEPTEMBER, "outcome": {"first_day": 120}})
    vintage(tmp_path, "a", OPENS, months(TWO_YEARS * 5))
    recount(OPENS)
    shares = Estimate.references.get(forecast=choice, forecaster__method=BASE_RATE).probabilities
    middle = Estimate.references.get(forecast=number, forecaster__method=BASE_RATE).quantiles
    days = Estimate.references.get(forecast=day, forecaster__method=BASE_RATE).quantiles
    assert shares is not None
    assert sum(shares) == 10_000
    assert middle is not None
    assert middle == sorted(middle)
    assert days is not None
    assert date(1970, 1, 1) + timedelta(days=days[0]) == date(2018, 9, 15)


@pytest.mark.parametrize("kind", ["numeric", "date", "binary"])
def test_what_is_too_young_for_a_reference_to_speak_waits_for_nothing(tmp_path: Path, kind: str) -> None:
    """Or a process would be started every minute until it closes."""
    outcome: dict[str, Any] = {"numeric": {"value": True}, "date": {"first_day": 120}, "binary": {"at_least": 120}}
    fields: dict[str, Any] = {"published_at": OPENS, "opens_at": OPENS, "closes_at": CLOSES, "resolves_at": SETTLES}
    fields |= {} if kind == "binary" else {"quantile_levels": [2500, 5000, 7500]}
    forecast = make.forecast(kind=kind, **fields)
    spec(forecast, {**SEPTEMBER, "outcome": outcome[kind]})
    path = tmp_path / "young.csv"
    path.write_text(ged_file({"date_start": "2018-06-01", "best": 3}))
    take(path, "ucdp_ged", "young", at=OPENS, covers=(date(2018, 6, 1), date(2018, 7, 16)))
    assert waits(OPENS)
    recount(OPENS)
    assert Estimate.references.exists() is (kind == "binary")
    assert not waits(OPENS + timedelta(minutes=1))


def test_an_older_file_that_does_not_reach_the_window_is_not_counted(tmp_path: Path) -> None:
    counted_forecast()
    vintage(tmp_path, "a", OPENS, months(TWO_YEARS))
    recount(OPENS)
    assert not Count.objects.exists()
