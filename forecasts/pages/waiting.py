"""What waits for one person, as querysets: the desk, the lists' filters and the search ask here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from forecasts.answers import proposing, reviewing_counts
from forecasts.answers.reviewing_counts import Flip
from forecasts.models import Article, Forecast, Mute, Postponement, Report, Scenario, Statement, User, Verdict, Vintage
from forecasts.pages import board
from forecasts.rules import access

ENOUGH_REPORTS = 2
WARNED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many things of each kind wait for one person."""

    estimate: int = 0
    resolve: int = 0
    confirm: int = 0
    review: int = 0
    files: int = 0

    @property
    def total(self) -> int:
        return self.estimate + self.resolve + self.confirm + self.review + self.files


def counted(user: User, acts: frozenset[str], at: datetime) -> Counted:
    """What the desk would list, counted in one query, and more where a later version may contradict a resolution; none
    for who has no acts.
    """
    if "enter" not in acts:
        return Counted()
    kinds: dict[str, QuerySet[Any]] = {
        "estimate": to_estimate(user, at),
        "resolve": to_resolve(user, at),
        "second": to_confirm(user),
        "dispute": to_decide(user),
        "proposed": to_accept(user, at),
        "later": reviewing_counts.after_resolution(at, _resolvable(user)),
    }
    if "edit" in acts:
        kinds |= {"statements": to_judge(user), "drafts": drafts(user), "files": warned(user, at)}
    one = User.objects.filter(pk=user.pk).values(**{f"n_{name}": _number(rows) for name, rows in kinds.items()})
    found: dict[str, Any] = {name.removeprefix("n_"): number for name, number in one.get().items()}
    revised = len(to_reconsider(user, at)) if found["later"] else 0
    return Counted(
        estimate=found["estimate"],
        resolve=found["resolve"],
        confirm=found["second"] + found["dispute"] + found["proposed"] + revised,
        review=found.get("statements", 0) + found.get("drafts", 0),
        files=found.get("files", 0),
    )


def _number(rows: QuerySet[Any]) -> Subquery:
    """How many rows there are, as a column."""
    return Subquery(rows.order_by().values(n=Func("pk", function="COUNT", output_field=IntegerField())))


def acts_of(request: HttpRequest) -> frozenset[str]:
    """What the reader may do anywhere, asked once a request."""
    acts: frozenset[str] | None = getattr(request, "reckoner_acts", None)
    if acts is None:
        acts = access.somewhere(request.user)
        request.reckoner_acts = acts  # type: ignore[attr-defined]
    return acts


def to_resolve(user: User, at: datetime) -> QuerySet[Forecast]:
    """Closed, or said by two people to be known, and no round waits: the longest overdue first.

    Mine is what names me as its resolver; overdue also as its backup; and what names nobody where my role resolves.
    """
    known = Report.objects.order_by().values("forecast").annotate(n=Count("pk")).filter(n__gte=ENOUGH_REPORTS)
    closed = Q(closes_at__lte=at) | Q(pk__in=known.values("forecast"))
    postponed = Postponement.objects.filter(forecast=OuterRef("pk"), until__gt=at, made_at__lte=at)
    waiting = Verdict.objects.waiting().filter(forecast=OuterRef("pk"))
    unresolved = Forecast.objects.published(at).exclude(pk__in=Forecast.objects.resolved(at).values("pk"))
    mine = unresolved.filter(closed, resolved_by(user, at), is_imported=False)
    return mine.exclude(Exists(postponed)).exclude(Exists(waiting)).order_by("resolves_at", "pk")


def resolved_by(user: User, at: datetime) -> Q:
    """Condition on Forecast: those that this person is to resolve."""
    mine = Q(resolver=user) | Q(backup=user, resolves_at__lte=at)
    return mine | Q(resolver=None, backup=None, scenario__in=_scenarios(user, "resolve"))


def to_estimate(user: User, at: datetime) -> QuerySet[Forecast]:
    """Open, and asked of this person by now, the next to close first."""
    silent = Mute.objects.in_force(at).filter(user=user).values("forecast")
    asked = Forecast.objects.visible_to(user).open(at).filter(board.is_asked(user, at))
    return asked.exclude(pk__in=silent).order_by("closes_at", "pk")


def to_confirm(user: User) -> QuerySet[Verdict]:
    """Proposals of others that wait for a second person, the oldest first."""
    may = Q(forecast__resolver=user) | Q(forecast__backup=user) | Q(forecast__scenario__in=_scenarios(user, "resolve"))
    return Verdict.objects.awaiting_second().filter(may).exclude(person=user).order_by("recorded_at", "pk")


def to_decide(user: User) -> QuerySet[Verdict]:
    """Proposals that a second person contradicted, where this person decides and is neither of the two."""
    said = Verdict.objects.filter(forecast=OuterRef("forecast"), round=OuterRef("round"), person=user)
    owned = Verdict.objects.disputed().filter(forecast__scenario__in=_scenarios(user, "decide"))
    return owned.exclude(Exists(said)).order_by("recorded_at", "pk")


def to_accept(user: User, at: datetime) -> QuerySet[Verdict]:
    """What the machine proposes and nobody has answered, where one person resolves; the oldest first."""
    found = proposing.unanswered(at).filter(forecast__in=_resolvable(user))
    return found.exclude(forecast__in=Forecast.objects.unanswered_by_two()).order_by("recorded_at", "pk")


def to_reconsider(user: User, at: datetime) -> list[Flip]:
    """Resolutions that a later version of their source contradicts."""
    return reviewing_counts.flips(at, _resolvable(user))


def may_resolve(user: User) -> Q:
    """Condition on Forecast: those whose outcome this person may record."""
    return Q(resolver=user) | Q(backup=user) | Q(scenario__in=_scenarios(user, "resolve"))


def _resolvable(user: User) -> QuerySet[Forecast]:
    return Forecast.objects.filter(may_resolve(user)).order_by()


def articles_to_review(user: User) -> QuerySet[Article]:
    """Articles with statements that nobody has judged, newest first, with how many `proposed`."""
    edited = Article.objects.filter(scenarios__in=_scenarios(user, "edit"))
    proposed = Count("statements", filter=Q(statements__review=Statement.Review.PROPOSED))
    counted = Article.objects.filter(pk__in=edited.values("pk")).annotate(proposed=proposed)
    return counted.filter(proposed__gt=0).order_by("-published_at", "pk")


def to_judge(user: User) -> QuerySet[Statement]:
    """Statements that nobody has judged, of articles where this person edits."""
    edited = Article.objects.filter(scenarios__in=_scenarios(user, "edit"))
    return Statement.objects.filter(review=Statement.Review.PROPOSED, article__in=edited.values("pk"))


def warned(user: User, at: datetime) -> QuerySet[Vintage]:
    """Files of feeds that came of late with something odd about them, for whoever may bring some."""
    found = Vintage.objects.known(at).filter(retrieved_at__gt=at - WARNED_FOR).exclude(warnings=[])
    return found if user.is_superuser else found.filter(Exists(_scenarios(user, "edit")))


def drafts(user: User) -> QuerySet[Forecast]:
    """Unpublished forecasts where this person edits, the newest first."""
    return Forecast.objects.filter(published_at=None, scenario__in=_scenarios(user, "edit")).order_by("-pk")


def _scenarios(user: User, act: str) -> QuerySet[Scenario]:
    return Scenario.objects.filter(access.scenarios(user, act)).order_by().values("pk")  # type: ignore[return-value]
