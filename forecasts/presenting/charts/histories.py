"""A forecast over time: steps, because an estimate holds until it is changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from forecasts.models import Verdict
from forecasts.presenting.charts.looks import (
    BLUE,
    DASHES,
    INK,
    OPTIONS,
    SOFT,
    VERMILLION,
    Spec,
    cycled,
    iso,
    percentages,
    picture,
)
from forecasts.presenting.course import Course, Range, course
from forecasts.presenting.history import History
from forecasts.presenting.kinds import answers_to
from forecasts.presenting.series import CONSENSUS, OTHER, OWN, REFERENCE, Series

WIDTH, HEIGHT, ROW = 600, 260, 14
WORDS = {
    CONSENSUS: "bold: consensus",
    OWN: "marked with squares: yours",
    OTHER: "thin: others",
    REFERENCE: "thin and dotted: what arithmetic says",
    "band": "shaded: the consensus's intervals",
    "truth": "ring: what came",
}


def history(past: History, resolution: Verdict | None, at: datetime) -> Spec:
    """The consensus bold, one's own marked, others thin; opening, amendments, closing and resolution marked."""
    found = course(past, resolution, at)
    drawn = _Drawing(found)
    layers = [
        *drawn.moments(),
        *(drawn.band(band) for band in found.bands),
        *(layer for role in (OTHER, REFERENCE, CONSENSUS, OWN) for layer in drawn.lines(role)),
        *drawn.truth(),
    ]
    explained = "; ".join(WORDS[role] for role in found.roles).capitalize() or "Nobody has said anything yet."
    return picture(past.forecast.title, explained, WIDTH, width=WIDTH, height=HEIGHT, layer=layers)


