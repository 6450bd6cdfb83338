"""Fills a template's blanks: from them come title, criteria, fine print, source and dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forecasts.language.categories.authorities import AGENCIES, Authority
from forecasts.language.categories.template import Template
from forecasts.models.kinds import KINDS
from forecasts.presenting import words
from forecasts.questions.drafting.counting import RULES

END_OF_DAY = time(23, 59)
BLANK = "…"
DAYS_TO_REPORT = 7


@dataclass(frozen=True, slots=True)
class Blanks:
    """What a person chooses; all else of a draft follows."""

    template: Template
    authority: Authority
    opens_at: datetime
    closes_on: date | None
    zone: str
    actor: str = ""
    object: str = ""
    place: str = ""
    threshold: int | None = None
    rule: str = ""
    starts_on: date | None = None
    """The first day that counts, where that is later than the opening."""

    @property
    def closes_at(self) -> datetime | None:
        """The end of the last day, where it happens; None while nobody has named the day."""
        if self.closes_on is None:
            return None
        return datetime.combine(self.closes_on, END_OF_DAY, ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def resolves_at(self) -> datetime | None:
        """When the source has published, as a rule."""
        late = max(self.authority.late, timedelta(days=DAYS_TO_REPORT))
        return self.closes_at + late if self.closes_at else None


def texts(blanks: Blanks) -> dict[str, str]:
    """The fields of a draft by name: title, criteria, fine_print, source with its url and lag, fallback, unit."""
    template, said = blanks.template, _said(blanks)
    return {
        "title": _first_upper(template.title.format_map(said)),
        "criteria": _criteria(blanks, said),
        "fine_print": _fine_print(blanks, said),
        "resolution_source": blanks.authority.name,
        "resolution_source_url": blanks.authority.url,
        "resolution_source_lag": blanks.authority.lag,
        "fallback_source": _fallback(blanks),
        "unit": template.unit,
        "resolves_on": _resolved_on(blanks),
    }


def _said(blanks: Blanks) -> Mapping[str, str]:
    zone = ZoneInfo(blanks.zone)
    opening = blanks.opens_at.astimezone(zone)
    if blanks.starts_on and blanks.starts_on > opening.date():
        opening = datetime.combine(blanks.starts_on, time(), zone)
    day = f"{blanks.closes_on.day} {blanks.closes_on:%B %Y}" if blanks.closes_on else BLANK
    return {
        "actor": blanks.actor or BLANK,
        "object": blanks.object or BLANK,
        "place": blanks.place or BLANK,
        "threshold": BLANK if blanks.threshold is None else f"{blanks.threshold:,}",
        "day": day,
        "opens": f"{opening.day} {opening:%B %Y, %H:%M}",
        "closes": f"{day}, 23:59 {blanks.zone}",
        "source": short(blanks.authority),
    }


def short(authority: Authority) -> str:
    """The source's name inside a sentence: “UCDP”, not the whole title of the data set."""
    if authority is AGENCIES:
        return "two of Reuters, Associated Press and AFP"
    return authority.name.split(" (")[0].removesuffix(" situation reports").removesuffix(" event data")


def _criteria(blanks: Blanks, said: Mapping[str, str]) -> str:
    window = "It must happen between {opens} and {closes}".format_map(said)
    reported = f"and be reported by {_resolved_by(blanks)}."
    parts = [blanks.template.criteria.format_map(said), f"{window} {reported}"]
    if blanks.template.is_counted:
        parts.append(RULES[blanks.rule or blanks.template.rule][1])
    if KINDS[blanks.template.kind].is_yes_or_no:
        parts.append("Otherwise it resolves NO.")
    return " ".join(parts)


def _resolved_by(blanks: Blanks) -> str:
    at = blanks.resolves_at
    return words.calendar(at.astimezone(ZoneInfo(blanks.zone)).date()) if at else BLANK


def _resolved_on(blanks: Blanks) -> str:
    at = blanks.resolves_at
    return at.astimezone(ZoneInfo(blanks.zone)).date().isoformat() if at else ""


def _fine_print(blanks: Blanks, said: Mapping[str, str]) -> str:
    late = max(blanks.authority.late.days, DAYS_TO_REPORT)
    common = (
        f"What happened before the opening does not count. Annulled if {said['source']} stop publishing before the "
        f"closing and the fallback has nothing either. Ambiguous if source and fallback leave it open {late} days "
        "after the closing."
    )
    return " ".join(part for part in (blanks.template.fine_print.format_map(said), common) if part)


def _fallback(blanks: Blanks) -> str:
    """The template's next authority, then the agencies; and what holds where they differ."""
    others = [one for one in (*blanks.template.authorities, AGENCIES) if one is not blanks.authority]
    second = others[0].name if others else "The governments concerned, in statements on the record"
    return f"{second}. Where the two differ, the source prevails over this fallback."


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
