"""Up to three proposals for a claim: in its own words, by something observable, by a number or a date."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from forecasts.language.reading import Slots
from forecasts.language.reading.proposition import FALLING
from forecasts.language.resolvability import Draft, Finding, check

from . import scaffold
from .frames import authority_of, frame_of

ORDER = ("literal", "observable", "numeric", "date")
_PERSONAL = ("resolver_missing", "backup_missing")
"""Findings about who resolves: nobody is chosen yet."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that asks what a claim says. What the text does not say is None and named in `not_found`."""

    way: str
    title: str
    kind: str
    criteria: str
    fine_print: str
    closes_at: datetime | None
    resolves_at: datetime | None
    threshold: float | None
    unit: str
    place: str | None
    actor: str | None
    predicate: str | None
    object: str | None
    template: str | None
    fidelity: str
    source: str
    source_url: str
    lag: str
    fallback: str
    zone: str
    not_found: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def proposals(slots: Slots, quote: str, published: date) -> list[Proposal]:
    """The proposals for a claim in these words, best first; none where its sentence has no predicate."""
    if slots.predicate is None:
        return []
    maker = _Maker(slots, quote, published)
    made = [maker.literal(), maker.observable(), maker.figure() if slots.quantity else maker.day()]
    return [one for one in made if one is not None]


def plain(proposal: Proposal) -> dict[str, Any]:
    """A proposal as JSON holds it, in the fields that other programs rely on."""
    kept = (
        "title",
        "kind",
        "criteria",
        "threshold",
        "unit",
        "place",
        "actor",
        "predicate",
        "object",
        "template",
        "fidelity",
        "not_found",
    )
    said = {name: getattr(proposal, name) for name in kept}
    return {
        **said,
        "closes_at": proposal.closes_at.isoformat() if proposal.closes_at else None,
        "findings": [asdict(one) for one in proposal.findings],
    }


class _Maker:
    def __init__(self, slots: Slots, quote: str, published: date) -> None:
        self.slots, self.quote, self.published = slots, quote, published
        self.frame = frame_of(self.slots)
        self.authority = authority_of(self.frame, self.slots)
        self.period = _period(self.slots)
        self.proposition = self.slots.proposition

    def literal(self) -> Proposal:
        """The statement's own clause, with its own number, place and deadline."""
        said = self.proposition.statement(self._figure())
        return self._binary("literal", f"{said}{self._when()}", f"YES if {_inside(said)}.", self._fidelity())

    def observable(self) -> Proposal | None:
        """What can be seen of it: what the source of truth would publish."""
        frame, slots = self.frame, self.slots
        said = self.proposition.statement(self._figure())
        names = {"actor": _normal(slots, "actor") or "", "place": _normal(slots, "place") or ""}
        if frame is None or any(f"{{{name}}}" in frame.observable and not value for name, value in names.items()):
            title = f"{_upper(scaffold.short(self.authority))} report that {_inside(said)}{self._when()}"
            return self._binary(
                "observable",
                title,
                f"YES if {scaffold.short(self.authority)} each report, in their own words, that {_inside(said)}.",
                "narrower",
            )
        seen = frame.observable.format_map(names)
        source = _upper(scaffold.short(self.authority))
        verb = "report" if source.startswith("Two of") else "reports"
        title = f"{source} {verb} that {_inside(said)}{self._when()}"
        return self._binary(
            "observable", title, f"YES if {_inside(said)}. It counts as observed where {seen}.", "narrower"
        )

    def figure(self) -> Proposal:
        """How many: the number itself is asked for."""
        quantity = self.slots.quantity
        unit = str(quantity.normal["unit"]) if quantity else ""
        asked = {
            "percent": "what percentage",
            "share": "what share",
            "times": "how many times as many",
            "percentage points": "how many percentage points",
            "": "how many",
        }
        words = asked.get(unit, f"how many {unit}" if quantity and unit in quantity.text.lower() else "how many")
        if "{figure}" not in f"{self.proposition.subject}{self.proposition.rest}":
            words = ""
        factor = (
            f"By what factor will {self.proposition.subject or '…'} {self.proposition.verb} {self.proposition.rest}"
        )
        title = self.proposition.question(words) if words else factor.strip()
        title = _upper(title) + self._when()
        criteria = (
            f"The number, in {unit or 'units of what is counted'}, of what the statement says: "
            f"{_inside(self.proposition.statement(self._figure(bare=True)))}."
        )
        return self._made("numeric", title, "numeric", f"{criteria} {self._window()} {self._counting()}", "derived")

    def day(self) -> Proposal:
        """When: the day itself is asked for."""
        said = self.proposition.statement(self._figure())
        criteria = f"The first day on which {_inside(said)}. {self._window()}"
        return self._made("date", f"{self.proposition.asked_when(self._figure())}", "date", criteria, "derived")

    def _binary(self, way: str, title: str, first: str, fidelity: str) -> Proposal:
        parts = [first, self._window(), self._counting() if self.slots.quantity else "", "Otherwise it resolves NO."]
        return self._made(way, title, "binary", " ".join(part for part in parts if part), fidelity)

    def _made(self, way: str, title: str, kind: str, criteria: str, fidelity: str) -> Proposal:
        slots = self.slots
        closes = scaffold.closing(self.period[1], slots.zone) if self.period else None
        threshold = slots.quantity.normal["value"] if slots.quantity and kind == "binary" else None
        made = Proposal(
            way=way,
            title=_upper(title),
            kind=kind,
            criteria=criteria,
            fine_print=scaffold.fine_print(self.authority),
            closes_at=closes,
            resolves_at=closes + scaffold.late(self.authority) if closes else None,
            threshold=threshold,
            unit=str(slots.quantity.normal["unit"]) if slots.quantity else "",
            place=_normal(slots, "place"),
            actor=_normal(slots, "actor"),
            predicate=_normal(slots, "predicate"),
            object=_normal(slots, "object"),
            template=(self.frame.template or None) if self.frame else None,
            fidelity=fidelity,
            source=self.authority.name,
            source_url=self.authority.url,
            lag=self.authority.lag,
            fallback=scaffold.fallback(self.authority),
            zone=slots.zone,
            not_found=self._not_found(kind),
        )
        return _checked(made, self.quote, self.published)

    def _not_found(self, kind: str) -> list[str]:
        missing = [name for name in ("actor", "object", "place") if getattr(self.slots, name) is None]
        missing += ["threshold"] if self.slots.quantity is None and kind != "date" else []
        return missing + (["closes_at"] if self.period is None else [])

    def _fidelity(self) -> str:
        """Derived unless actor, predicate and object are the statement's; opposite where it denies what is asked."""
        slots = self.slots
        if slots.predicate is None or not self.proposition.subject:
            return "derived"
        return "opposite" if slots.polarity is not None else "same"

    def _figure(self, *, bare: bool = False) -> str:
        """The quantity as a threshold: "at least 40,000", "at most 20.2 million tonnes"."""
        quantity = self.slots.quantity
        if quantity is None:
            return ""
        normal = quantity.normal
        number = (
            f"{normal['value']:,}"
            if isinstance(normal["value"], int)
            else f"{normal['value']:,.4f}".rstrip("0").rstrip(".")
        )
        unit = _unit(str(normal["unit"]), quantity.text)
        if bare:
            return f"{number}{unit}"
        comparator = {"more_than": "more than", "less_than": "fewer than", "at_most": "at most"}.get(
            normal["comparator"], ""
        )
        return f"{comparator or ('at most' if self._falls() else 'at least')} {number}{unit}"

    def _falls(self) -> bool:
        """Whether the number is one that something falls to; "falls by" a number is at least that much."""
        at = self.proposition.rest.find("{figure}")
        by = self.proposition.rest[:at].rstrip().endswith(" by") or self.proposition.rest.startswith("by {figure}")
        verb = str(self.slots.predicate.normal).split()[0] if self.slots.predicate else ""
        return verb in FALLING and not by

    def _when(self) -> str:
        if self.period is None:
            return ""
        first, last = self.period
        if first == last:
            return f" on {scaffold.spoken(last)}"
        if first is None or first <= self.published + timedelta(days=1):
            return f" by {scaffold.spoken(last)}"
        return f" between {scaffold.spoken(first)} and {scaffold.spoken(last)}"

    def _window(self) -> str:
        if self.period is None:
            return ""
        first, last = self.period
        opens = max(self.published, first) if first else self.published
        resolved = (scaffold.closing(last, self.slots.zone) + scaffold.late(self.authority)).date()
        return scaffold.window(opens, last, self.slots.zone, self.authority, resolved=resolved)

    def _counting(self) -> str:
        return scaffold.COUNTING[self.frame.rule if self.frame else ""]


