"""Pictures are legible on paper, in mail, and without colours."""

import itertools
import json

import pytest

from forecasts.presenting import charts
from forecasts.presenting.charts.looks import (
    BLUE,
    CONFIG,
    DASHES,
    INK,
    OPTIONS,
    SOFT,
    VERMILLION,
    Spec,
    cycled,
    picture,
    wrapped,
)
from forecasts.presenting.trend import over_lead_times, over_months
from tests.presenting.charts.drawn import explained, title, words
from tests.presenting.reports import EMPTY, QUANTILES, TOO_SURE, by_lead_time, by_month, too_sure

PICTURES: dict[str, Spec] = {
    "reliability": charts.reliability(TOO_SURE),
    "months": charts.trend(over_months(by_month({"2024-11": 0.1, "2024-12": 0.3})), "months"),
    "lead_time": charts.trend(over_lead_times(by_lead_time({"0-1": 0.05, "over 90": 0.3})), "lead_time"),
    "coverage": charts.coverage(too_sure(quantiles=QUANTILES)),
    "pit": charts.pit(too_sure(quantiles=QUANTILES)),
    "nothing": charts.reliability(EMPTY),
}


def luminance(colour: str) -> float:
    """As the guidelines for accessible pages reckon it, from 0 (black) to 1 (white)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(ink: str, paper: str = "#ffffff") -> float:
    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", [INK, SOFT])
def test_words_stand_out_from_the_paper(ink: str) -> None:
    assert contrast(ink) >= 4.5


@pytest.mark.parametrize("ink", [BLUE, VERMILLION, *OPTIONS[:3]])
def test_lines_stand_out_from_the_paper(ink: str) -> None:
    assert contrast(ink) >= 3


def test_options_have_dashes_of_their_own_besides_their_colours() -> None:
    assert len(OPTIONS) == len(DASHES)
    assert all(one != other for one, other in itertools.combinations(DASHES, 2))


def test_beyond_six_options_colours_and_dashes_begin_again() -> None:
    assert cycled([1, 2, 3], 7) == [1, 2, 3, 1, 2, 3, 1]


@pytest.mark.parametrize("name", list(PICTURES))
def test_every_picture_is_a_sheet_of_white_with_a_sentence_and_plain_json(name: str) -> None:
    spec = PICTURES[name]
    assert spec["config"] is CONFIG
    assert CONFIG["background"] == "white"
    assert len(title(spec)) > 20
    assert json.loads(json.dumps(spec)) == spec


@pytest.mark.parametrize("name", list(PICTURES))
def test_every_word_of_the_sentence_and_of_what_marks_mean_is_in_the_drawing(name: str) -> None:
    drawn = words(PICTURES[name]).split()
    assert set((title(PICTURES[name]) + " " + explained(PICTURES[name])).split()) <= set(drawn)


def test_words_are_never_cut_however_long_they_are() -> None:
    assert wrapped("a " + "b" * 50 + " c", 10) == ["a", "b" * 50, "c"]
    assert wrapped("", 10) == [""]


def test_lines_are_as_long_as_the_picture_has_room_for() -> None:
    head = picture("word " * 40, "small " * 40, 350)["title"]
    assert max(len(line) for line in head["text"]) <= 50
    assert max(len(line) for line in head["subtitle"]) <= 60
