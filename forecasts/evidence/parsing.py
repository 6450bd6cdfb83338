"""Reads specs as YAML. What it does not know is an error that lists what is allowed."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

import yaml

from forecasts.evidence.area import area
from forecasts.evidence.feed import Feed, Text
from forecasts.evidence.feeds import feed_named, feeds
from forecasts.evidence.spec import FIRST_COMPLETE, Outcome, OutcomeKind, Range, Rule, Settles, Spec, Window
from forecasts.rules.errors import InvalidSpec

KEYS = ("feed", "where", "measure", "window", "outcome", "settles")
WINDOW_KEYS = ("from", "to", "rule")
SETTLES_KEYS = ("after", "by")
RANGE_KEYS = ("at_least", "at_most", "between")
OUTCOME_KEYS = (*RANGE_KEYS, "options", "value", "first_day")
MOST_VALUES = 1_000
MOST_DAYS_LAG = 3_660


class _Loader(yaml.SafeLoader):
    """Takes every scalar but `null` as text, so that 25.10, NO and 2018-09-01 stay what was written."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in found if tag == "tag:yaml.org,2002:null"]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        names = [key.value for key, _ in node.value]
        if twice := {name for name in names if names.count(name) > 1}:
            raise InvalidSpec(f"{', '.join(map(str, twice))}: given twice (line {node.start_mark.line + 1}).")
        return super().construct_mapping(node, deep)


def parse(text: str, feed_name: str | None = None) -> Spec:
    """A spec out of YAML. `feed_name` stands in for a missing `feed`. Raises InvalidSpec."""
    return spec_of(load(text), feed_name)


def load(text: str) -> Any:
    """What YAML holds, every scalar but `null` as text. Raises InvalidSpec."""
    try:
        return yaml.load(text, _Loader)  # noqa: S506 -- a safe loader that constructs text, lists and mappings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise InvalidSpec(f"{where}this is no YAML ({getattr(error, 'problem', None) or error}).") from error


def spec_of(found: Any, feed_name: str | None = None) -> Spec:
    """A spec out of the mapping that YAML or JSON holds. Raises InvalidSpec."""
    given = _mapping(found, "the spec", KEYS)
    feed = feed_named(_feed_name(given.get("feed"), feed_name))
    where = _mapping(given.get("where"), "where", feed.filters, also=_aliases(feed))
    measure = _measure(given.get("measure"), feed)
    outcome = _outcome(given.get("outcome"))
    if outcome and not measure:
        raise InvalidSpec(f"measure: the outcome compares one. Allowed: {', '.join(feed.measure_names)}.")
    return Spec(
        feed_name=feed.name,
        window=_window(given.get("window")),
        texts=_texts(where, feed),
        limits=_limits(where, feed),
        within=area(where["within"]) if where.get("within") else None,
        measure=measure,
        outcome=outcome,
        settles=_settles(given.get("settles")),
    )


def _feed_name(given: object, named: str | None) -> object:
    if given is not None and named is not None and given != named:
        raise InvalidSpec(f"feed: the spec is for “{given}”, the file is said to be of “{named}”.")
    if given is None and named is None:
        raise InvalidSpec(f"feed: missing. Allowed: {', '.join(feeds())}.")
    return given if given is not None else named


def _aliases(feed: Feed) -> tuple[str, ...]:
    columns = [text.columns for text in feed.texts if not text.any_of] + [limit.columns for limit in feed.limits]
    return tuple(column for held in columns for column in held)


def _texts(where: dict[str, Any], feed: Feed) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for key, value in where.items():
        text = feed.text(key)
        if text and (values := _values(value, key, text)):
            if text.name in found:
                raise InvalidSpec(f"where.{key}: {text.name} is given twice.")
            found[text.name] = values
    return found


def _values(value: Any, key: str, text: Text) -> tuple[str, ...]:
    held = [value] if not isinstance(value, list) else value
    if not all(isinstance(one, str | int) or one is None for one in held):
        raise InvalidSpec(f"where.{key}: a list of values was expected.")
    if len(held) > MOST_VALUES:
        raise InvalidSpec(f"where.{key}: at most {MOST_VALUES:,} values.")
    said = dict.fromkeys(str(one) for one in held if one not in (None, ""))
    return tuple(dict.fromkeys(_value(one, key, text) for one in said))


def _value(value: str, key: str, text: Text) -> str:
    if text.codes:
        if value not in text.codes.values() and value not in text.codes:
            raise InvalidSpec(f"where.{key}: “{value}” is not known. Allowed: {', '.join(text.codes.values())}.")
        return text.codes.get(value, value)
    if text.pattern and not re.fullmatch(text.pattern, value):
        raise InvalidSpec(f"where.{key}: “{value}” is no code. Allowed: codes of the form {text.pattern}, such as SYR.")
    return value


def _limits(where: dict[str, Any], feed: Feed) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, value in where.items():
        limit = feed.limit(key)
        if limit is None or value is None or value in ("", []):
            continue
        code = int(value) if re.fullmatch(r"\d{1,3}", str(value)) else 0
        if not 1 <= code <= limit.highest:
            raise InvalidSpec(f"where.{key}: “{value}” is no such code. Allowed: 1 to {limit.highest}.")
        found[limit.name] = code
    return found


def _measure(value: Any, feed: Feed) -> str | None:
    if value in (None, ""):
        return None
    if value not in feed.measure_names:
        raise InvalidSpec(f"measure: “{value}” is not known. Allowed: {', '.join(feed.measure_names)}.")
    return str(value)


