"""Asking: what is due becomes prompts, and prompts become messages. Running it twice changes nothing.

plan(at) -> Planned               one sweep
pointless(prompts, at)            which prompts nobody needs any more, and why; asked again when a message is leased
write_again(prompts) -> int       what could not be written is tried once more
tell_returned(address, at)        ask for the mail that tells owners of an address which takes no mail
"""

from datetime import datetime

import structlog

from forecasts.mail import sql
from forecasts.mail.prompting.asking import ask
from forecasts.mail.prompting.planned import Planned
from forecasts.mail.prompting.returning import tell_returned
from forecasts.mail.prompting.writing import write_again, write_waiting
from forecasts.models import Sweep
from forecasts.models.sql import row
from forecasts.watching import pointless
from forecasts.watching.reasons import ANSWERED, CLOSED, GONE, NOT_THEIRS, RESOLVED

__all__ = [
    "ANSWERED",
    "BATCH",
    "CLOSED",
    "GONE",
    "NOT_THEIRS",
    "RESOLVED",
    "Planned",
    "plan",
    "pointless",
    "tell_returned",
    "write_again",
]

BATCH = 500

log = structlog.get_logger(__name__)


def plan(at: datetime) -> Planned:
    """Turn everything that is due at `at` into prompts and messages. Running it twice changes nothing.

    1. Due watches become prompts, and move on (`asking`). Then, of the prompts that wait by now (`writing`):
    2. what nobody needs any more is dropped (`watching.pointless`);
    3. where the others' forecasts stand is read, once for all (`standing`);
    4. what goes into one mail is put together;
    5. each mail is written (`emails.write`), and what cannot be written is set aside;
    6. the messages are stored, and their prompts told (`batch_rows`). `delivery.send` takes it from there.

    Each batch is one transaction. Several planners may run at once: each takes rows that no other holds.
    """
    planned = Planned()
    if row(sql.ANYTHING_DUE, {"at": at})["is_due"]:
        while (asked := ask(at, BATCH)) is not None:
            planned += asked
        while (written := write_waiting(at, BATCH)) is not None:
            planned += written
        log.info("Planned prompts", event_name="planned", prompts=planned.prompts, messages=planned.messages)
    Sweep.came_through("plan", at)
    return planned
