"""The points of resolvability that can be read off the text of each forecast."""

from typing import Any

import pytest

Entry = dict[str, Any]


def test_a_title_is_one_line_without_a_question_mark(forecasts: dict[str, Entry]) -> None:
    for key, forecast in forecasts.items():
        assert "\n" not in forecast["title"], key
        assert not forecast["title"].endswith(("?", ".")), key


def test_a_binary_forecast_says_what_makes_it_yes_and_what_makes_it_no(forecasts: dict[str, Entry]) -> None:
    for key, forecast in forecasts.items():
        if forecast["kind"] == "binary":
            assert forecast["criteria"].startswith("YES if"), key
            assert "NO if" in forecast["criteria"], key


def test_the_criteria_name_the_closing_day_in_the_time_zone(forecasts: dict[str, Entry]) -> None:
    for key, forecast in forecasts.items():
        closes = forecast["closes_at"]
        assert f"{closes.day} {closes:%B %Y}, 23:59" in forecast["criteria"].replace("\n", " "), key
        assert forecast["time_zone"] in forecast["criteria"], key


def test_the_criteria_name_the_opening_or_a_later_first_moment(forecasts: dict[str, Entry]) -> None:
    starts = ("between", "on or after 1 December", "since 27 November", "since 1 ", "January, February and March 2027")
    for key, forecast in forecasts.items():
        assert any(words in forecast["criteria"] for words in (*starts, "At ", "at 31 December")), key


def test_the_fine_print_says_what_annuls_and_what_makes_it_ambiguous(forecasts: dict[str, Entry]) -> None:
    for key, forecast in forecasts.items():
        assert "Annulled if" in forecast["fine_print"], key
        assert "Ambiguous if" in forecast["fine_print"], key


def test_a_source_with_address_and_lag_decides_and_a_fallback_and_a_conflict_are_provided_for(
    forecasts: dict[str, Entry],
) -> None:
    for key, forecast in forecasts.items():
        source = forecast["resolution_source"]
        assert source["name"], key
        assert source["url"].startswith("https://"), key
        assert source["lag"], key
        assert "conflict" in forecast["fallback"], key


def test_quantities_have_a_unit_a_range_and_five_levels(forecasts: dict[str, Entry]) -> None:
    for key, forecast in forecasts.items():
        if forecast["kind"] in {"numeric", "date"}:
            assert forecast["range"]["lower"] < forecast["range"]["upper"], key
            assert forecast["quantile_levels"] == [0.05, 0.25, 0.5, 0.75, 0.95], key
            assert ("unit" in forecast) == (forecast["kind"] == "numeric"), key


def test_a_derived_forecast_says_in_its_background_that_the_article_does_not_say_it(
    forecasts: dict[str, Entry],
) -> None:
    for key, forecast in forecasts.items():
        assert forecast["background"].startswith("Derived: ") == (forecast["statement"] is None), key


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("iran-leader-names-turkey", '"a neighbouring government"'),
        ("security-council-meets-by-8-december", "mandate on the Golan (UNDOF)"),
        ("security-council-product-by-31-december", "mandate on the Golan (UNDOF)"),
        ("security-council-resolution-syria-2027", "mandate on the Golan (UNDOF)"),
        ("homs-taken-date", "in Damascus time and not in UTC"),
        ("ocha-peak-500000-displaced", "The peak counts"),
        ("ocha-last-figure-of-2024", "not the peak and not the cumulative number"),
        ("sohr-100-civilians-killed", "SOHR alone decides"),
        ("israel-over-100-strikes-in-7-days", "This does not settle S3"),
    ],
)
def test_the_fine_print_closes_the_traps_of_the_facts(forecasts: dict[str, Entry], key: str, words: str) -> None:
    assert words in forecasts[key]["fine_print"]


def test_ocha_decides_displacement_where_agencies_conflict(forecasts: dict[str, Entry]) -> None:
    assert "Where agencies conflict, OCHA decides" in forecasts["ocha-peak-500000-displaced"]["fallback"]


def test_the_start_of_8_december_in_damascus_was_still_7_december_in_utc(forecasts: dict[str, Entry]) -> None:
    occurred = forecasts["homs-taken-date"]["resolution"]["occurred_at"]

    assert occurred.isoformat() == "2024-12-08T00:00:00+03:00"
    assert forecasts["homs-taken-date"]["time_zone"] == "Asia/Damascus"
