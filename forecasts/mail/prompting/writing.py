"""Waiting prompts become messages: one each, or one for all that a person hears of at one time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from forecasts import watching
from forecasts.mail import emails
from forecasts.mail.emails import Known
from forecasts.mail.prompting import batch_rows
from forecasts.mail.prompting.batch_rows import Written
from forecasts.mail.prompting.planned import Planned
from forecasts.mail.prompting.standing import standings
from forecasts.models import Preference, Prompt, PromptKind, Watch, record_of
from forecasts.models.prompts import PromptQuerySet

log = structlog.get_logger(__name__)
EACH = Preference.Digest.EACH


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
    messages = [message for part in _parts(wanted) for message in _written(part, at, known)]
    batch_rows.add_messages(messages, at)
    batch_rows.move_prompts(prompts)
    aside = sum(prompt.state == Prompt.State.SET_ASIDE for prompt in wanted)
    return Planned(messages=len(messages), cancelled=len(why), set_aside=aside)


def write_again(prompts: PromptQuerySet) -> int:
    """Have those of them that were set aside unwritten written with the next sweep; returns how many."""
    return prompts.unwritten().update(state=Prompt.State.PLANNED, reason="")


def _waiting(at: datetime, batch: int) -> list[Prompt]:
    """A batch of what waits, locked. All that goes into one digest is in one batch, or in none."""
    due = Prompt.objects.waiting(at)
    to_come = Watch.objects.due(at).filter(user=OuterRef("recipient"))
    is_digest = ~Q(recipient__preference__digest=EACH) & Q(recipient__preference__isnull=False)
    ready = due.exclude(is_digest & ~Q(kind__in=PromptKind.going_always()) & Exists(to_come))
    first = list(ready.order_by("send_after", "forecast", "pk").values_list("pk", "recipient")[:batch])
    people = {person for _, person in first}
    readers = Preference.objects.filter(user__in=people).exclude(digest=EACH).order_by("user")
    digests = set(readers.values_list("user", flat=True)) if people else set()
    mine = set(readers.select_for_update(skip_locked=True).values_list("user", flat=True)) if digests else set()
    alone = [pk for pk, person in first if person not in digests]
    chosen = ready.filter(Q(pk__in=alone) | Q(recipient__in=mine)) if mine else due.filter(pk__in=alone)
    return batch_rows.with_their_own(list(chosen.select_for_update(skip_locked=True, of=("self",)).order_by("pk")))


def _parts(prompts: Sequence[Prompt]) -> Iterator[list[Prompt]]:
    """What goes into one mail each."""
    digests: dict[int, list[Prompt]] = defaultdict(list)
    for prompt in prompts:
        preference = getattr(prompt.recipient, "preference", None)
        if preference is None or preference.digest == EACH or record_of(prompt.kind).goes_always:
            yield [prompt]
        else:
            digests[prompt.recipient_id].append(prompt)
    yield from digests.values()


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
