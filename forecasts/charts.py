"""Pictures for files: a report or a history -> Vega-Lite specification -> SVG, PNG. Pages draw their own.

The same inks as on paper; what a colour says, a dash, a shape or a word says too.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any

from forecasts import values
from forecasts.models import Forecast, Verdict
from forecasts.presenting import consensus, states
from forecasts.presenting.consensus import Number
from forecasts.presenting.history import Held, History
from forecasts.presenting.scales import fitting
from forecasts.statistics import sentence
from forecasts.statistics.shapes import Bin, Point, Report

type Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
VERSION = "5.21"
INK, SOFT, RULE, BLUE, VERMILLION = "#1a1d20", "#6b7075", "#dddcd5", "#0072b2", "#d55e00"
OPTIONS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#6b7075"]
DASHES = [[1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [1, 3]]
SIDE = 400
KEPT = 64
"""How many pictures are kept: equal specifications give equal pictures."""
CONFIG: Spec = {
    "font": "Noto Sans, Liberation Sans, DejaVu Sans, sans-serif",
    "background": "white",
    "padding": 12,
    "view": {"stroke": RULE},
    "axis": {"gridColor": RULE, "domain": False, "tickColor": RULE, "labelColor": SOFT, "titleColor": INK},
    "title": {"anchor": "start", "fontSize": 13, "color": INK},
}


def reliability(report: Report) -> Spec:
    """Diagonal, curve, bands, dots sized by count with their 95% intervals, and the histogram below."""
    filled = [one for one in report.bins if one.n > 0]
    layers = [*_bands(report.curve or []), _diagonal(), *_curve(report.curve or []), *_dots(filled)]
    return {
        "$schema": SCHEMA,
        "config": CONFIG,
        "title": {"text": _wrapped(sentence(report))},
        "spacing": 12,
        "vconcat": [{"width": SIDE, "height": SIDE, "layer": layers}, _histogram(filled)],
    }


def _wrapped(text: str, width: int = 62) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _axis(title: str) -> Spec:
    return {"title": title, "format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1]}


def _x(field: str, title: str | None = "Said") -> Spec:
    axis = _axis(title) if title else None
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}


def _y(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": _axis("Came true")}


def _diagonal() -> Spec:
    return {
        "data": {"values": [{"said": 0, "came": 0}, {"said": 1, "came": 1}]},
        "mark": {"type": "line", "color": SOFT, "strokeDash": [4, 4], "strokeWidth": 1},
        "encoding": {"x": _x("said"), "y": _y("came")},
    }


def _bands(curve: Iterable[Point]) -> list[Spec]:
    """Grey where a calibrated forecaster would lie, blue round the curve."""
    kinds = (("consistency_band", RULE, 0.8), ("confidence_band", BLUE, 0.18))
    layers = []
    for name, colour, opacity in kinds:
        bounds = [(point.probability, getattr(point, name)) for point in curve]
        rows = [{"said": said, "low": bound[0], "high": bound[1]} for said, bound in bounds if bound is not None]
        if rows:
            mark = {"type": "area", "color": colour, "opacity": opacity}
            encoding = {"x": _x("said"), "y": _y("low"), "y2": {"field": "high"}}
            layers.append({"data": {"values": rows}, "mark": mark, "encoding": encoding})
    return layers


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


def history(past: History, resolution: Verdict | None = None) -> Spec:
    """Steps over time: the consensus bold, one's own marked, others thin; of multiple choice the consensus alone."""
    forecast = past.forecast
    layers = _by_option(past) if forecast.kind == Forecast.Kind.MULTIPLE_CHOICE else _by_forecaster(past)
    return {
        "$schema": SCHEMA,
        "config": CONFIG,
        "title": {"text": _wrapped(forecast.title, 90)},
        "width": 600,
        "height": 260,
        "layer": [*_marked(past, resolution), *layers],
    }


def _by_forecaster(past: History) -> list[Spec]:
    pick = partial(_middle, past.forecast)
    others = [row for who, steps in past.others.items() for row in _points(steps, pick, str(who.pk))]
    thin = (others, "#a9a9a5", 1)
    marked = (_points(past.own, pick, "yours"), VERMILLION, 2)
    bold = (_points(past.consensus, pick, "consensus"), INK, 3)
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "interpolate": "step-after", "color": colour, "strokeWidth": width},
            "encoding": {"x": _time(), "y": _level(past), "detail": {"field": "who"}},
        }
        for rows, colour, width in (thin, marked, bold)
        if rows
    ]


