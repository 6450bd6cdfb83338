"""Reports: the hand-computed row through the whole line, what filters sum, and what nobody may see."""

import json
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forecasts.models import Category, Forecaster, Scenario, Sweep, User
from forecasts.rules.errors import InvalidValue
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.statistics import Counts, Filters
from tests import make
from tests.scores.statistics.world import AFTER, settled

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("eight")
def test_the_hand_computed_row_gives_the_hand_computed_report(ada: User) -> None:
    report = statistics.report(ada)
    brier, log = report.scores.brier, report.scores.log
    assert brier is not None
    assert log is not None
    assert brier.mean == 0.21875
    assert log.mean == pytest.approx(0.6288833248710971, abs=1e-12)
    assert brier.skill == pytest.approx(1 - 0.21875 / 0.25)
    assert report.base_rate == 0.5
    corp = report.decomposition.corp
    assert corp is not None
    assert [round(part, 7) for part in (corp.miscalibration, corp.discrimination, corp.uncertainty)] == [
        0.0520833, 0.0833333, 0.25,
    ]  # fmt: skip
    assert report.curve is not None
    assert [point.probability for point in report.curve] == [0.1, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9]
    assert [round(point.calibrated, 6) for point in report.curve] == [
        0, 0.333333, 0.333333, 0.666667, 0.666667, 0.666667, 1,
    ]  # fmt: skip
    assert json.loads(report.to_json())["estimand"] == "last"


def test_a_report_of_nothing_is_null_with_the_reason(ada: User, aleppo: Scenario) -> None:
    assert statistics.report(ada).notes == ["Nothing has been settled yet, so nothing is counted."]
    scorekeeping.settle(AFTER)
    report = statistics.report(ada)
    assert (report.base_rate, report.scores.brier, report.curve, report.bins) == (None, None, None, [])
    assert report.notes[0].startswith("Nothing is scored here yet")
    assert statistics.sentence(report).startswith("Nothing is scored here yet")


def test_every_state_of_a_forecast_is_counted(aleppo: Scenario, ada: User) -> None:
    make.forecast(aleppo, published_at=None)
    make.forecast(aleppo, closes_at=make.day(90))
    make.forecast(aleppo)
    make.forecast(aleppo, resolves_at=make.day(50))
    settled(aleppo, {ada: 0.4})
    settled(aleppo, {}, "annulled")
    settled(aleppo, {}, "ambiguous")
    make.verdict(make.forecast(aleppo), known_at=make.day(0), recorded_at=make.day(2))
    make.verdict(make.forecast(aleppo, resolves_at=make.day(60)), "no", recorded_at=make.day(31))
    withdrawn = make.forecast(aleppo)
    make.estimate(withdrawn, ada, 0.2, make.day(1))
    make.estimate(withdrawn, ada, None, make.day(2), event="withdraw")
    make.verdict(withdrawn)
    scorekeeping.mark_due([withdrawn.pk], make.day(30))
    Sweep.objects.all().delete()
    scorekeeping.settle(make.day(40))
    counts = statistics.report(ada).counts
    assert counts == Counts(
        published=9,
        open=1,
        awaiting_resolution=2,
        overdue=1,
        resolved=6,
        annulled=1,
        ambiguous=1,
        known_before_opening=1,
        awaiting_maturity=1,
        withdrawn=1,
        scored_forecasts=1,
        forecasters=1,
        scored_pairs=1,
    )


def test_a_private_scenario_shows_to_its_members_only(aleppo: Scenario, ada: User) -> None:
    private = make.scenario("private")
    ben = make.member(private)
    settled(aleppo, {ada: 0.4})
    settled(private, {ada: 0.9, ben: 0.8})
    outsider = make.user()
    assert statistics.report(outsider).counts.scored_pairs == 1
    assert statistics.report(outsider).counts.published == 1
    assert statistics.report(ben).counts.scored_pairs == 3
    with pytest.raises(InvalidValue, match="Allowed: aleppo"):
        statistics.report(outsider, Filters(scenario="private"))
    with pytest.raises(InvalidValue, match="Unknown value"):
        statistics.report(outsider, Filters(analyst=Forecaster.objects.of(ben).pk))
    groups = statistics.grouped(outsider, "scenario").groups
    assert [one.key for one in groups] == ["aleppo"]
    assert statistics.report(AnonymousUser()).counts == Counts()


