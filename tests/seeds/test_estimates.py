from collections import Counter, defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

Entry = dict[str, Any]
Row = dict[str, str]


def made_at(row: Row) -> datetime:
    return datetime.fromisoformat(row["made_at"])


def parts(row: Row) -> dict[str, str]:
    return dict(part.split("=") for part in row["value"].split(";"))


def updates(estimates: list[Row], forecasts: dict[str, Entry], *kinds: str) -> list[Row]:
    return [r for r in estimates if r["event"] == "update" and forecasts[r["forecast"]]["kind"] in kinds]


def test_every_row_names_a_forecast_and_one_of_three_demonstration_analysts(
    estimates: list[Row], forecasts: dict[str, Entry], scenario: Entry
) -> None:
    analysts = {person["key"] for person in scenario["people"] if person["role"] == "analyst"}

    assert {row["analyst"] for row in estimates} == analysts == {"analyst-a", "analyst-b", "analyst-c"}
    assert {row["forecast"] for row in estimates} == set(forecasts)


def test_every_estimate_lies_inside_its_window_and_before_the_resolution_was_recorded(
    estimates: list[Row], forecasts: dict[str, Entry]
) -> None:
    for row in estimates:
        forecast = forecasts[row["forecast"]]
        recorded = (forecast["resolution"] or {}).get("recorded_at", forecast["closes_at"])
        assert forecast["opens_at"] <= made_at(row) < min(forecast["closes_at"], recorded), row


def test_no_estimate_is_made_in_the_future(estimates: list[Row]) -> None:
    assert max(made_at(row) for row in estimates) < datetime.now(UTC)


def test_open_forecasts_have_estimates_of_2025_and_2026(estimates: list[Row], forecasts: dict[str, Entry]) -> None:
    years = Counter(made_at(r).year for r in estimates if forecasts[r["forecast"]]["closes_at"].year == 2027)

    assert set(years) == {2025, 2026}


def test_only_the_deliberate_estimates_come_after_the_answer_was_known(
    estimates: list[Row], forecasts: dict[str, Entry]
) -> None:
    known = {key: f["resolution"]["known_at"] for key, f in forecasts.items() if f["resolution"]}
    late = [
        (r["forecast"], r["analyst"])
        for r in estimates
        if made_at(r) >= known.get(r["forecast"], datetime.max.replace(tzinfo=UTC))
    ]

    assert late == [
        ("joint-statement-us-europe", "analyst-a"),
        ("joint-statement-us-europe", "analyst-b"),
        ("joint-statement-us-europe", "analyst-c"),
        ("hama-taken-by-15-december", "analyst-b"),
        ("ocha-peak-500000-displaced", "analyst-b"),
    ]


def test_probabilities_are_whole_units_of_a_ten_thousandth_that_people_may_enter(
    estimates: list[Row], forecasts: dict[str, Entry]
) -> None:
    for row in updates(estimates, forecasts, "binary"):
        units = Decimal(row["value"]) * 10_000
        assert units == int(units), row
        assert 1 <= units <= 9_999, row


def test_probabilities_of_options_name_every_option_and_sum_to_exactly_one(
    estimates: list[Row], forecasts: dict[str, Entry]
) -> None:
    rows = updates(estimates, forecasts, "multiple_choice")

    assert len(rows) >= 3
    for row in rows:
        assert list(parts(row)) == forecasts[row["forecast"]]["options"], row
        assert sum(Fraction(value) for value in parts(row).values()) == 1, row
        assert all(Fraction(value) * 10_000 >= 1 for value in parts(row).values()), row


def test_quantiles_give_every_level_and_never_fall(estimates: list[Row], forecasts: dict[str, Entry]) -> None:
    for row in updates(estimates, forecasts, "numeric", "date"):
        forecast = forecasts[row["forecast"]]
        read = float if forecast["kind"] == "numeric" else lambda text: datetime.fromisoformat(text).timestamp()
        assert [float(level) for level in parts(row)] == forecast["quantile_levels"], row
        assert all(read(low) <= read(high) for low, high in pairwise(parts(row).values())), row


def test_quantiles_leave_the_range_only_where_it_is_open(estimates: list[Row], forecasts: dict[str, Entry]) -> None:
    for row in updates(estimates, forecasts, "numeric"):
        limits, numbers = forecasts[row["forecast"]]["range"], [float(value) for value in parts(row).values()]
        assert limits["lower_open"] or numbers[0] >= limits["lower"], row
        assert limits["upper_open"] or numbers[-1] <= limits["upper"], row


def test_only_updates_carry_a_value(estimates: list[Row]) -> None:
    assert {row["event"] for row in estimates} == {"update", "reaffirm", "withdraw", "decline"}
    assert [row for row in estimates if (row["event"] == "update") != bool(row["value"])] == []


def test_nobody_reaffirms_or_withdraws_without_an_estimate_or_speaks_after_declining(estimates: list[Row]) -> None:
    before: dict[tuple[str, str], str] = defaultdict(str)
    needs = {"reaffirm": {"update", "reaffirm"}, "withdraw": {"update", "reaffirm"}}
    for row in sorted(estimates, key=made_at):
        key = row["forecast"], row["analyst"]
        assert before[key] in needs.get(row["event"], {"", "update", "reaffirm", "withdraw"}), row
        before[key] = row["event"]


def test_rows_are_in_order_of_time_and_nobody_answers_twice_at_once(estimates: list[Row]) -> None:
    keys = [(row["forecast"], row["analyst"], row["made_at"]) for row in estimates]

    assert [made_at(row) for row in estimates] == sorted(made_at(row) for row in estimates)
    assert len(set(keys)) == len(keys)


def scored(estimates: list[Row], forecasts: dict[str, Entry], analyst: str) -> list[tuple[Decimal, int]]:
    """Probability in force at the cut-off and outcome of every binary forecast not known before its opening."""
    pairs = []
    for key, forecast in forecasts.items():
        if forecast["kind"] != "binary" or not (resolution := forecast["resolution"]):
            continue
        cut_off = min(forecast["closes_at"], resolution["known_at"])
        own = [r for r in estimates if (r["forecast"], r["analyst"]) == (key, analyst) and made_at(r) < cut_off]
        last = [r for r in own if r["event"] in {"update", "withdraw", "decline"}][-1:]
        pairs += [(Decimal(r["value"]), int(resolution["outcome"] == "yes")) for r in last if r["value"]]
    return pairs


def brier(pairs: list[tuple[Decimal, int]]) -> float:
    return float(sum((p - y) ** 2 for p, y in pairs) / len(pairs))


def test_the_three_analysts_differ_as_people_do(estimates: list[Row], forecasts: dict[str, Entry]) -> None:
    calibrated, overconfident, cautious = (scored(estimates, forecasts, f"analyst-{x}") for x in "abc")

    assert [len(calibrated), len(overconfident), len(cautious)] == [11, 10, 10]
    assert brier(calibrated) < brier(cautious) < brier(overconfident)
    assert all(p <= Decimal("0.12") or p >= Decimal("0.88") for p, _ in overconfident)
    assert sum(Decimal("0.2") <= p <= Decimal("0.8") for p, _ in cautious) >= 5
