"""Asking: what is due becomes prompts, and prompts become messages. Running it twice changes nothing."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Max

from forecasts import emails, estimating, watching
from forecasts import values as answers
from forecasts.emails import Standing
from forecasts.models import Estimate, Forecast, Forecaster, Message, Prompt, PromptKind, Sweep, Verdict, Watch

BATCH = 500
RESOLVED = "The forecast has been resolved."
CLOSED = "The forecast has closed."
ANSWERED = "It was answered already."
NOT_THEIRS = "Somebody else resolves this forecast now."
GONE = "The account is closed."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a sweep did."""

    prompts: int = 0
    messages: int = 0
    cancelled: int = 0
    set_aside: int = 0

    def __add__(self, other: "Planned") -> "Planned":
        return Planned(
            self.prompts + other.prompts,
            self.messages + other.messages,
            self.cancelled + other.cancelled,
            self.set_aside + other.set_aside,
        )


def plan(at: datetime) -> Planned:
    """Turn everything that is due at `at` into prompts and messages. Running it twice changes nothing.

    Each batch is one transaction. Several planners may run at once: each takes rows that no other holds.
    """
    planned = Planned()
    if _anything_to_do(at):
        while (asked := _ask(at)) is not None:
            planned += asked
        while (composed := _compose(at)) is not None:
            planned += composed
        log.info("Planned prompts", event_name="planned", prompts=planned.prompts, messages=planned.messages)
    Sweep.came_through("plan", at)
    return planned


def _anything_to_do(at: datetime) -> bool:
    due = Watch.objects.due(at).values_list("pk")[:1]
    return bool(due.union(Prompt.objects.waiting().values_list("pk")[:1], all=True))


@transaction.atomic
def _ask(at: datetime) -> Planned | None:
    """Make prompts of one batch of due watches, and move these on. None where nothing is due."""
    watches = list(
        Watch.objects.due(at)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("forecast", "user")
        .order_by("next_at", "pk")[:BATCH]
    )
    if not watches:
        return None
    resolved = set(
        Verdict.objects.complete(at)
        .filter(forecast__in={watch.forecast_id for watch in watches})
        .values_list("forecast_id", flat=True)
    )
    prompts = []
    for watch in watches:
        slot = watch.next_at
        watch.next_at = None
        if slot is not None and watch.forecast_id not in resolved and _is_asked(watch, at):
            prompts.append(Prompt(recipient=watch.user, forecast=watch.forecast, kind=watch.kind, slot=slot))
            watch.next_at = watching.after(slot, watch.forecast, at) if watch.kind == PromptKind.UPDATE else None
    Prompt.objects.bulk_create(prompts, ignore_conflicts=True)
    Watch.objects.bulk_create(watches, update_conflicts=True, unique_fields=["id"], update_fields=["next_at"])
    return Planned(prompts=len(prompts))


def _is_asked(watch: Watch, at: datetime) -> bool:
    forecast = watch.forecast
    if not watch.user.is_active or forecast.is_imported or forecast.published_at is None:
        return False
    return watch.kind != PromptKind.UPDATE or (forecast.closes_at is not None and at < forecast.closes_at)


@transaction.atomic
def _compose(at: datetime) -> Planned | None:
    """Render one batch of waiting prompts into messages, once and for all. None where nothing waits."""
    prompts = list(
        Prompt.objects.waiting()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("recipient", "forecast__scenario")
        .prefetch_related("forecast__options")
        .order_by("pk")[:BATCH]
    )
    if not prompts:
        return None
    reasons = pointless(prompts, at)
    for prompt in prompts:
        if prompt.pk in reasons:
            prompt.state, prompt.reason = Prompt.State.CANCELLED, reasons[prompt.pk]
    standings = _standings(prompts, at)
    messages = [
        message
        for prompt in prompts
        if prompt.state == Prompt.State.PLANNED
        and (message := _message(prompt, at, standings.get(prompt.pk, Standing())))
    ]
    Message.objects.bulk_create(messages)
    Prompt.objects.bulk_create(
        prompts, update_conflicts=True, unique_fields=["id"], update_fields=["state", "reason", "message"]
    )
    return Planned(
        messages=len(messages), cancelled=len(reasons), set_aside=len(prompts) - len(messages) - len(reasons)
    )


