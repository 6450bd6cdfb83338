"""Scores over months and against lead time as files."""

from forecasts.presenting import charts, trend
from tests.presenting.charts.drawn import explained, layers, rows, title, words
from tests.presenting.reports import by_lead_time, by_month


def test_months_are_dots_with_intervals_in_the_order_of_the_calendar() -> None:
    found = trend.over_months(by_month({"2025-02": 0.1, "2024-11": 0.2, "2024-12": 0.3}))
    spec = charts.trend(found, "months")
    assert [(row["label"], row["mean"]) for row in rows(spec, "circle")] == [
        ("Nov 2024", 0.2),
        ("Dec 2024", 0.3),
        ("Feb 2025", 0.1),
    ]
    across = [layer["encoding"]["x"]["scale"]["domain"] for layer in layers(spec) if "x" in layer["encoding"]]
    assert across == [["Nov 2024", "Dec 2024", "Jan 2025", "Feb 2025"]] * 3


def test_the_title_is_the_sentence_and_the_words_below_say_what_the_score_means() -> None:
    found = trend.over_lead_times(by_lead_time({"over 90": 0.3, "1-7": 0.05}))
    assert found is not None
    spec = charts.trend(found, "lead_time")
    assert title(spec) == found.sentence
    assert "0.25 is what always saying 50% earns" in explained(spec)
    assert "Estimated so long before the scheduled close" in words(spec)


def test_the_line_of_a_coin_is_dashed_and_left_out_where_it_lies_above_the_plot() -> None:
    high, low = (charts.trend(trend.over_months(by_month({"2025-02": mean})), "months") for mean in (0.3, 0.05))
    dashed = [layer for layer in layers(high) if layer["mark"].get("strokeDash")]
    assert [row["coin"] for layer in dashed for row in layer["data"]["values"]] == [0.25]
    assert [row for row in rows(low, "rule") if "coin" in row] == []


def test_without_anything_scored_the_picture_says_so() -> None:
    assert title(charts.trend(None, "months")) == "Nothing is scored here yet, so there is no score to show."
    assert "Brier score" in words(charts.trend(None, "lead_time"))
