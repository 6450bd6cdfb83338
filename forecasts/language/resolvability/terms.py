"""Points 3, 5, 6, 7 and 8: when, by which source, with what outcomes, by whom, and whether it is open at all."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from forecasts.language import phrases
from forecasts.language.resolvability.draft import Draft, Finding
from forecasts.language.resolvability.kinds import KINDS


def timed(draft: Draft) -> Iterator[Finding]:
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
    else:
        yield from _dated(draft, draft.closes_at)
    if not draft.time_zone.strip():
        yield Finding(
            3,
            "time_zone_missing",
            "blocks",
            "No time zone is given.",
            "Name the zone in which the day ends, such as Asia/Damascus or UTC.",
        )
    asked = f"{draft.title}\n{draft.criteria}"
    for match in phrases.DATE.finditer(asked):
        if _day(match) is None:
            yield Finding(
                3,
                "date_impossible",
                "blocks",
                f"There is no {match.group()}.",
                "Write a day that the calendar has.",
            )
    relative = phrases.RELATIVE.search(asked)
    if relative is None and not phrases.DATE.search(asked):
        relative = phrases.WITHIN.search(asked)
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


def _dated(draft: Draft, closes_at: datetime) -> Iterator[Finding]:
    """The deadline that the title names should be the closing; a day of difference is a matter of time zones."""
    named = [day for match in phrases.DATE.finditer(draft.title) if (day := _day(match)) is not None]
    try:
        closing = closes_at.astimezone(ZoneInfo(draft.time_zone or "UTC")).date()
    except (KeyError, ValueError, OSError):
        yield Finding(
            3, "time_zone_unknown", "blocks", f"“{draft.time_zone}” is no time zone.", "Such as Asia/Damascus or UTC."
        )
        return
    if named and all(abs(day - closing) > timedelta(days=1) for day in named):
        yield Finding(
            3,
            "title_date_differs",
            "warns",
            f"The title names {named[-1]:%-d %B %Y}, and it closes on {closing:%-d %B %Y}.",
            "Close on the day that the title names, or say in the criteria why not.",
        )


def _day(match: re.Match[str]) -> date | None:
    found = match.groupdict()
    name = found["month"] or found["us_month"]
    month = phrases.MONTHS.index(name) + 1 if name else int(found["iso_month"])
    day, year = (found[part] or found[f"us_{part}"] or found[f"iso_{part}"] for part in ("day", "year"))
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def sourced(draft: Draft) -> Iterator[Finding]:
    yield from _source(draft)
    yield from _fallback(draft)
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


def _source(draft: Draft) -> Iterator[Finding]:
    if phrases.NOTHING.fullmatch(draft.resolution_source):
        yield Finding(
            5,
            "source_missing",
            "blocks",
            "There is no source of truth.",
            "Name one that will publish the answer, such as an OCHA flash update or the UCDP candidate data.",
        )
    elif phrases.ANY_SOURCE.search(draft.resolution_source) and not phrases.PROPER.search(draft.resolution_source[1:]):
        yield Finding(
            5,
            "source_vague",
            "warns",
            f"“{draft.resolution_source}” is anybody.",
            "Name the one that decides; two reports would differ.",
        )
    if not draft.source_url.startswith(("https://", "http://")):
        yield Finding(
            5, "address_missing", "warns", "The source has no address.", "Give the page on which the answer will stand."
        )


def _fallback(draft: Draft) -> Iterator[Finding]:
    if phrases.NOTHING.fullmatch(draft.fallback):
        yield Finding(
            5,
            "fallback_missing",
            "blocks",
            "There is no fallback.",
            "If the source stops publishing, <second source> decides.",
        )
    elif draft.fallback.strip().casefold() == draft.resolution_source.strip().casefold():
        yield Finding(
            5,
            "fallback_same",
            "blocks",
            "The fallback is the source itself.",
            "Name another one: it decides when the first does not.",
        )


def decided(draft: Draft) -> Iterator[Finding]:
    yield from KINDS[draft.kind].decided(draft)
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


def assigned(draft: Draft) -> Iterator[Finding]:
    if not draft.resolver.strip():
        yield Finding(7, "resolver_missing", "blocks", "Nobody is to resolve it.", "Name a resolver.")
    if not draft.backup.strip() or draft.backup.strip().casefold() == draft.resolver.strip().casefold():
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


def uncertain(draft: Draft) -> Iterator[Finding]:
    fixed = phrases.FIXED.search(f"{draft.quote}\n{draft.criteria}") or phrases.DONE.search(draft.quote)
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
