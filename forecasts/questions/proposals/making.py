"""Proposals as other programs get them: the texts of each way to ask, and what the check says of them."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forecasts.language.reading import Slots
from forecasts.language.resolvability import Draft, Finding, check
from forecasts.questions.drafting.filling import BLANK, Blanks, texts

from .ways import Way, ways

PERSONAL = ("resolver_missing", "backup_missing")
"""Findings about who resolves: nobody is chosen yet."""

_UNDATED = f" by {BLANK}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that asks what a claim says: its way, its texts by field, its blanks, what the check found."""

    way: Way
    blanks: Blanks
    texts: dict[str, str]
    findings: list[Finding]

    @property
    def title(self) -> str:
        return self.texts["title"].removesuffix(_UNDATED)


def blanks_of(way: Way, slots: Slots, opens_at: datetime) -> Blanks:
    """A way's question with what the text says filled in; a deadline that the text does not give stays open."""
    return Blanks(
        template=way.template,
        authority=way.template.authorities[0],
        opens_at=opens_at,
        closes_on=way.closes_on,
        zone=slots.zone,
        rule=way.template.rule,
        starts_on=way.starts_on,
    )


def proposals(slots: Slots, quote: str, published: date) -> list[Proposal]:
    """The proposals for a claim in these words, best first; none where its sentence has no predicate."""
    made = []
    for way in ways(slots, published):
        blanks = blanks_of(way, slots, _opening(published, way.closes_on, slots.zone))
        said = texts(blanks)
        made.append(Proposal(way, blanks, said, _findings(way, blanks, said, quote)))
    return made


def plain(one: Proposal, slots: Slots) -> dict[str, Any]:
    """A proposal as JSON holds it, in the fields that other programs rely on."""
    normals = {name: _normal(slots, name) for name in ("place", "actor", "predicate", "object")}
    closes = one.blanks.closes_at
    return {
        "title": one.title,
        "kind": one.way.template.kind,
        "criteria": one.texts["criteria"],
        "closes_at": closes.astimezone(ZoneInfo(one.blanks.zone)).isoformat() if closes else None,
        "threshold": one.way.threshold,
        "unit": one.way.template.unit,
        **normals,
        "template": one.way.asks_same or None,
        "fidelity": one.way.fidelity or "derived",
        "not_found": list(one.way.not_found),
        "findings": [asdict(finding) for finding in one.findings],
    }


def _opening(published: date, closes: date | None, zone: str) -> datetime:
    """The morning after publication, where the article stands in the way of no earlier deadline."""
    day = published if closes is not None and closes <= published else published + timedelta(days=1)
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _findings(way: Way, blanks: Blanks, said: dict[str, str], quote: str) -> list[Finding]:
    draft = Draft(
        title=said["title"],
        criteria=said["criteria"],
        fine_print=said["fine_print"],
        kind=way.template.kind,
        unit=way.template.unit,
        resolution_source=said["resolution_source"],
        source_url=said["resolution_source_url"],
        lag=said["resolution_source_lag"],
        fallback=said["fallback_source"],
        time_zone=blanks.zone,
        opens_at=blanks.opens_at,
        closes_at=blanks.closes_at,
        resolves_at=blanks.resolves_at,
        published_at=blanks.opens_at - timedelta(days=1),
        quote=quote,
        asks_same=way.fidelity in ("same", "opposite"),
        said_until=way.closes_on,
    )
    return [one for one in check(draft) if one.level != "passes" and one.code not in PERSONAL]


def _normal(slots: Slots, name: str) -> str | None:
    slot = getattr(slots, name)
    return str(slot.normal) if slot is not None and slot.normal is not None else None
