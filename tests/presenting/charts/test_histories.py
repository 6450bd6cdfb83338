"""A forecast over time as a file."""

import pytest

from forecasts.models import Amendment, Forecast, Option, User
from forecasts.presenting import charts, states
from forecasts.presenting.history import history
from tests import make
from tests.presenting.charts.drawn import Spec, explained, layers, rows, title, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make.administrator()


def drawn(forecast: Forecast, reader: User, day: float = 40) -> Spec:
    at = make.day(day)
    resolution = states.resolutions([forecast], at).get(forecast.pk)
    return charts.history(history(forecast, reader, at, resolution), resolution, at)


def lines(spec: Spec) -> list[Spec]:
    return [layer for layer in layers(spec) if layer["mark"]["type"] == "line"]


def moments(spec: Spec) -> list[str]:
    return [row["word"] for row in rows(spec, "text")]


def test_an_estimate_is_a_step_and_no_slope_and_ends_with_a_gap(reader: User) -> None:
    forecast, analyst = make.forecast(), make.user()
    make.estimate(forecast, analyst, 0.2, make.day(3))
    make.estimate(forecast, analyst, 0.6, make.day(9))
    (line,) = lines(drawn(forecast, reader))
    assert line["mark"]["interpolate"] == "step-after"
    assert [row["value"] for row in line["data"]["values"]] == [0.2, 0.6, 0.6, None]


def test_what_is_held_beyond_the_plot_ends_at_its_edge_and_nothing_is_clipped(reader: User) -> None:
    """Resolved long after the close: the plot ends soon after it, and the estimate holds until then."""
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.2, make.day(3))
    make.verdict(forecast, "no", known_at=make.day(300))
    spec = drawn(forecast, reader, day=310)
    (line,) = lines(spec)
    _, right = line["encoding"]["x"]["scale"]["domain"]
    assert max(row["at"] for row in line["data"]["values"]) <= max(right, make.day(31).isoformat())
    assert [row["at"] for row in rows(spec, "point")] == [right]
    assert not [layer for layer in layers(spec) if layer["mark"].get("clip") or layer["mark"].get("opacity")]


def test_others_are_thin_the_consensus_bold_and_ones_own_marked_by_more_than_a_colour(reader: User) -> None:
    forecast = make.forecast()
    for person in (make.user(), reader):
        make.estimate(forecast, person, 0.2, make.day(3))
    spec = drawn(forecast, reader)
    others, consensus, own = [layer["mark"] for layer in lines(spec)]
    assert others["strokeWidth"] < own["strokeWidth"] < consensus["strokeWidth"]
    assert own["point"]["shape"] == "square"
    assert explained(spec) == "Bold: consensus; marked with squares: yours; thin: others"


def test_opening_amendment_closing_and_resolution_are_marked_in_words(reader: User) -> None:
    forecast = make.forecast()
    Amendment.objects.create(
        forecast=forecast, version=2, kind="clarifying", changes={}, reason="A typing error.", made_at=make.day(6)
    )
    make.estimate(forecast, reader, 0.2, make.day(1))
    make.verdict(forecast, "no")
    spec = drawn(forecast, reader)
    assert moments(spec) == ["opened 1 Dec", "clarified 7 Dec", "closed 31 Dec", "No, 31 Dec"]
    assert rows(spec, "point") == [{"at": "2024-12-31T00:00:00+00:00", "value": 0.0}]
    assert explained(spec).endswith("ring: what came")


def test_an_open_forecast_is_drawn_up_to_now_without_an_outcome(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, reader, 0.2, make.day(1))
    spec = drawn(forecast, reader, 15)
    assert moments(spec) == ["opened 1 Dec", "now", "closes 31 Dec"]
    assert max(row["at"] for row in lines(spec)[0]["data"]["values"]) == "2024-12-16T00:00:00+00:00"
    assert rows(spec, "point") == []


def test_multiple_choice_tells_options_by_colour_and_dash_and_shows_ones_own_and_the_others(reader: User) -> None:
    forecast = make.choice(["none", "some"])
    for person in (make.user(), make.user(), reader):
        make.estimate(forecast, person, None, make.day(3), probabilities=[2000, 8000])
    spec = drawn(forecast, reader)
    others, consensus, own = lines(spec)
    assert "strokeDash" in consensus["encoding"]
    assert "strokeDash" not in own["encoding"]
    assert {row["option"] for row in own["data"]["values"]} == {"none", "some"}
    assert len({row["who"] for row in others["data"]["values"]}) == 4
    assert {"none", "some"} <= set(words(spec).split())


def test_an_option_added_later_has_no_line_before_it_was_there(reader: User) -> None:
    forecast = make.choice(["none", "some"])
    for person in (make.user(), reader):
        make.estimate(forecast, person, None, make.day(3), probabilities=[2000, 8000])
    Option.objects.create(forecast=forecast, position=2, label="all", added_at=make.day(9))
    make.estimate(forecast, reader, None, make.day(12), probabilities=[2000, 5000, 3000])
    spec = drawn(forecast, reader)
    assert {layer["mark"]["strokeWidth"]: _first(layer, "all") for layer in lines(spec)} == {
        1: None,
        3: "2024-12-10T00:00:00+00:00",
        1.75: "2024-12-13T00:00:00+00:00",
    }
    assert "+ \u2068all\u2069 10 Dec" in moments(spec)


def _first(layer: Spec, option: str) -> str | None:
    return min((row["at"] for row in layer["data"]["values"] if row["option"] == option), default=None)


def test_quantiles_are_drawn_as_the_median_in_its_intervals_with_the_truth_on_the_axis(reader: User) -> None:
    forecast = make.numeric(range_scale="log")
    for _ in range(2):
        make.estimate(forecast, make.user(), None, make.day(3), quantiles=[10, 20, 300, 4000, 5000])
    make.verdict(forecast, "value", value=900.0, known_at=make.day(30))
    spec = drawn(forecast, reader)
    outer, inner = [layer for layer in layers(spec) if layer["mark"]["type"] == "area"]
    assert inner["data"]["values"][0]["low"] == pytest.approx(20)
    assert outer["data"]["values"][0]["high"] < 5300
    assert rows(spec, "point")[0]["value"] == 900
    assert "people" in words(spec)


def test_the_axis_of_a_date_forecast_names_days(reader: User) -> None:
    forecast = make.numeric(kind=Forecast.Kind.DATE, unit="", quantile_levels=[2500, 5000, 7500])
    for _ in range(2):
        make.estimate(forecast, make.user(), None, make.day(3), quantiles=[20_089, 20_100, 20_150])
    make.verdict(forecast, "value", value=20_120.0, known_at=make.day(30))
    spec = drawn(forecast, reader)
    assert rows(spec, "point")[0]["value"] == "2025-02-01"
    assert "Jan 2025" in words(spec)


def test_a_long_title_is_broken_into_lines(reader: User) -> None:
    forecast = make.forecast(title="Will " + "this happen " * 30)
    make.estimate(forecast, reader, 0.2, make.day(1))
    spec = drawn(forecast, reader)
    assert title(spec) == forecast.title.strip()
    assert max(len(line) for line in spec["title"]["text"]) < 90


def test_nothing_said_is_still_a_picture_that_says_so(reader: User) -> None:
    assert explained(drawn(make.forecast(), reader)) == "Nobody has said anything yet."
