"""The desk: what waits for one person, each row with the link that does it. A constant number of queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from forecasts.admin.site import may_somewhere
from forecasts.answers.reviewing_counts import Flip
from forecasts.models import Article, Forecast, User, Verdict, Vintage
from forecasts.pages.waiting import (
    articles_to_review,
    drafts,
    to_accept,
    to_confirm,
    to_decide,
    to_estimate,
    to_judge,
    to_reconsider,
    to_resolve,
    warned,
)
from forecasts.presenting import states, words
from forecasts.rules import clock

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what it is about, how it stands, and the link that does it."""

    title: str
    context: str
    standing: str
    is_late: bool
    act: str
    address: str


@dataclass(frozen=True, slots=True)
class Section:
    """Tasks of one kind: those shown, how many there are, and what stands here when there is none."""

    key: str
    title: str
    tasks: list[Task]
    count: int
    more: str
    empty: str

    @property
    def hidden(self) -> int:
        return self.count - len(self.tasks) if self.more else 0


@dataclass(frozen=True, slots=True)
class Desk:
    sections: list[Section]

    @property
    def count(self) -> int:
        return sum(section.count for section in self.sections)

    @property
    def summary(self) -> str:
        """How many of each, in words: 2 to resolve, 1 to confirm."""
        return ", ".join(f"{one.count:,} {one.title.lower()}" for one in self.sections if one.count)


def context(request: HttpRequest) -> dict[str, Any]:
    """What the index shows besides Django's own."""
    at = clock.now()
    made = desk(cast("User", request.user), at)
    return {
        "desk": made,
        "at": at,
        "title": "The desk",
        "waiting": made.count,
        "imports": may_somewhere(request, "edit"),
    }


def desk(user: User, at: datetime) -> Desk:
    return Desk(
        [_resolving(user, at), _confirming(user, at), _estimating(user, at), _reviewing(user), *_warned(user, at)],
    )


def _resolving(user: User, at: datetime) -> Section:
    def task(forecast: Forecast) -> Task:
        due = forecast.resolves_at or at
        late = words.span(at - due)
        return _task(
            forecast,
            f"{late} overdue" if due <= at else f"closed; answer expected {words.ahead(due, at)}",
            "Resolve",
            "resolve",
            is_late=due <= at,
        )

    found = to_resolve(user, at).select_related("scenario")
    return _section(
        "resolve",
        "To resolve",
        *_first(found, task),
        more=f"{_list()}?mine=resolve",
        empty="Forecasts that you resolve appear here once they have closed, the longest overdue first.",
    )


def _confirming(user: User, at: datetime) -> Section:
    def task(verdict: Verdict) -> Task:
        since = words.span(at - verdict.recorded_at)
        return _task(verdict.forecast, f"waits {since} for a second person", "Give your answer", "confirm")

    def decision(verdict: Verdict) -> Task:
        return _task(verdict.forecast, "two people disagree", "Decide", "decide", is_late=True)

    def counted(verdict: Verdict) -> Task:
        return _task(
            verdict.forecast, f"counted as {states.outcome(verdict.forecast, verdict)}", "Confirm or refuse", "counted"
        )

    def flipped(flip: Flip) -> Task:
        standing = f"version {flip.count.vintage.version} counts otherwise than it was resolved"
        return _task(flip.forecast, standing, "Review", "counted", is_late=True)

    proposals, proposed = _first(to_accept(user, at).select_related("forecast__scenario", "option"), counted)
    revised = to_reconsider(user, at)
    decisions, in_dispute = _first(to_decide(user).select_related("forecast__scenario"), decision)
    seconds, waiting = _first(to_confirm(user).select_related("forecast__scenario"), task)
    return _section(
        "confirm",
        "To confirm",
        [*decisions, *(flipped(flip) for flip in revised[:SHOWN]), *seconds, *proposals],
        in_dispute + len(revised) + waiting + proposed,
        more="",
        empty="Resolutions that wait for a second person, and what was counted, appear here.",
    )


def _warned(user: User, at: datetime) -> list[Section]:
    """What is odd about files of feeds that came of late; nothing where nothing is, or for who takes none."""

    def task(one: Vintage) -> Task:
        return Task(
            f"{one.feed}, version {one.version}",
            "files of feeds",
            one.warnings[0],
            True,
            "Look",
            reverse("admin:files"),
        )

    tasks, count = _first(warned(user, at), task)
    return [Section("files", "Files to look at", tasks, count, more="", empty="")] if tasks else []


def _estimating(user: User, at: datetime) -> Section:
    def task(forecast: Forecast) -> Task:
        address = f"{forecast.get_absolute_url()}#answer"
        return Task(
            forecast.title,
            forecast.scenario.title,
            f"closes {words.ahead(forecast.closes_at or at, at)}",
            (forecast.closes_at or at) - at < timedelta(days=2),
            "Estimate",
            address,
        )

    found = to_estimate(user, at).select_related("scenario")
    return _section(
        "estimate",
        "To estimate",
        *_first(found, task),
        more=f"{_list()}?mine=estimate",
        empty="Forecasts that ask for your estimate appear here when their turn comes.",
    )


def _reviewing(user: User) -> Section:
    """Statements by their articles, and drafts; they count one by one."""

    def statements(article: Article) -> Task:
        count: int = article.proposed  # type: ignore[attr-defined]
        counted = "1 statement is proposed" if count == 1 else f"{count:,} statements are proposed"
        return Task(article.title, str(article.source), counted, False, "Review", review_address(article))

    def draft(forecast: Forecast) -> Task:
        return _task(forecast, "draft", "Finish and publish", "change")

    articles = articles_to_review(user)
    proposed = to_judge(user).count()
    tasks = [statements(article) for article in articles.select_related("source")[:SHOWN]]
    drafted, unpublished = _first(drafts(user).select_related("scenario"), draft)
    return _section(
        "review",
        "To review",
        [*tasks, *drafted],
        proposed + unpublished,
        more="",
        empty="Statements found in new articles, and drafts of forecasts, appear here for those who edit a scenario.",
    )


def review_address(article: Article) -> str:
    """Where the statements of an article are accepted or rejected."""
    return reverse("review", args=[article.pk])


def _task(forecast: Forecast, standing: str, words: str, act: str, *, is_late: bool = False) -> Task:
    address = reverse(f"admin:forecasts_forecast_{act}", args=[forecast.pk])
    return Task(forecast.title, forecast.scenario.title, standing, is_late, words, address)


def _first[M: Model](found: QuerySet[M], task: Callable[[M], Task]) -> tuple[list[Task], int]:
    """Those that are shown, and how many there are."""
    return [task(one) for one in found[:SHOWN]], found.count()


def _section(key: str, title: str, tasks: list[Task], count: int, *, more: str, empty: str) -> Section:
    return Section(key, title, tasks, count, more, empty)


def _list() -> str:
    return reverse("admin:forecasts_forecast_changelist")
