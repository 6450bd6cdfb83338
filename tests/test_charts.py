"""Pictures for files: Vega-Lite specifications, SVG, PNG."""

import json
import struct
import time
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from forecasts import charts
from forecasts.models import Forecast, User
from forecasts.presenting import states
from forecasts.presenting.history import history
from tests import make
from tests.presenting.reports import EMPTY, TOO_SURE, too_sure

SVG = "{http://www.w3.org/2000/svg}"


def _rows(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    """The data of every layer that is drawn with this mark."""
    found: list[dict[str, Any]] = []
    for layer in spec.get("layer", []):
        if layer.get("mark", {}).get("type") == mark:
            found += layer["data"]["values"]
    return found


def test_the_reliability_diagram_is_square_and_holds_the_bins_and_the_diagonal() -> None:
    square, histogram = charts.reliability(TOO_SURE)["vconcat"]
    assert square["width"] == square["height"] == histogram["width"]
    assert [(row["said"], row["came"], row["n"]) for row in _rows(square, "circle")] == [
        (0.1, 0.15, 100),
        (0.5, 0.5, 20),
        (0.7, 0.58, 100),
    ]
    assert {"said": 1, "came": 1} in _rows(square, "line")
    assert [row["n"] for row in histogram["data"]["values"]] == [100, 20, 100]


def test_the_picture_carries_the_sentence_so_that_it_can_stand_alone() -> None:
    title = " ".join(charts.reliability(TOO_SURE)["title"]["text"])
    assert "too sure" in title
    assert "came true" in title


def test_a_report_without_bands_and_one_without_anything_still_draw() -> None:
    for report in (too_sure(curve=None), EMPTY):
        assert ET.fromstring(charts.svg(charts.reliability(report))).tag == f"{SVG}svg"


def test_a_specification_is_plain_json() -> None:
    spec = charts.reliability(TOO_SURE)
    assert json.loads(json.dumps(spec)) == spec
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_the_svg_holds_its_words_and_runs_nothing() -> None:
    drawn = charts.svg(charts.reliability(TOO_SURE))
    texts = " ".join(part.text or "" for part in ET.fromstring(drawn).iter(f"{SVG}text"))
    assert "Came true" in texts
    assert "<script" not in drawn
    assert "style=" not in drawn


def test_the_background_is_white_whatever_the_reader_prefers() -> None:
    first = next(iter(ET.fromstring(charts.svg(charts.reliability(TOO_SURE)))))
    assert first.get("fill") == "white"


def test_the_png_is_a_png_of_twice_its_size_in_points() -> None:
    drawn = charts.png(charts.reliability(TOO_SURE))
    assert drawn.startswith(b"\x89PNG")
    width, _ = struct.unpack(">II", drawn[16:24])
    assert width > 2 * charts.SIDE


def test_equal_specifications_are_drawn_once() -> None:
    charts.svg(charts.reliability(TOO_SURE))
    begun = time.perf_counter()
    charts.svg(charts.reliability(TOO_SURE))
    assert time.perf_counter() - begun < 0.05


@pytest.fixture
def reader(db: None) -> User:
    return make.administrator()


def _history(forecast: Forecast, reader: User) -> dict[str, Any]:
    resolution = states.resolutions([forecast], make.day(40)).get(forecast.pk)
    return charts.history(history(forecast, reader, make.day(40), resolution), resolution)


def test_a_history_draws_steps_and_not_slopes(reader: User) -> None:
    forecast, analyst = make.forecast(), make.user()
    make.estimate(forecast, analyst, 0.2, make.day(3))
    make.estimate(forecast, analyst, 0.6, make.day(9))
    spec = _history(forecast, reader)
    line = spec["layer"][-1]
    assert line["mark"]["interpolate"] == "step-after"
    assert [row["value"] for row in line["data"]["values"]] == [0.2, 0.6, 0.6, None]


def test_a_history_draws_others_thin_oneself_marked_and_the_consensus_bold(reader: User) -> None:
    forecast = make.forecast()
    for person in (make.user(), reader):
        make.estimate(forecast, person, 0.2, make.day(3))
    widths = [layer["mark"]["strokeWidth"] for layer in _history(forecast, reader)["layer"] if "mark" in layer]
    assert widths == sorted(set(widths))
    assert len(widths) == 3


def test_a_history_marks_opening_closing_and_resolution_in_words(reader: User) -> None:
    forecast = make.forecast()
    make.verdict(forecast, "no")
    words = [row["word"] for row in _history(forecast, reader)["layer"][0]["data"]["values"]]
    assert words == ["opened", "closes", "No"]


@pytest.mark.parametrize("kind", ["choice", "numeric"])
def test_histories_of_other_kinds_can_be_drawn(reader: User, kind: str) -> None:
    forecast = make.choice(["none", "some"]) if kind == "choice" else make.numeric(range_scale="log")
    value = {"probabilities": [2000, 8000]} if kind == "choice" else {"quantiles": [10, 20, 300, 4000, 5000]}
    for _ in range(2):
        make.estimate(forecast, make.user(), None, make.day(3), **value)
    drawn = charts.svg(_history(forecast, reader))
    texts = " ".join(part.text or "" for part in ET.fromstring(drawn).iter(f"{SVG}text"))
    assert ("some" if kind == "choice" else "people") in texts
