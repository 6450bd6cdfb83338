"""A spec in words, from which a forecast's criteria are written."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from forecasts.evidence.area import Area
from forecasts.evidence.spec import FIRST_COMPLETE, Answer, OutcomeKind, Range, Rule, Spec, Window, plain

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_RULES = {
    Rule.INSIDE: "that lie wholly inside {window}",
    Rule.OVERLAP: "that share a day with {window}",
    Rule.STARTS: "that start in {window}",
}


def in_words(spec: Spec) -> str:
    """Such as "at least 120 deaths (best estimate) in events that lie wholly inside September 2018, in Idlib"."""
    counted = f"{measured(spec)} in events" if spec.measure not in ("events", None) else "events"
    if spec.measure is None:
        counted = "all measures of events"
    said = f"{_asked(spec)} {counted}".strip()
    return f"{said} {_RULES[spec.window.rule].format(window=window_in_words(spec.window))}{_filtered(spec)}"


def measured(spec: Spec) -> str:
    """What is summed, with its estimate level."""
    return spec.feed.measure(spec.measure).said if spec.measure else "figures"


def criteria(spec: Spec) -> str:
    """A forecast's criteria as its spec has them, so that the two cannot differ."""
    kind = spec.outcome.kind if spec.outcome else None
    if kind == OutcomeKind.RANGE:
        asked = f"YES if {spec.feed.title} shows {in_words(spec)}. NO if it does not."
    elif kind == OutcomeKind.OPTIONS and spec.outcome:
        asked = (
            f"The option that holds {in_words(spec)}, as {spec.feed.title} shows it: {_options(spec.outcome.ranges)}."
        )
    else:
        asked = f"{in_words(spec)}, as {spec.feed.title} shows it.".capitalize()
    first, last = day_in_words(spec.window.first), day_in_words(spec.window.last)
    days = f"Days are the source's own, both ends included: {first} to {last}."
    return " ".join(part for part in (asked, days, _settled(spec)) if part)


def _settled(spec: Spec) -> str:
    if spec.settles is None:
        return ""
    if spec.settles.by != FIRST_COMPLETE:
        return f"Version {spec.settles.by} decides."
    lag = f"{spec.settles.after.days} days after the last of them"
    return f"The newest version {lag} decides, if it covers them all, or else the first one after that."


def figure_in_words(spec: Spec, figure: int) -> str:
    """What was counted, as a sentence."""
    what = "events" if spec.measure in ("events", None) else f"{measured(spec)} in events"
    return f"{figure:,} {what} {_RULES[spec.window.rule].format(window=window_in_words(spec.window))}{_filtered(spec)}."


def agreement_in_words(answer: Answer, agreeing: int, of: int) -> str:
    """Such as "YES under 11 of 12 neighbouring rules"; empty where there is no answer."""
    if answer is None or not of:
        return ""
    return f"{answer_in_words(answer)} under {agreeing} of {of} neighbouring rules"


def answer_in_words(answer: Answer) -> str:
    """An answer as it is read out: YES, an option in quotes, a figure, a day."""
    if isinstance(answer, int):
        return f"{answer:,}"
    if answer in ("yes", "no"):
        return str(answer).upper()
    return f"“{answer}”" if not _DAY.fullmatch(str(answer)) else day_in_words(date.fromisoformat(str(answer)))


def window_in_words(window: Window) -> str:
    """September 2018; 3 to 9 September 2018; 3 September to 2 October 2018."""
    first, last = window.first, window.last
    if first == last:
        return day_in_words(first)
    if window.is_whole_months:
        return _months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_in_words(last)}"
    return f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'} to {day_in_words(last)}"


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def threshold_in_words(spec: Spec) -> str:
    """What is asked of the figure, such as "at least 120"."""
    return _asked(spec)


def range_in_words(held: Range) -> str:
    if held.lowest is not None and held.highest is not None:
        return f"between {_number(held.lowest)} and {_number(held.highest)}"
    if held.lowest is not None:
        return f"at least {_number(held.lowest)}"
    return f"at most {_number(held.highest)}" if held.highest is not None else "any number of"


def _months(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    if (first.month, last.month) == (1, 12):
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B} {last.year}"


def _asked(spec: Spec) -> str:
    outcome = spec.outcome
    if outcome is None:
        return ""
    if outcome.kind == OutcomeKind.RANGE:
        return range_in_words(outcome.yes)
    if outcome.kind == OutcomeKind.FIRST_DAY:
        return f"the first day by which there are {range_in_words(outcome.yes)}"
    return "the number of"


def _filtered(spec: Spec) -> str:
    parts = [
        f"{text.said} {_or([value.replace('_', '-') if text.codes else value for value in spec.texts[text.name]])}"
        for text in spec.feed.texts
        if text.name in spec.texts
    ]
    if spec.within:
        parts.append(_area(spec.within))
    parts += [limit.said.format(spec.limits[limit.name]) for limit in spec.feed.limits if limit.name in spec.limits]
    return "".join(f", {part}" for part in parts)


def _or(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} or {values[-1]}"


def _area(area: Area) -> str:
    points = [point for ring in area.rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shape = (
        "the box"
        if len(area.rings) == 1 and set(points) == {(x, y) for x in (west, east) for y in (south, north)}
        else "the area"
    )
    return f"within {shape} from {south:g}, {west:g} to {north:g}, {east:g} (latitude, longitude)"


def _number(value: Decimal) -> str:
    return f"{plain(value):,}"


def _options(options: Mapping[str, Range]) -> str:
    """Each label with what it stands for."""
    return "; ".join(f"{label}: {range_in_words(held)}" for label, held in options.items())
