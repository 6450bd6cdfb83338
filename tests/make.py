"""Builds what tests need, with defaults that do not matter to them."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from forecasts.models import (
    Article,
    Category,
    Estimate,
    Forecast,
    Forecaster,
    Membership,
    Option,
    Scenario,
    Source,
    Statement,
    User,
    Verdict,
)
from forecasts.rules import tokens

OPENING = datetime(2024, 12, 1, tzinfo=UTC)
CLOSING = datetime(2024, 12, 31, tzinfo=UTC)
PASSWORD = "correct horse battery staple"

_number = itertools.count(1)


def day(number: float) -> datetime:
    """So many days after the usual opening, 2024-12-01 00:00 UTC."""
    return OPENING + timedelta(days=number)


def user(email: str = "", **fields: Any) -> User:
    email = email or f"person-{next(_number)}@example.invalid"
    return User.objects.create_user(email, PASSWORD, **{"name": email.split("@")[0], **fields})


def administrator(**fields: Any) -> User:
    return user(is_staff=True, is_superuser=True, **fields)


def group(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]


def grouped(name: str, **fields: Any) -> User:
    """A new person in this group, and a member of nothing."""
    person = user(**fields)
    person.groups.add(group(name))
    return person


def token(person: User, **fields: Any) -> str:
    """The secret of a new token, by default one that may do everything."""
    return tokens.make(person, at=timezone.now(), **fields)[1]


def scenario(slug: str = "", **fields: Any) -> Scenario:
    slug = slug or f"scenario-{next(_number)}"
    return Scenario.objects.create(slug=slug, **{"title": slug.title(), "cooling_off_hours": 0, **fields})


def member(scenario: Scenario, role: str = Membership.Role.ANALYST, **fields: Any) -> User:
    """A new person with this role in the scenario."""
    person = user(**fields)
    Membership.objects.create(scenario=scenario, user=person, role=role)
    return person


def forecast(scenario: Scenario | None = None, **fields: Any) -> Forecast:
    """A published binary forecast, open from 2024-12-01 to 2024-12-31 and resolvable at its close."""
    number = next(_number)
    closes_at = fields.get("closes_at", CLOSING)
    defaults: dict[str, Any] = {
        "key": f"forecast-{number}",
        "title": f"Will event {number} happen by the end of 2024?",
        "criteria": "YES if the United Nations report by then that it happened; NO otherwise.",
        "category": Category.ESCALATION,
        "published_at": OPENING,
        "opens_at": OPENING,
        "closes_at": closes_at,
        "resolves_at": closes_at,
    }
    return Forecast.objects.create(scenario=scenario or make_scenario(), **{**defaults, **fields})


make_scenario = scenario


def choice(labels: list[str], scenario: Scenario | None = None, **fields: Any) -> Forecast:
    """A multiple-choice forecast with these options."""
    made = forecast(scenario, kind=Forecast.Kind.MULTIPLE_CHOICE, **fields)
    for position, label in enumerate(labels):
        Option.objects.create(forecast=made, position=position, label=label, added_at=OPENING)
    return made


def numeric(scenario: Scenario | None = None, **fields: Any) -> Forecast:
    """A numeric forecast with five quantile levels."""
    levels = [500, 2500, 5000, 7500, 9500]
    return forecast(scenario, **{"kind": Forecast.Kind.NUMERIC, "quantile_levels": levels, "unit": "people", **fields})


def estimate(
    forecast: Forecast, who: User | Forecaster, probability: float | None, made_at: datetime, **fields: Any
) -> Estimate:
    """A fact as it would stand in the database, without the checks of recording one now."""
    forecaster = Forecaster.objects.of(who) if isinstance(who, User) else who
    defaults: dict[str, Any] = {
        "probability": None if probability is None else round(probability * 10_000),
        "event": Estimate.Event.UPDATE,
        "made_at": made_at,
        "recorded_at": made_at,
        "channel": Estimate.Channel.WEB,
    }
    return Estimate.objects.create(forecast=forecast, forecaster=forecaster, **{**defaults, **fields})


def verdict(forecast: Forecast, outcome: str = Verdict.Outcome.YES, **fields: Any) -> Verdict:
    """A complete verdict whose answer became known when the forecast closed."""
    known_at = fields.get("known_at", forecast.closes_at)
    recorded_at = fields.get("recorded_at", known_at)
    rounds = Verdict.objects.filter(forecast=forecast).count()
    defaults: dict[str, Any] = {
        "round": rounds + 1,
        "act": Verdict.Act.PROPOSE,
        "outcome": outcome,
        "known_at": known_at,
        "recorded_at": recorded_at,
        "takes_effect_at": recorded_at,
    }
    return Verdict.objects.create(forecast=forecast, **{**defaults, **fields})


def article(body: str = "The army may retake the city. Talks continue.", **fields: Any) -> Article:
    source, _ = Source.objects.get_or_create(name="Example Wire")
    defaults: dict[str, Any] = {
        "source": source,
        "title": "A headline",
        "published_at": OPENING,
        "sha256": Article.digest(body),
    }
    return Article.objects.create(body=body, **{**defaults, **fields})


def statement(article: Article, quote: str, **fields: Any) -> Statement:
    """A statement about the first place in the article where the quote stands."""
    start = article.body.index(quote)
    defaults: dict[str, Any] = {
        "end": start + len(quote),
        "sentence_start": start,
        "sentence_end": start + len(quote),
        "cue": "may",
        "extractor": "test",
        "extractor_version": "1",
    }
    return Statement.objects.create(article=article, start=start, quote=quote, **{**defaults, **fields})
