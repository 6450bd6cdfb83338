"""What was in force when, and which of it counts."""

import itertools
import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.timeline import (
    DAY,
    WEIGHT_UNITS,
    Estimand,
    Event,
    Interval,
    LeftOut,
    Selection,
    Window,
    in_force,
    microseconds,
    read,
    select,
)

CLOSE = 100 * DAY
WINDOW = Window(closes_at=CLOSE)


def selections(events: list[Event[int]], window: Window) -> dict[Estimand, Selection[int]]:
    """What counts under each estimand."""
    return {estimand: select(events, window, estimand) for estimand in Estimand}


def update(day: float, value: int, number: int = 0) -> Event[int]:
    return Event(int(day * DAY), number or int(day * 10), "update", value)


def act(day: float, name: str) -> Event[int]:
    return Event(int(day * DAY), int(day * 10), name)


def spans(events: list[Event[int]], window: Window = WINDOW) -> list[tuple[float, float, int]]:
    return [(i.start / DAY, i.end / DAY, i.value) for i in in_force(events, window)]


def test_an_instant_is_whole_microseconds_in_any_zone() -> None:
    utc = datetime(2024, 11, 27, 5, 30, 0, 123457, tzinfo=UTC)
    damascus = utc.astimezone(timezone(timedelta(hours=3)))
    assert microseconds(utc) == microseconds(damascus) == 1732685400123457


