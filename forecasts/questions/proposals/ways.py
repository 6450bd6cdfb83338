"""The ways to ask what a claim says: in its own words, by what can be observed, by a number or a day."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from forecasts.language.categories.authorities import AGENCIES, Authority
from forecasts.language.categories.template import Template
from forecasts.language.reading import Slots
from forecasts.language.reading.proposition import FIGURE, Proposition
from forecasts.questions.drafting.filling import short

from .frames import Frame, authority_of, frame_of

KEYS = ("text-literal", "text-observable", "text-figure", "text-day")
"""The keys of the templates that are made from a text, in the order in which they are proposed."""

_COMPARING = ("exceed", "surpass", "top", "pass", "reach", "hit", "cross")
"""Verbs that compare by themselves."""

_OVER_A_PERIOD = ("average", "grow", "contract", "total", "expand", "shrink")
"""Verbs that speak of a whole period and not of a day in it."""

_FIXING = ("leave", "keep", "hold", "maintain")
_UP_TO = re.compile(r"(?:up to|as many as|as much as) ", re.IGNORECASE)
_LEVEL = re.compile(r"(below|above) ", re.IGNORECASE)
_VERBAL = re.compile(r"^(?:exceed|surpass|top)(?:s|es|ing|ping)? ", re.IGNORECASE)
_SIGNS = {"US dollars": "$", "euros": "€", "pounds": "£"}
_ASKED = {
    "percent": "what percentage",
    "share": "what share",
    "times": "how many times as many",
    "percentage points": "how many percentage points",
    "US dollars": "how many US dollars",
    "euros": "how many euros",
    "pounds": "how many pounds",
    "": "how many",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A question made from a text: a template whose only blank is its day, and what the text says of the rest.

    `asks_same` is the key of the template of ours that asks the same, if one does; `not_found` names what the text does
    not say.
    """

    template: Template
    fidelity: str
    threshold: float | None
    starts_on: date | None
    closes_on: date | None
    asks_same: str
    not_found: tuple[str, ...]


def ways(slots: Slots, published: date) -> list[Way]:
    """Up to three, best first; none where the sentence has no predicate."""
    if slots.predicate is None:
        return []
    asker = _Asker(slots, published)
    return [asker.literal(), asker.observable(), asker.figure() if asker.has_figure else asker.day()]


