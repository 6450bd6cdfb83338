"""A count as other programs read it, and as a person does."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forecasts.evidence.counting import Counted, NeighbourCount
from forecasts.evidence.wording import agreement_in_words, in_words


@dataclass(frozen=True)
class About:
    """The vintage that was counted on."""

    feed: str
    sha256: str
    rows: int
    covers_from: date
    covers_to: date
    version: str | None = None
    retrieved_at: datetime | None = None


def as_json(counted: Counted, about: About, notes: list[str]) -> dict[str, Any]:
    """The contract of `manage.py count`."""
    return {
        "feed": about.feed,
        "spec": in_words(counted.spec),
        "measure": counted.spec.measure,
        "figure": counted.figure,
        "events": counted.events,
        "outcome": counted.answered.answer,
        "reason": counted.answered.reason or None,
        "coverage": {
            "from": about.covers_from.isoformat(),
            "to": about.covers_to.isoformat(),
            "complete": counted.complete,
        },
        "neighbours": [_neighbour(one, counted) for one in counted.neighbours],
        "agreement": agreement(counted),
        "rows_sha256": counted.rows_sha256,
        "vintage": {
            "feed": about.feed,
            "version": about.version,
            "sha256": about.sha256,
            "rows": about.rows,
            "retrieved_at": about.retrieved_at.isoformat() if about.retrieved_at else None,
        },
        "notes": [*notes, *counted.spec.feed.cautions, *_untried(counted)],
    }


def agreement(counted: Counted) -> dict[str, int] | None:
    """Under how many of the neighbouring rules the answer is the same; null where there is no answer."""
    if counted.answered.answer is None:
        return None
    return {"same": counted.agreeing, "of": len(counted.neighbours)}


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The same for a terminal."""
    coverage, vintage, agreed = found["coverage"], found["vintage"], found["agreement"]
    reach = "reaches over the window" if coverage["complete"] else "does not reach the window's last day"
    yield found["spec"]
    yield f"  figure      {_figures(found['figure'])}, from {found['events']:,} events"
    yield f"  outcome     {_outcome(found['outcome'])} {found['reason'] or ''}".rstrip()
    yield f"  vintage     {vintage['version'] or vintage['sha256'][:12]}"
    yield f"  coverage    {coverage['from']} to {coverage['to']}: {reach}"
    if agreed:
        yield f"  neighbours  {agreement_in_words(found['outcome'], agreed['same'], agreed['of'])}"
    for one in found["neighbours"]:
        yield f"    {one['rule']:<36} {_figures(one['figure']):>12}  {_outcome(one['outcome'])}"
    yield f"  rows        sha256 {found['rows_sha256']}"
    for note in found["notes"]:
        yield f"  note        {note}"


def _figures(figure: int | dict[str, int]) -> str:
    if isinstance(figure, dict):
        return ", ".join(f"{name} {value:,}" for name, value in figure.items())
    return f"{figure:,}"


def _outcome(answer: Any) -> str:
    return "none" if answer is None else str(answer)


def _neighbour(one: NeighbourCount, counted: Counted) -> dict[str, Any]:
    answer = one.answered.answer
    same = None if counted.answered.answer is None else answer == counted.answered.answer
    return {"rule": one.name, "figure": one.figure, "events": one.events, "outcome": answer, "same": same}


def _untried(counted: Counted) -> list[str]:
    return [] if counted.spec.feed.tried else [f"The feed {counted.spec.feed_name} was not tried on real data."]
