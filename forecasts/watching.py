"""Keeps watches in step with the facts they depend on: who is asked about what, and when next."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet

from forecasts.access import ASKED
from forecasts.models import Estimate, Forecast, Prompt, PromptKind, User, Verdict, Watch


def asked(forecast: Forecast) -> QuerySet[User]:
    """Whom to ask for estimates: the assignees, else the members whose work estimating is."""
    assignees = forecast.assignees.filter(is_active=True)
    if assignees.exists():
        return assignees
    return User.objects.filter(
        is_active=True, memberships__scenario=forecast.scenario_id, memberships__role__in=ASKED
    ).distinct()


def refresh(forecast: Forecast, at: datetime, people: Iterable[User] | None = None) -> None:
    """Rewrite the watches of a forecast, or of some people on it, from the facts.

    Call it in the transaction that writes a fact: an estimate, a verdict, an amendment, a publication, a membership.
    """
    everybody = people is None
    wanted = list(asked(forecast))
    if people is not None:
        chosen = {person.pk for person in people}
        wanted = [user for user in wanted if user.pk in chosen]
    watches = [
        Watch(user=user, forecast=forecast, kind=PromptKind.UPDATE, next_at=next_update(forecast, user, at))
        for user in wanted
    ]
    if everybody:
        watches += _resolving(forecast, at)
        gone = forecast.watches.exclude(user__in=[watch.user for watch in watches])
        gone.update(next_at=None)
        forecast.watches.filter(kind=PromptKind.RESOLVE).exclude(user=forecast.resolver).update(next_at=None)
    Watch.objects.bulk_create(
        watches, update_conflicts=True, unique_fields=["user", "forecast", "kind"], update_fields=["next_at"]
    )


def next_update(forecast: Forecast, user: User, at: datetime) -> datetime | None:
    """When to ask this person for an estimate next: a review interval after the last answer or prompt."""
    if not _is_asked_about(forecast, at) or forecast.opens_at is None or forecast.closes_at is None:
        return None
    last = Estimate.objects.filter(forecast=forecast, forecaster__user=user).in_order().last()
    if last is not None and last.event == Estimate.Event.DECLINE:
        return None
    mine = {"forecast": forecast, "kind": PromptKind.UPDATE}
    prompted = Prompt.objects.filter(recipient=user, **mine).aggregate(last=Max("slot"))["last"]
    anchors = [moment for moment in (last.made_at if last else None, prompted) if moment is not None]
    due = max(anchors) + forecast.review_every if anchors else max(forecast.opens_at, forecast.published_at or at)
    if prompted is not None and prompted == max(anchors):
        # Slots missed in an outage were one prompt: they are not asked for again.
        watch = Watch.objects.filter(user=user, **mine, next_at__isnull=False).first()
        due = max(due, watch.next_at) if watch is not None and watch.next_at is not None else due
    return due if due < forecast.closes_at else None


def after(slot: datetime, forecast: Forecast, at: datetime) -> datetime | None:
    """The next slot of an update watch whose `slot` has become a prompt: slots missed by `at` are one."""
    if forecast.closes_at is None:
        return None
    missed = max(0, (at - slot) // forecast.review_every)
    due = slot + (missed + 1) * forecast.review_every
    return due if due < forecast.closes_at else None


def catch_up(forecasts: Iterable[Forecast], at: datetime) -> None:
    """What fell due before `at` while nobody could be asked is asked at `at`, once; what has closed is not."""
    late = Watch.objects.filter(forecast__in=list(forecasts), kind=PromptKind.UPDATE, next_at__lt=at)
    late.filter(forecast__closes_at__lte=at).update(next_at=None)
    late.update(next_at=at)


def _resolving(forecast: Forecast, at: datetime) -> list[Watch]:
    if forecast.resolver is None or forecast.resolves_at is None:
        return []
    taken_back = forecast.verdicts.filter(act=Verdict.Act.TAKE_BACK).aggregate(last=Max("recorded_at"))["last"]
    slot = max(forecast.resolves_at, taken_back) if taken_back else forecast.resolves_at
    mine = {"forecast": forecast, "kind": PromptKind.RESOLVE}
    asked_already = Prompt.objects.filter(recipient=forecast.resolver, slot=slot, **mine).exists()
    due = slot if _is_asked_about(forecast, at) and not asked_already else None
    return [Watch(user=forecast.resolver, next_at=due, **mine)]


def _is_asked_about(forecast: Forecast, at: datetime) -> bool:
    if forecast.is_imported or forecast.published_at is None:
        return False
    return not Verdict.objects.complete(at).filter(forecast=forecast).exists()