def _message(prompt: Prompt, at: datetime, standing: Standing) -> Message | None:
    """The prompt's message, not saved yet. One that cannot be written is set aside with its reason."""
    try:
        mail = emails.write(prompt, at, standing)
        content = mail.as_bytes()
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one row holds, the others go
        prompt.state = Prompt.State.SET_ASIDE
        prompt.reason = emails.one_line(f"{type(error).__name__}: {error}")[:500]
        log.warning("Set a prompt aside", event_name="prompt_set_aside", prompt=prompt.pk, reason=prompt.reason)
        return None
    prompt.message = Message(
        recipient=prompt.recipient,
        address=emails.recipient_address(prompt.recipient.email),
        subject=str(mail["Subject"]),
        content=content,
        message_id=str(mail["Message-ID"]),
        made_at=at,
        due_at=at,
    )
    return prompt.message


def pointless(prompts: Collection[Prompt], at: datetime) -> dict[int, str]:
    """Of these prompts, those that nobody needs to be asked any more, with why. Two queries, however many they are."""
    about = {prompt.forecast_id for prompt in prompts if prompt.forecast_id is not None}
    resolved = set(Verdict.objects.complete(at).filter(forecast__in=about).values_list("forecast_id", flat=True))
    people = {prompt.recipient_id for prompt in prompts}
    answers_of = Estimate.objects.until(at).filter(forecast__in=about, forecaster__user__in=people).order_by()
    answered = {
        (forecast, person): made_at
        for forecast, person, made_at in answers_of.values_list("forecast_id", "forecaster__user_id").annotate(
            Max("made_at")
        )
    }
    reasons = {
        prompt.pk: _why_not(
            prompt,
            at,
            answered.get((prompt.forecast_id, prompt.recipient_id)),
            is_resolved=prompt.forecast_id in resolved,
        )
        for prompt in prompts
    }
    return {pk: reason for pk, reason in reasons.items() if reason}


def _why_not(prompt: Prompt, at: datetime, answered_at: datetime | None, *, is_resolved: bool) -> str:
    forecast = prompt.forecast
    if not prompt.recipient.is_active:
        return GONE
    if forecast is None or prompt.kind not in (PromptKind.UPDATE, PromptKind.RESOLVE):
        return ""
    if is_resolved:
        return RESOLVED
    if prompt.kind == PromptKind.RESOLVE:
        return "" if forecast.resolver_id == prompt.recipient_id else NOT_THEIRS
    if forecast.closes_at is not None and forecast.closes_at <= at:
        return CLOSED
    return ANSWERED if answered_at is not None and answered_at >= prompt.slot else ""


def _standings(prompts: Collection[Prompt], at: datetime) -> Mapping[int, Standing]:
    """By prompt: the recipient's estimate in force, and the consensus unless it is hidden until they answer."""
    forecasts = {prompt.forecast_id: prompt.forecast for prompt in prompts if prompt.forecast is not None}
    in_force: dict[int, list[Estimate]] = defaultdict(list)
    estimates = Estimate.objects.filter(forecast__in=forecasts, forecaster__kind=Forecaster.Kind.ANALYST)
    for estimate in estimates.in_force(at).select_related("forecaster").order_by("-made_at", "-pk"):
        in_force[estimate.forecast_id].append(estimate)
    consensus = {pk: _consensus(forecast, in_force[pk]) for pk, forecast in forecasts.items() if pk is not None}
    return {
        prompt.pk: _standing(prompt, prompt.forecast, in_force[prompt.forecast.pk], consensus[prompt.forecast.pk])
        for prompt in prompts
        if prompt.forecast is not None
    }


def _standing(
    prompt: Prompt, forecast: Forecast, in_force: Collection[Estimate], consensus: answers.Value | None
) -> Standing:
    own = next((one for one in in_force if one.forecaster.user_id == prompt.recipient_id), None)
    hidden = forecast.scenario.blind_until_answered and own is None
    return Standing(own, None if hidden else consensus)


def _consensus(forecast: Forecast, newest_first: Collection[Estimate]) -> answers.Value | None:
    """The aggregate of the estimates in force, None below two."""
    import numpy as np

    from forecasts.scoring import consensus

    held = [estimating.value_of(estimate) for estimate in newest_first]
    if forecast.kind == Forecast.Kind.BINARY:
        one = consensus.aggregate(np.array([v.probability for v in held if v.probability is not None], dtype=int))
        return None if one is None else answers.Value(probability=one)
    if forecast.kind == Forecast.Kind.MULTIPLE_CHOICE:
        count = forecast.options.count()
        rows = [v.probabilities for v in held if v.probabilities is not None and len(v.probabilities) == count]
        shares = consensus.aggregate_options(np.array(rows, dtype=int)) if rows else None
        return None if shares is None else answers.Value(probabilities=shares)
    levels = [v.quantiles for v in held if v.quantiles is not None]
    numbers = consensus.aggregate_quantiles(np.array(levels)) if levels else None
    return None if numbers is None else answers.Value(quantiles=numbers)
