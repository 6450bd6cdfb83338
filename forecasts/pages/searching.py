"""The search of every page: forecasts, articles and statements that hold every word asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from forecasts.models import Article, Forecast, Statement, User
from forecasts.presenting import states
from forecasts.rules import access

SHOWN = 20
LONGEST = 200
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Found:
    title: str
    context: str
    address: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What was found of one kind; `is_all` where no more holds the words."""

    title: str
    found: list[Found]
    is_all: bool


def words_of(asked: str) -> str:
    """What was typed, as it is searched for."""
    return asked.replace("\x00", "")[:LONGEST].strip()


def search(user: User, asked: str, at: datetime) -> list[Kind]:
    """What this person may see that holds every word of `asked`, without case, the newest first."""
    return [_forecasts(user, asked, at), _articles(user, asked), _statements(user, asked)]


def _forecasts(user: User, asked: str, at: datetime) -> Kind:
    seen = Forecast.objects.filter(access.forecasts_at_desk(user), holding(asked, ["title", "criteria", "background"]))
    found, is_all = _first(seen.select_related("scenario").order_by("-closes_at", "-pk"))
    outcomes = states.resolutions(found, at)
    return Kind(
        "Forecasts",
        [Found(one.title, _standing(one, outcomes, at), _address(one)) for one in found],
        is_all,
    )


def _standing(forecast: Forecast, outcomes: dict[int, Any], at: datetime) -> str:
    if forecast.published_at is None:
        return f"{forecast.scenario}; draft"
    state = states.state(forecast, outcomes.get(forecast.pk), at)
    return f"{forecast.scenario}; {'resolved: ' if state.is_over else ''}{state.words}"


def _articles(user: User, asked: str) -> Kind:
    seen = Article.objects.visible_to(user).filter(holding(asked, ["title", "body", "source__name"]))
    found, is_all = _first(seen.select_related("source").defer("body").order_by("-published_at", "pk"))
    return Kind(
        "Articles",
        [Found(one.title, f"{one.source}, {one.published_at:%Y-%m-%d}", _address(one)) for one in found],
        is_all,
    )


def _statements(user: User, asked: str) -> Kind:
    seen = Statement.objects.visible_to(user).filter(holding(asked, ["quote"]))
    found, is_all = _first(seen.select_related("article").defer("article__body").order_by("-pk"))
    return Kind(
        "Statements",
        [Found(str(one), f"{one.article}; {one.get_review_display()}", _address(one)) for one in found],
        is_all,
    )


def holding(asked: str, fields: Sequence[str]) -> Q:
    """Condition on a row: every word stands in one of its fields."""

    def anywhere(word: str) -> Q:
        return Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR)

    return reduce(and_, (anywhere(word) for word in asked.split()[:MOST_WORDS]))


def _first[M: Model](found: QuerySet[M]) -> tuple[list[M], bool]:
    rows = list(found[: SHOWN + 1])
    return rows[:SHOWN], len(rows) <= SHOWN


def _address(one: Forecast | Article | Statement) -> str:
    """Its page; of a draft, which has none, that at the desk; of a statement its place in the article."""
    if isinstance(one, Statement):
        return f"{one.article.get_absolute_url()}#statement-{one.pk}"
    if isinstance(one, Forecast) and one.published_at is None:
        return reverse("admin:forecasts_forecast_change", args=[one.pk])
    return one.get_absolute_url()
