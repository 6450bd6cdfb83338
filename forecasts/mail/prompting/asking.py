"""Due watches become prompts, each with the time at which its recipient wants to hear of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from forecasts import watching
from forecasts.mail.prompting import batch_rows
from forecasts.models import Asks, Ends, Forecast, Membership, Preference, Prompt, PromptKind, Verdict, Watch, record_of
from forecasts.rules import timing
from forecasts.scores import statistics
from forecasts.watching import Wishes


@transaction.atomic
def ask(at: datetime, batch: int) -> int | None:
    """Make prompts of one batch of due watches, and move these on; how many. None where nothing is due."""
    watches = list(Watch.objects.due(at).select_for_update(skip_locked=True).order_by("next_at", "pk")[:batch])
    if not watches:
        return None
    people = batch_rows.users({watch.user_id for watch in watches})
    about = batch_rows.forecasts({watch.forecast_id for watch in watches if watch.forecast_id is not None})
    for watch in watches:
        watch.user, watch.forecast = people[watch.user_id], about.get(watch.forecast_id or 0)
    wishes = {person: watching.wishes_of(user) for person, user in people.items()}
    resolved, concerned, joining = _resolved(watches, at), _concerned(watches), _joining(people)
    prompts = []
    for watch in watches:
        slot, watch.next_at = watch.next_at, None
        if slot is not None and _is_asked(watch, at, resolved, concerned):
            prompts.append(_prompt(watch, slot, None if watch.user_id in joining else wishes[watch.user_id]))
            watch.next_at = _next(watch, slot, wishes[watch.user_id], at)
        elif watch.kind == PromptKind.SUMMARY and watch.user.is_active:
            watch.next_at = timing.weekly(wishes[watch.user_id].rhythm, at)
    _keep_windows_whole(prompts, wishes, at)
    Prompt.objects.bulk_create(prompts, ignore_conflicts=True)
    batch_rows.move_watches(watches)
    return len(prompts)


def _resolved(watches: Collection[Watch], at: datetime) -> set[int]:
    about = {watch.forecast_id for watch in watches if watch.forecast_id is not None}
    return set(Verdict.objects.complete(at).filter(forecast__in=about).values_list("forecast_id", flat=True))


def _concerned(watches: Collection[Watch]) -> set[int]:
    """Of those who are due a summary, who owns anything, or has a record that drifts."""
    people = {watch.user_id: watch.user for watch in watches if watch.kind == PromptKind.SUMMARY}
    if not people:
        return set()
    owned = Membership.objects.filter(user__in=people, role=Membership.Role.OWNER)
    owners = set(owned.values_list("user_id", flat=True))
    return owners | {pk for pk, person in people.items() if pk not in owners and statistics.own_alarm(person)}


def _is_asked(watch: Watch, at: datetime, resolved: set[int], concerned: set[int]) -> bool:
    forecast = watch.forecast
    if not watch.user.is_active:
        return False
    if forecast is None:
        return watch.user_id in concerned
    if forecast.is_imported or forecast.published_at is None:
        return False
    kind = record_of(watch.kind)
    if kind.ends == Ends.OUTDATED:
        return True
    if forecast.pk in resolved:
        return False
    return kind.asks != Asks.ESTIMATE or (forecast.closes_at is not None and at < forecast.closes_at)


def _joining(people: Collection[int]) -> set[int]:
    """Who is about to get a mail that brings what else waits for them, whatever their hours."""
    brought = Prompt.objects.filter(kind__in=PromptKind.bringing_the_rest(), recipient__in=people)
    return set(brought.filter(state=Prompt.State.PLANNED, message=None).values_list("recipient", flat=True))


def _prompt(watch: Watch, slot: datetime, wishes: Wishes | None) -> Prompt:
    made = Prompt(recipient_id=watch.user_id, forecast=watch.forecast, kind=watch.kind, slot=slot)
    if watch.kind != PromptKind.SUMMARY and wishes is not None:
        made.send_after = _wanted_at(made, wishes, slot)
    return made


def _wanted_at(prompt: Prompt, wishes: Wishes, moment: datetime) -> datetime:
    """When its recipient wants to hear of it, in time to answer."""
    closes_at = prompt.forecast.closes_at if prompt.forecast is not None else None
    if closes_at is not None and record_of(prompt.kind).asks == Asks.ESTIMATE:
        return timing.window_before(wishes.rhythm, moment, closes_at)
    return timing.window(wishes.rhythm, moment)


def _next(watch: Watch, slot: datetime, wishes: Wishes, at: datetime) -> datetime | None:
    if watch.kind == PromptKind.SUMMARY:
        return timing.weekly(wishes.rhythm, at)
    forecast = watch.forecast
    return watching.next_slot(forecast, watch.kind, slot, at) if isinstance(forecast, Forecast) else None


def _keep_windows_whole(prompts: Sequence[Prompt], wishes: Mapping[int, Wishes], at: datetime) -> None:
    """What comes to light after the mail of its window was written goes with the next one."""
    late = [
        prompt
        for prompt in prompts
        if prompt.send_after is not None
        and prompt.send_after < at
        and wishes[prompt.recipient_id].rhythm.digest != Preference.Digest.EACH
    ]
    if not late:
        return
    written = set(
        Prompt.objects.filter(
            recipient__in={prompt.recipient_id for prompt in late},
            send_after__in={prompt.send_after for prompt in late},
            message__isnull=False,
        ).values_list("recipient_id", "send_after")
    )
    for prompt in late:
        if (prompt.recipient_id, prompt.send_after) in written:
            prompt.send_after = _wanted_at(prompt, wishes[prompt.recipient_id], at)
