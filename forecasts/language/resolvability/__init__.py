"""Whether a drafted forecast can be resolved: eight points, each with what to write instead.

The points are those that forecasting tournaments and conflict trackers learnt to ask: see `POINTS`. The check is
pure: it reads the draft alone, and an editor may override it with a reason.
"""

from collections.abc import Callable, Iterator

from forecasts.language.resolvability.draft import POINTS, Draft, Finding, Level
from forecasts.language.resolvability.fidelity import true_to_its_text
from forecasts.language.resolvability.terms import assigned, decided, sourced, timed, uncertain
from forecasts.language.resolvability.wording import counted, named, observable, one_proposition

__all__ = ["POINTS", "Draft", "Finding", "Level", "check", "may_publish"]

_LOOKS: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    one_proposition,
    named,
    observable,
    timed,
    counted,
    sourced,
    decided,
    assigned,
    uncertain,
    true_to_its_text,
)


def check(draft: Draft) -> list[Finding]:
    """All findings, in order of the points; a point without any gets one that passes."""
    found = [finding for look in _LOOKS for finding in look(draft)]
    failed = {finding.point for finding in found}
    passes = [Finding(point, "fine", "passes", text) for point, text in POINTS.items() if point not in failed]
    return sorted(found + passes, key=lambda finding: finding.point)


def may_publish(findings: list[Finding]) -> bool:
    """Whether nothing blocks."""
    return all(finding.level != "blocks" for finding in findings)