class _Asker:
    def __init__(self, slots: Slots, published: date) -> None:
        self.slots, self.published = slots, published
        self.frame: Frame | None = frame_of(slots)
        self.authority: Authority = authority_of(self.frame, slots)
        self.period = _period(slots)
        self.proposition = _escaped(slots.proposition)

    @property
    def has_figure(self) -> bool:
        said = self.proposition
        return self.slots.quantity is not None and FIGURE in f"{said.subject} {said.rest}"

    def literal(self) -> Way:
        said = self.proposition.clause(self._figure())
        return self._way(
            0,
            "in the statement's own words",
            f"{upper(said)}{self._when()}",
            f"YES if {said}{self._over()}, according to {{source}}.",
        )

    def observable(self) -> Way:
        """What the source of truth would publish of it."""
        frame, said = self.frame, self.proposition.clause(self._figure())
        source = short(self.authority)
        names = {name: str(slot.normal) if (slot := getattr(self.slots, name)) else "" for name in ("actor", "place")}
        seen = frame.observable if frame else ""
        report = "report" if self.authority is AGENCIES else "reports"
        title = f"{upper(source)} {report} that {said}{self._when()}"
        if not seen or any(f"{{{name}}}" in seen and not value for name, value in names.items()):
            return self._way(1, "what can be seen of it", title, f"YES if {{source}} {report} that {said}.")
        criteria = f"YES if {said}, according to {{source}}. It counts as observed where {seen.format_map(names)}."
        return self._way(1, "what can be seen of it", title, criteria)

    def figure(self) -> Way:
        quantity = self.slots.quantity
        unit = str(quantity.normal["unit"]) if quantity else ""
        inner = quantity is not None and unit.lower() in quantity.text.lower()
        asked = _ASKED.get(unit, f"how many {unit}" if inner else "how many")
        title = upper(self.proposition.question(asked)) + self._when()
        said = self.proposition.clause(self._figure(bare=True))
        criteria = (
            f"The number, in {unit or 'units of what is counted'}, that stands where the statement says that {said}."
        )
        return self._way(2, "how many", title, criteria, "numeric")

    def day(self) -> Way:
        said = self.proposition
        return self._way(
            3,
            "when",
            said.asked_when(self._figure()),
            f"The first day on which {said.clause(self._figure())}, according to {{source}}.",
            "date",
        )

    def _way(self, number: int, label: str, title: str, criteria: str, kind: str = "binary") -> Way:
        slots, quantity = self.slots, self.slots.quantity
        counted = quantity is not None and kind != "date"
        value = quantity.normal["value"] if quantity else None
        template = Template(
            key=KEYS[number],
            label=f"From the text: {label}",
            title=upper(title),
            criteria=criteria,
            authorities=(self.authority,),
            blanks=(),
            kind=kind,
            unit=str(quantity.normal["unit"]) if quantity else "",
            rule=(self.frame.rule if self.frame and self.frame.rule else "cumulative") if counted else "",
        )
        return Way(
            template=template,
            fidelity=self._fidelity() if number == 0 else "narrower" if kind == "binary" else "",
            threshold=value if kind == "binary" else None,
            starts_on=self.period[0] if self.period else None,
            closes_on=self.period[1] if self.period else None,
            asks_same=self.frame.template if self.frame else "",
            not_found=tuple(_not_found(slots, self.period, is_counted=bool(self.frame and self.frame.rule))),
        )

    def _fidelity(self) -> str:
        """Derived where the text does not say who or what; opposite where it denies what is asked."""
        if not self.proposition.subject:
            return ""
        return "opposite" if self.slots.polarity is not None else "same"

    def _figure(self, *, bare: bool = False) -> str:
        """The quantity as a threshold: "at least 40,000", "at most 20.2 million tonnes"."""
        quantity = self.slots.quantity
        if quantity is None:
            return ""
        value = quantity.normal["value"]
        if quantity.normal["unit"] == "share":
            words = _VERBAL.sub("", quantity.text)
            return words if bare or quantity.normal["comparator"] else f"at least {words.lower()}"
        number = f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")
        number = f"{_SIGNS.get(str(quantity.normal['unit']), '')}{number}"
        number += _unit(str(quantity.normal["unit"]), quantity.text)
        if bare:
            return number
        if self.proposition.verb in _COMPARING and self.proposition.rest.startswith(FIGURE):
            return number
        if self.proposition.verb in _FIXING and self._before() == "at":
            return number
        counted = quantity.normal["unit"] not in ("percent", "percentage points", *_SIGNS)
        said = {"more_than": "more than", "less_than": "fewer than" if counted else "less than", "at_most": "at most"}
        compared = said.get(quantity.normal["comparator"])
        if _UP_TO.match(quantity.text):
            # "Up to 200,000 may flee" speaks of that many: at most so many come of nothing, too.
            compared = "at least"
        if level := _LEVEL.match(quantity.text):
            # "Falls below 30%": the number is where it stands, and not by how much it falls.
            compared = level.group(1).lower()
        before = self._before()
        if compared is None and before == "at":
            return f"{number} or more"
        # What falls to a number ends at most there; what falls by one falls at least so much.
        return f"{compared or ('at most' if self.proposition.is_down and before == 'to' else 'at least')} {number}"

    def _before(self) -> str:
        """The word in front of the number."""
        return (self.proposition.rest.split(FIGURE)[0].split() or [""])[-1].lower()

    def _over(self) -> str:
        """The whole period that an average or a growth is one of; empty for what happens on a day."""
        if self.period is None or self.proposition.verb.split(" ", 1)[0] not in _OVER_A_PERIOD:
            return ""
        whole = _whole(self.slots, self.period[1])
        return f" from {whole.day} {whole:%B %Y} to {{day}}" if whole else ""

    def _when(self) -> str:
        if self.period is None:
            return " by {day}"
        first, last = self.period
        if over := self._over():
            return over
        if first == last:
            return " on {day}"
        if first is None or first <= self.published + timedelta(days=1):
            return " by {day}"
        return f" between {first.day} {first:%B %Y} and {{day}}"


def _whole(slots: Slots, last: date) -> date | None:
    """The first day of the year, quarter or month that a text names, where its last one is `last`."""
    said = slots.time.text.lower() if slots.time else ""
    if re.search(r"\bquarter|\bq[1-4]\b", said):
        return date(last.year, last.month - 2, 1) if last.month % 3 == 0 else None
    if re.search(r"\byear\b|\b20\d\d\b", said) and (last.month, last.day) == (12, 31):
        return date(last.year, 1, 1)
    return last.replace(day=1) if (last + timedelta(days=1)).day == 1 and "end of" not in said else None


def _escaped(said: Proposition) -> Proposition:
    """A proposition whose own braces a template takes for braces."""
    parts = {name: getattr(said, name).replace(FIGURE, "\0") for name in ("subject", "verb", "rest")}
    doubled = {name: part.replace("{", "{{").replace("}", "}}").replace("\0", FIGURE) for name, part in parts.items()}
    return replace(said, **doubled)


def _not_found(slots: Slots, period: Any, *, is_counted: bool) -> list[str]:
    """What the text does not say; a number only where the verb asks for one."""
    missing = [name for name in ("actor", "object", "place") if getattr(slots, name) is None]
    missing += ["threshold"] if slots.quantity is None and is_counted else []
    return missing + (["closes_at"] if period is None else [])


def _period(slots: Slots) -> tuple[date | None, date] | None:
    normal = slots.time.normal if slots.time else None
    if not normal or not normal["to"]:
        return None
    first = date.fromisoformat(normal["from"]) if normal["from"] else None
    return first, date.fromisoformat(normal["to"])


def _unit(unit: str, written: str) -> str:
    """The unit where it stands inside the quantity's own words; elsewhere the words behind it say it."""
    if unit == "percent":
        return "%"
    if unit in _SIGNS:
        return ""
    return f" {unit}" if unit and unit.split(maxsplit=1)[0].lower() in written.lower() else ""


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]
