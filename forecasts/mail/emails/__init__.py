"""The mails: one function each. A mail says in its text what it says in its HTML.

write(prompts, at, known) -> Mail     of one prompt, or a digest of several
Known, Standing, Own                  what mails say beyond their prompts
one_line, readable, in_words          texts and values as mails show them
"""

from collections.abc import Sequence
from datetime import datetime

from forecasts.mail.emails import digests
from forecasts.mail.emails.kinds import WRITERS
from forecasts.mail.emails.known import Known, Own, Standing
from forecasts.mail.emails.names import message_id, recipient_address, sender_address, thread
from forecasts.mail.emails.plain import in_words, one_line, readable
from forecasts.mail.emails.wire import Mail
from forecasts.models import Prompt

__all__ = [
    "Known",
    "Mail",
    "Own",
    "Standing",
    "check",
    "in_words",
    "message_id",
    "one_line",
    "readable",
    "recipient_address",
    "sender_address",
    "thread",
    "write",
]


def write(prompts: Sequence[Prompt], at: datetime, known: Known) -> Mail:
    """The mail of these prompts of one person. Raises whatever their data make impossible."""
    if len(prompts) == 1:
        return WRITERS[prompts[0].kind](prompts[0], at, known)
    return digests.digest(prompts, at, known)


def check(prompt: Prompt, at: datetime, known: Known) -> None:
    """Raise what would make a digest with this prompt impossible."""
    digests.able(prompt, at, known)
