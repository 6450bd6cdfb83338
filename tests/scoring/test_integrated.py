"""Scores integrated over time, against the reference implementation and the definition."""

import itertools
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.scoring.arrays import Floats
from forecasts.scoring.integrated import Held, baseline, coverage, peer, relative_brier
from forecasts.scoring.timeline import DAY
from tests.scoring.reference import reference_data


def held(*rows: tuple[int, float, float, float]) -> Held:
    forecaster, start, end, chosen = zip(*rows, strict=True)
    return Held(np.array(forecaster), np.array(start), np.array(end), np.array(chosen))


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(reference_data("time_integrated_scores.json").read_text())["questions"]
    return found


def as_held(question: dict[str, Any]) -> Held:
    sign = question["resolution"]
    rows = [
        (f["user"], f["start"], min(f["end"] or np.inf, question["actual_close"]), f["p"] if sign else 1 - f["p"])
        for f in question["forecasts"]
    ]
    return held(*rows)


@pytest.mark.parametrize("score", ["baseline", "peer"])
@pytest.mark.parametrize("number", range(20))
def test_scores_of_synthetic_questions_are_those_of_the_reference(number: int, score: str) -> None:
    question = cases()[number]
    window = question["open"], question["scheduled_close"]
    ours = {"baseline": baseline, "peer": peer}[score](as_held(question), *window)
    theirs = {int(user): value[0] for user, value in question["scores"][score].items()}
    assert {user: ours[user] for user in theirs} == pytest.approx(theirs, abs=1e-8)


@pytest.mark.parametrize("number", range(20))
def test_coverage_of_synthetic_questions_is_that_of_the_reference(number: int) -> None:
    question = cases()[number]
    ours = coverage(as_held(question), question["open"], question["scheduled_close"])
    theirs = {int(user): value[1] for user, value in question["scores"]["baseline"].items()}
    assert {user: ours[user] for user in theirs} == pytest.approx(theirs, abs=1e-8)


def test_equal_odds_earn_nothing_and_certainty_a_hundred() -> None:
    found = baseline(held((0, 0, 10, 0.5), (1, 0, 10, 1.0)), 0, 10)
    assert found == pytest.approx([0, 100 * (1 + np.log2(0.9999))])


@pytest.mark.parametrize("options", [2, 3, 7])
def test_equal_shares_of_any_number_of_options_earn_nothing(options: int) -> None:
    among = held((0, 0, 10, 1 / options))._replace(options=options)
    assert baseline(among, 0, 10) == pytest.approx([0], abs=1e-12)


def test_a_forecast_that_ends_early_accrues_less() -> None:
    full, half = (baseline(held((0, 0, end, 0.8)), 0, 10)[0] for end in (10, 5))
    assert half == pytest.approx(full / 2)


def test_an_estimate_made_before_the_opening_counts_from_the_opening() -> None:
    assert baseline(held((0, -50, 10, 0.8)), 0, 10) == pytest.approx(baseline(held((0, 0, 10, 0.8)), 0, 10))
    assert coverage(held((0, -50, 5, 0.8)), 0, 10) == pytest.approx([0.5])


def test_what_lies_outside_the_window_earns_nothing() -> None:
    outside = held((0, -50, -10, 0.8), (1, 20, 30, 0.8), (2, 0, 10, 0.6))
    for score in (baseline, peer, coverage):
        assert score(outside, 0, 10)[:2] == pytest.approx([0, 0])


def test_alone_nobody_beats_anybody() -> None:
    assert peer(held((0, 0, 10, 0.8)), 0, 10) == pytest.approx([0])


def test_nothing_accrues_once_all_others_have_withdrawn() -> None:
    together, longer = (peer(held((0, 0, end, 0.8), (1, 0, 5, 0.4)), 0, 10) for end in (5, 10))
    assert longer == pytest.approx(together)


def test_nothing_accrues_while_nobody_is_in_force() -> None:
    gap = held((0, 0, 2, 0.8), (1, 0, 2, 0.4), (0, 8, 10, 0.8), (1, 8, 10, 0.4))
    assert peer(gap, 0, 10) == pytest.approx(0.4 * 100 * np.array([np.log(2), -np.log(2)]))


def by_definition(rows: Held, opens_at: float, closes_at: float) -> Floats:
    """Peer scores one stretch between changes at a time, quadratic."""
    scores = np.zeros(int(rows.forecaster.max()) + 1)
    changes = np.unique(np.concatenate([rows.start, rows.end, [opens_at, closes_at]]).clip(opens_at, closes_at))
    for start, end in itertools.pairwise(changes):
        inside = (rows.start <= start) & (rows.end >= end)
        n = int(inside.sum())
        if n > 1:
            logs = np.log(rows.chosen[inside])
            share = (end - start) / (closes_at - opens_at)
            scores[rows.forecaster[inside]] += 100 * share * n / (n - 1) * (logs - logs.mean())
    return scores