@pytest.fixture
def mixed(aleppo: Scenario, ada: User) -> User:
    """Ada and Ben on four forecasts of two categories that mature in two months."""
    ben = make.member(aleppo, email="ben@example.invalid")
    for number in range(4):
        settled(
            aleppo,
            {ada: 0.2 + number / 10, ben: 0.7},
            "yes" if number % 2 else "no",
            category="escalation" if number < 2 else "airstrikes",
            closes_at=make.day(30) if number % 2 else make.day(40),
        )
    return ben


FEBRUARY, JANUARY, MID = date(2025, 2, 1), date(2025, 1, 1), date(2025, 1, 5)


def test_combined_filters_sum_what_their_single_filters_share(mixed: User, ada: User) -> None:
    ada_id = Forecaster.objects.of(ada).pk
    report = statistics.report(ada, Filters(analyst=ada_id, category="escalation"))
    assert report.counts.scored_pairs == 2
    assert [(one.lower, one.n) for one in report.bins if one.n] == [(0.2, 1), (0.3, 1)]
    assert (report.counts.forecasters, report.counts.published) == (1, 2)


def test_periods_are_of_the_day_of_maturity_and_need_not_be_whole_months(mixed: User, ada: User) -> None:
    assert statistics.report(ada, Filters(until=JANUARY)).counts.scored_forecasts == 2
    assert statistics.report(ada, Filters(since=JANUARY)).counts.scored_forecasts == 2
    assert statistics.report(ada, Filters(since=MID)).counts.scored_forecasts == 2
    assert statistics.report(ada, Filters(since=date(2025, 1, 11))).counts.scored_forecasts == 0


@pytest.mark.parametrize(
    ("group_by", "estimand", "pairs"),
    [
        ("analyst", "last", [4, 4]),
        ("scenario", "last", [8]),
        ("category", "last", [4, 4]),
        ("month", "last", [4, 4]),
        ("lead_time", "each_update", [4, 4]),
    ],
)
def test_a_report_splits_by_each_dimension(
    mixed: User, ada: User, group_by: str, estimand: str, pairs: list[int]
) -> None:
    groups = statistics.grouped(ada, group_by, estimand=estimand).groups
    assert [one.report.counts.scored_pairs for one in groups] == pairs


def test_a_split_can_be_narrowed_in_another_dimension(mixed: User, ada: User) -> None:
    by_month = statistics.grouped(ada, "month", Filters(category="escalation")).groups
    assert [(one.key, one.report.counts.scored_pairs) for one in by_month] == [("2024-12", 2), ("2025-01", 2)]
    by_lead = statistics.grouped(ada, "lead_time", Filters(category="escalation"), "each_update").groups
    assert [(one.key, one.report.counts.scored_pairs) for one in by_lead] == [("7-30", 2), ("30-90", 2)]


@pytest.mark.parametrize(
    ("filters", "estimand", "message"),
    [
        (Filters(category="weather"), "last", "Allowed: escalation, airstrikes"),
        (Filters(bins=7), "last", "Allowed: 5, 10, 20"),
        (Filters(forecaster_kind="oracle"), "last", "Allowed: analyst, consensus, source"),
        (Filters(), "median", "Allowed: last, first"),
        (Filters(forecaster_kind="consensus"), "each_update", "makes no updates"),
        (Filters(source=99), "last", "Unknown value “99”"),
        (Filters(since=FEBRUARY, until=JANUARY), "last", "ends before it begins"),
    ],
)
def test_unknown_values_are_named_with_those_allowed(
    aleppo: Scenario, ada: User, filters: Filters, estimand: str, message: str
) -> None:
    with pytest.raises(InvalidValue, match=message):
        statistics.report(ada, filters, estimand)


def test_lead_time_splits_no_estimand_that_has_no_moment(aleppo: Scenario, ada: User) -> None:
    with pytest.raises(InvalidValue, match="each_update"):
        statistics.grouped(ada, "lead_time")
    with pytest.raises(InvalidValue, match="Allowed: analyst, scenario"):
        statistics.grouped(ada, "weekday")


def test_a_report_asks_as_many_queries_for_much_as_for_little(aleppo: Scenario, ada: User) -> None:
    settled(aleppo, {ada: 0.3})
    statistics.report(ada)
    with CaptureQueriesContext(connection) as little:
        statistics.report(ada)
        statistics.grouped(ada, "category")
    people = [make.member(aleppo) for _ in range(5)]
    for number in range(12):
        settled(aleppo, dict.fromkeys(people, number / 20 + 0.2), category=list(Category.values)[number % 8])
    statistics.report(ada)
    with CaptureQueriesContext(connection) as much:
        statistics.report(ada)
        statistics.grouped(ada, "category")
    assert len(much) == len(little)