class _Drawing:
    """Encodings of one forecast's axes."""

    def __init__(self, found: Course) -> None:
        self.found, self.forecast, self.span, self.scale = found, found.forecast, found.span, found.scale

    def lines(self, role: str) -> Iterator[Spec]:
        """One layer for all series of a role."""
        rows = [row for who, one in enumerate(self.found.series) if one.role == role for row in self._rows(one, who)]
        if not rows:
            return
        widths = {CONSENSUS: 3, OWN: 1.75, OTHER: 1, REFERENCE: 1}
        mark: Spec = {"type": "line", "interpolate": "step-after", "strokeWidth": widths[role]}
        by_option = self.forecast.asks.has_options
        encoding = {"x": self._x("at"), "y": self._y("value"), "detail": {"field": "who"}}
        if by_option:
            encoding |= self._options(dashed=role == CONSENSUS)
        else:
            mark["color"] = {CONSENSUS: INK, OWN: VERMILLION, OTHER: "#8b9095", REFERENCE: BLUE}[role]
        # Of the stroke alone: what is see-through as a whole is drawn twice, and clipped a third time.
        mark |= {"strokeOpacity": 0.7} if role == OTHER else {"strokeDash": [2, 2]} if role == REFERENCE else {}
        if role == OWN:
            ink = {} if by_option else {"stroke": VERMILLION}
            mark["point"] = {"shape": "square", "filled": False, "fill": "white", "size": 36, **ink}
        yield {"data": {"values": rows}, "mark": mark, "encoding": encoding}

    def band(self, ranges: Sequence[Range]) -> Spec:
        """One interval of the consensus."""
        bounds = [(one, {"low": self._number(one.low), "high": self._number(one.high)}) for one in ranges]
        rows = [{"at": self._at(at), **told} for one, told in bounds for at in (one.start, one.end)]
        mark = {"type": "area", "interpolate": "step-after", "color": BLUE, "fillOpacity": 0.15}
        encoding = {"x": self._x("at"), "y": self._y("low"), "y2": {"field": "high"}}
        return {"data": {"values": rows}, "mark": mark, "encoding": encoding}

    def moments(self) -> Iterator[Spec]:
        """Upright rules with a word each, in rows above the plot."""
        for moment in self.found.moments:
            ink = INK if moment.css == "resolution" else SOFT
            rows = [{"at": self._at(moment.at), "word": moment.label}]
            # The ring of the truth may lie at the foot of the resolution's label.
            aside = 3 + 6 * (moment.css == "resolution")
            looks: dict[str, Any] = {"align": "right" if moment.is_right else "left"}
            looks["dx"] = -aside if moment.is_right else aside
            rule = {"type": "rule", "color": ink, "strokeDash": [1, 0] if ink == INK else [2, 3]}
            text = {"type": "text", "dy": -6 - ROW * moment.row, "color": ink, "fontSize": 10, **looks}
            place = {"x": self._x("at")}
            word = {"mark": text, "encoding": {**place, "text": {"field": "word"}, "y": {"value": 0}}}
            yield {"data": {"values": rows}, "layer": [{"mark": rule, "encoding": place}, word]}

    def truth(self) -> Iterator[Spec]:
        """A ring where the truth lies."""
        if self.found.truth is None:
            return
        moment, value = self.found.truth
        rows = [{"at": self._at(moment), "value": self._number(value)}]
        mark = {"type": "point", "shape": "circle", "size": 110, "color": INK, "fill": "white", "strokeWidth": 2.5}
        yield {"data": {"values": rows}, "mark": mark, "encoding": {"x": self._x("at"), "y": self._y("value")}}

    def _rows(self, one: Series, who: int) -> Iterator[Spec]:
        """Where each step begins, where the last one ends, and a gap where nothing was held in between."""
        named = {"who": who, "option": self._label(one)}
        for place, step in enumerate(one.steps):
            yield {"at": self._at(step.start), "value": self._number(step.value), **named}
            if place + 1 == len(one.steps) or one.steps[place + 1].start != step.end:
                yield {"at": self._at(step.end), "value": self._number(step.value), **named}
                yield {"at": self._at(step.end), "value": None, **named}

    def _at(self, moment: datetime) -> str:
        """An instant; what lies outside the plot, at its edge."""
        return iso(min(max(moment, self.span.start), self.span.end))

    def _label(self, one: Series) -> str:
        return "" if one.option is None else self.forecast.options.all()[one.option].label

    def _number(self, value: float) -> float | str:
        return answers_to(self.forecast).plain(min(max(value, self.scale.low), self.scale.high))

    def _options(self, *, dashed: bool) -> Spec:
        labels = [option.label for option in self.forecast.options.all()]
        option = {"field": "option", "type": "nominal", "title": None, "sort": labels}
        legend = {"orient": "bottom", "columns": 2, "symbolType": "stroke", "symbolSize": 500, "labelLimit": 260}
        colours = {"domain": labels, "range": cycled(OPTIONS, len(labels))}
        dashes = {"domain": labels, "range": cycled(DASHES, len(labels))}
        coloured = {"color": {**option, "scale": colours, "legend": legend}}
        return {**coloured, "strokeDash": {**option, "scale": dashes, "legend": legend}} if dashed else coloured

    def _x(self, field: str) -> Spec:
        axis = {"title": None, "grid": False, "labelOverlap": True, "tickCount": 6, "format": "%-d %b %Y"}
        domain = [iso(self.span.start), iso(self.span.end)]
        return {"field": field, "type": "temporal", "scale": {"type": "utc", "domain": domain}, "axis": axis}

    def _y(self, field: str) -> Spec:
        asks = self.forecast.asks
        if not asks.has_quantiles:
            return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": percentages("")}
        low, high = self._number(self.scale.low), self._number(self.scale.high)
        if asks.is_dated:
            axis = {"title": None, "tickCount": 5, "format": "%-d %b %Y"}
            return {"field": field, "type": "temporal", "scale": {"type": "utc", "domain": [low, high]}, "axis": axis}
        drawn = {"domain": [low, high], "type": "log" if self.scale.is_log else "linear", "zero": False, "nice": False}
        return {"field": field, "type": "quantitative", "scale": drawn, "axis": {"title": self.forecast.unit or None}}
