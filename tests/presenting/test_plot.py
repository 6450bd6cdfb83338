"""Histories as steps, and the places of a plot."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from forecasts.models import Amendment, Estimate, Forecast, Option, User
from forecasts.presenting import plot, states
from forecasts.presenting.history import history
from forecasts.presenting.plot import Plot
from forecasts.presenting.scales import Scale, Span, dates, fitting, numbers
from forecasts.presenting.series import MOST_OTHERS
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make.administrator()


def _plot(forecast: Forecast, reader: User, day: float) -> Plot:
    at = make.day(day)
    resolution = states.resolutions([forecast], at).get(forecast.pk)
    drawn = plot.plot(history(forecast, reader, at, resolution), resolution, at)
    assert drawn is not None
    return drawn


def _label(drawn: Plot, css: str) -> str:
    return next(moment.label for moment in drawn.moments if moment.css == css)


def test_an_estimate_is_a_step_that_holds_until_it_is_changed(reader: User) -> None:
    forecast, analyst = make.forecast(), make.user()
    make.estimate(forecast, analyst, 0.2, make.day(3))
    make.estimate(forecast, analyst, 0.6, make.day(15))
    drawn = _plot(forecast, reader, 30)
    assert drawn.others[0].path == "M100 800H500V400H1000"


def test_a_withdrawal_leaves_a_gap_and_no_label(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, reader, 0.2, make.day(3))
    make.estimate(forecast, reader, None, make.day(6), event=Estimate.Event.WITHDRAW)
    make.estimate(forecast, reader, 0.4, make.day(9))
    make.estimate(forecast, reader, None, make.day(12), event=Estimate.Event.WITHDRAW)
    own = next(line for line in _plot(forecast, reader, 30).lines if line.css == "own")
    assert own.path == "M100 800H200M300 600H400"
    assert own.label == ""


def test_the_consensus_begins_with_the_second_estimate_and_is_labelled(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.5, make.day(3))
    make.estimate(forecast, make.user(), 0.5, make.day(6))
    line = next(line for line in _plot(forecast, reader, 15).lines if line.css == "consensus")
    assert line.path == "M200 500H500"
    assert line.label == "50%"


def test_labels_that_would_touch_are_moved_apart(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.5, make.day(3))
    make.estimate(forecast, reader, 0.5, make.day(6))
    places = sorted(line.label_y for line in _plot(forecast, reader, 15).lines)
    assert places[1] - places[0] >= plot.CLOSEST_LABELS


def test_opening_amendment_closing_and_now_are_marked(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.5, make.day(3))
    Amendment.objects.create(
        forecast=forecast, version=2, kind="material", changes={}, reason="A new threshold.", made_at=make.day(6)
    )
    drawn = _plot(forecast, reader, 15)
    assert [(moment.css, moment.x, moment.label) for moment in drawn.moments] == [
        ("opening", 0, "opened 1 Dec"),
        ("amendment", 20, "criteria amended 7 Dec"),
        ("now", 50, "now"),
        ("closing", 100, "closes 31 Dec"),
    ]


def test_labels_of_moments_that_would_touch_stand_in_different_rows(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.5, make.day(1))
    make.verdict(forecast, "yes", known_at=make.day(29.5))
    rows = {moment.css: moment.row for moment in _plot(forecast, reader, 40).moments}
    assert rows["closing"] != rows["resolution"]


def test_an_early_answer_ends_the_lines_and_cuts_the_axis_short(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.5, make.day(0))
    make.verdict(forecast, "yes", known_at=make.day(5))
    drawn = _plot(forecast, reader, 40)
    assert drawn.outcome == (71.43, 0.0)
    assert drawn.others[0].x == 71.43
    assert _label(drawn, "closing") == "closed 31 Dec →"


def test_a_no_lies_at_the_bottom(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.5, make.day(0))
    make.verdict(forecast, "no", known_at=make.day(30))
    assert _plot(forecast, reader, 40).outcome == (100.0, 100.0)


def test_days_are_those_of_the_forecasts_own_zone(reader: User) -> None:
    forecast = make.forecast(time_zone="Pacific/Auckland", opens_at=make.day(0.9))
    make.estimate(forecast, make.user(), 0.5, make.day(1))
    assert _label(_plot(forecast, reader, 5), "opening") == "opened 2 Dec"


def test_multiple_choice_draws_the_consensus_of_each_option(reader: User) -> None:
    forecast = make.choice(["none", "some"])
    for _ in range(2):
        make.estimate(forecast, make.user(), None, make.day(3), probabilities=[2000, 8000])
    drawn = _plot(forecast, reader, 15)
    assert [(line.css, line.label, line.y) for line in drawn.lines] == [
        ("option-1", "none", 80.0),
        ("option-2", "some", 20.0),
    ]
    assert [(line.css, line.label) for line in drawn.others] == [("option-1", "")] * 2 + [("option-2", "")] * 2
    assert not drawn.has_own_options


def test_multiple_choice_marks_ones_own_line_of_each_option(reader: User) -> None:
    forecast = make.choice(["none", "some"])
    make.estimate(forecast, reader, None, make.day(3), probabilities=[1000, 9000])
    drawn = _plot(forecast, reader, 15)
    assert [(line.css, line.is_own, line.y) for line in drawn.lines] == [
        ("option-1", True, 90.0),
        ("option-2", True, 10.0),
    ]
    assert drawn.has_own_options


def test_an_option_added_later_begins_where_it_was_added_and_is_marked(reader: User) -> None:
    forecast = make.choice(["none", "some"])
    for person in (reader, make.user()):
        make.estimate(forecast, person, None, make.day(3), probabilities=[2000, 8000])
    Option.objects.create(forecast=forecast, position=2, label="all", added_at=make.day(15))
    make.estimate(forecast, reader, None, make.day(18), probabilities=[2000, 5000, 3000])
    drawn = _plot(forecast, reader, 24)
    assert {line.is_own: line.path[:5] for line in drawn.lines if line.css == "option-3"} == {
        False: "M500 ",
        True: "M600 ",
    }
    assert [line for line in drawn.others if line.css == "option-3"] == []
    assert _label(drawn, "option") == "+ \u2068all\u2069 16 Dec"


def test_the_option_that_came_true_is_marked_at_the_top(reader: User) -> None:
    forecast = make.choice(["none", "some"])
    make.estimate(forecast, reader, None, make.day(3), probabilities=[2000, 8000])
    make.verdict(forecast, "option", option=forecast.options.get(label="some"), known_at=make.day(30))
    drawn = _plot(forecast, reader, 40)
    assert drawn.outcome == (100.0, 0.0)
    assert _label(drawn, "resolution") == "some, 31 Dec"


def test_quantiles_draw_the_median_with_its_intervals(reader: User) -> None:
    forecast = make.numeric()
    for _ in range(2):
        make.estimate(forecast, make.user(), None, make.day(3), quantiles=[10, 20, 30, 40, 50])
    make.verdict(forecast, "value", value=35.0, known_at=make.day(30))
    drawn = _plot(forecast, reader, 40)
    assert len(drawn.bands) == 2
    assert all(re.fullmatch(r"(M[\d.]+ [\d.-]+H[\d.]+V[\d.-]+H[\d.]+Z)+", band) for band in drawn.bands)
    assert drawn.outcome is not None
    assert drawn.outcome[1] < drawn.lines[-1].y


def test_nothing_is_drawn_where_nobody_said_anything(reader: User) -> None:
    forecast = make.forecast()
    past = history(forecast, reader, make.day(3))
    assert plot.plot(past, None, make.day(3)) is None


def test_a_hundred_other_lines_are_enough(reader: User) -> None:
    forecast = make.forecast()
    for _ in range(MOST_OTHERS + 5):
        make.estimate(forecast, make.user(), 0.5, make.day(3))
    assert len(_plot(forecast, reader, 15).others) == MOST_OTHERS


def test_what_the_consensus_was_at_a_moment_is_that_of_its_step(reader: User) -> None:
    forecast = make.forecast()
    make.estimate(forecast, make.user(), 0.5, make.day(3))
    make.estimate(forecast, make.user(), 0.5, make.day(6))
    past = history(forecast, reader, make.day(15))
    assert past.consensus_at(make.day(5)) is None
    assert past.consensus_at(make.day(6)) == 5000


@pytest.mark.parametrize("days", [1, 6, 12, 31, 60, 90, 200, 400, 1500, 9000])
def test_an_axis_of_time_has_a_few_ticks_whatever_its_length(days: int) -> None:
    ticks = Span(make.OPENING, make.OPENING + timedelta(days=days)).ticks(ZoneInfo("Asia/Damascus"))
    assert 1 <= len(ticks) <= 8
    assert all(0 <= tick.place <= 1 for tick in ticks)
    assert len({tick.label for tick in ticks}) == len(ticks)


@pytest.mark.parametrize("found", [[0.0, 3.0], [48_500.0, 1_100_000.0], [5.0, 5.0], [-4.0, 9.0], [0.001, 0.004]])
def test_an_axis_of_numbers_has_round_ticks_inside_it(found: list[float]) -> None:
    scale = fitting(found)
    ticks = numbers(scale, str)
    assert 2 <= len(ticks) <= 8
    assert scale.low <= min(found) <= max(found) <= scale.high


def test_a_logarithmic_axis_ticks_in_powers() -> None:
    scale = fitting([100, 20_000], is_log=True)
    assert [tick.label for tick in numbers(scale, lambda value: f"{value:g}")] == ["100", "1000", "10000"]
    assert not fitting([0, 10], is_log=True).is_log


def test_an_axis_of_dates_names_days() -> None:
    labels = [tick.label for tick in dates(Scale(20_060, 20_070))]
    assert labels == ["3 Dec", "5 Dec", "7 Dec", "9 Dec", "11 Dec", "13 Dec"]
