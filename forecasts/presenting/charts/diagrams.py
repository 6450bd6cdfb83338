"""The reliability diagram: what was said across, what came true upwards."""

from collections.abc import Iterable

from forecasts.presenting.charts.looks import BLUE, INK, RULE, SOFT, Spec, percentages, picture
from forecasts.scores.statistics import sentence
from forecasts.scores.statistics.shapes import Bin, Point, Report

SIDE = 400
DOTS = "Dots: bins, larger where more was said, with 95% intervals"
LINE = "line: calibration curve"
CONFIDENCE = "outlined: its 90% band"
CONSISTENCY = "grey: where a calibrated forecaster would lie"


def reliability(report: Report) -> Spec:
    """Diagonal, curve, bands, dots sized by count with their 95% intervals, and the histogram below."""
    filled, curve = [one for one in report.bins if one.n > 0], report.curve or []
    layers = [*_bands(curve), _diagonal(), *_curve(curve), *_dots(filled)]
    square = {"width": SIDE, "height": SIDE, "layer": layers}
    parts = {"spacing": 12, "vconcat": [square, _histogram(filled)]}
    return picture(sentence(report), _explained(filled, curve), SIDE, **parts)


def _explained(filled: list[Bin], curve: Iterable[Point]) -> str:
    points = list(curve)
    said = [DOTS] if filled else []
    said += [LINE] if points else []
    said += [CONFIDENCE] if any(point.confidence_band for point in points) else []
    said += [CONSISTENCY] if any(point.consistency_band for point in points) else []
    return "; ".join(said)


def _x(field: str, title: str | None = "Said") -> Spec:
    axis = percentages(title) if title else None
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}


def _y(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": percentages("Came true")}


def _diagonal() -> Spec:
    return {
        "data": {"values": [{"said": 0, "came": 0}, {"said": 1, "came": 1}]},
        "mark": {"type": "line", "color": SOFT, "strokeDash": [4, 4], "strokeWidth": 1},
        "encoding": {"x": _x("said"), "y": _y("came")},
    }


def _bands(curve: Iterable[Point]) -> list[Spec]:
    """Grey where a calibrated forecaster would lie; an outline round the curve, which black and white keeps apart."""
    outlined = {"color": BLUE, "fillOpacity": 0.15, "line": {"color": BLUE, "strokeWidth": 1, "strokeOpacity": 0.7}}
    kinds = (("consistency_band", {"color": RULE, "fillOpacity": 0.8}), ("confidence_band", outlined))
    layers = []
    for name, looks in kinds:
        bounds = [(point.probability, getattr(point, name)) for point in curve]
        rows = [{"said": said, "low": bound[0], "high": bound[1]} for said, bound in bounds if bound is not None]
        if rows:
            layers.append(_area(rows, looks))
            layers += [_edge(rows, "low")] if "line" in looks else []
    return layers


def _area(rows: list[Spec], looks: Spec) -> Spec:
    encoding = {"x": _x("said"), "y": _y("high"), "y2": {"field": "low"}}
    return {"data": {"values": rows}, "mark": {"type": "area", **looks}, "encoding": encoding}


def _edge(rows: list[Spec], field: str) -> Spec:
    mark = {"type": "line", "color": BLUE, "strokeWidth": 1, "strokeOpacity": 0.7}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": _x("said"), "y": _y(field)}}


def _curve(curve: Iterable[Point]) -> list[Spec]:
    rows = [{"said": point.probability, "came": point.calibrated} for point in curve]
    mark = {"type": "line", "color": BLUE, "strokeWidth": 2.5}
    layer = {"data": {"values": rows}, "mark": mark, "encoding": {"x": _x("said"), "y": _y("came")}}
    return [layer] if rows else []


def _dots(filled: list[Bin]) -> list[Spec]:
    rows: list[Spec] = [{"said": one.mean_probability, "came": one.observed_frequency, "n": one.n} for one in filled]
    whiskers = [
        {"said": one.mean_probability, "low": one.ci95[0], "high": one.ci95[1]}
        for one in filled
        if one.ci95 is not None
    ]
    size = {"field": "n", "type": "quantitative", "scale": {"range": [30, 400]}, "legend": None}
    return [
        {
            "data": {"values": whiskers},
            "mark": {"type": "rule", "color": INK},
            "encoding": {"x": _x("said"), "y": _y("low"), "y2": {"field": "high"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "circle", "color": INK, "opacity": 1, "stroke": "white"},
            "encoding": {"x": _x("said"), "y": _y("came"), "size": size},
        },
    ]


def _histogram(filled: list[Bin]) -> Spec:
    rows = [
        {"lower": one.lower, "upper": one.upper, "middle": (one.lower + one.upper) / 2, "n": one.n} for one in filled
    ]
    count = {"field": "n", "type": "quantitative", "axis": None}
    return {
        "width": SIDE,
        "height": 56,
        "view": {"stroke": None},
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "rect", "color": "#8b9095", "stroke": "white"},
                "encoding": {"x": _x("lower", None), "x2": {"field": "upper"}, "y": count, "y2": {"datum": 0}},
            },
            {
                "mark": {"type": "text", "dy": -6, "color": SOFT, "fontSize": 10},
                "encoding": {"x": _x("middle", None), "y": count, "text": {"field": "n", "format": ","}},
            },
        ],
    }
