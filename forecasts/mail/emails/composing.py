"""From a prompt and what is said about it to a mail: templates, headers, links to snooze and to stop."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context

from forecasts.mail import links
from forecasts.mail.emails import names, wire
from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.templates import template
from forecasts.mail.emails.wire import Mail, Picture
from forecasts.models import Prompt, record_of

# As long as a forecast's title may be.
LONGEST_SUBJECT = 300


def compose(
    prompts: Sequence[Prompt], at: datetime, name: str, data: Mapping[str, Any], pictures: Sequence[Picture] = ()
) -> Mail:
    """The mail of these prompts from the templates of this name."""
    person = prompts[0].recipient
    stop = _stop(prompts)
    everything = Context(
        {
            "name": one_line(person.name),
            "site": settings.SITE_URL,
            "stop": stop,
            "preferences": links.page("preferences"),
            "is_unread": not settings.MAIL_REPLY_TO,
            **data,
        }
    )
    subject, text, html = (template(f"{name}{part}").render(everything) for part in (".subject.txt", ".txt", ".html"))
    headers = _headers(prompts, at, one_line(subject)[:LONGEST_SUBJECT], stop)
    return wire.mail(headers, text, html, pictures)


def _stop(prompts: Sequence[Prompt]) -> str:
    """Where its reader stops mails of these kinds; nothing where one of them goes always."""
    kinds = sorted({str(prompt.kind) for prompt in prompts})
    if any(record_of(kind).goes_always for kind in kinds):
        return ""
    return links.stop_url(prompts[0].recipient, ",".join(kinds))


def _headers(prompts: Sequence[Prompt], at: datetime, subject: str, stop: str) -> dict[str, str]:
    person, forecast = prompts[0].recipient, prompts[0].forecast_id
    about = (
        forecast if len(prompts) == 1 and forecast is not None else "digest" if len(prompts) > 1 else prompts[0].kind
    )
    headers = {
        "Subject": subject,
        "From": wire.sender(settings.MAIL_FROM),
        "To": wire.address(one_line(person.name), names.recipient_address(person.email)),
        "Date": _date(at),
        "Message-ID": names.message_id(prompts),
        "References": names.thread(person, about),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if settings.MAIL_REPLY_TO:
        headers["Reply-To"] = wire.sender(settings.MAIL_REPLY_TO)
    if stop:
        headers |= {
            "List-Id": names.list_id(),
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


@lru_cache(maxsize=8)
def _date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC))
