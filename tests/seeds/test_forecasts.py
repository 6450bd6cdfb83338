from collections import Counter
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

Entry = dict[str, Any]
TIMES = ("published_at", "opens_at", "closes_at", "resolves_at")
URGENT = ("escalation", "airstrikes", "displacement", "international_response")


def outcome(forecast: Entry) -> Any:
    return (forecast["resolution"] or {}).get("outcome")


def day(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).date().isoformat()


@pytest.mark.parametrize(
    ("key", "statement", "expected", "occurred"),
    [
        ("iran-turkey-recall-expel-or-fire", "S1", "no", None),
        ("iran-leader-names-turkey", "S1", "no", None),
        ("opposition-holds-aleppo-31-december", "S2a", "yes", "2024-12-31"),
        ("hama-taken-by-15-december", "S2b", "yes", "2024-12-05"),
        ("homs-taken-date", "S2b", "2024-12-08", "2024-12-08"),
        ("governorate-capitals-lost", "S2b", "4 or more", "2024-12-08"),
        ("assad-out-of-office", None, "yes", "2024-12-08"),
        ("white-helmets-civilians-killed", "S3a", 81, "2024-12-02"),
        ("sohr-100-civilians-killed", "S3a", "yes", "2024-12-08"),
        ("israel-over-100-strikes-in-7-days", None, "yes", "2024-12-10"),
        ("ocha-peak-500000-displaced", "S3b", "yes", "2024-12-12"),
        ("ocha-last-figure-of-2024", "S3b", 664_000, "2024-12-27"),
        ("security-council-meets-by-8-december", "S4", "yes", "2024-12-03"),
        ("security-council-product-by-31-december", "S4", "yes", "2024-12-17"),
        ("joint-statement-us-europe", "S4", "yes", "2024-12-01"),
        ("iran-announces-troops-by-15-december", "S5", "no", None),
        ("ucdp-deaths-december-2024", "S7", None, None),
    ],
)
def test_each_forecast_of_the_facts_is_tied_to_its_statement_and_came_out_so(
    forecasts: dict[str, Entry], key: str, statement: str | None, expected: object, occurred: str | None
) -> None:
    forecast = forecasts[key]
    at = (forecast["resolution"] or {}).get("occurred_at")

    assert forecast["statement"] == statement
    assert outcome(forecast) == expected
    assert (at and day(at, forecast["time_zone"])) == occurred


def test_each_urgent_category_has_two_resolved_forecasts_and_one_open(forecasts: dict[str, Entry]) -> None:
    resolved = Counter(f["category"] for f in forecasts.values() if outcome(f) is not None)
    ending_2027 = Counter(f["category"] for f in forecasts.values() if f["closes_at"].year == 2027)

    assert all(resolved[category] >= 2 for category in URGENT), resolved
    assert all(ending_2027[category] >= 1 for category in URGENT), ending_2027


def test_open_forecasts_are_derived_unresolved_and_close_between_march_and_december_2027(
    forecasts: dict[str, Entry],
) -> None:
    still_open = [f for f in forecasts.values() if f["closes_at"] > datetime(2026, 11, 22, tzinfo=UTC)]

    assert len(still_open) >= 4
    for forecast in still_open:
        assert forecast["statement"] is None
        assert forecast["resolution"] is None
        assert "2027-03-31" <= day(forecast["closes_at"], forecast["time_zone"]) <= "2027-12-31"


def test_the_windows_of_open_forecasts_begin_in_2027_so_that_nothing_precedes_the_opening(
    forecasts: dict[str, Entry],
) -> None:
    for forecast in forecasts.values():
        if forecast["closes_at"].year == 2027:
            assert "The window begins on 1 January 2027" in forecast["background"]


def test_forecasts_of_the_article_open_on_1_or_2_december_2024(forecasts: dict[str, Entry]) -> None:
    openings = {f["opens_at"].date().isoformat() for f in forecasts.values() if f["closes_at"].year < 2027}

    assert openings == {"2024-12-01", "2024-12-02"}


