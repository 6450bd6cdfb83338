"""Scores over months and against lead time: places, labels, and what they say."""

from dataclasses import replace

import pytest

from forecasts.presenting.trend import MOST_LABELS, MOST_MONTHS, Trend, over_lead_times, over_months
from forecasts.scores.statistics import Grouped
from forecasts.scores.statistics.shapes import Counts
from tests.presenting.reports import by_lead_time, by_month


def months(means: dict[str, float], forecasts: int = 20) -> Trend:
    found = over_months(by_month(means, forecasts))
    assert found is not None
    return found


def test_a_month_without_anything_scored_keeps_its_place() -> None:
    found = months({"2025-02": 0.1, "2024-11": 0.2})
    assert [place.label for place in found.places] == ["Nov 2024", "Dec 2024", "Jan 2025", "Feb 2025"]
    assert [place.label for place in found.scored] == ["Nov 2024", "Feb 2025"]
    assert [dot.x for dot in found.dots] == [12.5, 87.5]


def test_the_newest_three_years_are_shown() -> None:
    found = months({f"{year}-{month:02}": 0.2 for year in range(2020, 2025) for month in range(1, 13)})
    assert (len(found.places), found.places[0].label, found.places[-1].label) == (MOST_MONTHS, "Jan 2022", "Dec 2024")


def test_the_last_label_always_stands_and_there_are_few() -> None:
    found = months({f"2024-{month:02}": 0.2 for month in range(1, 13)})
    labels = [label for _, label in found.labels]
    assert labels[-1] == "Dec 2024"
    assert len(labels) <= MOST_LABELS


def test_lead_times_run_towards_the_close() -> None:
    found = over_lead_times(by_lead_time({"0-1": 0.05, "7-30": 0.1, "over 90": 0.3}))
    assert found is not None
    labels = ["over 90 days", "30 to 90 days", "7 to 30 days", "1 to 7 days", "the last day"]
    assert [place.label for place in found.places] == labels
    assert [place.shown for place in found.places] == ["0.300", "–", "0.100", "–", "0.050"]


def test_a_score_lies_as_far_up_as_it_is_bad() -> None:
    found = months({"2024-11": 0.1, "2024-12": 0.3})
    better, worse = found.dots
    assert better.y > worse.y > 0
    assert better.low is not None
    assert better.high is not None
    assert better.low > better.y > better.high


def test_no_interval_reaches_below_the_best_score_there_is() -> None:
    (place,) = months({"2024-11": 0.01}).scored
    assert place.between == "0.000–0.030"


def test_best_and_worst_are_told_apart_only_where_their_intervals_are() -> None:
    assert months({"2024-11": 0.1, "2024-12": 0.3}).sentence == "Best in Nov 2024 (0.100), worst in Dec 2024 (0.300)."
    assert months({"2024-11": 0.10, "2024-12": 0.12}).sentence.endswith("overlap: it may be chance.")


def test_few_forecasts_are_said_to_be_too_few_and_how_many_are_missing() -> None:
    assert months({"2024-11": 0.1}, forecasts=4).sentence == (
        "Too few to compare: none of these holds forecasts that count for 10 independent situations; the nearest "
        "counts for 4."
    )


def test_many_forecasts_of_few_situations_are_not_said_to_be_missing() -> None:
    (one,) = by_month({"2024-11": 0.1}, 40).groups
    assert one.report.scores.brier is not None
    unsure = replace(one.report.scores, brier=replace(one.report.scores.brier, ci95=None, effective_n=3.5))
    found = over_months(Grouped("month", [replace(one, report=replace(one.report, scores=unsure))]))
    assert found is not None
    assert found.sentence.endswith("count for 10 independent situations; the nearest counts for 3.5.")


def test_one_month_alone_cannot_be_compared() -> None:
    assert months({"2024-11": 0.1}).sentence.startswith("Too few to compare: only one holds")


@pytest.mark.parametrize("nothing", [by_month({}), Grouped("month", [])])
def test_nothing_scored_draws_nothing(nothing: Grouped) -> None:
    assert over_months(nothing) is None
    assert over_lead_times(nothing) is None


def test_grid_lines_are_round_and_few_whatever_the_scores() -> None:
    for mean in (0.001, 0.04, 0.2, 0.9):
        levels = months({"2024-11": mean}).levels
        assert 3 <= len(levels) <= 7
        assert levels[0] == (100.0, "0.00")


def test_the_line_of_always_saying_50_percent_is_left_out_above_the_edge() -> None:
    assert months({"2024-11": 0.05}).coin is None
    high = months({"2024-11": 0.5}).coin
    assert high is not None
    assert 0 < high < 100


def test_the_description_says_what_is_drawn_and_where_the_numbers_are() -> None:
    told = months({"2024-11": 0.1, "2024-12": 0.3}).description
    assert told.startswith("Brier score, lower is better. Best in Nov 2024")
    assert told.endswith("The table beside it holds the numbers.")


def test_forecasts_of_other_kinds_are_not_counted_to_those_that_a_score_rests_on() -> None:
    grouped = by_month({"2024-11": 0.1}, forecasts=8)
    with_others = replace(grouped.groups[0].report, counts=Counts(scored_forecasts=11, scored_pairs=31))
    found = over_months(replace(grouped, groups=[replace(grouped.groups[0], report=with_others)]))
    assert found is not None
    assert [place.forecasts for place in found.scored] == [8]
    assert found.sentence.endswith("the nearest counts for 8.")
