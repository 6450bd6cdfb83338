"""Mail that comes back later: a mailbox is read by IMAP, and what servers say of our messages is written down.

Whoever returns a mail after its server took it says so in a report (RFC 3464). Notes of people who are away are
none, nor are reports that it merely takes longer.
"""

import imaplib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message as Part
from typing import Any

import structlog
from django.db import transaction

from forecasts.mail import emails, suppressing
from forecasts.models import Bounce, Message, Sweep

SECONDS = 30
MOST = 500
LONGEST_TEXT = 500
MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@[^\s<>]+>")
# Of the address (RFC 3463: 5.1), of a mailbox that is closed (5.2.1), or without a word about why.
GONE = re.compile(r"5\.(?:1\.\d+|2\.1|0\.0|4\.[14])\b")
# What reports without a status say of an address that is not there.
NOBODY_THERE = re.compile(r"\b5\.1\.\d+\b|\b55[013]\b.*(?:user|mailbox|recipient|address)", re.IGNORECASE | re.DOTALL)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Returned:
    """Which of our messages came back, and what was said."""

    message_id: str
    text: str


def read(at: datetime, mailbox: Mapping[str, Any]) -> int:
    """Note what came back since the last time; returns how many. `mailbox` is of `settings.RETURNS`.

    What was read is marked as seen once it is written down. A mailbox that cannot be read is a problem of the sweep.
    """
    noted = 0
    try:
        with _opened(mailbox) as box:
            for number, content in _unseen(box):
                noted += note(content, at)
                box.store(number, "+FLAGS", "\\Seen")
    except (OSError, imaplib.IMAP4.error) as error:
        log.warning("The mailbox of returns cannot be read", event_name="returns_unread", reason=str(error))
        Sweep.came_through("returns", at, f"The mailbox of returns cannot be read: {error}"[:LONGEST_TEXT])
    else:
        Sweep.came_through("returns", at)
    return noted


@contextmanager
def _opened(mailbox: Mapping[str, Any]) -> Iterator[imaplib.IMAP4]:
    kind = imaplib.IMAP4_SSL if mailbox["ssl"] else imaplib.IMAP4
    with kind(mailbox["host"], mailbox["port"], timeout=SECONDS) as box:
        box.login(mailbox["username"], mailbox["password"])
        status, said = box.select(mailbox["folder"])
        if status != "OK":
            raise imaplib.IMAP4.error(f"{mailbox['folder']}: {said}")
        yield box


def _unseen(box: imaplib.IMAP4) -> Iterator[tuple[str, bytes]]:
    _, found = box.search(None, "UNSEEN")
    for number in (found[0] or b"").decode().split()[:MOST]:
        _, parts = box.fetch(number, "(BODY.PEEK[])")
        for part in parts:
            if isinstance(part, tuple):
                yield number, part[1]


@transaction.atomic
def note(content: bytes, at: datetime) -> bool:
    """Write down what this mail says of one of ours, if it says that it came back. Doing it again changes nothing."""
    returned = understood(content)
    message = Message.objects.filter(message_id=returned.message_id).first() if returned else None
    if returned is None or message is None:
        return False
    _, is_new = Bounce.objects.get_or_create(message=message, defaults={"text": returned.text, "made_at": at})
    if is_new:
        suppressing.note_refusal(message, returned.text, at)
    return is_new


def understood(content: bytes) -> Returned | None:
    """Which message this mail returns for good; None where it returns none."""
    mail = message_from_bytes(content, policy=policy.compat32)
    report = next((part for part in mail.walk() if part.get_content_type() == "message/delivery-status"), None)
    found = MESSAGE_ID.search(_after_the_words(mail)) or MESSAGE_ID.search(content.decode("utf-8", "replace"))
    if found is None:
        return None
    said = _of_report(report) if report is not None else _of_words(mail)
    return Returned(found[0], emails.one_line(said)[:LONGEST_TEXT]) if said else None


def _after_the_words(mail: Part) -> str:
    """The headers of what came back, which a report holds at its end."""
    kept = [part for part in mail.walk() if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}]
    return "\n".join(part.as_string() for part in kept)


def _of_report(report: Part) -> str:
    """What a report says of an address that is gone; empty where it only takes longer, or is about something else."""
    groups = report.get_payload()
    for group in groups if isinstance(groups, list) else []:
        if not isinstance(group, Part):
            continue
        failed = str(group.get("Action", "")).strip().lower() == "failed"
        if failed and GONE.match(str(group.get("Status", "")).strip()):
            return str(group.get("Diagnostic-Code") or group.get("Status")).removeprefix("smtp;").strip()
    return ""


def _of_words(mail: Part) -> str:
    """The same of a server that writes no report. Who answers by themselves because they are away is no server."""
    sender = str(mail.get("From", "")).lower()
    is_reply = str(mail.get("Auto-Submitted", "")).lower().startswith("auto-replied") or "X-Autoreply" in mail
    if is_reply or not re.search(r"mailer-daemon|postmaster", sender):
        return ""
    texts = [part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == "text/plain"]
    words = "\n".join(text.decode("utf-8", "replace") for text in texts if isinstance(text, bytes))
    found = NOBODY_THERE.search(words)
    return words[found.start() : found.start() + LONGEST_TEXT] if found else ""