def test_dates_are_in_order_and_carry_a_zone(forecasts: dict[str, Entry]) -> None:
    for key, forecast in forecasts.items():
        published, opens, closes, resolves = (forecast[name] for name in TIMES)
        assert all(forecast[name].tzinfo is not None for name in TIMES), key
        assert published <= opens < closes <= resolves, key


def test_each_closing_is_the_end_of_a_day_in_the_time_zone_of_the_forecast(forecasts: dict[str, Entry]) -> None:
    for key, forecast in forecasts.items():
        local = forecast["closes_at"].astimezone(ZoneInfo(forecast["time_zone"]))
        assert (local.hour, local.minute) == (23, 59), key


def test_a_resolution_occurred_then_was_known_then_was_recorded(forecasts: dict[str, Entry]) -> None:
    for key, forecast in forecasts.items():
        if resolution := forecast["resolution"]:
            occurred, known, recorded = (resolution[name] for name in ("occurred_at", "known_at", "recorded_at"))
            assert (occurred or known) <= known <= recorded, key
            assert recorded > forecast["opens_at"], key


def test_only_the_joint_statement_was_known_before_its_opening(forecasts: dict[str, Entry]) -> None:
    early = [k for k, f in forecasts.items() if f["resolution"] and f["resolution"]["known_at"] < f["opens_at"]]

    assert early == ["joint-statement-us-europe"]
    assert "May precede the opening" in forecasts[early[0]]["fine_print"]


def test_a_resolution_rests_on_evidence_a_summary_and_a_grade_and_invents_no_quote(
    forecasts: dict[str, Entry],
) -> None:
    for key, forecast in forecasts.items():
        if resolution := forecast["resolution"]:
            assert resolution["evidence"], key
            assert all(item["url"].startswith("https://") and "quote" not in item for item in resolution["evidence"])
            assert resolution["note"].startswith("Summary"), key
            assert resolution["certainty"] in {"A", "A-", "B"}, key


def test_the_resolver_and_the_backup_are_two_people_who_may_resolve(
    forecasts: dict[str, Entry], scenario: Entry
) -> None:
    may_resolve = {p["key"] for p in scenario["people"] if p["role"] in {"resolver", "editor", "owner"}}

    for key, forecast in forecasts.items():
        assert {forecast["resolver"], forecast["backup"]} <= may_resolve, key
        assert forecast["resolver"] != forecast["backup"], key
        assert (forecast["resolution"] or {}).get("by", forecast["resolver"]) == forecast["resolver"], key


def test_forecasts_hang_on_accepted_statements_and_only_derived_ones_have_no_fidelity(
    forecasts: dict[str, Entry], statements: dict[str, Entry]
) -> None:
    for key, forecast in forecasts.items():
        statement = statements.get(forecast["statement"])
        assert (forecast["statement"] is None) == (forecast["fidelity"] is None), key
        assert statement is None or statement.get("sentence", statement)["review"] == "accepted", key
        assert statement is None or statement["category"] == forecast["category"], key


def fits(forecast: Entry) -> bool:
    match forecast["kind"]:
        case "binary":
            return outcome(forecast) in {"yes", "no"}
        case "multiple_choice":
            return outcome(forecast) in forecast["options"]
        case _:
            lower, upper = forecast["range"]["lower"], forecast["range"]["upper"]
            return bool(lower <= outcome(forecast) <= upper)


def test_each_outcome_fits_its_kind(forecasts: dict[str, Entry]) -> None:
    resolved = {key: forecast for key, forecast in forecasts.items() if forecast["resolution"]}

    assert [key for key, forecast in resolved.items() if not fits(forecast)] == []
    assert {f["kind"] for f in resolved.values()} == {"binary", "multiple_choice", "numeric", "date"}
