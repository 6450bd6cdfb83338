"""How sure a report is, on how much each of its statistics rests, and why some have no interval."""

import pytest

from forecasts.models import Forecaster, Scenario, User
from forecasts.scores import scorekeeping, statistics
from tests import make
from tests.scores.statistics.world import settled

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("eight")
def test_fewer_than_ten_forecasts_give_no_interval_and_say_so(ada: User) -> None:
    report = statistics.report(ada)
    assert report.scores.brier is not None
    assert (report.scores.brier.standard_error, report.scores.brier.ci95) == (None, None)
    assert all(one.ci95 is None for one in report.bins)
    assert "No interval: an interval needs 10 independent situations; 8 are here and count for 8." in report.notes
    assert statistics.sentence(report) == "8 forecasts are scored, too few to judge: 2 more are needed."


def _forecaster(user: User) -> int:
    return Forecaster.objects.of(user).pk


def test_twenty_forecasters_on_the_same_ten_forecasts_are_ten_trials(aleppo: Scenario) -> None:
    people = [make.member(aleppo) for _ in range(20)]
    for number in range(10):
        settled(aleppo, dict.fromkeys(people, 0.6), "yes" if number < 6 else "no")
    report = statistics.report(people[0])
    brier = report.scores.brier
    assert brier is not None
    assert brier.mean == pytest.approx(0.24)
    assert (brier.n, brier.forecasts, brier.situations, brier.effective_n) == (200, 10, 10, 10)
    alone = statistics.report(people[0], statistics.Filters(analyst=_forecaster(people[0]))).scores.brier
    assert alone is not None
    assert brier.ci95 == pytest.approx(alone.ci95), "Twenty who say the same are no surer than one."
    assert (report.counts.scored_pairs, report.counts.scored_forecasts, report.counts.forecasters) == (200, 10, 20)
    assert (report.bins[6].n, report.bins[6].forecasts) == (200, 10)
    assert report.curve is not None
    assert report.curve[0].consistency_band is None
    assert report.curve[0].confidence_band is not None


def test_every_statistic_says_on_how_many_estimates_and_forecasts_it_rests(aleppo: Scenario) -> None:
    """Ten forecasts, one of them of two forecasters; and a choice, which is no part of the curve."""
    ada, ben = make.member(aleppo), make.member(aleppo)
    for number in range(10):
        said = {ada: (number % 3 + 4) / 10, **({ben: 0.3} if number == 1 else {})}
        settled(aleppo, said, "yes" if number % 2 else "no")
    choice = make.choice(["up", "down"], aleppo)
    make.estimate(choice, ada, None, make.day(3), probabilities=[5000, 5000])
    make.verdict(choice, "option", option=choice.options.get(label="up"))
    scorekeeping.mark_due([choice.pk], make.day(30))
    scorekeeping.settle(make.day(80))
    for estimand in ("last", "time_weighted", "each_update"):
        report = statistics.report(ada, estimand=estimand)
        parts = (
            *(report.scores.brier, report.scores.log, report.decomposition.corp, report.decomposition.murphy),
            *(report.recalibration, report.calibration_error, report.sharpness, report.base_rate_interval),
        )
        assert [(one.n, one.forecasts) for one in parts if one is not None] == [(11, 10)] * 8
        assert sum(point.n for point in report.curve or []) == 11
        assert report.multiple_choice is not None
        assert (report.multiple_choice.brier.n, report.multiple_choice.brier.forecasts) == (1, 1)
        assert (report.counts.scored_pairs, report.counts.scored_forecasts) == (12, 11)


def test_twenty_who_say_the_same_make_the_base_rate_no_surer_than_one(aleppo: Scenario) -> None:
    people = [make.member(aleppo) for _ in range(20)]
    for number in range(10):
        settled(aleppo, dict.fromkeys(people, 0.6), "yes" if number < 6 else "no")
    found = statistics.report(people[0]).base_rate_interval
    assert found is not None
    assert (found.mean, found.n, found.forecasts, found.effective_n) == (0.6, 200, 10, 10)
    # The exact interval of six in ten: Clopper and Pearson 1934.
    assert found.ci95 == pytest.approx((0.26238, 0.87845), abs=1e-5)