@st.composite
def crowds(draw: st.DrawFn) -> Held:
    rows = []
    for forecaster in range(draw(st.integers(1, 6))):
        moments = sorted(draw(st.lists(st.integers(-20, 120), min_size=2, max_size=6, unique=True)))
        for start, end in itertools.pairwise(moments):
            if draw(st.booleans()) or start == moments[0]:
                rows.append((forecaster, float(start), float(end), draw(st.integers(1, 9999)) / 10_000))
    return held(*rows)


@given(rows=crowds())
def test_one_sweep_gives_what_the_definition_gives(rows: Held) -> None:
    assert peer(rows, 0, 100) == pytest.approx(by_definition(rows, 0, 100), abs=5e-10)


@given(rows=crowds())
def test_peer_scores_sum_to_nought(rows: Held) -> None:
    assert peer(rows, 0, 100).sum() == pytest.approx(0, abs=1e-8)


@given(rows=crowds(), seed=st.integers(0, 9))
def test_the_order_of_intervals_does_not_matter(rows: Held, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(rows.start.size)
    shuffled = Held(rows.forecaster[order], rows.start[order], rows.end[order], rows.chosen[order])
    for score in (peer, baseline, coverage):
        assert score(shuffled, 0, 100) == pytest.approx(score(rows, 0, 100), abs=1e-9)


@given(rows=crowds())
def test_splitting_an_interval_changes_no_score(rows: Held) -> None:
    middle = (rows.start + rows.end) / 2
    start, end = np.concatenate([rows.start, middle]), np.concatenate([middle, rows.end])
    split = Held(np.tile(rows.forecaster, 2), start, end, np.tile(rows.chosen, 2))
    for score in (peer, baseline, coverage):
        assert score(split, 0, 100) == pytest.approx(score(rows, 0, 100), abs=1e-9)


@given(rows=crowds())
def test_coverage_is_a_share(rows: Held) -> None:
    found = coverage(rows, 0, 100)
    assert np.all((found >= 0) & (found <= 1 + 1e-12))


def test_relative_brier_is_the_distance_from_the_median_of_the_day() -> None:
    three = held((0, 0, 2 * DAY, 1.0), (1, 0, 2 * DAY, 0.5), (2, 0, DAY, 0.0), (2, DAY, 2 * DAY, 0.9))
    # Day 1: 0, .25, 1, median .25. Day 2: 0, .25, .01, median .01.
    assert relative_brier(three, 0, 2 * DAY) == pytest.approx([(-0.25 - 0.01) / 2, 0.24 / 2, 0.75 / 2])


def test_relative_brier_counts_the_estimate_in_force_at_the_end_of_the_day() -> None:
    rows = held((0, 0, DAY // 2, 0.0), (0, DAY // 2, DAY, 1.0), (1, 0, DAY, 0.5))
    assert relative_brier(rows, 0, DAY) == pytest.approx([-0.125, 0.125])


def test_relative_brier_of_an_even_crowd_uses_the_mean_of_the_middle_two() -> None:
    rows = held((0, 0, DAY, 1.0), (1, 0, DAY, 0.5), (2, 0, DAY, 0.4), (3, 0, DAY, 0.0))
    assert relative_brier(rows, 0, DAY)[0] == pytest.approx(-(0.25 + 0.36) / 2)


def test_relative_brier_of_whoever_was_in_force_on_no_day_is_nothing() -> None:
    found = relative_brier(held((0, 0, DAY, 1.0), (1, 0, 5, 0.5)), 0, DAY)
    assert found[0] == 0
    assert np.isnan(found[1])


def test_the_last_day_ends_at_the_cut_off() -> None:
    rows = held((0, 0, DAY + 7, 1.0), (1, DAY + 1, DAY + 7, 0.5))
    assert relative_brier(rows, 0, DAY + 7) == pytest.approx([-0.125 / 2, 0.125])


def test_days_are_those_of_the_calendar_in_utc() -> None:
    noon = DAY // 2
    rows = held((0, noon, noon + DAY, 1.0), (1, noon, DAY, 0.5), (1, DAY, noon + DAY, 0.0))
    # Two days: noon to midnight, midnight to noon.
    assert relative_brier(rows, noon, noon + DAY)[1] == pytest.approx((0.125 + 0.5) / 2)
