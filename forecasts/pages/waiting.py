"""What waits for one person, as querysets: the desk, the lists' filters and the search ask here."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from forecasts.answers import proposing, reviewing_counts
from forecasts.answers.reviewing_counts import Flip
from forecasts.models import Article, Forecast, Mute, Postponement, Report, Scenario, Statement, User, Verdict
from forecasts.pages import board
from forecasts.rules import access

ENOUGH_REPORTS = 2


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
    may = Q(forecast__in=Forecast.objects.filter(may_resolve(user)))
    found = proposing.unanswered(at).filter(may)
    return found.exclude(forecast__in=Forecast.objects.unanswered_by_two()).order_by("recorded_at", "pk")


def to_reconsider(user: User, at: datetime) -> list[Flip]:
    """Resolutions that a later version of their source contradicts."""
    mine = set(Forecast.objects.filter(may_resolve(user)).values_list("pk", flat=True))
    return [flip for flip in reviewing_counts.flips(at) if flip.forecast.pk in mine]


def may_resolve(user: User) -> Q:
    """Condition on Forecast: those whose outcome this person may record."""
    return Q(resolver=user) | Q(backup=user) | Q(scenario__in=_scenarios(user, "resolve"))


def articles_to_review(user: User) -> QuerySet[Article]:
    """Articles with statements that nobody has judged, newest first, with how many `proposed`."""
    edited = Article.objects.filter(scenarios__in=_scenarios(user, "edit"))
    proposed = Count("statements", filter=Q(statements__review=Statement.Review.PROPOSED))
    counted = Article.objects.filter(pk__in=edited.values("pk")).annotate(proposed=proposed)
    return counted.filter(proposed__gt=0).order_by("-published_at", "pk")


def drafts(user: User) -> QuerySet[Forecast]:
    """Unpublished forecasts where this person edits, the newest first."""
    return Forecast.objects.filter(published_at=None, scenario__in=_scenarios(user, "edit")).order_by("-pk")


def _scenarios(user: User, act: str) -> QuerySet[Scenario]:
    return Scenario.objects.filter(access.scenarios(user, act)).order_by().values("pk")  # type: ignore[return-value]
