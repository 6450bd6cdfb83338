"""Whether a drafted forecast can be resolved: eight points, each with what to write instead.

The points are those that forecasting tournaments and conflict trackers learnt to ask: see `POINTS`. The check is
pure: it reads the draft alone, and an editor may override it with a reason.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from . import phrases

Level = Literal["passes", "warns", "blocks"]
Kind = Literal["binary", "multiple_choice", "numeric", "date"]

POINTS: dict[int, str] = {
    1: "The title is one proposition, neither stronger nor weaker than the criteria.",
    2: "Actor, action, object and place are named, contested terms defined.",
    3: "Opening and closing are absolute, with a time zone; happened or reported by then.",
    4: "What is counted has a threshold, unit, comparator and counting rule.",
    5: "A source of truth with its address and lag, a fallback, and what holds when sources conflict.",
    6: "A path to NO; what annuls; what makes it ambiguous; how long a state must persist.",
    7: "A resolver and a backup; closing before or at the time of resolving.",
    8: "Uncertain at opening: not known, not fixed, not already possible without saying so.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A forecast as drafted. Times are aware; `published_at` is the article's, `quote` the words it rests on."""

    title: str = ""
    criteria: str = ""
    fine_print: str = ""
    background: str = ""
    kind: Kind = "binary"
    unit: str = ""
    options: tuple[str, ...] = ()
    resolution_source: str = ""
    source_url: str = ""
    lag: str = ""
    fallback: str = ""
    time_zone: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    resolves_at: datetime | None = None
    resolver: str = ""
    backup: str = ""
    published_at: datetime | None = None
    quote: str = ""

    @property
    def terms(self) -> str:
        """Criteria and fine print, in lower case: what a resolver goes by."""
        return f"{self.criteria}\n{self.fine_print}".lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one point; `instead` says what to write, and is empty where the point passes."""

    point: int
    code: str
    level: Level
    message: str
    instead: str = ""


def check(draft: Draft) -> list[Finding]:
    """All findings, in order of the points; a point without any gets one that passes."""
    found = [finding for look in _LOOKS for finding in look(draft)]
    failed = {finding.point for finding in found}
    passes = [Finding(point, "fine", "passes", text) for point, text in POINTS.items() if point not in failed]
    return sorted(found + passes, key=lambda finding: finding.point)


def may_publish(findings: list[Finding]) -> bool:
    """Whether nothing blocks."""
    return all(finding.level != "blocks" for finding in findings)


def _one_proposition(draft: Draft) -> Iterator[Finding]:
    if not draft.title.strip():
        yield Finding(
            1,
            "title_missing",
            "blocks",
            "There is no title.",
            "Will <actor> <do what> to <object> in <place> by <date>?",
        )
    elif phrases.TWO_VERBS.search(draft.title):
        yield Finding(
            1,
            "title_joined",
            "warns",
            "The title joins two propositions.",
            "One forecast for each, or say in the criteria that both must hold.",
        )
    if phrases.HEDGE.search(draft.title):
        word = phrases.HEDGE.search(draft.title)
        yield Finding(
            1,
            "title_hedged",
            "blocks",
            f"The title hedges (“{word.group() if word else ''}”).",
            "Ask whether it will happen; how likely it is, is what forecasters say.",
        )
    if not draft.criteria.strip():
        yield Finding(
            1,
            "criteria_missing",
            "blocks",
            "There are no criteria.",
            "Resolves YES if … between <opening> and <closing>, according to <source>; otherwise NO.",
        )
    elif _digits(draft.title) - _digits(draft.criteria + draft.fine_print):
        yield Finding(
            1,
            "title_differs",
            "warns",
            "A number in the title is not in the criteria.",
            "Repeat the title's threshold and date in the criteria, word for word.",
        )


def _named(draft: Draft) -> Iterator[Finding]:
    if draft.title and not phrases.NAME.search(draft.title):
        yield Finding(
            2,
            "nobody_named",
            "blocks",
            "The title names neither actor nor place.",
            "Name who acts, on whom or what, and where, as the source of truth spells them.",
        )
    vague = phrases.VAGUE.search(draft.title)
    if vague and not phrases.DEFINED.search(draft.terms.replace("resolves yes if:", "")):
        yield Finding(
            2,
            "contested_term",
            "warns",
            f"“{vague.group()}” is contested and not defined.",
            f"“{vague.group()}” means … (an observable act, a count, or a named source's label).",
        )


def _timed(draft: Draft) -> Iterator[Finding]:
    if draft.opens_at is None or draft.closes_at is None:
        yield Finding(
            3,
            "window_missing",
            "blocks",
            "Opening or closing is missing.",
            "Give both as a date and a time, such as 2027-03-31 23:59.",
        )
    elif draft.closes_at <= draft.opens_at:
        yield Finding(3, "window_reversed", "blocks", "It closes before it opens.", "Set closing after opening.")
    if not draft.time_zone.strip():
        yield Finding(
            3,
            "time_zone_missing",
            "blocks",
            "No time zone is given.",
            "Name the zone in which the day ends, such as Asia/Damascus or UTC.",
        )
    relative = phrases.RELATIVE.search(f"{draft.title}\n{draft.criteria}")
    if relative:
        yield Finding(
            3,
            "relative_time",
            "blocks",
            f"“{relative.group()}” is relative to an unstated day.",
            "Write the date itself.",
        )
    if draft.criteria and not phrases.BY_WHEN.search(draft.terms):
        yield Finding(
            3,
            "happens_or_reported",
            "warns",
            "It is not said whether the event must happen or be reported by closing.",
            "The event must happen by closing; reports up to <n> days later count.",
        )


def _counted(draft: Draft) -> Iterator[Finding]:
    if draft.kind == "numeric" and not draft.unit.strip():
        yield Finding(
            4,
            "unit_missing",
            "blocks",
            "A number is asked for without a unit.",
            "Name the unit: people, events, square kilometres, US dollars.",
        )
    if draft.kind == "multiple_choice" and len(set(draft.options)) < 2:
        yield Finding(
            4,
            "options_missing",
            "blocks",
            "There are fewer than two different options.",
            "List options that exclude each other and leave nothing out.",
        )
    if draft.kind == "date" or not (draft.kind == "numeric" or _is_counted(draft)):
        return
    if draft.kind == "binary" and not phrases.THRESHOLD.search(f"{draft.title} {draft.terms}"):
        yield Finding(
            4,
            "threshold_missing",
            "blocks",
            "Something is counted without a threshold and comparator.",
            "Write “at least <number> <unit>”.",
        )
    if not phrases.COUNTING.search(draft.terms):
        yield Finding(
            4,
            "counting_rule_missing",
            "warns",
            "The counting rule is open.",
            "Say peak, cumulative or current, and which estimate: best, low or high.",
        )


def _sourced(draft: Draft) -> Iterator[Finding]:
    if not draft.resolution_source.strip():
        yield Finding(
            5,
            "source_missing",
            "blocks",
            "There is no source of truth.",
            "Name one that will publish the answer, such as an OCHA flash update or the UCDP candidate data.",
        )
    if not draft.source_url.startswith(("https://", "http://")):
        yield Finding(
            5, "address_missing", "warns", "The source has no address.", "Give the page on which the answer will stand."
        )
    if not draft.fallback.strip():
        yield Finding(
            5,
            "fallback_missing",
            "blocks",
            "There is no fallback.",
            "If the source stops publishing, <second source> decides.",
        )
    told = f"{draft.terms} {draft.resolution_source} {draft.fallback}".lower()
    if not draft.lag.strip() and not phrases.LAG.search(told):
        yield Finding(
            5,
            "lag_missing",
            "warns",
            "How late the source publishes is not said.",
            "The source publishes <how often>, about <n> days late.",
        )
    if not phrases.CONFLICT.search(told):
        yield Finding(
            5,
            "conflict_rule_missing",
            "warns",
            "What holds when sources conflict is not said.",
            "Where sources differ, <source> prevails.",
        )


def _decided(draft: Draft) -> Iterator[Finding]:
    if draft.kind == "binary" and not phrases.TO_NO.search(draft.terms):
        yield Finding(
            6, "no_path_to_no", "blocks", "Nothing says when it resolves NO.", "Otherwise, at closing, it resolves NO."
        )
    if not phrases.ANNULS.search(draft.terms):
        yield Finding(
            6,
            "annulment_missing",
            "warns",
            "What annuls it is not said.",
            "Annulled if the premise turns out to be false, such as …",
        )
    if not phrases.AMBIGUOUS.search(draft.terms):
        yield Finding(
            6,
            "ambiguity_missing",
            "warns",
            "What makes it ambiguous is not said.",
            "Ambiguous if <source> and <fallback> leave it open <n> days after closing.",
        )
    if phrases.STATE.search(draft.title) and not phrases.PERSISTS.search(draft.terms):
        yield Finding(
            6,
            "persistence_missing",
            "warns",
            "A state is asked about without its duration.",
            "For at least <n> consecutive hours, or at a stated instant.",
        )


def _assigned(draft: Draft) -> Iterator[Finding]:
    if not draft.resolver.strip():
        yield Finding(7, "resolver_missing", "blocks", "Nobody is to resolve it.", "Name a resolver.")
    if not draft.backup.strip() or draft.backup.strip() == draft.resolver.strip():
        yield Finding(
            7,
            "backup_missing",
            "blocks",
            "There is no second person to resolve it.",
            "Name a backup other than the resolver.",
        )
    if draft.resolves_at is None:
        yield Finding(
            7,
            "resolving_time_missing",
            "blocks",
            "It is not said when the answer will be known.",
            "Closing plus the source's publication lag.",
        )
    elif draft.closes_at is not None and draft.closes_at > draft.resolves_at:
        yield Finding(
            7,
            "closes_after_resolving",
            "blocks",
            "It closes after the answer is known.",
            "Close before or at the time of resolving.",
        )


def _uncertain(draft: Draft) -> Iterator[Finding]:
    fixed = phrases.FIXED.search(f"{draft.quote}\n{draft.criteria}")
    if fixed:
        yield Finding(
            8,
            "fixed_by_announcement",
            "warns",
            f"“{fixed.group()}”: the date may be fixed already.",
            "Ask what is open: whether it is put off, who attends, what comes out.",
        )
    if draft.closes_at is not None and draft.published_at is not None and draft.closes_at <= draft.published_at:
        yield Finding(
            8,
            "closed_before_article",
            "blocks",
            "It closes before the article was published.",
            "Open at or after publication.",
        )
    if draft.opens_at is None or draft.published_at is None:
        return
    if draft.opens_at < draft.published_at:
        yield Finding(
            8,
            "opens_before_article",
            "blocks",
            "It opens before the article was published.",
            "Open at or after publication.",
        )
    elif not phrases.BEFORE_OPENING.search(draft.terms):
        yield Finding(
            8,
            "event_before_opening",
            "warns",
            "An event on the article's own day may precede the opening.",
            "Only what happens after the opening counts; what is known of before: …",
        )


def _is_counted(draft: Draft) -> bool:
    without_dates = re.sub(
        r"\b(?:\d{1,2} [A-Z][a-z]+(?: \d{4})?|[A-Z][a-z]+ \d{1,2}|(?:19|20)\d\d(?:-\d\d){0,2})\b", "", draft.title
    )
    return bool(phrases.COUNTED.search(without_dates))


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text.replace(",", "")))


_LOOKS: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    _one_proposition,
    _named,
    _timed,
    _counted,
    _sourced,
    _decided,
    _assigned,
    _uncertain,
)
