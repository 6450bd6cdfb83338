"""The pictures of a report, each with its sentence above it."""

from forecasts.presenting import diagram, spread
from forecasts.presenting.charts.layers import layers
from forecasts.presenting.charts.looks import SOFT, Spec, picture
from forecasts.presenting.trend import Trend
from forecasts.scores.statistics import sentence
from forecasts.scores.statistics.shapes import Quantiles, Report

SIDE, LESS = 400, 320
WIDTH, HEIGHT = 560, 260
NOTHING = "Nothing is scored here yet, so there is no score to show."
NO_QUANTILES = "No numbers or dates are scored here yet, so there are no quantiles to show."


def reliability(report: Report) -> Spec:
    """Diagonal, curve, bands, dots sized by count with their 95% intervals, and the histogram below."""
    drawn = diagram.reliability(report)
    explained = "; ".join(f"{one.sign}: {one.words}" for one in drawn.legend)
    square = {"width": SIDE, "height": SIDE, "layer": layers(drawn)}
    parts = {"spacing": 12, "vconcat": [square, _histogram(report)]}
    return picture(sentence(report), explained[:1].upper() + explained[1:], SIDE, **parts)


def _histogram(report: Report) -> Spec:
    (bars,) = layers(diagram.histogram(report))
    middle = {"calculate": "(datum.lower + datum.upper) / 2", "as": "middle"}
    counts = {
        "mark": {"type": "text", "dy": -6, "color": SOFT, "fontSize": 10},
        "encoding": {
            **bars["encoding"],
            "x": {**bars["encoding"]["x"], "field": "middle"},
            "text": {"field": "n", "format": ","},
        },
    }
    drawn = {"width": SIDE, "height": 56, "view": {"stroke": None}, "data": bars.pop("data"), "transform": [middle]}
    return {**drawn, "layer": [bars, counts]}


def trend(found: Trend | None, name: str) -> Spec:
    """Dots with 95% intervals, joined; a dashed line where always saying 50% lies."""
    drawn = found or Trend(name, NOTHING, [], 0)
    explained = "Brier score: 0 is perfect, 0.25 is what always saying 50% earns. Bars: 95% intervals."
    return picture(drawn.sentence, explained, WIDTH, width=WIDTH, height=HEIGHT, layer=layers(drawn.picture))


def coverage(report: Report) -> Spec:
    """Share of truths held by each central interval, with 95% intervals, beside the diagonal that is right."""
    held = _of(report).coverage
    said = spread.coverage_sentence(held) if report.quantiles else NO_QUANTILES
    explained = "Dots: central intervals, with 95% intervals of what they held; on the dashed line is right."
    return picture(said, explained, LESS, width=LESS, height=LESS, layer=layers(spread.coverage(held)))


def pit(report: Report) -> Spec:
    """The probability integral transform as a histogram: bars of equal height are right."""
    held = _of(report)
    said = spread.pit_sentence(held.pit) if report.quantiles else NO_QUANTILES
    explained = "Bars: how often the truth fell between two levels, over how often it should; the dashed line is right."
    return picture(said, explained, LESS, width=LESS, height=LESS // 2, layer=layers(spread.fallen(held.pit)))


def _of(report: Report) -> Quantiles:
    return report.quantiles or Quantiles([], [], [])
