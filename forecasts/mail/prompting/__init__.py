"""Asking: what is due becomes prompts, and prompts become messages. Running it twice changes nothing.

plan(at) -> Planned               one sweep
pointless(prompts, at)            which prompts nobody needs any more, and why; asked again when a message is leased
write_again(prompts) -> int       what could not be written is tried once more
tell_returned(address, at)        ask for the mail that tells owners of an address which takes no mail
"""

from datetime import datetime

import structlog
from django.db import connection

from forecasts.mail.prompting.asking import ask
from forecasts.mail.prompting.composing import compose, write_again
from forecasts.mail.prompting.planned import Planned
from forecasts.mail.prompting.returning import tell_returned
from forecasts.models import Sweep
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
# Of fixed text, since every tick asks it.
DUE = """
SELECT EXISTS (SELECT FROM forecasts_watch WHERE next_at <= %(at)s) OR EXISTS (SELECT FROM forecasts_prompt
    WHERE state = 'planned' AND message_id IS NULL AND (send_after IS NULL OR send_after <= %(at)s))
"""

log = structlog.get_logger(__name__)


def plan(at: datetime) -> Planned:
    """Turn everything that is due at `at` into prompts and messages. Running it twice changes nothing.

    Each batch is one transaction. Several planners may run at once: each takes rows that no other holds.
    """
    planned = Planned()
    if _anything_to_do(at):
        while (asked := ask(at, BATCH)) is not None:
            planned += asked
        while (composed := compose(at, BATCH)) is not None:
            planned += composed
        log.info("Planned prompts", event_name="planned", prompts=planned.prompts, messages=planned.messages)
    Sweep.came_through("plan", at)
    return planned


def _anything_to_do(at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"at": at})
        row = cursor.fetchone()
    return row is not None and bool(row[0])
