"""Neighbouring rules: the specs that somebody else could have written for the same question."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from forecasts.evidence.spec import Rule, Spec


@dataclass(frozen=True)
class Neighbour:
    """A spec that differs from another by one step, named after the step."""

    name: str
    spec: Spec


def neighbours(spec: Spec) -> list[Neighbour]:
    """Each other window rule, estimate level, type, one step of precision either way, the window moved by a day."""
    return [*_rules(spec), *_levels(spec), *_types(spec), *_precisions(spec), *_moved(spec)]


def _rules(spec: Spec) -> Iterator[Neighbour]:
    for rule in Rule:
        if rule != spec.window.rule:
            yield Neighbour(f"rule: {rule}", spec.with_window(rule=rule))


def _levels(spec: Spec) -> Iterator[Neighbour]:
    levels = spec.feed.levels
    for level in levels if spec.measure in levels else ():
        if level != spec.measure:
            yield Neighbour(f"measure: {level}", replace(spec, measure=level))


def _types(spec: Spec) -> Iterator[Neighbour]:
    """With one type more, or with one less."""
    name = spec.feed.varied
    text = spec.feed.text(name)
    known = tuple((text.codes.values() or text.known) if text else ())
    chosen = spec.texts.get(name, ()) or known
    for value in known:
        if value not in chosen:
            widened = tuple(one for one in known if one in chosen or one == value)
            yield Neighbour(
                f"{name}: with {value}", spec.with_text(name, () if set(widened) == set(known) else widened)
            )
        elif len(chosen) > 1:
            rest = tuple(one for one in chosen if one != value)
            yield Neighbour(f"{name}: without {value}", spec.with_text(name, rest))


def _precisions(spec: Spec) -> Iterator[Neighbour]:
    """A step stricter, a step looser; without a limit every code counts, so there is only the stricter step."""
    for limit in spec.feed.limits:
        code = spec.limits.get(limit.name, limit.highest)
        for step in (code - 1, code + 1):
            if 1 <= step <= limit.highest:
                yield Neighbour(f"{limit.name}: {step}", spec.with_limit(limit.name, step))


def _moved(spec: Spec) -> Iterator[Neighbour]:
    yield Neighbour("window: a day earlier", replace(spec, window=spec.window.moved(-1)))
    yield Neighbour("window: a day later", replace(spec, window=spec.window.moved(1)))
