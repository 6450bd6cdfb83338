"""The mails: one function each. A mail says in its text what it says in its HTML."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode
from django.utils.text import Truncator

from forecasts import links, values
from forecasts.models import Forecast, Prompt, PromptKind, User
from forecasts.presenting import words
from forecasts.values import Value

# Lines that every mail server takes: CRLF, and nothing outside ASCII.
WIRE = SMTP.clone(cte_type="7bit")
# As long as a forecast's title may be, and half a page.
LONGEST_SUBJECT = 300
LONGEST_CRITERIA = 800
# Marks that turn the direction of the text around them, and with it what a reader takes it to say.
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}


class Own(NamedTuple):
    """The recipient's estimate in force, and since when."""

    value: Value
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What a mail says about the estimates: the recipient's own in force, and the consensus if they may see it."""

    own: Own | None = None
    consensus: Value | None = None


def update(prompt: Prompt, at: datetime, standing: Standing) -> EmailMessage:
    forecast = _forecast(prompt)
    return _mail(prompt, at, {**_about(forecast, at, standing), "link": links.answer_url(prompt, at)})


def resolve(prompt: Prompt, at: datetime, standing: Standing) -> EmailMessage:
    """Leads to the admin, where resolving is done by whoever is logged in."""
    forecast = _forecast(prompt)
    link = links.absolute(f"{reverse('admin:index')}forecasts/forecast/{forecast.pk}/change/")
    return _mail(prompt, at, {**_about(forecast, at, standing), "link": link})


def invitation(prompt: Prompt, at: datetime, standing: Standing) -> EmailMessage:
    """To somebody who became a member: how to set a password, or for who has one, where to look."""
    person = prompt.recipient
    is_new = not person.has_usable_password()
    link = links.password_url("invite", person, at) if is_new else links.absolute(reverse("board"))
    scenarios = person.scenarios.order_by("-memberships__pk").values_list("title", flat=True)
    titles = [one_line(title) for title in dict.fromkeys(scenarios)]
    return _mail(prompt, at, {"link": link, "is_new": is_new, "scenarios": titles})


def password_reset(prompt: Prompt, at: datetime, standing: Standing) -> EmailMessage:
    return _mail(prompt, at, {"link": links.password_url("reset", prompt.recipient, at)})


WRITERS: dict[str, Callable[[Prompt, datetime, Standing], EmailMessage]] = {
    PromptKind.UPDATE: update,
    PromptKind.RESOLVE: resolve,
    PromptKind.INVITATION: invitation,
    PromptKind.PASSWORD_RESET: password_reset,
}


def write(prompts: Sequence[Prompt], at: datetime, known: Mapping[int, Standing]) -> EmailMessage:
    """The mail of these prompts. Raises whatever their data make impossible; the caller sets them aside."""
    prompt = prompts[0]
    return WRITERS[prompt.kind](prompt, at, known.get(prompt.pk, Standing()))


def _forecast(prompt: Prompt) -> Forecast:
    if prompt.forecast is None:
        raise ValueError(f"A prompt of kind “{prompt.kind}” needs a forecast.")
    return prompt.forecast


def _about(forecast: Forecast, at: datetime, standing: Standing) -> dict[str, Any]:
    own = standing.own
    return {
        "title": one_line(forecast.title),
        "scenario": one_line(forecast.scenario.title),
        "criteria": Truncator(readable(forecast.criteria)).chars(LONGEST_CRITERIA),
        "closes_at": forecast.closes_at,
        "left": words.span(forecast.closes_at - at) if forecast.closes_at and forecast.closes_at > at else "",
        "own": in_words(forecast, own.value) if own else "",
        "own_ago": words.ahead(own.made_at, at) if own else "",
        "consensus": in_words(forecast, _rounded(standing.consensus)) if standing.consensus else "",
    }


