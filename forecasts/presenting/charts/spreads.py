"""Quantiles: the coverage of their intervals, and where the truths fell between them."""

from forecasts.presenting.charts.looks import BLUE, INK, SOFT, Spec, percentages, picture
from forecasts.presenting.spread import coverage_sentence, density, pit_sentence
from forecasts.scores.statistics.shapes import Quantiles, Report

SIDE = 320
NOTHING = "No numbers or dates are scored here yet, so there are no quantiles to show."


def coverage(report: Report) -> Spec:
    """Share of truths held by each central interval, with 95% intervals, beside the diagonal that is right."""
    rows = [
        {
            "should": one.nominal,
            "held": one.observed,
            "low": one.ci95[0] if one.ci95 else None,
            "high": one.ci95[1] if one.ci95 else None,
        }
        for one in _of(report).coverage
    ]
    layers = [_diagonal(), _whiskers([row for row in rows if row["low"] is not None]), _dots(rows)]
    said = coverage_sentence(_of(report).coverage) if report.quantiles else NOTHING
    explained = "Dots: central intervals, with 95% intervals of what they held; on the dashed line is right."
    return picture(said, explained, SIDE, width=SIDE, height=SIDE, layer=layers)


def pit(report: Report) -> Spec:
    """The probability integral transform as a histogram: bars of equal height are right."""
    held = _of(report)
    rows = [{"lower": one.lower, "upper": one.upper, "density": density(one), "share": one.share} for one in held.pit]
    most = max((one.forecasts for one in held.coverage), default=0)
    across = {"x": _share("lower", "Level of the quantiles"), "x2": {"field": "upper"}}
    bars = {
        "data": {"values": rows},
        "mark": {"type": "rect", "color": BLUE, "opacity": 0.55, "stroke": "white"},
        "encoding": {**across, "y": _density(), "y2": {"datum": 0}},
    }
    right = {
        "data": {"values": [{"right": 1}]},
        "mark": {"type": "rule", "color": INK, "strokeDash": [4, 4]},
        "encoding": {"y": {"field": "right", "type": "quantitative"}},
    }
    said = pit_sentence(held.pit, most) if report.quantiles else NOTHING
    explained = "Bars: how often the truth fell between two levels, over how often it should; the dashed line is right."
    return picture(said, explained, SIDE, width=SIDE, height=SIDE // 2, layer=[bars, right])


def _of(report: Report) -> Quantiles:
    return report.quantiles or Quantiles([], [], [])


def _share(field: str, title: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": percentages(title)}


def _density() -> Spec:
    axis = {"title": "Fell there, over right", "tickCount": 4, "format": ".1f"}
    return {"field": "density", "type": "quantitative", "scale": {"zero": True}, "axis": axis}


def _diagonal() -> Spec:
    mark = {"type": "line", "color": SOFT, "strokeDash": [4, 4], "strokeWidth": 1}
    rows = [{"should": 0, "held": 0}, {"should": 1, "held": 1}]
    encoding = {"x": _share("should", "Should hold"), "y": _share("held", "Held the truth")}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _whiskers(rows: list[Spec]) -> Spec:
    encoding = {"x": _share("should", "Should hold"), "y": _share("low", "Held the truth"), "y2": {"field": "high"}}
    return {"data": {"values": rows}, "mark": {"type": "rule", "color": INK, "clip": True}, "encoding": encoding}


def _dots(rows: list[Spec]) -> Spec:
    mark = {"type": "circle", "color": INK, "opacity": 1, "stroke": "white", "size": 80}
    encoding = {"x": _share("should", "Should hold"), "y": _share("held", "Held the truth")}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}
