"""What mails are called on the wire: senders, recipients, Message-IDs, threads."""

from collections.abc import Sequence
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

from forecasts.models import Prompt, User


def recipient_address(email: str) -> str:
    """The address as it goes over the wire: a domain outside ASCII in its encoded form."""
    local, _, domain = email.rpartition("@")
    return f"{local}@{domain if domain.isascii() else punycode(domain)}"


def sender_address() -> str:
    return parseaddr(settings.MAIL_FROM)[1]


def message_id(prompts: Sequence[Prompt]) -> str:
    """Always the same for the same prompts, and nothing that a stranger could count."""
    return f"<{_opaque('message', ','.join(str(prompt.pk) for prompt in prompts))}@{_host()}>"


def thread(person: User, about: int | str) -> str:
    """What all mails to one person about one forecast, or of one kind, refer to: mail programs keep them together."""
    return f"<{_opaque('thread', f'{person.pk}:{about}')}@{_host()}>"


def list_id() -> str:
    """What mail programs sort the mails of this installation by."""
    return f"Reckoner <reckoner.{_host()}>"


def _opaque(purpose: str, value: str) -> str:
    return salted_hmac(f"forecasts.emails.{purpose}", value, algorithm="sha256").hexdigest()[:32]


def _host() -> str:
    return _host_of(settings.MAIL_FROM, settings.SITE_URL)


@lru_cache(maxsize=8)
def _host_of(sender: str, site: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or urlsplit(site).hostname or "localhost"
