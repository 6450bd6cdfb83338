"""Summed from its pairs a slice is, to the integer, what its tallies say, whatever kinds and situations are in it."""

from datetime import date

import pytest

from forecasts.models import Estimand, Estimate, Forecaster, Scenario, User
from forecasts.scores import scorekeeping, statistics
from forecasts.scores.statistics import Filters
from forecasts.scores.statistics.pairs import from_pairs
from forecasts.scores.statistics.slices import AHEAD_OR_EACH, Slice, checked
from forecasts.scores.statistics.sums import Sums, read, read_by
from tests import make

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)


@pytest.fixture
def ada() -> User:
    return make.administrator()


@pytest.fixture(autouse=True)
def world(ada: User) -> None:
    """Two people on yes-or-no forecasts, choices and numbers of a war and of a pool; who left, who came late."""
    for scenario in (make.scenario("war"), make.scenario("pool", is_pool=True)):
        ben = make.member(scenario)
        for number in range(6):
            _binary(scenario, {ada: 0.2 + number / 10, ben: 0.7}, number)
        _choice(scenario, ada)
        numeric = make.numeric(scenario)
        make.estimate(numeric, ben, None, make.day(3), quantiles=[10, 20, 30, 40, 50])
        make.verdict(numeric, "value", value=35.0)
        scorekeeping.mark_due([numeric.pk], make.day(30))
    scorekeeping.settle(make.day(200))


def _binary(scenario: Scenario, said: dict[User, float], number: int) -> None:
    closes_at = make.day(30 if number % 2 else 40)
    category = "escalation" if number < 3 else "airstrikes"
    forecast = make.forecast(scenario, category=category, closes_at=closes_at, resolves_at=closes_at)
    for person, probability in said.items():
        make.estimate(forecast, person, probability, make.day(3))
        make.estimate(forecast, person, 1 - probability, make.day(20))
    if number == 4:
        make.estimate(forecast, next(iter(said)), None, make.day(25), event=Estimate.Event.WITHDRAW)
    make.verdict(forecast, "yes" if number % 3 else "no", known_at=closes_at)
    scorekeeping.mark_due([forecast.pk], make.day(30))


def _choice(scenario: Scenario, person: User) -> None:
    """One that is scored, and one whose answer said nothing of the option that came true."""
    for came in ("some", "many"):
        forecast = make.choice(["none", "some"], scenario, options_are_ordered=True)
        make.estimate(forecast, person, None, make.day(3), probabilities=[2000, 8000])
        forecast.options.create(label="many", position=2, added_at=make.day(10))
        make.verdict(forecast, "option", option=forecast.options.get(label=came))
        scorekeeping.mark_due([forecast.pk], make.day(30))


def asked(user: User, estimand: str, **filters: object) -> Slice:
    return checked(statistics.sight(user).scenarios, Filters(**filters), estimand)  # type: ignore[arg-type]


def plain(sums: Sums) -> object:
    return [column.tolist() for column in sums.cells], sums.total


def test_a_slice_of_pairs_is_what_its_tallies_say(ada: User) -> None:
    month = {"since": JANUARY, "until": FEBRUARY}
    for filters in ({}, {"scenario": "war"}, {"scenario": "pool"}, {"category": "escalation"}, month):
        for estimand in Estimand.values:
            one = asked(ada, estimand, **filters)
            assert one.is_tallied
            assert plain(Sums(*from_pairs(one)[""])) == plain(read(one)), one


def test_so_is_each_of_its_groups(ada: User) -> None:
    for group_by in ("analyst", "scenario", "category", "month", "source"):
        for estimand in Estimand.values:
            one = asked(ada, estimand)
            summed = {key: plain(Sums(*held)) for key, held in from_pairs(one, group_by).items()}
            assert summed == {key: plain(sums) for key, sums in read_by(one, group_by).items()}, (group_by, estimand)


def test_so_is_each_lead_time(ada: User) -> None:
    for estimand in AHEAD_OR_EACH:
        one = asked(ada, estimand)
        summed = {key: plain(Sums(*held)) for key, held in from_pairs(one, "lead_time").items()}
        assert summed == {key: plain(sums) for key, sums in read_by(one, "lead_time").items()}, estimand


def test_what_has_only_answers_that_came_too_early_is_counted_as_left_out(ada: User) -> None:
    total = from_pairs(asked(ada, "at:90d"))[""][1]
    assert (total.pairs, total.left_out > 0) == (0, True)


def test_a_slice_without_a_scenario_is_empty(ada: User) -> None:
    assert from_pairs(Slice((), Filters(), "last")) == {}
    assert from_pairs(Slice((99_999,), Filters(), "last")) == {}


def test_two_dimensions_at_once_are_those_pairs_alone(ada: User) -> None:
    me = Forecaster.objects.of(ada).pk
    one = asked(ada, "each_update", analyst=me, category="escalation")
    assert not one.is_tallied
    assert (read(one).total.pairs, read(one).cells.total) == (8, 12)
