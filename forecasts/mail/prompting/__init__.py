"""Asking: what is due becomes prompts, and prompts become messages. Running it twice changes nothing.

plan(at) -> Planned               one sweep
write_again(prompts) -> int       what could not be written is tried once more
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction

from forecasts.mail import emails, sql
from forecasts.mail.emails import Known
from forecasts.mail.prompting.asking import ask
from forecasts.mail.prompting.batch_rows import Written, add_messages, move_prompts
from forecasts.mail.prompting.grouping import mails
from forecasts.mail.prompting.waiting import waiting, write_again
from forecasts.models import Prompt, Sweep
from forecasts.models.sql import row
from forecasts.watching import pointless

__all__ = ["BATCH", "Planned", "plan", "write_again"]

BATCH = 500

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Planned:
    """How many prompts fell due, and what became of those that waited."""

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

    1. Due watches become prompts, and move on. Then, of the prompts that wait by now:
    2. what nobody needs any more is dropped;
    3. what the others' mails say beyond them is read, once for all;
    4. what goes into one mail is put together;
    5. each mail is composed, and what cannot be is set aside;
    6. the messages are stored, and their prompts told. `delivery.send` takes it from there.

    Each batch is one transaction. Several planners may run at once: each takes rows that no other holds.
    """
    planned = Planned()
    if row(sql.ANYTHING_DUE, {"at": at})["is_due"]:
        while (asked := ask(at, BATCH)) is not None:
            planned += Planned(prompts=asked)
        while (written := _write(at)) is not None:
            planned += written
        log.info("Planned prompts", event_name="planned", prompts=planned.prompts, messages=planned.messages)
    Sweep.came_through("plan", at)
    return planned


@transaction.atomic
def _write(at: datetime) -> Planned | None:
    """Steps 2 to 6 with one batch of waiting prompts. None where nothing waits."""
    prompts = waiting(at, BATCH)
    if not prompts:
        return None
    why = pointless(prompts, at)
    for prompt in prompts:
        if prompt.pk in why:
            prompt.state, prompt.reason = Prompt.State.CANCELLED, why[prompt.pk]
    wanted = [prompt for prompt in prompts if prompt.pk not in why]
    known = Known.of(wanted, at)
    messages = [message for together in mails(wanted, at) for message in _composed(together, at, known)]
    add_messages(messages, at)
    move_prompts(prompts)
    aside = sum(prompt.state == Prompt.State.SET_ASIDE for prompt in wanted)
    return Planned(messages=len(messages), cancelled=len(why), set_aside=aside)


def _composed(together: Sequence[Prompt], at: datetime, known: Known) -> Iterator[Written]:
    """The message of these prompts, not saved yet. What cannot be composed is set aside."""
    mail, faults = emails.compose(together, at, known)
    for prompt in together:
        if prompt.pk in faults:
            prompt.state, prompt.reason = Prompt.State.SET_ASIDE, faults[prompt.pk]
            log.warning("Set a prompt aside", event_name="prompt_set_aside", prompt=prompt.pk, reason=prompt.reason)
    if mail is not None:
        able = [prompt for prompt in together if prompt.pk not in faults]
        yield Written(able, emails.recipient_address(together[0].recipient.email), mail)
