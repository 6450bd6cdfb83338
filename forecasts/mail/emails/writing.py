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
from forecasts.mail.emails.hints import faded
from forecasts.mail.emails.known import Standing
from forecasts.mail.emails.plain import core, in_words, one_line, rounded
from forecasts.mail.emails.templates import template
from forecasts.mail.emails.wire import Mail, Picture
from forecasts.models import Forecast, Prompt, User
from forecasts.presenting import words

# As long as a forecast's title may be.
LONGEST_SUBJECT = 300


def compose(
    prompts: Sequence[Prompt], at: datetime, name: str, data: Mapping[str, Any], pictures: Sequence[Picture] = ()
) -> Mail:
    """The mail of these prompts from the templates of this name."""
    person = prompts[0].recipient
    stop = links.stop_url(person, name)
    everything = Context(
        {
            "name": one_line(person.name),
            "site": settings.SITE_URL,
            "stop": stop,
            "preferences": links.page("preferences"),
            **data,
        }
    )
    subject, text, html = (template(f"{name}{part}").render(everything) for part in (".subject.txt", ".txt", ".html"))
    headers = _headers(prompts, at, one_line(subject)[:LONGEST_SUBJECT], stop)
    return wire.mail(headers, text, html, pictures)


def _headers(prompts: Sequence[Prompt], at: datetime, subject: str, stop: str) -> dict[str, str]:
    person, forecast = prompts[0].recipient, prompts[0].forecast_id
    about = (
        forecast if len(prompts) == 1 and forecast is not None else "digest" if len(prompts) > 1 else prompts[0].kind
    )
    return {
        "Subject": subject,
        "From": wire.sender(settings.MAIL_FROM),
        "To": wire.address(one_line(person.name), names.recipient_address(person.email)),
        "Date": _date(at),
        "Message-ID": names.message_id(prompts),
        "References": names.thread(person, about),
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


@lru_cache(maxsize=8)
def _date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC))


def forecast_of(prompt: Prompt) -> Forecast:
    if prompt.forecast is None:
        raise ValueError(f"A prompt of kind “{prompt.kind}” needs a forecast.")
    return prompt.forecast


def about(forecast: Forecast, person: User, at: datetime, standing: Standing) -> dict[str, Any]:
    """What every mail about a forecast may say."""
    own, closes_at = standing.own, forecast.closes_at
    return {
        "title": one_line(forecast.title),
        "scenario": one_line(forecast.scenario.title),
        "criteria": core(forecast.criteria),
        "closes_at": closes_at,
        "left": words.span(closes_at - at) if closes_at and closes_at > at else "",
        "own": in_words(forecast, own.value) if own else "",
        "own_ago": words.ahead(own.made_at, at) if own else "",
        "hint": _hint(forecast, at, standing),
        "consensus": in_words(forecast, rounded(standing.consensus)) if standing.consensus else "",
        "snooze": links.snooze_url(person, forecast),
    }


def _hint(forecast: Forecast, at: datetime, standing: Standing) -> str:
    """What time alone would have made of a probability that was not touched."""
    own, closes_at = standing.own, forecast.closes_at
    if own is None or own.value.probability is None or closes_at is None or forecast.kind != Forecast.Kind.BINARY:
        return ""
    now = faded(own.value.probability, own.made_at, at, closes_at)
    if now is None:
        return ""
    said, then, left = own.value.probability, words.span(closes_at - own.made_at), words.span(closes_at - at)
    return (
        f"You said {said / 100:g}% with {then} left; if nothing has changed, a constant hazard gives "
        f"{words.percent(now)} with {left} left."
    )
