"""The reliability diagram as a file."""

import json

import pytest

from forecasts.presenting import charts
from forecasts.presenting.charts.reports import SIDE
from tests.presenting.charts.drawn import explained, layers, rows, title, words
from tests.presenting.reports import EMPTY, TOO_SURE, too_sure


def test_it_is_square_and_holds_the_bins_and_the_diagonal() -> None:
    square, histogram = charts.reliability(TOO_SURE)["vconcat"]
    assert square["width"] == square["height"] == histogram["width"] == SIDE
    assert [(row["said"], row["came"], row["n"]) for row in rows(square, "circle")] == [
        (0.1, 0.15, 100),
        (0.5, 0.5, 20),
        (0.7, 0.58, 100),
    ]
    assert {"said": 1, "came": 1} in rows(square, "line")
    assert [row["n"] for row in histogram["data"]["values"]] == [100, 20, 100]


def test_only_bins_with_an_interval_have_a_whisker() -> None:
    square = charts.reliability(TOO_SURE)["vconcat"][0]
    assert [(row["low"], row["high"]) for row in rows(square, "rule")] == [(0.1, 0.21), (0.51, 0.65)]


def test_the_picture_carries_the_sentence_so_that_it_can_stand_alone() -> None:
    spec = charts.reliability(TOO_SURE)
    assert "too sure" in title(spec)
    assert max(len(line) for line in spec["title"]["text"]) < 62


def test_it_says_what_its_marks_mean_and_nothing_of_marks_that_are_not_there() -> None:
    assert "grey: where a calibrated forecaster would lie" in explained(charts.reliability(TOO_SURE))
    bare = explained(charts.reliability(too_sure(curve=None)))
    assert ("Dots" in bare, "band" in bare, "grey" in bare) == (True, False, False)


def test_in_black_and_white_the_bands_differ_by_an_outline() -> None:
    grey, outlined = [
        layer["mark"] for layer in layers(charts.reliability(TOO_SURE)) if layer["mark"]["type"] == "area"
    ]
    assert ("line" in grey, "line" in outlined) == (False, True)


@pytest.mark.parametrize("report", [too_sure(curve=None), EMPTY], ids=["no bands", "nothing"])
def test_a_report_without_bands_and_one_without_anything_still_draw(report: object) -> None:
    assert "Came true" in words(charts.reliability(report))  # type: ignore[arg-type]


def test_a_specification_is_plain_json() -> None:
    spec = charts.reliability(TOO_SURE)
    assert json.loads(json.dumps(spec)) == spec
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
