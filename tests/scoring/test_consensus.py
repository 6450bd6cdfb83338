"""The aggregate of the estimates in force."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.arrays import Floats, Ints
from forecasts.scoring.consensus import (
    aggregate,
    aggregate_options,
    aggregate_quantiles,
    as_events,
    at_once,
    half_life,
    over_time,
    weights_by_age,
)
from forecasts.scoring.timeline import DAY, Event, Interval, Window, in_force, select
from forecasts.scoring.weights import apportion

CLOSE = 100 * DAY
WINDOW = Window(closes_at=CLOSE)
answers = st.lists(st.tuples(st.integers(1, 9999), st.integers(0, 400 * DAY)), min_size=2, max_size=30)


def mean(values: Ints, _: Floats) -> int | None:
    return round(float(values.mean())) if values.size > 1 else None


def held(start: float, end: float, value: int) -> Interval[int]:
    return Interval(int(start * DAY), int(end * DAY), value, int(start * DAY))


def equal(n: int) -> Floats:
    return np.ones(n)


@pytest.mark.parametrize("few", [[], [3000]])
def test_fewer_than_two_estimates_make_no_consensus(few: list[int]) -> None:
    assert aggregate(np.array(few, dtype=np.int64), equal(len(few))) is None


def test_fewer_than_two_make_no_consensus_of_options_or_quantiles() -> None:
    assert aggregate_options(np.array([[5000, 5000]]), equal(1)) is None
    assert aggregate_quantiles(np.array([[1.0, 2.0]]), equal(1)) is None


@pytest.mark.parametrize(("open_for", "days"), [(0, 7), (35, 7), (40, 8), (365, 73)])
def test_the_half_life_is_a_week_or_a_fifth_of_the_time_since_the_opening(open_for: int, days: int) -> None:
    assert half_life(open_for * DAY) == days * DAY


def test_an_answer_a_half_life_old_weighs_half_of_the_newest() -> None:
    assert weights_by_age(np.array([0, 7, 14]) * DAY, 14 * DAY) == pytest.approx([0.25, 0.5, 1])


def test_answers_minutes_apart_weigh_the_same_to_a_thousandth() -> None:
    first, second = weights_by_age(np.array([0, 9]) * 60_000_000, 0)
    assert second - first < 0.001


def test_estimates_of_one_instant_weigh_the_same_and_so_do_their_mirrors() -> None:
    # By rank they gave 44%, and their mirror image 86%.
    said = np.array([1000, 2000, 3000, 4000, 5000])
    assert aggregate(said, weights_by_age(np.zeros(5, dtype=np.int64), DAY)) == 2754
    assert aggregate(10_000 - said, weights_by_age(np.zeros(5, dtype=np.int64), DAY)) == 7246


def test_the_geometric_mean_of_odds_is_that_of_scipy() -> None:
    from scipy.stats import gmean

    p, w = np.array([1000, 4000, 7000, 9500]), np.array([0.2, 1, 0.5, 0.7])
    odds = gmean(p / (10_000 - p), weights=w)
    assert aggregate(p, w) == round(10_000 * odds / (1 + odds))


def test_three_answers_of_one_minute_are_pooled_as_equals() -> None:
    # 5, 95 and 95%: two of three odds of 19.
    assert aggregate(np.array([500, 9500, 9500]), equal(3)) == 7274
    assert aggregate(np.array([500, 9500, 9500, 9900]), equal(4)) == 8682


def test_certainties_stay_within_what_people_may_say() -> None:
    assert aggregate(np.array([0, 0, 0]), equal(3)) == 1
    assert aggregate(np.array([10_000, 10_000]), equal(2)) == 9999


def test_one_certainty_does_not_silence_the_others() -> None:
    assert aggregate(np.array([10_000, 5000]), equal(2)) == 9901


@given(said=answers)
def test_a_consensus_lies_between_the_lowest_and_the_highest(said: list[tuple[int, int]]) -> None:
    found = at_once(said, aggregate, 0, 400 * DAY)
    values = [value for value, _ in said]
    assert found is not None
    assert min(values) <= found <= max(values)


@given(said=answers, order=st.randoms(use_true_random=False))
def test_a_consensus_does_not_depend_on_the_order_of_answers(said: list[tuple[int, int]], order: Random) -> None:
    mixed = list(said)
    order.shuffle(mixed)
    assert at_once(mixed, aggregate, 0, 400 * DAY) == at_once(said, aggregate, 0, 400 * DAY)


@given(said=answers)
def test_turning_the_question_round_turns_the_consensus_round(said: list[tuple[int, int]]) -> None:
    found = at_once(said, aggregate, 0, 400 * DAY)
    turned = at_once([(10_000 - value, at) for value, at in said], aggregate, 0, 400 * DAY)
    assert found is not None
    assert turned == 10_000 - found


@given(
    others=st.lists(st.tuples(st.integers(1, 9999), st.integers(0, 400 * DAY)), min_size=1, max_size=9),
    own=st.tuples(st.integers(1, 9999), st.integers(0, 400 * DAY)),
    later=st.integers(0, DAY),
)
def test_a_no_change_within_a_day_of_ones_own_answer_hardly_moves_it(
    others: list[tuple[int, int]], own: tuple[int, int], later: int
) -> None:
    value, answered = own
    said = [(other, min(at, answered)) for other, at in others]
    before, after = (
        pooled_log_odds([*said, (value, moment)], opened=0, changed=moment) for moment in (answered, answered + later)
    )
    spread = np.ptp([log_odds(one) for one, _ in [*said, own]])
    assert abs(after - before) <= 0.025 * spread + 1e-9


def log_odds(value: float) -> float:
    return float(np.log(value / (10_000 - value)))


def pooled_log_odds(said: list[tuple[int, int]], opened: int, changed: int) -> float:
    """The consensus before it is rounded."""
    weights = weights_by_age(np.array([at for _, at in said]), changed - opened)
    return float(weights @ [log_odds(value) for value, _ in said] / weights.sum())


@given(said=answers)
def test_what_is_said_without_rounding_is_what_the_consensus_rounds(said: list[tuple[int, int]]) -> None:
    clipped = [(min(max(value, 1), 9999), at) for value, at in said]
    raw = 10_000 / (1 + np.exp(-pooled_log_odds(clipped, 0, 400 * DAY)))
    found = at_once(clipped, aggregate, 0, 400 * DAY)
    assert found == pytest.approx(raw, abs=0.5001)


@given(
    said=st.lists(
        st.tuples(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted), st.integers(0, 400 * DAY)),
        min_size=2,
        max_size=9,
    )
)
def test_quantiles_lie_between_their_members_rise_and_mirror(said: list[tuple[list[float], int]]) -> None:
    held = [(tuple(values), at) for values, at in said]
    found = at_once(held, aggregate_quantiles, 0, 400 * DAY)
    mirrored = [(tuple(-value for value in reversed(values)), at) for values, at in held]
    turned = at_once(mirrored, aggregate_quantiles, 0, 400 * DAY)
    assert found is not None
    assert turned is not None
    assert list(found) == sorted(found)
    assert [-value for value in reversed(turned)] == pytest.approx(found, abs=1e-6)
    for place, value in enumerate(found):
        level = [values[place] for values, _ in held]
        assert min(level) <= value <= max(level)


def test_an_old_answer_of_quantiles_gives_way_to_newer_ones() -> None:
    held = [((0.0, 1.0), 0), ((10.0, 11.0), 70 * DAY), ((12.0, 13.0), 70 * DAY)]
    assert at_once(held, aggregate_quantiles, 60 * DAY, 70 * DAY) == pytest.approx((11.0, 12.0), abs=0.01)


@given(
    said=st.lists(
        st.tuples(st.lists(st.integers(1, 9000), min_size=3, max_size=3), st.integers(0, 100 * DAY)),
        min_size=2,
        max_size=9,
    )
)
def test_naming_the_options_in_another_order_changes_nothing_else(said: list[tuple[list[int], int]]) -> None:
    held = [(tuple(apportion(10_000, sizes)), at) for sizes, at in said]
    found = at_once(held, aggregate_options, 0, 100 * DAY)
    turned = at_once([(value[::-1], at) for value, at in held], aggregate_options, 0, 100 * DAY)
    assert found is not None
    assert turned is not None
    assert turned[::-1] == pytest.approx(found, abs=1)


@given(
    said=st.lists(st.lists(st.integers(0, 100), min_size=3, max_size=3).filter(any), min_size=2, max_size=9),
)
def test_options_keep_at_least_one_each_and_sum_to_exactly_one(said: list[list[int]]) -> None:
    shares = np.array([np.rint(np.array(weights) / sum(weights) * 10_000) for weights in said]).astype(np.int64)
    found = aggregate_options(shares, equal(len(shares)))
    assert found is not None
    assert sum(found) == 10_000
    assert min(found) >= 1


def test_who_answered_before_an_option_was_there_does_not_speak_against_it() -> None:
    found = aggregate_options(
        np.array([[1000, 5000, 4000], [1000, 5000, 4000], [2000, 8000, -1], [3000, 7000, -1]]), equal(4)
    )
    assert found is not None
    assert found[2] == pytest.approx(4000, abs=60)
    assert sum(found) == 10_000
    assert 1000 < found[0] < 1500, "They speak of the others, in what is left."


def test_an_option_of_which_nobody_spoke_has_the_least_there_is() -> None:
    assert aggregate_options(np.array([[2000, 8000, -1], [2000, 8000, -1]]), equal(2)) == (2000, 7999, 1)


@given(st.lists(st.lists(st.integers(1, 9_000), min_size=3, max_size=3), min_size=2, max_size=6))
def test_an_old_answer_that_agrees_with_the_new_ones_changes_nothing(said: list[list[int]]) -> None:
    shares = np.array([apportion(10_000, row) for row in said])
    found = aggregate_options(shares, equal(len(shares)))
    assert found is not None
    first, second, _ = found
    old = [10_000 * first / (first + second), 10_000 * second / (first + second), -1]
    again = aggregate_options(np.vstack([shares, np.rint(old).astype(int)]), equal(len(shares) + 1))
    assert again == pytest.approx(found, abs=3)


def test_options_are_the_renormalised_geometric_means() -> None:
    from scipy.stats import gmean

    found = aggregate_options(np.array([[6000, 3000, 1000], [2000, 3000, 5000]]), equal(2))
    means = np.array([gmean([6000, 2000]), 3000, gmean([1000, 5000])])
    assert found == pytest.approx(means / means.sum() * 10_000, abs=1)


@given(said=st.lists(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5).map(sorted), min_size=2, max_size=9))
def test_a_consensus_of_quantiles_rises_as_each_of_them_does(said: list[list[float]]) -> None:
    found = aggregate_quantiles(np.array(said), equal(len(said)))
    assert found is not None
    assert list(found) == sorted(found)
    assert found[2] == pytest.approx(np.median([values[2] for values in said]))


def test_the_series_changes_when_an_estimate_begins_or_ends() -> None:
    intervals = [held(0, 100, 2000), held(10, 40, 8000), held(40, 60, 4000)]
    series = over_time(intervals, WINDOW, mean, 0)
    assert series.at == [0, 10 * DAY, 40 * DAY, 60 * DAY]
    assert series.values == [None, 5000, 3000, None]
    assert series.estimates == [1, 2, 2, 1]


def test_a_reaffirmed_estimate_weighs_as_a_new_one() -> None:
    seen: list[dict[int, float]] = []

    def note(rows: Ints, weights: Floats) -> int | None:
        seen.append(dict(zip(rows.tolist(), weights.round(4).tolist(), strict=True)))
        return None

    reaffirmed = in_force([Event(0, 1, "update", 2000), Event(20 * DAY, 2, "reaffirm")], WINDOW)
    over_time([*reaffirmed, held(10, 100, 8000)], WINDOW, note, 0)
    assert seen == [{2000: 1.0}, {2000: 0.3715, 8000: 1.0}, {8000: 0.3715, 2000: 1.0}]


def test_without_estimates_the_series_is_empty() -> None:
    assert over_time([], WINDOW, aggregate, 0) == ([], [], [])


def test_nothing_changes_at_or_after_the_cut_off() -> None:
    series = over_time([held(0, 100, 2000), held(10, 100, 8000)], WINDOW, aggregate, 0)
    assert max(series.at) < CLOSE


def test_up_to_500_changes_each_is_a_point() -> None:
    series = over_time([Interval(start, CLOSE, 3000, start) for start in range(500)], WINDOW, aggregate, 0)
    assert series.at == list(range(500))


def test_beyond_500_changes_500_are_evenly_spaced_and_the_last_is_among_them() -> None:
    series = over_time([Interval(start, CLOSE, 3000, start) for start in range(5000)], WINDOW, aggregate, 0)
    assert len(series.at) == 500
    assert (series.at[0], series.at[-1], series.estimates[-1]) == (0, 4999, 5000)
    assert set(np.diff(series.at)) == {10, 11}


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 200), st.integers(1, 9999)), min_size=1, max_size=80))
def test_at_every_instant_what_is_in_force_is_what_one_by_one_is_found(said: list[tuple[int, int, int]]) -> None:
    intervals = [Interval(start, start + length, value, start) for start, length, value in said]
    series = over_time(intervals, Window(closes_at=400), lambda rows, _: tuple(rows.tolist()), 0)
    for at, values, count in zip(*series, strict=True):
        held = sorted((one.start, one.value) for one in intervals if one.start <= at < one.end)
        assert (values, count) == (tuple(value for _, value in held), len(held))


def test_named_instants_are_exact_beyond_500_changes_too() -> None:
    intervals = [Interval(start, CLOSE, 1 + start, start) for start in range(2000)]
    series = over_time(intervals, WINDOW, mean, 0, also=[1002, -1, CLOSE])
    assert series.values[series.at.index(1002)] == 502
    assert len(series.at) in {500, 501}


def test_nothing_moves_between_two_changes() -> None:
    # From day 50 on the half-life is ten days; at day 90 it would be eighteen.
    intervals = [held(0, 100, 2000), held(50, 100, 8000)]
    series = over_time(intervals, WINDOW, aggregate, 0, also=[90 * DAY])
    assert series.at == [0, 50 * DAY, 90 * DAY]
    assert series.values[1] == series.values[2] == at_once([(2000, 0), (8000, 50 * DAY)], aggregate, 0, 50 * DAY)


def test_the_order_in_which_forecasters_come_does_not_matter() -> None:
    intervals = [held(day % 7, 100 - day % 5, 100 * day + 100) for day in range(30)]
    assert over_time(intervals, WINDOW, aggregate, 0) == over_time(intervals[::-1], WINDOW, aggregate, 0)


def test_the_consensus_is_scored_as_a_forecaster_of_its_own() -> None:
    intervals = [held(0, 100, 2000), held(20, 100, 8000), held(50, 60, 5000)]
    events = as_events(over_time(intervals, WINDOW, mean, 0))
    assert select(events, WINDOW, "last").values == [5000]
    assert select(events, WINDOW, "first").made_at == [20 * DAY]
    assert select(events, WINDOW, "time_weighted").weights == [1_000_000]


def test_a_consensus_of_fewer_than_two_is_withdrawn() -> None:
    events = as_events(over_time([held(0, 50, 2000), held(20, 100, 8000)], WINDOW, aggregate, 0))
    assert [event.act for event in events] == ["withdraw", "update", "withdraw"]
    assert select(events, WINDOW, "last").values == []


def test_options_and_quantiles_have_a_consensus_over_time_too() -> None:
    options: list[Interval[tuple[int, ...]]] = [
        Interval(0, CLOSE, (5000, 5000), 0),
        Interval(DAY, CLOSE, (5000, 5000), DAY),
    ]
    assert over_time(options, WINDOW, aggregate_options, 0).values == [None, (5000, 5000)]
    quantiles: list[Interval[tuple[float, ...]]] = [
        Interval(0, CLOSE, (1.0, 2.0), 0),
        Interval(DAY, CLOSE, (3.0, 4.0), DAY),
    ]
    assert over_time(quantiles, WINDOW, aggregate_quantiles, 0).values == [
        None,
        pytest.approx((2.099, 3.099), abs=1e-3),
    ]
