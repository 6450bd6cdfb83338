"""From prompts to a mail: what it says is found for each, then templates and headers. One bad row stops no other."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError
from django.template import Context, TemplateDoesNotExist, TemplateSyntaxError

from forecasts.mail import links
from forecasts.mail.emails import names, wire
from forecasts.mail.emails.digests import DIGEST, digest
from forecasts.mail.emails.known import Known
from forecasts.mail.emails.plain import one_line
from forecasts.mail.emails.telling import Told, tell
from forecasts.mail.emails.templates import template
from forecasts.mail.emails.wire import Mail
from forecasts.models import Prompt, record_of

# As long as a forecast's title may be.
LONGEST_SUBJECT = 300
# Faults of the program or the machine, which would set aside everybody's prompts: the sweep fails, and they wait.
NOT_THE_ROWS = (
    DatabaseError, ImportError, MemoryError, NameError, OSError, TemplateDoesNotExist, TemplateSyntaxError
)  # fmt: skip

type Faults = dict[int, str]


def compose(prompts: Sequence[Prompt], at: datetime, known: Known) -> tuple[Mail | None, Faults]:
    """The mail of these prompts of one person; and by prompt what makes it impossible to write. The others go."""
    faults: Faults = {}
    told: dict[Prompt, Told] = {}
    mail, is_digest = None, len(prompts) > 1
    for prompt in prompts:
        with _noted(faults, [prompt]):
            told[prompt] = tell(prompt, at, known, is_entry=is_digest)
    if told:
        with _noted(faults, list(told)):
            mail = _mail(list(told), at, *(_together(told, at) if is_digest else (prompts[0].kind, told[prompts[0]])))
    return mail, faults


def _together(told: Mapping[Prompt, Told], at: datetime) -> tuple[str, Told]:
    """Several prompts in one mail: the name of its templates, what they say. An invitation stands above the rest."""
    above = [prompt for prompt in told if record_of(prompt.kind).brings_the_rest]
    rest = {prompt: told[prompt] for prompt in told if prompt not in above}
    below = digest(rest, at) if rest else {}
    if not above:
        return DIGEST, Told(below)
    joined = [title for prompt in above for title in told[prompt].data["joined"]]
    return above[0].kind, Told({**below, **told[above[0]].data, "joined": list(dict.fromkeys(joined))})


@contextmanager
def _noted(faults: Faults, prompts: Sequence[Prompt]) -> Iterator[None]:
    try:
        yield
    except NOT_THE_ROWS:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one row holds, the others go
        reason = one_line(f"{type(error).__name__}: {error}")[:500]
        faults |= {prompt.pk: reason for prompt in prompts}


def _mail(prompts: Sequence[Prompt], at: datetime, name: str, said: Told) -> Mail:
    """The mail of these prompts from the templates of this name."""
    stop = _stop(prompts)
    everything = Context(
        {
            "name": one_line(prompts[0].recipient.name),
            "site": settings.SITE_URL,
            "stop": stop,
            "preferences": links.page("preferences"),
            "is_unread": not settings.MAIL_REPLY_TO,
            **said.data,
        }
    )
    subject, text, html = (template(f"{name}{part}").render(everything) for part in (".subject.txt", ".txt", ".html"))
    about = prompts[0].forecast_id if len(prompts) == 1 else None
    headers = _headers(prompts, at, one_line(subject)[:LONGEST_SUBJECT], stop, about or name)
    return wire.mail(headers, text, html, said.pictures)


def _stop(prompts: Sequence[Prompt]) -> str:
    """Where its reader stops mails of these kinds; nothing where one of them goes always."""
    kinds = sorted({str(prompt.kind) for prompt in prompts})
    if any(record_of(kind).goes_always for kind in kinds):
        return ""
    return links.stop_url(prompts[0].recipient, ",".join(kinds))


def _headers(prompts: Sequence[Prompt], at: datetime, subject: str, stop: str, about: int | str) -> dict[str, str]:
    person = prompts[0].recipient
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