def _checked(made: Proposal, quote: str, published: date) -> Proposal:
    opens = datetime(published.year, published.month, published.day, tzinfo=ZoneInfo(made.zone)) + timedelta(days=1)
    draft = Draft(
        title=made.title,
        criteria=made.criteria,
        fine_print=made.fine_print,
        kind=made.kind,  # type: ignore[arg-type]
        unit=made.unit,
        resolution_source=made.source,
        source_url=made.source_url,
        lag=made.lag,
        fallback=made.fallback,
        time_zone=made.zone,
        opens_at=opens if made.closes_at is None or made.closes_at > opens else opens - timedelta(days=1),
        closes_at=made.closes_at,
        resolves_at=made.resolves_at,
        published_at=datetime(published.year, published.month, published.day, tzinfo=UTC) - timedelta(days=1),
        quote=quote,
    )
    found = [one for one in check(draft) if one.level != "passes" and one.code not in _PERSONAL]
    made.findings.extend(found)
    return made


def _period(slots: Slots) -> tuple[date | None, date] | None:
    normal = slots.time.normal if slots.time else None
    if not normal or not normal["to"]:
        return None
    first = date.fromisoformat(normal["from"]) if normal["from"] else None
    return first, date.fromisoformat(normal["to"])


def _normal(slots: Slots, name: str) -> str | None:
    slot = getattr(slots, name)
    return str(slot.normal) if slot is not None and slot.normal is not None else None


def _unit(unit: str, written: str) -> str:
    """The unit where it stands inside the quantity's own words; elsewhere the words behind it say it."""
    if unit == "percent":
        return "%"
    return f" {unit}" if unit and unit.split(maxsplit=1)[0].lower() in written.lower() else ""


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _inside(sentence: str) -> str:
    """A sentence inside another one: its article small, names as they are."""
    first, space, rest = sentence.partition(" ")
    return f"{first.lower()}{space}{rest}" if first in ("The", "A", "An", "At", "More", "Fewer") else sentence
