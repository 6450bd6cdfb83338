"""Multiple choice, numbers and dates in the tallies. Days count from 2024-12-01; forecasts close on day 30."""

import pytest

from forecasts.answers import resolving
from forecasts.models import Forecaster, Scenario, User
from forecasts.scores import scorekeeping
from forecasts.scoring.quantiles import WIS_UNIT
from tests import make
from tests.scores.test_scorekeeping import cells, tallies, total

pytestmark = pytest.mark.django_db

AFTER = make.day(31)


def test_multiple_choice_is_scored_outside_the_curve(aleppo: Scenario, ada: User) -> None:
    forecast = make.choice(["up", "same", "down"], aleppo, options_are_ordered=True)
    make.estimate(forecast, ada, None, make.day(3), probabilities=[5000, 3000, 2000])
    down = forecast.options.get(label="down")
    make.verdict(forecast, "option", option=down)
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(AFTER)
    other = total().other_sums
    # Brier .98 and RPS .89 of REFERENCE section 2, in 1e-8.
    assert other["brier"][:3] == [1, 1, 98_000_000]
    assert other["rps"][:3] == [1, 1, 89_000_000]
    assert cells() == {}


def test_an_estimate_counts_among_the_options_of_its_time(aleppo: Scenario, ada: User, ben: User) -> None:
    forecast = make.choice(["up", "down"], aleppo)
    make.estimate(forecast, ada, None, make.day(3), probabilities=[6000, 4000])
    added = forecast.options.create(position=2, label="same", added_at=make.day(5))
    make.estimate(forecast, ben, None, make.day(6), probabilities=[2000, 2000, 6000])
    make.verdict(forecast, "option", option=added)
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(AFTER)
    assert total().other_sums["brier"][:3] == [1, 1, 2000**2 + 2000**2 + 4000**2]


def test_who_answered_before_the_option_that_happened_is_counted_as_left_out(aleppo: Scenario, ada: User) -> None:
    """Ada chose among two, and once more after a third had come, which happened: only her second answer has a score."""
    forecast = make.choice(["up", "down"], aleppo)
    make.estimate(forecast, ada, None, make.day(3), probabilities=[6000, 4000])
    added = forecast.options.create(position=2, label="same", added_at=make.day(5))
    make.verdict(forecast, "option", option=added)
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(AFTER)
    assert [(total(e).pairs, total(e).left_out) for e in ("last", "first", "each_update")] == [(0, 1)] * 3
    make.estimate(forecast, ada, None, make.day(6), probabilities=[2000, 2000, 6000])
    scorekeeping.mark_due([forecast.pk], make.day(32))
    scorekeeping.settle(make.day(33))
    assert [(total(e).pairs, total(e).left_out) for e in ("last", "first", "each_update")] == [(1, 0), (0, 1), (1, 0)]
    assert total("first").forecasts == 0
    assert scorekeeping.verify(make.day(33)) == []


@pytest.mark.parametrize("ordered", [False, True])
def test_options_added_later_change_nothing_of_earlier_estimates(
    aleppo: Scenario, ada: User, ben: User, *, ordered: bool
) -> None:
    """Ada chose among two, Ben among three: each is scored among those there were, and the first option happened."""
    forecast = make.choice(["up", "down"], aleppo, options_are_ordered=ordered)
    make.estimate(forecast, ada, None, make.day(3), probabilities=[6000, 4000])
    forecast.options.create(position=2, label="same", added_at=make.day(5))
    make.estimate(forecast, ben, None, make.day(6), probabilities=[2000, 2000, 6000])
    make.verdict(forecast, "option", option=forecast.options.get(label="up"))
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(AFTER)
    of_ada, of_ben = 4000**2 + 4000**2, 8000**2 + 2000**2 + 6000**2
    by_person = {
        person: total(dimension="forecaster", value=str(Forecaster.objects.of(person).pk)).other_sums
        for person in (ada, ben)
    }
    assert [by_person[person]["brier"][2] for person in (ada, ben)] == [of_ada, of_ben]
    if ordered:
        assert [by_person[person]["rps"][2] for person in (ada, ben)] == [4000**2, 8000**2 + 6000**2]
    assert scorekeeping.verify(AFTER) == []


def test_the_consensus_speaks_of_the_options_of_its_time(aleppo: Scenario, ada: User, ben: User) -> None:
    forecast = make.choice(["up", "down"], aleppo)
    for person in (ada, ben):
        make.estimate(forecast, person, None, make.day(3), probabilities=[6000, 4000])
    added = forecast.options.create(position=2, label="same", added_at=make.day(5))
    make.estimate(forecast, ben, None, make.day(6), probabilities=[2000, 2000, 6000])
    make.verdict(forecast, "option", option=added)
    case = next(iter(scorekeeping.cases([forecast.pk], AFTER, unscored=True)))
    said = [event.value for event in scorekeeping.consensus_events(case, also_ahead=False)]
    assert [isinstance(value, tuple) and len(value) for value in said] == [2, 3]
    assert all(isinstance(value, tuple) and sum(value) == 10_000 for value in said)


def test_quantiles_give_wis_with_its_parts_coverage_and_pit(aleppo: Scenario, ada: User) -> None:
    forecast = make.numeric(aleppo)
    make.estimate(forecast, ada, None, make.day(3), quantiles=[1, 2, 3, 5, 9])
    make.verdict(forecast, "value", value=10)
    scorekeeping.mark_due([forecast.pk], make.day(30))
    scorekeeping.settle(AFTER)
    other = total().other_sums
    assert other["wis:people"][:2] == [1, 1]
    assert other["wis:people"][2] / WIS_UNIT == 4.26
    parts = [other[f"{part}:people"][2] for part in ("dispersion", "overprediction", "underprediction")]
    assert [part / WIS_UNIT for part in parts] == pytest.approx([0.46, 0, 3.8])
    assert sum(parts) == other["wis:people"][2]
    assert (other["coverage:5000"][2], other["coverage:9000"][2]) == (0, 0)
    assert other["pit:9500:10000"][2] == 1_000_000


def test_tallies_of_other_kinds_are_taken_back_too(aleppo: Scenario, ada: User) -> None:
    forecasts = [make.numeric(aleppo) for _ in range(2)]
    for forecast in forecasts:
        make.estimate(forecast, ada, None, make.day(3), quantiles=[1, 2, 3, 5, 9])
        make.verdict(forecast, "value", value=10)
    scorekeeping.mark_due([forecasts[0].pk], make.day(30))
    scorekeeping.settle(AFTER)
    before = tallies()
    scorekeeping.mark_due([forecasts[1].pk], make.day(30))
    scorekeeping.settle(AFTER)
    resolving.take_back(forecasts[1], None, "Wrong figure.", at=make.day(32))
    scorekeeping.settle(make.day(33))
    assert tallies() == before