def _window(value: Any) -> Window:
    given = _mapping(value, "window", WINDOW_KEYS)
    first, last = _day(given.get("from"), "window.from"), _day(given.get("to"), "window.to")
    if first > last:
        raise InvalidSpec(f"window: it ends on {last}, before it begins on {first}.")
    rule = given.get("rule") or Rule.INSIDE
    if rule not in list(Rule):
        raise InvalidSpec(f"window.rule: “{rule}” is not known. Allowed: {', '.join(Rule)}.")
    return Window(first, last, Rule(rule))


def _day(value: Any, name: str) -> date:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
            raise ValueError
        day = date.fromisoformat(str(value))
    except ValueError:
        given = "missing" if value is None else f"“{value}” is no day"
        raise InvalidSpec(f"{name}: {given}. Allowed: a day such as 2018-09-01.") from None
    if not date(1000, 1, 1) <= day <= date(9000, 1, 1):
        raise InvalidSpec(f"{name}: “{value}” lies outside the years 1000 to 8999.")
    return day


def _outcome(value: Any) -> Outcome | None:
    if value is None or value == {}:
        return None
    if value == "value":
        return Outcome(OutcomeKind.VALUE)
    given = _mapping(value, "outcome", OUTCOME_KEYS)
    kinds = {key if key not in RANGE_KEYS else "range" for key in given}
    if len(kinds) != 1:
        raise InvalidSpec(f"outcome: one way to answer, not {len(kinds)}. Allowed: {', '.join(OUTCOME_KEYS)}.")
    if kinds == {"value"}:
        return Outcome(OutcomeKind.VALUE)
    if kinds == {"options"}:
        return Outcome(OutcomeKind.OPTIONS, _options(given["options"]))
    if kinds == {"first_day"}:
        return Outcome(OutcomeKind.FIRST_DAY, {"yes": _reached(given["first_day"])})
    return Outcome(OutcomeKind.RANGE, {"yes": _range(given, "outcome")})


def _reached(value: Any) -> Range:
    """What the sum must reach: a number, or `{at_least: number}`."""
    threshold = (
        _mapping(value, "outcome.first_day", ("at_least",)).get("at_least") if isinstance(value, dict) else value
    )
    return Range(lowest=_number(threshold, "outcome.first_day"))


def _options(value: Any) -> dict[str, Range]:
    if not isinstance(value, dict) or len(value) < 2:
        raise InvalidSpec("outcome.options: two or more labels, each with its range, such as “0 to 99”: [0, 99].")
    ranges = {str(label): _option(held, f"outcome.options.{label}") for label, held in value.items()}
    ordered = sorted(ranges.items(), key=lambda item: (item[1].lowest is not None, item[1].lowest or 0))
    for (label, lower), (next_label, upper) in pairwise(ordered):
        if lower.highest is None or upper.lowest is None or lower.highest >= upper.lowest:
            raise InvalidSpec(f"outcome.options: “{label}” and “{next_label}” share figures.")
        if upper.lowest - lower.highest > 1:
            raise InvalidSpec(f"outcome.options: between “{label}” and “{next_label}” figures belong to none.")
    return ranges


def _option(value: Any, name: str) -> Range:
    if isinstance(value, list):
        return _between(value, name)
    return _range(_mapping(value, name, RANGE_KEYS), name)


def _range(given: dict[str, Any], name: str) -> Range:
    if "between" in given:
        if len(given) > 1:
            raise InvalidSpec(f"{name}: “between” stands alone.")
        return _between(given["between"], f"{name}.between")
    lowest, highest = (
        _number(given[key], f"{name}.{key}") if key in given else None for key in ("at_least", "at_most")
    )
    if lowest is None and highest is None:
        raise InvalidSpec(f"{name}: nothing to compare with. Allowed: {', '.join(RANGE_KEYS)}.")
    return _in_order(Range(lowest, highest), name)


def _between(value: Any, name: str) -> Range:
    if not isinstance(value, list) or len(value) != 2 or value == [None, None]:
        raise InvalidSpec(f"{name}: two numbers were expected, such as [10, 20]; null leaves an end open.")
    lowest, highest = (None if end is None else _number(end, name) for end in value)
    return _in_order(Range(lowest, highest), name)


def _in_order(found: Range, name: str) -> Range:
    if found.lowest is not None and found.highest is not None and found.lowest > found.highest:
        raise InvalidSpec(f"{name}: {found.lowest} is more than {found.highest}.")
    return found


def _number(value: Any, name: str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10**15:
        raise InvalidSpec(f"{name}: “{value}” is no number. Allowed: a number such as 120.")
    return number


def _settles(value: Any) -> Settles | None:
    if value is None or value == {}:
        return None
    given = _mapping(value, "settles", SETTLES_KEYS)
    found = re.fullmatch(r"(\d{1,4}) ?d(ays?)?", str(given.get("after", "")))
    if not found or int(found[1]) > MOST_DAYS_LAG:
        raise InvalidSpec(f"settles.after: “{given.get('after')}” is no lag. Allowed: days such as 35d.")
    by = given.get("by", FIRST_COMPLETE)
    if not isinstance(by, str | int | float) or not str(by).strip():
        raise InvalidSpec(f"settles.by: “{by}” is no version. Allowed: {FIRST_COMPLETE}, or a version such as 25.1.")
    return Settles(timedelta(days=int(found[1])), str(by))


def _mapping(value: Any, name: str, allowed: Iterable[str], also: Iterable[str] = ()) -> dict[str, Any]:
    """The mapping, empty where there is none. Raises InvalidSpec for keys that are not known."""
    if value is None:
        value = {}
    if not isinstance(value, dict):
        raise InvalidSpec(f"{name}: keys with values were expected. Allowed: {', '.join(allowed)}.")
    if unknown := [str(key) for key in value if key not in allowed and key not in also]:
        raise InvalidSpec(f"{name}: unknown {', '.join(unknown)}. Allowed: {', '.join(allowed)}.")
    return value
