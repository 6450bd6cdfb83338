"""From a figure to an answer: what a spec's outcome says of it, and whether it can still change."""

from dataclasses import dataclass
from datetime import date

from forecasts.evidence.spec import Answer, Outcome, OutcomeKind, Spec


@dataclass(frozen=True)
class Answered:
    """An answer, or none with the reason."""

    answer: Answer
    reason: str = ""
    can_change: bool = False
    """Whether what the vintage does not cover yet may change it."""


def covers_to(covered: tuple[date, date], spec: Spec) -> bool:
    """Whether a vintage is complete for a spec: it covers the window's last day."""
    return covered[1] >= spec.window.last


def answered(spec: Spec, figure: int | None, reached_on: date | None, *, complete: bool) -> Answered:
    """What a spec's outcome makes of a figure.

    While the window's end is not covered only what more events cannot change is an answer: figures never fall.
    """
    outcome = spec.outcome
    if outcome is None or figure is None:
        return Answered(None)
    if outcome.kind == OutcomeKind.FIRST_DAY:
        return _first_day(spec, reached_on, complete=complete)
    found = _found(outcome, figure)
    if found is None:
        return Answered(None, f"{figure} lies in none of the options.", can_change=not complete)
    if complete:
        return Answered(found)
    if _is_final(outcome, found, figure):
        return Answered(found)
    return Answered(None, "The vintage does not reach the window's last day.", can_change=True)


def _first_day(spec: Spec, reached_on: date | None, *, complete: bool) -> Answered:
    if reached_on is not None:
        return Answered(reached_on.isoformat())
    reason = f"Not reached by {spec.window.last}." if complete else "Not reached so far."
    return Answered(None, reason, can_change=not complete)


def _found(outcome: Outcome, figure: int) -> Answer:
    if outcome.kind == OutcomeKind.VALUE:
        return figure
    if outcome.kind == OutcomeKind.OPTIONS:
        return next((label for label, held in outcome.ranges.items() if held.holds(figure)), None)
    return "yes" if outcome.yes.holds(figure) else "no"


def _is_final(outcome: Outcome, found: Answer, figure: int) -> bool:
    """Whether more events leave the answer as it is."""
    if outcome.kind == OutcomeKind.VALUE:
        return False
    if outcome.kind == OutcomeKind.OPTIONS:
        return outcome.ranges[str(found)].highest is None
    if found == "yes":
        return outcome.yes.highest is None
    return outcome.yes.highest is not None and figure > outcome.yes.highest
