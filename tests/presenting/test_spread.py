"""Coverage and PIT of quantiles: places, and what they say."""

from dataclasses import replace

import pytest

from forecasts.presenting.spread import coverage_sentence, pit_sentence, spread, unit_row
from forecasts.scores.statistics.shapes import CoverageOfInterval, PitRange, Quantiles, Score, UnitScores
from tests.presenting.reports import QUANTILES


def covered(nominal: float, observed: float, low: float, high: float) -> list[CoverageOfInterval]:
    return [CoverageOfInterval(nominal, observed, 40, 20, (low, high))]


def ranges(*shares: float) -> list[PitRange]:
    width = 1 / len(shares)
    return [
        PitRange(i * width, (i + 1) * width, share, width, 40, 20, effective_n=12, situations=15)
        for i, share in enumerate(shares)
    ]


@pytest.mark.parametrize(
    ("observed", "low", "high", "judged"),
    [(0.7, 0.6, 0.8, "too narrow"), (0.99, 0.95, 1.0, "too wide"), (0.85, 0.75, 0.95, "about right")],
)
def test_coverage_is_judged_by_its_interval(observed: float, low: float, high: float, judged: str) -> None:
    assert coverage_sentence(covered(0.9, observed, low, high)).endswith(f": {judged}.")


def test_each_range_between_levels_shows_its_basis_and_its_interval_where_there_is_one() -> None:
    pit = [PitRange(0.0, 0.5, 0.25, 0.5, 40, 20, (-0.02, 0.52)), PitRange(0.5, 1.0, 0.75, 0.5, 40, 9)]
    drawn = spread(Quantiles([], QUANTILES.coverage, pit))
    assert drawn is not None
    assert [(one.share, one.interval, one.n, one.forecasts) for one in drawn.bars] == [
        ("25%", "0–52%", "40", 20),
        ("75%", "–", "40", 9),
    ]


def test_coverage_of_few_forecasts_says_how_many_are_missing() -> None:
    said = coverage_sentence([CoverageOfInterval(0.9, 1.0, 9, 9, None, effective_n=9, situations=9)])
    assert said == (
        "Of the intervals that should hold 90%, 100% held the truth in 9 forecasts, too few to judge: 1 more is needed."
    )


def test_coverage_of_many_forecasts_of_few_situations_says_what_they_count_for() -> None:
    said = coverage_sentence([CoverageOfInterval(0.9, 1.0, 60, 60, None, effective_n=3.2, situations=4)])
    assert said == (
        "Of the intervals that should hold 90%, 100% held the truth in 60 forecasts, of 4 situations that count for "
        "3.2 independent ones: too few to judge, 10 are needed."
    )


def test_levels_without_a_pair_around_the_median_have_no_coverage_and_say_so() -> None:
    assert coverage_sentence([]) == "The levels asked for make no central interval, so there is no coverage."


@pytest.mark.parametrize(
    ("shares", "judged"),
    [
        ((0.1, 0.2, 0.3, 0.4), "70% of the truths lay above the median, where 50% is right: higher than said."),
        ((0.4, 0.3, 0.2, 0.1), "30% of the truths lay above the median, where 50% is right: lower than said."),
        ((0.3, 0.4, 0.3), "50% of the truths lay above the median, where 50% is right: as often above as below."),
    ],
)
def test_where_the_truths_fell_is_told(shares: tuple[float, ...], judged: str) -> None:
    assert pit_sentence(ranges(*shares)) == judged


def test_few_truths_are_not_judged() -> None:
    few = [replace(one, forecasts=30, effective_n=1, situations=1) for one in ranges(0.5, 0.5)]
    assert pit_sentence(few) == (
        "Where the truths of 30 forecasts fell, all from one situation: this tells nothing about another."
    )


def test_what_is_right_lies_at_one_height_and_bars_rise_above_it_where_too_many_truths_fell() -> None:
    found = spread(QUANTILES)
    assert found is not None
    assert [bar.at.y < found.right for bar in found.bars] == [False, False, True, False]
    assert [(bar.range, bar.share, bar.expected) for bar in found.bars][2] == ("50–75%", "30%", "25%")


def test_a_dot_of_coverage_lies_where_it_should_hold_and_held() -> None:
    found = spread(QUANTILES)
    assert found is not None
    assert [(one.at.x, one.at.y, one.at.low, one.interval) for one in found.coverage] == [
        (50.0, 60.0, None, "–"),
        (90.0, 30.0, 40.0, "60–80%"),
    ]


def test_without_numbers_or_dates_there_is_nothing() -> None:
    assert spread(None) is None


def test_the_score_of_dates_is_in_days_and_its_parts_stand_beside_it() -> None:
    row = unit_row(UnitScores("", 3, 3, Score(4.25, None, None, None, 3, 3, 3, 3), 2.0, 0.25, 2.0))
    assert (row.unit, row.wis, row.dispersion, row.overprediction, row.underprediction) == (
        "days",
        "4.25",
        "2",
        "0.25",
        "2",
    )
    assert "7 more are needed for an interval" in row.sentence
