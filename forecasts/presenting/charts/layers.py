"""A described picture as layers of Vega-Lite: each kind of mark once, and how each role looks."""

from collections.abc import Iterator

from forecasts.presenting.charts.looks import BLUE, INK, RULE, SOFT, Spec, percentages
from forecasts.presenting.pictures import SHARE, Axis, Picture, Point, Series

EDGE = {"color": BLUE, "strokeWidth": 1, "strokeOpacity": 0.7}
GREY = "#8b9095"
DASHED = {"strokeDash": [4, 4]}
# Bands: grey where a calibrated forecaster would lie; an outline round the curve, which black and white keeps apart.
LOOKS: dict[str, Spec] = {
    "simultaneous": {"color": RULE, "fillOpacity": 0.35},
    "consistency": {"color": RULE, "fillOpacity": 0.8},
    "confidence": {"color": BLUE, "fillOpacity": 0.15, "line": EDGE},
    "diagonal": {"color": SOFT, "strokeWidth": 1, **DASHED},
    "curve": {"color": BLUE, "strokeWidth": 2.5},
    "trend": {"color": BLUE, "strokeWidth": 1.5},
    "score": {"size": 80},
    "coverage": {"size": 80},
    "histogram": {"color": GREY, "stroke": "white"},
    "pit": {"color": BLUE, "opacity": 0.55, "stroke": "white"},
    "coin": {"color": SOFT, **DASHED},
    "right": {"color": INK, **DASHED},
}
# Axes of other than shares. Without a domain one reaches as far as there is something to show.
AXES: dict[str, Spec] = {"mean": {"tickCount": 5}, "density": {"tickCount": 4, "format": ".1f"}}
FITTED = {"zero": True}
SIZE: Spec = {"field": "n", "type": "quantitative", "scale": {"range": [30, 400]}, "legend": None}


def layers(picture: Picture) -> list[Spec]:
    return [layer for one in picture.series for layer in _drawn(picture, one)]


def _drawn(picture: Picture, one: Series) -> Iterator[Spec]:
    looks, rows = LOOKS.get(one.role, {}), [_row(picture, at) for at in one.points]
    x, y, low, high = _on(picture.x), _on(picture.y), _on(picture.y, "low"), _on(picture.y, "high")
    bounded = [row for row in rows if "low" in row]
    match one.mark:
        case "band" if bounded:
            yield _layer(bounded, "area", looks, x=x, y=high, y2={"field": "low"})
            if "line" in looks:
                yield _layer(bounded, "line", looks["line"], x=x, y=low)
        case "line":
            yield _layer(rows, "line", looks, x=x, y=y)
        case "dots":
            if bounded:
                yield _layer(bounded, "rule", {"color": INK, "clip": True}, x=x, y=low, y2={"field": "high"})
            size = {} if "size" in looks else {"size": SIZE}
            yield _layer(rows, "circle", {"color": INK, "opacity": 1, "stroke": "white", **looks}, x=x, y=y, **size)
        case "bars":
            yield _layer(rows, "rect", looks, x=x, y=y, x2={"field": picture.x.until}, y2={"datum": 0})
        case "rule":
            yield _layer([{one.role: at.y} for at in one.points], "rule", looks, y=_on(picture.y, one.role))


def _on(axis: Axis, field: str = "") -> Spec:
    """A column on an axis."""
    field = field or axis.field
    if axis.labels is not None:
        looks = {"title": axis.title, "labelAngle": 0, "labelOverlap": "greedy", "grid": False}
        return {"field": field, "type": "ordinal", "scale": {"domain": list(axis.labels)}, "axis": looks}
    looks = {"title": axis.title, **AXES[axis.field]} if axis.field in AXES else percentages(axis.title)
    domain = {"domain": [axis.scale.low, axis.scale.high], "nice": axis.scale != SHARE}
    scale = FITTED if axis.field == "density" or axis.scale.high == axis.scale.low else domain
    return {"field": field, "type": "quantitative", "scale": scale, "axis": looks if axis.title else None}


def _layer(rows: list[Spec], mark: str, looks: Spec, **encoding: Spec) -> Spec:
    return {"data": {"values": rows}, "mark": {"type": mark, **looks}, "encoding": encoding}


def _row(picture: Picture, at: Point) -> Spec:
    x, y = picture.x, picture.y
    until = {} if at.until is None else {x.until: at.until}
    bounds = {} if at.bounds is None else {"low": at.bounds[0], "high": at.bounds[1]}
    return {
        x.field: x.labels[int(at.x)] if x.labels is not None else at.x,
        **until,
        y.field: at.y,
        **bounds,
        **at.columns,
    }
