"""What happened to one forecast, in order: where it comes from, what is asked, who, what they said, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from forecasts import watching
from forecasts.models import Amendment, Estimate, Forecast, Membership, Prompt, PromptKind, User, Watch
from forecasts.pages import dossier
from forecasts.pages.dossier import Dossier
from forecasts.presenting import text
from forecasts.presenting.text import Quotation
from forecasts.rules import access
from forecasts.scores import statistics
from forecasts.scores.statistics import ForecasterScores

NEWEST = 50
SHOWN = ("title", "criteria", "fine_print", "closes_at", "resolves_at")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the criteria: how it came about, and how many answered it. The first has no amendment."""

    number: int
    amendment: Amendment | None
    estimates: int


@dataclass(frozen=True, slots=True)
class Line:
    """One field through all versions: what it said, and whether that was new then."""

    field: str
    texts: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One person who is asked, and when next."""

    person: User
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """That its resolver or backup changed: from whom to whom, by whom and why. Empty: nobody."""

    at: datetime
    changes: list[tuple[str, str, str]]
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    quote: Quotation | None
    versions: list[Version]
    lines: list[Line]
    asked: list[Asked]
    handed_over: list[HandedOver]
    prompts: list[Prompt]
    prompts_in_all: int
    dossier: Dossier | None
    scores: list[ForecasterScores]


def story(forecast: Forecast, user: User, at: datetime) -> Story:
    """As far as this person may see it: blind scenarios stay blind, and nobody is told what to agree with."""
    amendments = list(forecast.amendments.select_related("made_by").order_by("version"))
    awaited = Membership.objects.filter(scenario=forecast.scenario_id).exclude(invited_as="").values("user")
    prompts = forecast.prompts.exclude(recipient__in=awaited)
    prompts = prompts.select_related("recipient", "message", "estimate").order_by("-slot", "-pk")
    shown = dossier.dossier(forecast, user, at) if forecast.published_at is not None else None
    return Story(
        quote=text.excerpt(forecast, user),
        versions=_versions(forecast, amendments, user),
        lines=lines(forecast, amendments),
        asked=_asked(forecast, awaited) if forecast.published_at is not None else [],
        handed_over=_handed_over(forecast, user),
        prompts=list(prompts[:NEWEST]),
        prompts_in_all=prompts.count(),
        dossier=shown,
        scores=statistics.scores(forecast, at) if shown is not None and not shown.is_hidden else [],
    )


def _versions(forecast: Forecast, amendments: Sequence[Amendment], user: User) -> list[Version]:
    seen = Estimate.objects.visible_to(user).filter(forecast=forecast, event__in=Estimate.ANSWERS).order_by()
    answered = dict(seen.values("criteria_version").annotate(n=Count("pk")).values_list("criteria_version", "n"))
    first = Version(1, None, answered.get(1, 0))
    return [first, *(Version(one.version, one, answered.get(one.version, 0)) for one in amendments)]


def lines(forecast: Forecast, amendments: Sequence[Amendment]) -> list[Line]:
    """What each field said in each version, from what it says now and what the amendments changed."""
    amended = {field for amendment in amendments for field in amendment.changes}
    fields = [*SHOWN, *sorted(amended - set(SHOWN))]
    found = [_line(field, _now(forecast, field), amendments) for field in fields]
    return [line for line in found if any(text for text, _ in line.texts)]


def _line(field: str, now: str, amendments: Sequence[Amendment]) -> Line:
    texts = [now]
    for amendment in reversed(amendments):
        texts.insert(0, _shown(field, amendment.changes[field][0]) if field in amendment.changes else texts[0])
    new = [False, *(field in amendment.changes for amendment in amendments)]
    return Line(field.replace("_at", "").replace("_", " "), list(zip(texts, new, strict=True)))


def _now(forecast: Forecast, field: str) -> str:
    if field == "options":
        return "; ".join(option.label for option in forecast.options.all())
    value = getattr(forecast, field, "")
    return _shown(field, value.isoformat() if isinstance(value, datetime) else str(value or ""))


def _shown(field: str, said: str) -> str:
    """A value as an amendment keeps it; times without their seconds."""
    if said and field.endswith("_at"):
        return f"{datetime.fromisoformat(said):%Y-%m-%d %H:%M %Z}"
    return said


def _handed_over(forecast: Forecast, user: User) -> list[HandedOver]:
    """The newest first, people by name as far as the reader has met them."""
    kept = list(forecast.handovers.order_by("-made_at", "-pk")[:NEWEST])
    offices = ("resolver", "backup")
    people = {getattr(one, f"{office}_{when}") for one in kept for office in offices for when in ("before", "after")}
    people = {*people, *(one.made_by_id for one in kept)} - {None}
    named: dict[int | None, str] = {None: "nobody"} | dict.fromkeys(people, "somebody else")
    named |= {person.pk: str(person) for person in access.met(user).filter(pk__in=people)}
    told = []
    for one in kept:
        pairs = [(office, getattr(one, f"{office}_before"), getattr(one, f"{office}_after")) for office in offices]
        changes = [(office, named[before], named[after]) for office, before, after in pairs if before != after]
        told.append(HandedOver(one.made_at, changes, named[one.made_by_id] if one.made_by_id else "", one.reason))
    return told


def _asked(forecast: Forecast, awaited: QuerySet[Any]) -> list[Asked]:
    """Whom it asks for estimates, with when next; of who was invited, those who have come in."""
    watches = Watch.objects.filter(forecast=forecast, kind=PromptKind.UPDATE)
    coming = dict(watches.values_list("user", "next_at"))
    people = watching.asked(forecast).exclude(pk__in=awaited).order_by("name", "pk")
    return [Asked(person, coming.get(person.pk)) for person in people]