def test_microseconds_are_exact_where_floating_seconds_are_not() -> None:
    far = datetime(2999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    assert microseconds(far) - microseconds(far - timedelta(microseconds=1)) == 1


def test_an_estimate_holds_until_the_next() -> None:
    assert spans([update(10, 3000), update(30, 6000)]) == [(10, 30, 3000), (30, 100, 6000)]


def test_an_estimate_holds_until_it_is_withdrawn() -> None:
    assert spans([update(10, 3000), act(30, "withdraw"), update(50, 6000)]) == [(10, 30, 3000), (50, 100, 6000)]


def test_an_estimate_holds_until_a_material_amendment() -> None:
    amended = Window(closes_at=CLOSE, amended_at=(20 * DAY, 60 * DAY))
    assert spans([update(10, 3000), update(30, 6000)], amended) == [(10, 20, 3000), (30, 60, 6000)]


def test_an_estimate_made_at_the_instant_of_an_amendment_answers_the_new_question() -> None:
    amended = Window(closes_at=CLOSE, amended_at=(20 * DAY,))
    assert spans([update(10, 3000), update(20, 6000)], amended) == [(10, 20, 3000), (20, 100, 6000)]


def test_nothing_made_at_or_after_the_answer_was_known_is_in_force() -> None:
    known = Window(closes_at=CLOSE, known_at=40 * DAY)
    assert spans([update(10, 3000), update(40, 9900), update(50, 9999)], known) == [(10, 40, 3000)]


def test_an_answer_known_after_the_close_does_not_extend_the_window() -> None:
    assert Window(closes_at=CLOSE, known_at=CLOSE + DAY).cutoff == CLOSE


def test_declining_leaves_the_estimate_alone() -> None:
    assert spans([update(10, 3000), act(30, "decline")]) == [(10, 100, 3000)]


def test_a_reaffirmation_begins_anew_with_the_value_and_instant_of_the_update() -> None:
    assert in_force([update(10, 3000), act(30, "reaffirm")], WINDOW) == [
        Interval(10 * DAY, 30 * DAY, 3000, 10 * DAY),
        Interval(30 * DAY, CLOSE, 3000, 10 * DAY),
    ]


@pytest.mark.parametrize("window", [Window(CLOSE, None, (20 * DAY,)), WINDOW])
def test_a_reaffirmation_revives_what_an_amendment_or_a_withdrawal_ended(window: Window) -> None:
    ended = [] if window.amended_at else [act(20, "withdraw")]
    assert spans([update(10, 3000), *ended, act(30, "reaffirm")], window) == [(10, 20, 3000), (30, 100, 3000)]


def test_a_reaffirmation_of_nothing_is_nothing() -> None:
    assert spans([act(10, "reaffirm"), act(20, "decline"), act(30, "withdraw")]) == []


def test_events_at_one_instant_count_in_the_order_of_their_ids() -> None:
    assert spans([update(10, 6000, number=2), update(10, 3000, number=1)]) == [(10, 100, 6000)]


def test_last_is_what_is_in_force_at_the_cut_off() -> None:
    assert select([update(10, 3000), update(30, 6000)], WINDOW, "last") == Selection([6000], [1], [30 * DAY])


def test_last_ignores_what_was_made_once_the_answer_was_known() -> None:
    known = Window(closes_at=CLOSE, known_at=30 * DAY)
    assert select([update(10, 3000), update(30, 9999)], known, "last").values == [3000]


@pytest.mark.parametrize("events", [[update(10, 3000), act(99, "withdraw")], []])
def test_last_leaves_out_whoever_has_nothing_in_force(events: list[Event[int]]) -> None:
    assert select(events, WINDOW, "last") == Selection([], [], [], LeftOut.NOTHING_IN_FORCE)


def test_first_is_the_first_update_even_of_whoever_withdrew() -> None:
    events = [act(5, "decline"), update(10, 3000), update(30, 6000), act(50, "withdraw")]
    assert select(events, WINDOW, "first") == Selection([3000], [1], [10 * DAY])


def test_each_update_is_a_point_and_a_reaffirmation_is_none() -> None:
    events = [update(10, 3000), act(20, "reaffirm"), update(30, 3000), act(40, "decline")]
    assert select(events, WINDOW, "each_update") == Selection([3000, 3000], [1, 1], [10 * DAY, 30 * DAY])


def test_time_weights_are_proportional_to_the_time_in_force() -> None:
    events = [update(0, 3000), update(25, 6000)]
    assert select(events, WINDOW, "time_weighted") == Selection([3000, 6000], [250_000, 750_000], [0, 25 * DAY])


def test_time_weights_add_up_where_thirds_do_not() -> None:
    thirds = Window(closes_at=9 * DAY)
    weights = select([update(0, 1000), update(3, 2000), update(6, 3000)], thirds, "time_weighted").weights
    assert weights == [333_334, 333_333, 333_333]


def test_time_weights_do_not_grow_with_a_late_start_or_a_withdrawal() -> None:
    assert select([update(99, 3000)], WINDOW, "time_weighted").weights == [WEIGHT_UNITS]
    assert select([update(10, 3000), act(11, "withdraw")], WINDOW, "time_weighted").weights == [WEIGHT_UNITS]


def test_repeating_a_value_weighs_what_reaffirming_it_does() -> None:
    repeated = select([update(10, 3000), update(20, 3000), update(30, 6000)], WINDOW, "time_weighted")
    reaffirmed = select([update(10, 3000), act(20, "reaffirm"), update(30, 6000)], WINDOW, "time_weighted")
    assert repeated == reaffirmed


@pytest.mark.parametrize(("days", "value"), [("1d", 6000), ("7d", 5000), ("30d", 4000), ("90d", 3000)])
def test_ahead_is_what_was_in_force_so_long_before_the_scheduled_close(days: str, value: int) -> None:
    events = [update(1, 3000), update(60, 4000), update(90, 5000), update(98, 6000), update(99.5, 7000)]
    assert select(events, WINDOW, f"at:{days}").values == [value]


def test_an_estimate_made_at_the_very_instant_counts_as_in_force() -> None:
    assert select([update(93, 3000)], WINDOW, "at:7d") == Selection([3000], [1], [93 * DAY])


def test_ahead_is_measured_from_the_scheduled_close_not_from_an_early_answer() -> None:
    early = Window(closes_at=CLOSE, known_at=80 * DAY)
    assert select([update(1, 3000), update(65, 4000), update(75, 9000)], early, "at:30d").values == [4000]


@pytest.mark.parametrize("known", [92.9, 93])
def test_ahead_leaves_out_a_forecast_whose_answer_was_known_by_then(known: float) -> None:
    early = Window(closes_at=CLOSE, known_at=int(known * DAY))
    assert select([update(1, 3000)], early, "at:7d") == Selection([], [], [], LeftOut.KNOWN)


def test_ahead_leaves_out_whoever_began_later() -> None:
    assert select([update(95, 3000)], WINDOW, "at:7d").left_out == LeftOut.NOTHING_IN_FORCE


def test_lead_time_is_measured_from_the_update_not_from_its_reaffirmation() -> None:
    assert select([update(10, 3000), act(90, "reaffirm")], WINDOW, "at:7d").made_at == [10 * DAY]


def test_an_unknown_estimand_is_refused() -> None:
    with pytest.raises(ValueError, match="at:3d"):
        select([update(10, 3000)], WINDOW, "at:3d")


@pytest.mark.parametrize(
    ("events", "left"),
    [
        ([update(10, 3000)], False),
        ([update(10, 3000), act(20, "withdraw")], True),
        ([update(10, 3000), act(20, "withdraw"), act(30, "decline")], True),
        ([update(10, 3000), act(20, "withdraw"), update(30, 3000)], False),
        ([act(20, "withdraw")], False),
        ([], False),
    ],
)
def test_whoever_had_withdrawn_at_the_cut_off_is_flagged(events: list[Event[int]], left: bool) -> None:
    assert read(events, WINDOW).withdrawn is left


def test_a_withdrawal_after_the_answer_was_known_hides_nothing() -> None:
    known = Window(closes_at=CLOSE, known_at=15 * DAY)
    events = [update(10, 3000), act(20, "withdraw")]
    assert not read(events, known).withdrawn
    assert select(events, known, "last").values == [3000]


def test_values_of_any_kind_are_selected() -> None:
    shares: list[Event[tuple[int, ...]]] = [Event(0, 1, "update", (5000, 3000, 2000))]
    assert select(shares, WINDOW, "last").values == [(5000, 3000, 2000)]


ACTS = ["update", "update", "reaffirm", "withdraw", "decline"]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Event[int]], Window]:
    instants = draw(st.lists(st.integers(0, 120), max_size=12))
    events = [
        Event(at * DAY, number, name, draw(st.integers(1, 9999)) if name == "update" else None)
        for number, at in enumerate(instants)
        if (name := draw(st.sampled_from(ACTS)))
    ]
    known = draw(st.none() | st.integers(1, 130))
    amended = tuple(at * DAY for at in draw(st.lists(st.integers(0, 120), max_size=3)))
    return events, Window(CLOSE, None if known is None else known * DAY, amended)


