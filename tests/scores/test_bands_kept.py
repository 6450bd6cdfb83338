"""Bands of slices too large to compute while somebody waits: asked for, computed behind, read by every process."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.models import Forecast, Group, KeptBands, Scenario, Snapshot, User
from forecasts.operations import tasks
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.statistics import Filters, Report, bands, bands_cache
from forecasts.scores.statistics.bands import Bands
from forecasts.scores.statistics.slices import Slice
from forecasts.scores.statistics.sums import Sums
from tests import make

pytestmark = pytest.mark.django_db

AFTER = make.day(31)


@pytest.fixture(autouse=True)
def every_slice_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands_cache, "AT_ONCE_PAIRS", 0)


@pytest.fixture
def aleppo() -> Scenario:
    return make.scenario("aleppo", visibility="all", is_pool=True)


@pytest.fixture
def ada(aleppo: Scenario) -> User:
    """She answered twelve forecasts, which are settled."""
    person = make.member(aleppo, email="ada@example.invalid")
    for number in range(12):
        resolved(aleppo, person, number)
    scorekeeping.settle(AFTER)
    return person


def resolved(scenario: Scenario, person: User, number: int) -> Forecast:
    forecast = make.forecast(scenario, category="escalation")
    make.estimate(forecast, person, (number % 9 + 1) / 10, make.day(3))
    make.verdict(forecast, "yes" if number % 2 else "no")
    scorekeeping.mark_due([forecast.pk], make.day(30))
    return forecast


def has_bands(report: Report) -> bool:
    assert report.curve is not None
    held = {(point.consistency_band is not None, point.confidence_band is not None) for point in report.curve}
    assert held <= {(True, True), (False, False)}
    return held == {(True, True)}


def test_bands_of_a_large_slice_are_null_with_the_reason_until_they_are_kept(ada: User) -> None:
    before = statistics.report(ada)
    assert not has_bands(before)
    assert before.recalibration is not None
    assert (before.recalibration.slope_ci95, before.recalibration.intercept_ci95) == (None, None)
    assert any("not computed yet" in note for note in before.notes)
    assert before.calibration_error is not None
    assert before.calibration_error.ece_if_calibrated is None
    statistics.keep_wanted(AFTER)
    after = statistics.report(ada)
    assert has_bands(after)
    assert after.notes == [note for note in before.notes if "not computed yet" not in note]
    assert after.calibration_error is not None
    assert after.calibration_error.ece_if_calibrated is not None


def test_kept_bands_are_those_computed_at_once(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    statistics.report(ada)
    statistics.keep_wanted(AFTER)
    kept = statistics.report(ada)
    cache.clear()
    monkeypatch.setattr(bands_cache, "AT_ONCE_PAIRS", 100)
    at_once = statistics.report(ada)
    assert kept.curve is not None
    assert at_once.curve is not None
    assert kept.recalibration == at_once.recalibration
    assert kept.recalibration is not None
    assert kept.recalibration.slope_ci95 is not None
    for one, other in zip(kept.curve, at_once.curve, strict=True):
        assert one.consistency_band == pytest.approx(other.consistency_band, abs=1e-6)
        assert one.confidence_band == pytest.approx(other.confidence_band, abs=1e-6)


def test_every_process_reads_what_one_has_kept(ada: User) -> None:
    statistics.keep_wanted(AFTER)
    cache.clear()
    assert has_bands(statistics.report(ada))


def test_everything_and_each_scenario_are_kept_unasked_and_other_slices_when_asked_for(ada: User) -> None:
    assert statistics.keep_wanted(AFTER) == 2
    asked = Filters(category="escalation", bins=5)
    assert not has_bands(statistics.report(ada, asked, "first"))
    assert statistics.keep_wanted(AFTER) == 1
    assert not has_bands(statistics.report(ada, asked))
    bins_of_another_set = Filters(category="escalation", bins=20)
    assert statistics.keep_wanted(AFTER) == 1
    assert has_bands(statistics.report(ada, bins_of_another_set))


def test_keeping_twice_computes_once(ada: User) -> None:
    statistics.report(ada)
    statistics.keep_wanted(AFTER)
    assert statistics.keep_wanted(AFTER) == 0
    assert KeptBands.objects.count() == 2


def test_what_no_new_answer_touches_is_taken_over_and_not_computed_again(
    ada: User, aleppo: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    statistics.keep_wanted(AFTER)
    elsewhere = make.scenario("elsewhere", visibility="all")
    resolved(elsewhere, make.member(elsewhere), 0)
    scorekeeping.settle(make.day(32))
    computed = []

    def noted(asked: Slice, sums: Sums) -> Bands:
        computed.append(str(asked.filters.scenario))
        return bands.computed(asked, sums)

    monkeypatch.setattr(bands_cache, "computed", noted)
    # The two from before, and everything and each scenario now.
    assert statistics.keep_wanted(make.day(32)) == 4
    assert sorted(computed) == ["None", "elsewhere"]
    assert has_bands(statistics.report(ada, Filters(scenario="aleppo")))


def test_what_an_earlier_way_of_computing_made_is_not_taken_over(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    statistics.keep_wanted(AFTER)
    assert has_bands(statistics.report(ada))
    monkeypatch.setattr(bands, "HOW", bands.HOW + 1)
    assert not has_bands(statistics.report(ada))


def test_counts_kept_with_the_bands_are_those_that_a_report_would_count(ada: User) -> None:
    before = statistics.report(ada).counts
    statistics.keep_wanted(AFTER)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        after = statistics.report(ada).counts
    assert after == before
    assert (after.published, after.scored_forecasts, after.forecasters) == (12, 12, 1)
    assert len(asked) == 3  # what is seen, the tallies with their situations, what was kept


def test_counts_of_one_analysts_forecasts_move_with_every_answer_and_are_not_kept(ada: User, aleppo: Scenario) -> None:
    (person,) = Group.objects.filter(dimension="forecaster", forecaster_kind="analyst").values_list("value", flat=True)
    asked = Filters(analyst=int(person))
    statistics.report(ada, asked)
    statistics.keep_wanted(AFTER)
    assert statistics.report(ada, asked).counts.published == 12
    make.estimate(make.forecast(aleppo), ada, 0.5, make.day(3))
    assert statistics.report(ada, asked).counts.published == 13


def test_bands_of_a_small_slice_are_read_where_they_were_kept(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands_cache, "AT_ONCE_PAIRS", 100)
    statistics.keep_wanted(AFTER)
    cache.clear()
    monkeypatch.delattr(bands_cache, "computed")
    assert has_bands(statistics.report(ada))


def test_a_new_snapshot_drops_the_old_bands_and_computes_what_was_asked_for_lately(ada: User, aleppo: Scenario) -> None:
    statistics.report(ada, Filters(category="escalation"))
    statistics.keep_wanted(AFTER)
    resolved(aleppo, ada, 12)
    scorekeeping.settle(make.day(32))
    assert not has_bands(statistics.report(ada))
    assert statistics.keep_wanted(make.day(32)) == 3
    assert has_bands(statistics.report(ada, Filters(category="escalation")))
    assert set(KeptBands.objects.values_list("snapshot", flat=True)) == {Snapshot.objects.latest("pk").pk}


def test_what_nobody_asked_for_in_a_week_is_computed_no_more(ada: User, aleppo: Scenario) -> None:
    statistics.report(ada, Filters(category="escalation"))
    statistics.keep_wanted(AFTER)
    resolved(aleppo, ada, 12)
    scorekeeping.settle(AFTER + timedelta(days=8))
    assert statistics.keep_wanted(AFTER + timedelta(days=8)) == 2


def test_bands_of_other_cells_are_never_shown(ada: User, aleppo: Scenario) -> None:
    """The tallies moved, and the snapshot that a report saw is still the old one."""
    statistics.keep_wanted(AFTER)
    resolved(aleppo, ada, 12)
    scorekeeping.settle(make.day(32))
    Snapshot.objects.latest("pk").delete()
    assert not has_bands(statistics.report(ada))


def test_a_slice_that_was_emptied_keeps_no_bands(ada: User) -> None:
    statistics.report(ada)
    scorekeeping.rebuild(make.day(0))
    assert statistics.keep_wanted(AFTER) == 0
    assert not KeptBands.objects.exists()


def test_groups_have_no_bands_and_say_where_they_are(ada: User) -> None:
    (escalation, *_) = statistics.grouped(ada, "category").groups
    assert any("ask for this group alone" in note for note in escalation.report.notes)


def test_several_forecasters_on_a_forecast_have_no_consistency_band_and_no_calibrated_error(
    ada: User, aleppo: Scenario
) -> None:
    ben = make.member(aleppo)
    for forecast in Forecast.objects.all():
        make.estimate(forecast, ben, 0.6, make.day(4))
        scorekeeping.mark_due([forecast.pk], AFTER)
    scorekeeping.settle(make.day(32))
    statistics.keep_wanted(make.day(32))
    report = statistics.report(ada)
    assert report.curve is not None
    assert report.curve[0].consistency_band is None
    assert report.curve[0].confidence_band is not None
    assert report.calibration_error is not None
    assert report.calibration_error.ece_if_calibrated is None
    assert any(
        note.startswith("No consistency band and no calibration error under calibration") for note in report.notes
    )


def test_a_report_asks_as_many_queries_whatever_waits_to_be_kept(ada: User) -> None:
    statistics.report(ada)
    with CaptureQueriesContext(connection) as little:
        statistics.report(ada)
    for category in ("escalation", "airstrikes"):
        statistics.report(ada, Filters(category=category))
    with CaptureQueriesContext(connection) as much:
        statistics.report(ada)
    assert len(much) == len(little)


def test_the_task_keeps_what_is_wanted(ada: User) -> None:
    tasks.keep_bands()
    assert KeptBands.objects.filter(bands__has_key="bands").count() == 2


def test_without_a_snapshot_there_is_nothing_to_keep() -> None:
    assert statistics.keep_wanted(AFTER) == 0
