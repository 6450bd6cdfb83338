"""The aggregate of the estimates in force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gmean

from forecasts.scoring.consensus import (
    Method,
    aggregate,
    aggregate_options,
    aggregate_quantiles,
    as_events,
    over_time,
    recency_weights,
)
from forecasts.scoring.timeline import DAY, Event, Interval, Window, in_force, select
from forecasts.scoring.weights import apportion

CLOSE = 100 * DAY
WINDOW = Window(closes_at=CLOSE)
estimates = st.lists(st.integers(0, 10_000), min_size=2, max_size=30)


def held(start: float, end: float, value: int) -> Interval[int]:
    return Interval(int(start * DAY), int(end * DAY), value, int(start * DAY))


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("few", [[], [3000]])
def test_fewer_than_two_estimates_make_no_consensus(method: Method, few: list[int]) -> None:
    assert aggregate(np.array(few, dtype=np.int64), method) is None


def test_fewer_than_two_make_no_consensus_of_options_or_quantiles() -> None:
    assert aggregate_options(np.array([[5000, 5000]])) is None
    assert aggregate_quantiles(np.array([[1.0, 2.0]])) is None


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="mode"):
        aggregate(np.array([1000, 2000]), "mode")


def test_the_newest_of_five_weighs_e_times_the_next() -> None:
    assert recency_weights(5) == pytest.approx(np.exp([0, -1, -2, -3, -4]))


@pytest.mark.parametrize(
    ("method", "expected"),
    [("mean", 4333), ("median", 2000), ("geometric_mean_of_odds", 4522), ("recency_weighted", 8235)],
)
def test_each_method_gives_the_hand_checked_consensus(method: str, expected: int) -> None:
    # Odds 9, 1/4, 1/4: the cube root of 0.5625 is 0.8255. By recency they weigh 1, exp(-5/3), exp(-10/3).
    assert aggregate(np.array([9000, 2000, 2000]), method) == expected


def test_the_geometric_mean_of_odds_is_that_of_scipy() -> None:
    p = np.array([1000, 4000, 7000, 9500])
    odds = gmean(p / (10_000 - p))
    assert aggregate(p, "geometric_mean_of_odds") == round(10_000 * odds / (1 + odds))


@pytest.mark.parametrize("method", list(Method))
def test_certainties_stay_within_what_people_may_say(method: Method) -> None:
    assert aggregate(np.array([0, 0, 0]), method) == 1
    assert aggregate(np.array([10_000, 10_000]), method) == 9999


def test_one_certainty_does_not_silence_the_others() -> None:
    assert aggregate(np.array([10_000, 5000]), "geometric_mean_of_odds") == 9901


@pytest.mark.parametrize("method", list(Method))
@given(said=estimates)
def test_a_consensus_lies_between_the_lowest_and_the_highest(method: Method, said: list[int]) -> None:
    found = aggregate(np.array(said), method)
    assert found is not None
    assert max(min(said), 1) - 1 <= found <= min(max(said), 9999) + 1


@pytest.mark.parametrize("method", list(Method))
@given(said=estimates)
def test_turning_the_question_round_turns_the_consensus_round(method: Method, said: list[int]) -> None:
    found, turned = aggregate(np.array(said), method), aggregate(10_000 - np.array(said), method)
    assert found is not None
    assert turned == pytest.approx(10_000 - found, abs=1)


@given(
    said=st.lists(st.lists(st.integers(0, 100), min_size=3, max_size=3).filter(any), min_size=2, max_size=9),
)
def test_options_keep_at_least_one_each_and_sum_to_exactly_one(said: list[list[int]]) -> None:
    shares = np.array([np.rint(np.array(weights) / sum(weights) * 10_000) for weights in said]).astype(np.int64)
    found = aggregate_options(shares)
    assert found is not None
    assert sum(found) == 10_000
    assert min(found) >= 1


def test_who_answered_before_an_option_was_there_does_not_speak_against_it() -> None:
    found = aggregate_options(np.array([[1000, 5000, 4000], [1000, 5000, 4000], [2000, 8000, -1], [3000, 7000, -1]]))
    assert found is not None
    assert found[2] == pytest.approx(4000, abs=60)
    assert sum(found) == 10_000
    assert 1000 < found[0] < 1500, "They speak of the others, in what is left."


def test_an_option_of_which_nobody_spoke_has_the_least_there_is() -> None:
    assert aggregate_options(np.array([[2000, 8000, -1], [2000, 8000, -1]])) == (2000, 7999, 1)


@given(st.lists(st.lists(st.integers(1, 9_000), min_size=3, max_size=3), min_size=2, max_size=6))
def test_an_old_answer_that_agrees_with_the_new_ones_changes_nothing(said: list[list[int]]) -> None:
    shares = np.array([apportion(10_000, row) for row in said])
    found = aggregate_options(shares)
    assert found is not None
    first, second, _ = found
    old = [10_000 * first / (first + second), 10_000 * second / (first + second), -1]
    again = aggregate_options(np.vstack([shares, np.rint(old).astype(int)]))
    assert again == pytest.approx(found, abs=3)


def test_options_are_the_renormalised_geometric_means() -> None:
    found = aggregate_options(np.array([[6000, 3000, 1000], [2000, 3000, 5000]]))
    means = np.array([gmean([6000, 2000]), 3000, gmean([1000, 5000])])
    assert found == pytest.approx(means / means.sum() * 10_000, abs=1)


@given(said=st.lists(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=5).map(sorted), min_size=2, max_size=9))
def test_a_consensus_of_quantiles_rises_as_each_of_them_does(said: list[list[float]]) -> None:
    found = aggregate_quantiles(np.array(said))
    assert found is not None
    assert list(found) == sorted(found)
    assert found[2] == pytest.approx(np.median([values[2] for values in said]))


def test_the_series_changes_when_an_estimate_begins_or_ends() -> None:
    intervals = [held(0, 100, 2000), held(10, 40, 8000), held(40, 60, 4000)]
    series = over_time(intervals, WINDOW, lambda rows: aggregate(rows, "mean"))
    assert series.at == [0, 10 * DAY, 40 * DAY, 60 * DAY]
    assert series.values == [None, 5000, 3000, None]
    assert series.estimates == [1, 2, 2, 1]


def test_the_newest_estimate_comes_first_and_a_reaffirmed_one_counts_as_new() -> None:
    seen: list[list[int]] = []

    def note(rows: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> int | None:
        seen.append(rows.tolist())
        return None

    reaffirmed = in_force([Event(0, 1, "update", 2000), Event(20 * DAY, 2, "reaffirm")], WINDOW)
    over_time([*reaffirmed, held(10, 100, 8000)], WINDOW, note)
    assert seen == [[2000], [8000, 2000], [2000, 8000]]


def test_without_estimates_the_series_is_empty() -> None:
    assert over_time([], WINDOW, aggregate) == ([], [], [])


def test_nothing_changes_at_or_after_the_cut_off() -> None:
    series = over_time([held(0, 100, 2000), held(10, 100, 8000)], WINDOW, aggregate)
    assert max(series.at) < CLOSE


def test_up_to_500_changes_each_is_a_point() -> None:
    series = over_time([Interval(start, CLOSE, 3000, start) for start in range(500)], WINDOW, aggregate)
    assert series.at == list(range(500))


def test_beyond_500_changes_500_are_evenly_spaced_and_the_last_is_among_them() -> None:
    series = over_time([Interval(start, CLOSE, 3000, start) for start in range(5000)], WINDOW, aggregate)
    assert len(series.at) == 500
    assert (series.at[0], series.at[-1], series.estimates[-1]) == (0, 4999, 5000)
    assert set(np.diff(series.at)) == {10, 11}


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 200), st.integers(1, 9999)), min_size=1, max_size=80))
def test_at_every_instant_what_is_in_force_is_what_one_by_one_is_found(said: list[tuple[int, int, int]]) -> None:
    intervals = [Interval(start, start + length, value, start) for start, length, value in said]
    series = over_time(intervals, Window(closes_at=400), lambda rows: tuple(rows.tolist()))
    for at, values, count in zip(*series, strict=True):
        held = sorted((one.start, one.value) for one in intervals if one.start <= at < one.end)
        assert (values, count) == (tuple(value for _, value in reversed(held)), len(held))


def test_named_instants_are_exact_beyond_500_changes_too() -> None:
    intervals = [Interval(start, CLOSE, 1 + start, start) for start in range(2000)]
    series = over_time(intervals, WINDOW, lambda rows: aggregate(rows, "median"), also=[1002, -1, CLOSE])
    assert series.values[series.at.index(1002)] == aggregate(np.arange(1, 1004), "median")
    assert len(series.at) in {500, 501}


def test_the_order_in_which_forecasters_come_does_not_matter() -> None:
    intervals = [held(day % 7, 100 - day % 5, 100 * day + 100) for day in range(30)]
    assert over_time(intervals, WINDOW, aggregate) == over_time(intervals[::-1], WINDOW, aggregate)


def test_the_consensus_is_scored_as_a_forecaster_of_its_own() -> None:
    intervals = [held(0, 100, 2000), held(20, 100, 8000), held(50, 60, 5000)]
    events = as_events(over_time(intervals, WINDOW, lambda rows: aggregate(rows, "mean")))
    assert select(events, WINDOW, "last").values == [5000]
    assert select(events, WINDOW, "first").made_at == [20 * DAY]
    assert select(events, WINDOW, "time_weighted").weights == [1_000_000]


def test_a_consensus_of_fewer_than_two_is_withdrawn() -> None:
    events = as_events(over_time([held(0, 50, 2000), held(20, 100, 8000)], WINDOW, aggregate))
    assert [event.act for event in events] == ["withdraw", "update", "withdraw"]
    assert select(events, WINDOW, "last").values == []


def test_options_and_quantiles_have_a_consensus_over_time_too() -> None:
    options: list[Interval[tuple[int, ...]]] = [
        Interval(0, CLOSE, (5000, 5000), 0),
        Interval(DAY, CLOSE, (5000, 5000), DAY),
    ]
    assert over_time(options, WINDOW, aggregate_options).values == [None, (5000, 5000)]
    quantiles: list[Interval[tuple[float, ...]]] = [
        Interval(0, CLOSE, (1.0, 2.0), 0),
        Interval(DAY, CLOSE, (3.0, 4.0), DAY),
    ]
    assert over_time(quantiles, WINDOW, aggregate_quantiles).values == [None, (2.0, 3.0)]