def test_sharpness_is_as_sure_as_the_forecasts_differ_in_what_was_said(aleppo: Scenario, ada: User) -> None:
    for number in range(10):
        settled(aleppo, {ada: 0.6 if number < 5 else 0.8}, "yes" if number % 2 else "no")
    sharp = statistics.report(ada).sharpness
    assert sharp is not None
    # Confidence is .2 five times and .6 five times; p (1 - p) is .24 and .16.
    for interval, mean, widest in ((sharp.mean_confidence_ci95, 0.4, 0.5), (sharp.brier_if_calibrated_ci95, 0.2, 0.13)):
        assert interval is not None
        assert interval[0] < mean < interval[1]
        assert interval[1] - interval[0] < widest


@pytest.mark.usefixtures("eight")
def test_below_ten_forecasts_base_rate_and_sharpness_have_no_interval_and_the_notes_say_why(ada: User) -> None:
    report = statistics.report(ada)
    assert report.base_rate_interval is not None
    assert report.sharpness is not None
    assert (report.base_rate_interval.ci95, report.sharpness.mean_confidence_ci95) == (None, None)
    assert any(note.startswith("No interval") for note in report.notes)


def test_groups_give_the_base_rate_with_its_interval_too(aleppo: Scenario, ada: User) -> None:
    for number in range(10):
        settled(aleppo, {ada: 0.6}, "yes" if number % 2 else "no", category="airstrikes")
    (group, *_) = statistics.grouped(ada, "category").groups
    assert group.report.base_rate_interval is not None
    assert group.report.base_rate_interval.ci95 == pytest.approx((0.18709, 0.81291), abs=1e-5)


def test_a_bin_of_few_forecasts_says_why_it_has_no_interval(aleppo: Scenario, ada: User) -> None:
    for number in range(11):
        settled(aleppo, {ada: 0.6 if number else 0.9}, "yes" if number % 2 else "no")
    report = statistics.report(ada)
    assert [one.ci95 is None for one in report.bins if one.n] == [False, True]
    assert "A bin whose forecasts count for fewer than 10 independent situations has no interval." in report.notes


def test_choices_and_numbers_say_why_they_have_no_interval(aleppo: Scenario, ada: User) -> None:
    choice = make.choice(["up", "down"], aleppo)
    make.estimate(choice, ada, None, make.day(3), probabilities=[5000, 5000])
    make.verdict(choice, "option", option=choice.options.get(label="up"))
    scorekeeping.mark_due([choice.pk], make.day(30))
    scorekeeping.settle(make.day(80))
    notes = statistics.report(ada).notes
    assert "No interval of multiple choice: all from one situation: this tells nothing about another." in notes
    assert "No ranked probability score: no options here are ordered." in notes


def test_skill_error_decompositions_and_auc_have_intervals_that_hold_them(aleppo: Scenario, ada: User) -> None:
    for number in range(20):
        settled(aleppo, {ada: (number % 5 + 3) / 10}, "yes" if number % 5 + number % 2 > 2 else "no")
    report = statistics.report(ada)
    brier, corp, murphy = report.scores.brier, report.decomposition.corp, report.decomposition.murphy
    error, auc = report.calibration_error, report.auc
    assert brier is not None
    assert corp is not None
    assert murphy is not None
    assert error is not None
    assert auc is not None
    for value, ends in (
        (brier.skill, brier.skill_ci95),
        (corp.miscalibration, corp.miscalibration_ci95),
        (corp.discrimination, corp.discrimination_ci95),
        (murphy.reliability, murphy.reliability_ci95),
        (murphy.resolution, murphy.resolution_ci95),
        (error.ece, error.ece_ci95),
        (auc.value, auc.ci95),
    ):
        assert value is not None
        assert ends is not None
        assert ends[0] <= value <= ends[1]
    assert report.decomposition.corp_log is not None
    assert report.calibration_test is not None
    assert 0 < report.calibration_test.p_value <= 1


