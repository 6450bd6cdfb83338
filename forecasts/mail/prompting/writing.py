"""Waiting prompts become messages: one each, or one for all that a person hears of at one time."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate

import structlog
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from forecasts import watching
from forecasts.mail import emails
from forecasts.mail.emails import Known
from forecasts.mail.prompting import batch_rows, grouping
from forecasts.mail.prompting.batch_rows import Written
from forecasts.mail.prompting.planned import Planned
from forecasts.mail.prompting.standing import standings
from forecasts.models import Prompt, PromptKind, User, Watch
from forecasts.models.prompts import PromptQuerySet

log = structlog.get_logger(__name__)


@transaction.atomic
def write_waiting(at: datetime, batch: int) -> Planned | None:
    """Write one batch of waiting prompts into messages, once and for all. None where nothing waits."""
    prompts = _waiting(at, batch)
    if not prompts:
        return None
    why = watching.pointless(prompts, at)
    for prompt in prompts:
        if prompt.pk in why:
            prompt.state, prompt.reason = Prompt.State.CANCELLED, why[prompt.pk]
    wanted = [prompt for prompt in prompts if prompt.pk not in why]
    known = Known(at, standings(wanted, at))
    messages = [message for part in grouping.mails(wanted, at) for message in _written(part, at, known)]
    batch_rows.add_messages(messages, at)
    batch_rows.move_prompts(prompts)
    aside = sum(prompt.state == Prompt.State.SET_ASIDE for prompt in wanted)
    return Planned(messages=len(messages), cancelled=len(why), set_aside=aside)


def write_again(prompts: PromptQuerySet) -> int:
    """Have those of them that were set aside unwritten written with the next sweep; returns how many."""
    return prompts.unwritten().update(state=Prompt.State.PLANNED, reason="")


def _waiting(at: datetime, batch: int) -> list[Prompt]:
    """A batch of what waits, locked. All that is ready for one person is in one batch, or in none."""
    to_come = Watch.objects.due(at).filter(user=OuterRef("recipient"))
    ready = Prompt.objects.waiting(at).exclude(~Q(kind__in=PromptKind.going_always()) & Exists(to_come))
    first = ready.order_by("send_after", "forecast", "pk").values_list("recipient", flat=True)[:batch]
    people = _held(list(dict.fromkeys(first)), ready, batch)
    chosen = ready.filter(recipient__in=people).order_by("pk") if people else ready.none()
    return batch_rows.with_their_own(list(chosen.select_for_update(skip_locked=True, of=("self",))))


def _held(people: Sequence[int], ready: QuerySet[Prompt], batch: int) -> list[int]:
    """Of these people the first for whom a batch is ready, locked. Those to whom another writes are passed over."""
    counts = ready.filter(recipient__in=people).order_by().values_list("recipient").annotate(Count("pk"))
    sizes = dict(counts) if people else {}
    total = list(accumulate(sizes.get(person, 0) for person in people))
    wanted = [person for person, so_far in zip(people, total, strict=True) if so_far - sizes.get(person, 0) < batch]
    free = User.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True, skip_locked=True)
    return list(free.values_list("pk", flat=True))


def _written(part: Sequence[Prompt], at: datetime, known: Known) -> Iterator[Written]:
    """The message of these prompts, not saved yet. What cannot be written is set aside."""
    mail, faults = emails.write(part, at, known)
    for prompt in part:
        if prompt.pk in faults:
            prompt.state, prompt.reason = Prompt.State.SET_ASIDE, faults[prompt.pk]
            log.warning("Set a prompt aside", event_name="prompt_set_aside", prompt=prompt.pk, reason=prompt.reason)
    if mail is not None:
        able = [prompt for prompt in part if prompt.pk not in faults]
        yield Written(able, emails.recipient_address(part[0].recipient.email), mail)