@given(case=histories())
def test_intervals_rise_do_not_overlap_and_end_by_the_cut_off(case: tuple[list[Event[int]], Window]) -> None:
    events, window = case
    found = in_force(events, window)
    assert all(interval.start < interval.end <= window.cutoff for interval in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(not interval.start < at < interval.end for interval in found for at in window.amended_at)


@given(case=histories(), instant=st.integers(0, 2 * 120))
def test_what_is_in_force_is_what_reading_the_events_one_by_one_says(
    case: tuple[list[Event[int]], Window], instant: int
) -> None:
    events, window = case
    at = instant * DAY // 2
    value, latest = None, None
    moments = [(e.made_at, 1, e.id, e.act, e.value) for e in events] + [
        (a, 0, 0, "amend", None) for a in window.amended_at
    ]
    for _, _, _, name, said in sorted((m for m in moments if m[0] <= at), key=lambda m: m[:3]):
        latest = said if name == "update" else latest
        value = {"update": said, "reaffirm": latest, "withdraw": None, "amend": None}.get(name, value)
    held = [i.value for i in in_force(events, window) if i.start <= at < i.end]
    assert held == ([value] if value is not None and at < window.cutoff else [])


@given(case=histories(), seed=st.integers(0, 99))
def test_the_order_in_which_events_arrive_does_not_matter(case: tuple[list[Event[int]], Window], seed: int) -> None:
    events, window = case
    shuffled = random.Random(seed).sample(events, len(events))
    assert selections(shuffled, window) == selections(events, window)
    assert read(shuffled, window).withdrawn == read(events, window).withdrawn


@given(case=histories())
def test_time_weights_add_up_to_exactly_a_million_or_there_are_none(case: tuple[list[Event[int]], Window]) -> None:
    found = select(*case, "time_weighted")
    assert sum(found.weights) == (WEIGHT_UNITS if found.values else 0)
    assert all(weight > 0 for weight in found.weights)
    assert len(set(found.values)) == len(found.values) == len(found.weights) == len(found.made_at)


@given(case=histories())
def test_nothing_made_after_the_cut_off_changes_anything(case: tuple[list[Event[int]], Window]) -> None:
    events, window = case
    before = [event for event in events if event.made_at < window.cutoff]
    assert selections(events, window) == selections(before, window)


@given(case=histories())
def test_without_a_point_there_is_a_reason_and_with_one_there_is_none(case: tuple[list[Event[int]], Window]) -> None:
    for found in selections(*case).values():
        assert bool(found.values) == (found.left_out is None)
