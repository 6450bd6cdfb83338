"""What the gate says of a draft that a machine shall count: whether it can, and whether words and spec agree."""

import re
from collections.abc import Iterator

from forecasts.evidence.base_rates import Rate, is_counted_on_newest, newest_rate
from forecasts.evidence.past import FEWEST
from forecasts.evidence.spec import OutcomeKind, Spec, plain
from forecasts.evidence.specs import UNREADABLE, newest, read
from forecasts.evidence.wording import criteria, window_in_words
from forecasts.language.resolvability import Finding
from forecasts.models import Forecast

COUNTED = 4
"""The point of the check that asks for threshold, unit and counting rule."""
HANGS = 0.2
"""The share of past windows in which one rule alone turns the answer, from which on a draft is told so."""


def spec_findings(forecast: Forecast) -> list[Finding]:
    """Empty where the draft has no spec."""
    kept = newest(forecast) if forecast.pk else None
    if kept is None:
        return []
    spec, rate = read(kept), newest_rate(kept)
    if spec is None:
        return [Finding(COUNTED, "unreadable_spec", "blocks", UNREADABLE, "Write its spec anew, or empty it.")]
    return [
        *_counted(spec, rate if is_counted_on_newest(kept) else None),
        *_hanging(rate),
        *_differing(forecast.criteria, spec),
    ]


def findings_of_unkept(written: str, spec: Spec) -> list[Finding]:
    """The same of a spec that a form holds: nothing has counted it yet."""
    return [*_counted(spec, None), *_differing(written, spec)]


def _counted(spec: Spec, rate: Rate | None) -> Iterator[Finding]:
    if rate is None:
        message = f"No version of {spec.feed.title} has counted it yet."
        yield Finding(
            COUNTED,
            "not_counted",
            "blocks",
            message,
            "Keep it as a draft: it is counted within a minute, once a file of the feed is taken.",
        )
        return
    share = rate.share()
    if spec.outcome and spec.outcome.kind == OutcomeKind.RANGE and share.is_trivial:
        how = "every one" if share.held else "none"
        message = f"It held in {how} of {share.of} past windows like this one: the threshold is trivial."
        yield Finding(COUNTED, "trivial_threshold", "warns", message, "Choose one that history has passed and missed.")


def unsaid(forecast: Forecast) -> list[str]:
    """What hand-written criteria leave out of what is counted, in sentences."""
    kept = newest(forecast)
    spec = read(kept) if kept else None
    return [one.message for one in _differing(forecast.criteria, spec)] if spec else []


def _hanging(rate: Rate | None) -> Iterator[Finding]:
    """Where one rule alone would have answered otherwise in many past windows."""
    of = len(rate.bars) if rate else 0
    if rate is None or of < FEWEST:
        return
    often = sorted(((n, name) for name, n in rate.swayed.items() if n >= of * HANGS), reverse=True)
    if often:
        n, name = often[0]
        others = f", and {len(often) - 1} other rules often too" if len(often) > 2 else ""
        message = f"The answer would hang on one rule: {name}, by itself, answers otherwise in {n} of {of} past windows"
        yield Finding(
            COUNTED,
            "hangs_on_rule",
            "warns",
            f"{message}{others}.",
            "Move the threshold, or say why this rule is meant.",
        )


def _differing(written: str, spec: Spec) -> Iterator[Finding]:
    for missing in differences(written, spec):
        message = f"The criteria do not say what the spec counts: {missing}."
        yield Finding(COUNTED, "criteria_differ", "warns", message, f"Write: {criteria(spec)}")


def differences(written: str, spec: Spec) -> list[str]:
    """What a spec asks for and hand-written criteria do not name."""
    text = " ".join(written.split()).casefold()
    return [name for name, ways in _named(spec) if not any(way.casefold() in text for way in ways)]


def _named(spec: Spec) -> Iterator[tuple[str, list[str]]]:
    """What the words have to name, each with the ways to say it."""
    for number in _numbers(spec):
        yield f"the number {number:,}", [f"{number:,}", str(number)]
    first, last = spec.window.first, spec.window.last
    whole = window_in_words(spec.window)
    yield f"the window {whole}", [whole, first.isoformat(), f"{first.day} {first:%B}", f"{first:%B} {first.day}"]
    yield f"its end {last}", [whole, last.isoformat(), f"{last.day} {last:%B}", f"{last:%B} {last.day}"]
    for values in spec.texts.values():
        for value in values:
            yield f"“{value}”", [value, value.replace("_", "-"), re.sub(r" (Governorate|Province|State)$", "", value)]
    if spec.measure in spec.feed.levels:
        yield f"the {spec.measure} estimate", [f"{spec.measure} estimate", f'"{spec.measure}"', f"“{spec.measure}”"]
    if spec.measure == "civilians":
        yield "civilians", ["civilian"]


def _numbers(spec: Spec) -> list[int | float]:
    ranges = spec.outcome.ranges.values() if spec.outcome else ()
    return [plain(end) for held in ranges for end in (held.lowest, held.highest) if end]