def _mail(prompt: Prompt, at: datetime, data: dict[str, Any]) -> EmailMessage:
    person = prompt.recipient
    everything = {"name": one_line(person.name), "zone": person.time_zone, "site": settings.SITE_URL, **data}
    mail = EmailMessage(policy=WIRE)
    mail["Subject"] = one_line(_rendered(prompt, "subject.txt", everything))[:LONGEST_SUBJECT]
    mail["From"] = settings.MAIL_FROM
    mail["To"] = _to(person)
    mail["Date"] = at
    mail["Message-ID"] = message_id(prompt)
    if prompt.forecast_id:
        mail["References"] = thread(person, prompt.forecast_id)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_rendered(prompt, "txt", everything))
    mail.add_alternative(_rendered(prompt, "html", everything), subtype="html")
    return mail


def _rendered(prompt: Prompt, ending: str, data: dict[str, Any]) -> str:
    return render_to_string(f"mail/{prompt.kind}.{ending}", data)


def _to(person: User) -> Address:
    return Address(one_line(person.name), addr_spec=recipient_address(person.email))


def recipient_address(email: str) -> str:
    """The address as it goes over the wire: a domain outside ASCII in its encoded form."""
    local, _, domain = email.rpartition("@")
    return f"{local}@{punycode(domain)}"


def sender_address() -> str:
    return parseaddr(settings.MAIL_FROM)[1]


def message_id(prompt: Prompt) -> str:
    """Always the same for a prompt, and nothing that a stranger could count."""
    return f"<{_opaque('message', str(prompt.pk))}@{_host()}>"


def thread(person: User, forecast_id: int) -> str:
    """What all mails to one person about one forecast refer to, so that mail programs keep them together."""
    return f"<{_opaque('thread', f'{person.pk}:{forecast_id}')}@{_host()}>"


def _opaque(purpose: str, value: str) -> str:
    return salted_hmac(f"forecasts.emails.{purpose}", value, algorithm="sha256").hexdigest()[:32]


def _host() -> str:
    return sender_address().rpartition("@")[2] or urlsplit(settings.SITE_URL).hostname or "localhost"


def _rounded(value: Value) -> Value:
    """Whole percentages: what a consensus says beyond them is noise."""
    if value.probability is not None:
        return Value(probability=min(max(round(value.probability, -2), 100), 9_900))
    if value.probabilities is not None:
        return Value(probabilities=tuple(round(units, -2) for units in value.probabilities))
    return value


def in_words(forecast: Forecast, value: Value) -> str:
    """A value as people read it.

    A probability with the decimals it was given, options and levels by name.
    """
    if value.probability is not None:
        return f"{value.probability / 100:g}%"
    if value.probabilities is not None:
        options = forecast.options.all()
        parts = zip(options, value.probabilities, strict=False)
        return ", ".join(f"{one_line(option.label)} {units / 100:g}%" for option, units in parts)
    parts_of = zip(forecast.quantile_levels, value.quantiles or (), strict=False)
    return ", ".join(f"{level / 100:g}%: {values.shown(forecast, number)}" for level, number in parts_of)


def one_line(text: str) -> str:
    """Text for a header: no line ends, nothing unseen, nothing that turns the direction of what follows.

    >>> one_line("Will it\\r\\nBcc: happen\\u202e?\\x00")
    'Will it Bcc: happen?'
    """
    return " ".join(_plain(text, keep="").split())


def readable(text: str) -> str:
    """The same for paragraphs, whose line ends stay."""
    return _plain(text, keep="\n").strip()


def _plain(text: str, keep: str) -> str:
    shown = []
    for character in text:
        if character in keep:
            shown.append(character)
        elif character in "\r\n\t" or unicodedata.category(character) in {"Zl", "Zp"}:
            shown.append(" ")
        elif unicodedata.category(character) not in UNSEEN and unicodedata.bidirectional(character) not in TURNING:
            shown.append(character)
    return "".join(shown)
