"""The mails. A mail says in its text what it says in its HTML.

compose(prompts, at, known)           the mail of one prompt, or a digest of several, and what could not be written
Known                                 what mails say beyond their prompts
one_line, readable, in_words          texts and values as mails show them
"""

from forecasts.mail.emails.composing import compose
from forecasts.mail.emails.known import Known
from forecasts.mail.emails.names import message_id, recipient_address, sender_address, thread
from forecasts.mail.emails.plain import in_words, one_line, readable
from forecasts.mail.emails.wire import Mail

__all__ = [
    "Known",
    "Mail",
    "compose",
    "in_words",
    "message_id",
    "one_line",
    "readable",
    "recipient_address",
    "sender_address",
    "thread",
]
