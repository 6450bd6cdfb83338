"""The reliability diagram and the sentences beside it."""

from forecasts.presenting.diagram import LARGEST, diagram
from forecasts.presenting.findings import findings
from forecasts.statistics.shapes import (
    CoverageOfInterval,
    MultipleChoice,
    Quantiles,
    Score,
    Scores,
    UnitScores,
)
from tests.presenting.reports import EMPTY, TOO_SURE, too_sure


def test_a_dot_lies_where_its_bin_was_said_and_came_true() -> None:
    drawn = diagram(TOO_SURE, "Of what was called 70%, 58% came true")
    assert drawn is not None
    assert [(dot.x, dot.y, dot.low, dot.high) for dot in drawn.dots] == [
        (10.0, 85.0, 90.0, 79.0),
        (50.0, 50.0, None, None),
        (70.0, 42.0, 49.0, 35.0),
    ]


def test_the_area_of_a_dot_grows_with_its_count() -> None:
    drawn = diagram(TOO_SURE, "")
    assert drawn is not None
    radii = [dot.radius for dot in drawn.dots]
    assert radii[0] == radii[2] == LARGEST > radii[1]


def test_the_histogram_has_the_edges_of_the_bins() -> None:
    drawn = diagram(TOO_SURE, "")
    assert drawn is not None
    assert [(bar.x, bar.width, bar.height, bar.count) for bar in drawn.bars] == [
        (0.0, 20.0, 100.0, "100"),
        (40.0, 20.0, 20.0, "20"),
        (60.0, 20.0, 100.0, "100"),
    ]


def test_the_curve_and_its_bands_follow_the_report() -> None:
    drawn = diagram(TOO_SURE, "")
    assert drawn is not None
    assert drawn.curve == "M100 850L500 500L700 420"
    assert drawn.confidence == "M100 900L500 650L700 500L700 350L500 400L100 800Z"
    assert drawn.consistency.endswith("Z")


def test_missing_bands_are_not_drawn() -> None:
    drawn = diagram(too_sure(curve=None), "")
    assert drawn is not None
    assert (drawn.curve, drawn.consistency, drawn.confidence) == ("", "", "")


def test_the_table_holds_every_bin_and_dashes_where_nothing_is_known() -> None:
    drawn = diagram(TOO_SURE, "")
    assert drawn is not None
    assert [(row.range, row.count, row.said, row.came, row.interval) for row in drawn.rows][1:3] == [
        ("20–40%", "0", "–", "–", "–"),
        ("40–60%", "20", "50%", "50%", "–"),
    ]
    assert drawn.rows[3].interval == "51–65%"


def test_nothing_scored_draws_nothing_and_finds_nothing() -> None:
    assert diagram(EMPTY, "") is None
    assert findings(EMPTY) == []


def test_the_brier_score_stands_beside_that_of_the_base_rate() -> None:
    assert findings(TOO_SURE)[0] == (
        "Brier score 0.200 (95% interval 0.180 to 0.220): 0 is perfect; always saying 40%, how often it was yes, "
        "would give 0.240, so these are 17% better."
    )


def test_a_score_of_too_few_forecasts_says_so_instead_of_an_interval() -> None:
    few = too_sure(scores=Scores(Score(0.3, None, None, -0.25)))
    assert "(too few forecasts for an interval)" in findings(few)[0]
    assert findings(few)[0].endswith("so these are 25% worse.")


def test_a_slope_below_one_is_called_too_sure() -> None:
    assert "Recalibration slope 0.60, where 1 is right: too sure on the whole." in findings(TOO_SURE)


def test_the_calibration_error_stands_beside_what_chance_would_give() -> None:
    told = "Expected calibration error 9.0 points; chance alone would give a calibrated forecaster 4.0."
    assert told in findings(TOO_SURE)


def test_other_kinds_have_their_own_sentences() -> None:
    score = Score(0.3, None, None)
    quantiles = Quantiles(
        [UnitScores("people", 9, 1, Score(91_130.0, None, None), 1.0, 1.0, 1.0)],
        [CoverageOfInterval(0.9, 0.78, 9, 3, None)],
        [],
    )
    said = findings(too_sure(multiple_choice=MultipleChoice(3, 1, score, None), quantiles=quantiles))
    assert "Multiple choice, 1 forecast: Brier score 0.300 of at most 2." in said
    assert "Intervals meant to hold 90% held the truth in 78% of 9 cases." in said
    assert "Weighted interval score 91,130 people, 1 forecast." in said