def test_the_sentence_speaks_of_the_bin_that_contradicts_most(aleppo: Scenario, ada: User) -> None:
    for number in range(30):
        settled(aleppo, {ada: 0.7}, "yes" if number < 6 else "no")
    assert statistics.sentence(statistics.report(ada)) == (
        "Of what was called 70%, 20% came true: too sure (95% interval 8 to 39%, 30 forecasts)"
    )


def test_a_bin_edge_belongs_to_the_upper_bin(aleppo: Scenario, ada: User) -> None:
    for probability in (0.35, 0.4):
        settled(aleppo, {ada: probability})
    assert [(one.lower, one.n) for one in statistics.report(ada).bins if one.n] == [(0.3, 1), (0.4, 1)]


def test_other_kinds_are_reported_outside_the_curve(aleppo: Scenario, ada: User) -> None:
    choice = make.choice(["up", "same", "down"], aleppo, options_are_ordered=True)
    make.estimate(choice, ada, None, make.day(3), probabilities=[5000, 3000, 2000])
    make.verdict(choice, "option", option=choice.options.get(label="down"))
    number = make.numeric(aleppo)
    make.estimate(number, ada, None, make.day(3), quantiles=[1, 2, 3, 5, 9])
    make.verdict(number, "value", value=10)
    scorekeeping.mark_due([choice.pk, number.pk], make.day(30))
    scorekeeping.settle(AFTER)
    report = statistics.report(ada)
    assert report.curve is None
    assert report.multiple_choice is not None
    assert report.multiple_choice.brier.mean == pytest.approx(0.98)
    assert report.multiple_choice.rps is not None
    assert report.multiple_choice.rps.mean == pytest.approx(0.89)
    assert report.quantiles is not None
    (people,) = report.quantiles.units
    assert (people.unit, people.wis.mean) == ("people", 4.26)
    assert people.dispersion == pytest.approx(0.46)
    assert [(one.nominal, one.observed) for one in report.quantiles.coverage] == [(0.5, 0), (0.9, 0)]
    assert report.quantiles.pit[-1].share == 1


def test_two_forecasters_are_compared_on_the_forecasts_they_share(mixed: User, ada: User, aleppo: Scenario) -> None:
    settled(aleppo, {ada: 0.01})
    first, second = (Forecaster.objects.of(person).pk for person in (ada, mixed))
    found = statistics.compare(ada, first, second)
    mine = [0.2**2, 0.7**2, 0.4**2, 0.5**2]
    theirs = [0.7**2, 0.3**2, 0.7**2, 0.3**2]
    assert found.forecasts == 4
    assert found.brier is not None
    assert found.brier.mean == pytest.approx((sum(mine) - sum(theirs)) / 4)
    assert found.brier.ci95 is None


def test_two_forecasters_are_compared_on_choices_and_numbers_too(aleppo: Scenario, ada: User) -> None:
    ben = make.member(aleppo)
    for up in (6000, 7000):
        choice = make.choice(["up", "down"], aleppo)
        make.estimate(choice, ada, None, make.day(3), probabilities=[up, 10_000 - up])
        make.estimate(choice, ben, None, make.day(3), probabilities=[5000, 5000])
        make.verdict(choice, "option", option=choice.options.get(label="up"))
        scorekeeping.mark_due([choice.pk], make.day(30))
    number = make.numeric(aleppo)
    make.estimate(number, ada, None, make.day(3), quantiles=[1, 2, 3, 5, 9])
    make.estimate(number, ben, None, make.day(3), quantiles=[6, 8, 10, 12, 14])
    make.verdict(number, "value", value=10)
    scorekeeping.mark_due([number.pk], make.day(30))
    scorekeeping.settle(AFTER)
    first, second = (Forecaster.objects.of(who).pk for who in (ada, ben))
    found = statistics.compare(ada, first, second)
    assert (found.forecasts, found.brier) == (0, None)
    brier, log = found.multiple_choice
    # .32 and .18 against .5 twice.
    assert (brier.of, brier.forecasts, round(brier.score.mean, 9)) == ("brier", 2, -0.25)
    assert (log.of, log.score.ci95) == ("log", None)
    (people,) = found.quantiles
    # 4.26 against 2 (.05 x 4 + .25 x 2 + .25 x 2 + .05 x 4) / 5.
    assert (people.of, people.forecasts, round(people.score.mean, 9)) == ("people", 1, 3.7)
