"""Coverage and PIT of quantiles as files."""

from forecasts.presenting import charts
from tests.presenting.charts.drawn import rows, title, words
from tests.presenting.reports import EMPTY, QUANTILES, too_sure


def test_coverage_lies_beside_the_diagonal_with_its_intervals() -> None:
    spec = charts.coverage(too_sure(quantiles=QUANTILES))
    assert [(row["should"], row["held"]) for row in rows(spec, "circle")] == [(0.5, 0.4), (0.9, 0.7)]
    assert [(row["low"], row["high"]) for row in rows(spec, "rule")] == [(0.6, 0.8)]
    assert "too narrow" in title(spec)


def test_a_bar_of_the_pit_is_as_high_as_truths_fell_there_too_often() -> None:
    spec = charts.pit(too_sure(quantiles=QUANTILES))
    assert [round(row["density"], 2) for row in rows(spec, "rect")] == [1.0, 0.8, 1.2, 1.0]
    assert rows(spec, "rule") == [{"right": 1}]


def test_without_numbers_or_dates_both_say_so() -> None:
    for spec in (charts.coverage(EMPTY), charts.pit(EMPTY)):
        assert "No numbers or dates are scored here yet" in words(spec)
