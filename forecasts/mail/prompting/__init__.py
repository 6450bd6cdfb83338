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
from forecasts.mail.prompting.composing import compose, write_again
from forecasts.mail.prompting.planned import Planned
from forecasts.mail.prompting.returning import tell_returned
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

    Each batch is one transaction. Several planners may run at once: each takes rows that no other holds.
    """
    planned = Planned()
    if row(sql.ANYTHING_DUE, {"at": at})["is_due"]:
        while (asked := ask(at, BATCH)) is not None:
            planned += asked
        while (composed := compose(at, BATCH)) is not None:
            planned += composed
        log.info("Planned prompts", event_name="planned", prompts=planned.prompts, messages=planned.messages)
    Sweep.came_through("plan", at)
    return planned
