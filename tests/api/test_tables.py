"""Reports as tables: headers, what is not known, and what a spreadsheet must not compute."""

import csv
import io
import re

import pytest

from forecasts.api.questions import WORDS
from forecasts.api.tables import COUNTED, HEADERS, LINES, MARK, table
from forecasts.scores.statistics import Grouped, GroupOfReport, Report
from forecasts.scores.statistics.shapes import Point
from tests.api.world import API, World, as_person
from tests.presenting.reports import EMPTY, QUANTILES, TOO_SURE, by_month, too_sure


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_table_that_can_be_asked_for_has_a_header_and_lines() -> None:
    assert set(WORDS["table"]) == set(HEADERS) == set(LINES)


@pytest.mark.parametrize("kind", list(HEADERS))
def test_of_nothing_scored_there_is_a_header_and_no_number(kind: str) -> None:
    header, *rest = list(csv.reader(io.StringIO(table(EMPTY, kind))))
    assert tuple(header) == HEADERS[kind]
    assert {cell for line in rest for cell in line} <= {"", "0", "0.0"}


def test_bins_show_their_interval_where_there_is_one() -> None:
    found = lines(table(TOO_SURE))
    assert [(line["ci95_low"], line["ci95_high"]) for line in found] == [
        ("0.1", "0.21"),
        ("", ""),
        ("", ""),
        ("0.51", "0.65"),
    ]
    assert (found[1]["n"], found[1]["mean_probability"], found[1]["observed_frequency"]) == ("0.0", "", "")


def test_scores_stand_in_one_line_with_their_errors_and_skill() -> None:
    (line,) = lines(table(TOO_SURE, "scores"))
    assert (line["scored_forecasts"], line["scored_pairs"], line["forecasters"], line["base_rate"]) == (
        "121",
        "220",
        "4",
        "0.4",
    )
    assert (line["brier_mean"], line["brier_ci95_low"], line["log_mean"], line["log_skill"]) == (
        "0.2",
        "0.18",
        "0.6",
        "0.1",
    )


def test_the_curve_leaves_a_band_empty_that_is_not_known() -> None:
    found = lines(table(too_sure(curve=[Point(0.1, 0.15, confidence_band=(0.1, 0.2))]), "curve"))
    assert found == [
        {
            "probability": "0.1",
            "calibrated": "0.15",
            "consistency_low": "",
            "consistency_high": "",
            "confidence_low": "0.1",
            "confidence_high": "0.2",
            "n": "0.0",
        }
    ]


@pytest.mark.parametrize("answer", [TOO_SURE, EMPTY, too_sure(quantiles=QUANTILES, base_rate=0, curve=[Point(1, 0)])])
@pytest.mark.parametrize("kind", list(HEADERS))
def test_a_column_has_one_type_whatever_stands_in_it(answer: Report, kind: str) -> None:
    for line in lines(table(answer, kind)):
        for column, cell in line.items():
            assert re.fullmatch(r"\d*" if column in COUNTED else r"(-?\d+(\.\d+|(\.\d+)?e-?\d+))?", cell), (
                column,
                cell,
            )


def test_coverage_and_pit_come_of_quantiles() -> None:
    report = too_sure(quantiles=QUANTILES)
    assert [(line["nominal"], line["observed"], line["ci95_low"]) for line in lines(table(report, "coverage"))] == [
        ("0.5", "0.4", ""),
        ("0.9", "0.7", "0.6"),
    ]
    assert [line["share"] for line in lines(table(report, "pit"))] == ["0.25", "0.2", "0.3", "0.25"]


def test_groups_come_one_after_the_other_with_key_and_label_before_each_line() -> None:
    found = lines(table(by_month({"2024-11": 0.1, "2024-12": 0.2}), "scores"))
    assert [(line["key"], line["label"], line["brier_mean"]) for line in found] == [
        ("2024-11", "2024-11", "0.1"),
        ("2024-12", "2024-12", "0.2"),
    ]


@pytest.mark.parametrize(
    "label", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
)
def test_no_label_or_key_is_left_for_a_spreadsheet_to_compute(label: str) -> None:
    (line, *_) = lines(table(Grouped("analyst", [GroupOfReport(label, label, TOO_SURE)])))
    assert (line["key"][0], line["label"][0]) == ("'", "'")


@pytest.mark.parametrize("label", ['Ada "the first"', "Lovelace, Ada", "two\nlines", "محمد الأمين", "=?", "'quoted'"])
def test_a_label_comes_back_as_it_was(label: str) -> None:
    (line, *_) = lines(table(Grouped("analyst", [GroupOfReport("7", label, TOO_SURE)])))
    assert line["label"].removeprefix("'" if label.startswith("=") else "") == label


@pytest.mark.django_db
def test_the_mark_for_excel_stands_where_it_is_asked_for(world: World) -> None:
    client = as_person(world.member)
    plain, marked = (client.get(f"{API}calibration.csv?bom={bom}").content for bom in "01")
    assert (marked, plain[:3] == MARK.encode()) == (MARK.encode() + plain, False)
    assert client.get(f"{API}calibration.csv").content == plain


def test_lines_end_as_the_standard_for_tables_has_it_and_numbers_keep_every_digit() -> None:
    third = too_sure(base_rate=1 / 3)
    text = table(third, "scores")
    assert text.count("\r\n") == 2
    assert float(lines(text)[0]["base_rate"]) == 1 / 3