def test_of_one_war_there_is_no_test_of_calibration_and_no_interval_of_skill(ada: User) -> None:
    war = make.scenario("war", visibility="all")
    for number in range(12):
        settled(war, {ada: (number % 5 + 3) / 10}, "yes" if number % 2 else "no")
    report = statistics.report(ada, statistics.Filters(scenario="war"))
    assert report.calibration_test is None
    assert report.scores.brier is not None
    assert report.scores.brier.skill_ci95 is None
    assert any(note.startswith("No test of calibration") for note in report.notes)


def test_whole_curves_of_calibrated_forecasters_lie_within_a_wider_band(aleppo: Scenario, ada: User) -> None:
    for number in range(30):
        settled(aleppo, {ada: (number % 9 + 1) / 10}, "yes" if number % 2 else "no")
    for point in statistics.report(ada).curve or []:
        assert point.consistency_band is not None
        assert point.simultaneous_band is not None
        (low, high), (lowest, highest) = point.consistency_band, point.simultaneous_band
        assert lowest <= low + 1e-6
        assert high - 1e-6 <= highest


def test_the_alarm_goes_where_what_was_called_90_percent_comes_true_half_the_time(aleppo: Scenario, ada: User) -> None:
    for number in range(30):
        settled(aleppo, {ada: 0.9}, "yes" if number % 2 else "no")
    drift = statistics.report(ada).drift
    assert drift is not None
    assert drift.e_value > 20
    assert drift.alarmed_on is not None
    assert (round(drift.said, 9), round(drift.came, 9)) == (0.9, 0.5)
    war = make.scenario("war", visibility="all")
    for number in range(30):
        settled(war, {ada: 0.9}, "yes" if number % 2 else "no")
    of_one_war = statistics.report(ada, statistics.Filters(scenario="war")).drift
    assert of_one_war is not None
    assert of_one_war.alarmed_on is None, "One situation is one step, whatever befell it."


def test_one_estimate_per_forecast_has_a_consistency_band(aleppo: Scenario, ada: User) -> None:
    for number in range(10):
        settled(aleppo, {ada: 0.3}, "yes" if number < 3 else "no")
    report = statistics.report(ada)
    assert report.curve is not None
    low, high = report.curve[0].consistency_band or (1, 0)
    assert low < 0.3 < high
    assert report.calibration_error is not None
    assert report.calibration_error.ece_if_calibrated is not None


def test_forecasts_of_one_quarter_are_one_situation_and_tell_nothing_of_another(ada: User) -> None:
    war = make.scenario("war", visibility="all")
    for number in range(30):
        settled(war, {ada: 0.7}, "yes" if number < 6 else "no")
    report = statistics.report(ada, statistics.Filters(scenario="war"))
    brier = report.scores.brier
    assert brier is not None
    assert (brier.ci95, brier.situations, brier.effective_n) == (None, 1, 1.0)
    assert brier.ci95_if_independent is not None
    assert "No interval: all from one situation: this tells nothing about another." in report.notes
    assert statistics.sentence(report) == (
        "Of what was called 70%, 20% came true in 30 forecasts, all from one situation: this tells nothing about "
        "another (were they independent, the 95% interval were 8 to 39%)"
    )


def test_where_one_outcome_is_rare_nothing_is_said_of_telling_the_two_apart(aleppo: Scenario, ada: User) -> None:
    for number in range(12):
        settled(aleppo, {ada: 0.2 + number / 20}, "yes" if number in (4, 9) else "no")
    report = statistics.report(ada)
    assert report.scores.brier is not None
    assert report.scores.brier.ci95 is not None
    assert report.scores.brier.skill_ci95 is None
    assert report.calibration_error is not None
    assert report.calibration_error.ece_ci95 is not None
    what = "No interval of skill, AUC, resolution and discrimination"
    assert f"{what}: 5 independent situations of either outcome are needed." in report.notes


def test_where_no_bin_holds_enough_the_sentence_says_that_all_are_of_one_situation(ada: User) -> None:
    war = make.scenario("war", visibility="all")
    for number in range(12):
        settled(war, {ada: (number % 6 + 2) / 10}, "yes" if number % 2 else "no")
    report = statistics.report(ada, statistics.Filters(scenario="war"))
    assert statistics.sentence(report) == (
        "12 forecasts are scored, all from one situation: this tells nothing about another."
    )
