"""The reliability diagram and the sentences beside it."""

import pytest

from forecasts.presenting.diagram import LARGEST, diagram
from forecasts.presenting.findings import choice_findings, findings, too_few, unit_finding
from forecasts.scores.statistics.shapes import (
    CalibrationError,
    Corp,
    Counts,
    Decomposition,
    Frequency,
    MultipleChoice,
    MurphyParts,
    Recalibration,
    Score,
    Scores,
    Sharpness,
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
    assert [(bar.x, bar.width, bar.height, bar.label) for bar in drawn.bars] == [
        (0.0, 20.0, 100.0, "100"),
        (40.0, 20.0, 20.0, "20"),
        (60.0, 20.0, 100.0, "100"),
    ]


def test_the_curve_and_its_bands_follow_the_report() -> None:
    drawn = diagram(TOO_SURE, "")
    assert drawn is not None
    assert list(drawn.paths) == ["consistency", "confidence", "diagonal", "curve"]
    assert drawn.paths["curve"] == "M100 850L500 500L700 420"
    assert drawn.paths["confidence"] == "M100 900L500 650L700 500L700 350L500 400L100 800Z"
    assert drawn.paths["consistency"].endswith("Z")


def test_missing_bands_are_not_drawn() -> None:
    drawn = diagram(too_sure(curve=None), "")
    assert drawn is not None
    assert drawn.paths == {"diagonal": "M0 1000L1000 0"}
    assert [one.role for one in drawn.legend] == ["dot"]


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


def test_the_base_rate_and_sharpness_are_told_with_their_intervals_where_they_are_known() -> None:
    sharp = Sharpness(0.42, 0.18, 220, 121, mean_confidence_ci95=(0.4, 0.44))
    said = findings(too_sure(base_rate_interval=Frequency(0.4, (0.31, 0.49), 220, 121), sharpness=sharp))
    assert "always saying 40%, how often it was yes (95% interval 31% to 49%), would give 0.240" in said[0]
    assert any(one.startswith("Sharpness 0.42 (95% interval 0.40 to 0.44), where 0 is always evens") for one in said)


def test_a_score_of_too_few_forecasts_says_so_instead_of_an_interval() -> None:
    few = too_sure(scores=Scores(Score(0.3, None, None, -0.25, 121, 121, situations=12, effective_n=9.98)))
    told = "(no 95% interval: 121 forecasts of 12 situations count for 9.9 independent ones, 10 are needed)"
    assert told in findings(few)[0]
    assert findings(few)[0].endswith("so these are 25% worse.")


def test_a_slope_below_one_is_called_too_sure() -> None:
    assert "Recalibration slope 0.60, where 1 is right: too sure on the whole." in findings(TOO_SURE)


def test_the_calibration_error_stands_beside_what_chance_would_give() -> None:
    told = "Expected calibration error 9.0 points; chance alone would give a calibrated forecaster 4.0."
    assert told in findings(TOO_SURE)


def test_other_kinds_have_their_own_sentences() -> None:
    score = Score(0.3, None, None, n=3, forecasts=1, situations=1, effective_n=1)
    said = choice_findings(MultipleChoice(3, 1, score, Score(0.1, None, None)))
    assert (
        said[0]
        == "Brier score 0.300 (9 more are needed for an interval) over 1 forecast: 0 is perfect, 2 is the worst."
    )
    assert said[1].startswith("Ranked probability score 0.100 where options are ordered")
    people = UnitScores("people", 9, 12, Score(91_130.0, 1.0, (80_000.0, 99_000.0)), 1.0, 90_000.0, 1_129.0)
    assert unit_finding(people) == (
        "Weighted interval score 91,130 people (95% interval 80,000 to 99,000) over 12 forecasts: 0 is perfect; "
        "most of it comes of truths below them."
    )


def test_every_statistic_that_is_missing_is_said_to_be_and_how_many_forecasts_it_lacks() -> None:
    few = too_sure(
        counts=Counts(scored_forecasts=3),
        scores=Scores(*(Score(mean, None, None, None, 3, 3, situations=3, effective_n=3) for mean in (0.3, 0.6))),
        recalibration=None,
        calibration_error=CalibrationError(0.2, None),
        notes=["No recalibration: one outcome only."],
    )
    brier, log, *rest = findings(few)
    assert "(7 more are needed for an interval)" in brier
    assert "all outcomes were alike" in brier
    assert "(7 more are needed for an interval)" in log
    assert "No recalibration: one outcome only." in rest
    assert rest[-1].endswith("what chance alone would give is not known here.")


def test_both_decompositions_and_both_parts_of_the_recalibration_are_told() -> None:
    said = findings(too_sure(decomposition=Decomposition(Corp(0.02, 0.06, 0.24), MurphyParts(0.03, 0.07, 0.24))))
    assert any("0.070 resolution, plus 0.030 reliability" in one for one in said)
    assert "Recalibration intercept -0.10, where 0 is right: what was said leans neither way." in said


def test_sharpness_is_told_beside_the_score_that_it_would_earn() -> None:
    (said,) = [one for one in findings(too_sure(sharpness=Sharpness(0.42, 0.18, 220, 121))) if "Sharpness" in one]
    assert said.startswith("Sharpness 0.42, where 0 is always evens")
    assert said.endswith("a Brier score of 0.180.")


def test_the_recalibration_is_told_with_its_intervals_where_they_are_known() -> None:
    fitted = Recalibration(0.6, -0.1, slope_ci95=(0.4, 0.85), intercept_ci95=(-0.5, 0.3))
    said = findings(too_sure(recalibration=fitted))
    assert "Recalibration slope 0.60 (95% interval 0.40 to 0.85), where 1 is right: too sure on the whole." in said
    assert any(one.startswith("Recalibration intercept -0.10 (95% interval -0.50 to 0.30)") for one in said)


def test_what_is_missing_counts_yes_or_no_forecasts_alone() -> None:
    three = Score(0.3, None, None, 0.1, n=9, forecasts=3, situations=3, effective_n=3)
    few = too_sure(counts=Counts(scored_forecasts=40), scores=Scores(three))
    assert "(7 more are needed for an interval)" in findings(few)[0]


@pytest.mark.parametrize(
    ("count", "situations", "effective", "told"),
    [
        (8, 1, 1.0, "no 95% interval: all from one situation, which tells nothing about another"),
        (8, 3, 2.6, "no 95% interval: 8 forecasts of 3 situations count for 2.6 independent ones, 10 are needed"),
        (12, 12, 12.0, "no 95% interval: all scores are alike, and how far another may lie cannot be told"),
    ],
)
def test_more_forecasts_are_asked_for_only_where_each_would_help(
    count: int, situations: int, effective: float, told: str
) -> None:
    assert too_few(Score(0.3, None, None, None, count, count, situations, effective), count) == told
