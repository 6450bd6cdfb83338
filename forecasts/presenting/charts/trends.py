"""Scores over months and against lead time."""

from forecasts.presenting.charts.looks import BLUE, INK, SOFT, Spec, picture
from forecasts.presenting.trend import COIN, Place, Trend

WIDTH, HEIGHT = 560, 260
TITLES = {"months": "Month in which the forecasts matured", "lead_time": "Estimated so long before the scheduled close"}
NOTHING = "Nothing is scored here yet, so there is no score to show."


def trend(found: Trend | None, name: str) -> Spec:
    """Dots with 95% intervals, joined; a dashed line where always saying 50% lies."""
    places = found.places if found else []
    layers = [_coin(found), _joined(places), _whiskers(places), _dots(places)] if found else [_dots([])]
    explained = "Brier score: 0 is perfect, 0.25 is what always saying 50% earns. Bars: 95% intervals."
    parts = {"width": WIDTH, "height": HEIGHT, "layer": layers}
    return picture(found.sentence if found else NOTHING, explained, WIDTH, **parts, encoding={"x": _x(places, name)})


def _x(places: list[Place], name: str) -> Spec:
    axis = {"title": TITLES[name], "labelAngle": 0, "labelOverlap": "greedy", "grid": False}
    scale = {"domain": [place.label for place in places]}
    return {"field": "label", "type": "ordinal", "scale": scale, "axis": axis}


def _y(field: str, top: float | None = None) -> Spec:
    scale = {"domain": [0, top], "clamp": True} if top else {"zero": True}
    axis = {"title": "Brier score", "tickCount": 5}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _coin(found: Trend) -> Spec:
    rows = [{"label": place.label, "coin": COIN} for place in found.places] if found.coin is not None else []
    mark = {"type": "rule", "color": SOFT, "strokeDash": [4, 4]}
    return {"data": {"values": rows[:1]}, "mark": mark, "encoding": {"x": None, "y": _y("coin", found.top)}}


def _joined(places: list[Place]) -> Spec:
    mark = {"type": "line", "color": BLUE, "strokeWidth": 1.5}
    return {"data": {"values": _rows(places)}, "mark": mark, "encoding": {"y": _y("mean")}}


def _whiskers(places: list[Place]) -> Spec:
    rows = [
        {"label": place.label, "low": place.interval[0], "high": place.interval[1]}
        for place in places
        if place.interval is not None
    ]
    encoding = {"y": _y("low"), "y2": {"field": "high"}}
    return {"data": {"values": rows}, "mark": {"type": "rule", "color": INK}, "encoding": encoding}


def _dots(places: list[Place]) -> Spec:
    mark = {"type": "circle", "color": INK, "opacity": 1, "stroke": "white", "size": 80}
    return {"data": {"values": _rows(places)}, "mark": mark, "encoding": {"y": _y("mean")}}


def _rows(places: list[Place]) -> list[Spec]:
    return [
        {"label": place.label, "mean": place.mean, "n": place.n, "forecasts": place.forecasts}
        for place in places
        if place.mean is not None
    ]