def _by_option(past: History) -> list[Spec]:
    labels = [option.label for option in past.forecast.options.all()]
    rows = [row for place, label in enumerate(labels) for row in _points(past.consensus, partial(_part, place), label)]
    option = {"field": "who", "type": "nominal", "title": None, "sort": labels}
    encoding = {
        "x": _time(),
        "y": _level(past),
        "color": {**option, "scale": {"domain": labels, "range": _cycled(OPTIONS, len(labels))}},
        "strokeDash": {**option, "scale": {"domain": labels, "range": _cycled(DASHES, len(labels))}},
    }
    mark = {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def _part(place: int, value: Number) -> float:
    return value[place] / values.UNITS if isinstance(value, tuple) and place < len(value) else 0


def _cycled[T](few: list[T], count: int) -> list[T]:
    return [few[place % len(few)] for place in range(count)]


def _points(steps: Sequence[Held], pick: Callable[[Number], float], who: str) -> list[Spec]:
    """Where each step begins, where the last one ends, and a gap where nothing was held in between."""
    rows: list[Spec] = []
    for place, held in enumerate(steps):
        if held.value is None:
            continue
        rows.append({"start": _iso(held.start), "value": pick(held.value), "who": who})
        follows = place + 1 < len(steps) and steps[place + 1].start == held.end
        if not follows:
            rows.append({"start": _iso(held.end), "value": pick(held.value), "who": who})
            rows.append({"start": _iso(held.end), "value": None, "who": who})
    return rows


def _middle(forecast: Forecast, value: Number) -> float:
    if isinstance(value, int):
        return value / values.UNITS
    return consensus.median(forecast, value)


def _time() -> Spec:
    axis = {"title": None, "grid": False, "labelOverlap": True, "tickCount": 6, "format": "%-d %b %Y"}
    return {"field": "start", "type": "temporal", "scale": {"type": "utc"}, "axis": axis}


def _level(past: History) -> Spec:
    if past.forecast.kind in (Forecast.Kind.BINARY, Forecast.Kind.MULTIPLE_CHOICE):
        return {"field": "value", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": _axis("")}
    steps = [*past.consensus, *past.own, *(held for others in past.others.values() for held in others)]
    found = [_middle(past.forecast, held.value) for held in steps if held.value is not None]
    scale = fitting(found or [0, 1], is_log=past.forecast.range_scale == Forecast.Scale.LOG)
    drawn = {"domain": [scale.low, scale.high], "type": "log" if scale.is_log else "linear"}
    return {"field": "value", "type": "quantitative", "scale": drawn, "axis": {"title": past.forecast.unit}}


def _marked(past: History, resolution: Verdict | None) -> list[Spec]:
    """Upright rules at opening, amendments, closing and resolution, with a word each."""
    forecast = past.forecast
    named = [("opened", forecast.opens_at), *(("amended", amendment.made_at) for amendment in past.amendments)]
    named.append(("closes", forecast.closes_at))
    if resolution is not None:
        named.append((states.outcome(forecast, resolution), resolution.known_at))
    rows = [{"start": _iso(moment), "word": word} for word, moment in named if moment is not None]
    rule = {"mark": {"type": "rule", "color": "#8b9095", "strokeDash": [2, 3]}, "encoding": {"x": _time()}}
    text = {"type": "text", "align": "left", "dx": 3, "dy": -8, "color": SOFT, "fontSize": 10}
    word = {"mark": text, "encoding": {"x": _time(), "text": {"field": "word"}, "y": {"value": 0}}}
    return [{"data": {"values": rows}, "layer": [rule, word]}]


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def svg(spec: Mapping[str, Any]) -> str:
    """The picture as SVG."""
    return _svg(json.dumps(spec))


def png(spec: Mapping[str, Any]) -> bytes:
    """The picture as PNG, at twice its size in points."""
    return _png(json.dumps(spec))


@lru_cache(maxsize=KEPT)
def _svg(spec: str) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, vl_version=VERSION))


@lru_cache(maxsize=KEPT)
def _png(spec: str) -> bytes:
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(spec, vl_version=VERSION, scale=2))
