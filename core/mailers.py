"""MAIL_URL to Django's MAILERS entry, RETURNS_URL to the mailbox that returns come to."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MAILBOXES = {"imap": 143, "imaps": 993}
SCHEMES = {"smtp": (25, {}), "smtp+tls": (587, {"use_tls": True}), "smtps": (465, {"use_ssl": True})}


def mailer(url: str) -> dict[str, Any]:
    """The settings of one mail server from its address.

    >>> mailer("smtp+tls://me:secret@mail.example.org")["OPTIONS"]["port"]
    587
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ImproperlyConfigured(
            f"MAIL_URL is smtp://, smtp+tls:// or smtps:// with a host, such as smtp://mail:25; got {parts.scheme}://…"
        )
    port, security = SCHEMES[parts.scheme]
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or port,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "timeout": 20,
            **security,
        },
    }


def mailbox(url: str) -> dict[str, Any] | None:
    """The mailbox of returned mail from its address; None where none is set.

    >>> mailbox("imaps://me:secret@mail.example.org/Returns")["folder"]
    'Returns'
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in MAILBOXES or not parts.hostname:
        raise ImproperlyConfigured(
            f"RETURNS_URL is imap:// or imaps:// with a host, such as imaps://me:secret@mail/INBOX; got {parts.scheme}://…"
        )
    return {
        "host": parts.hostname,
        "port": parts.port or MAILBOXES[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "folder": unquote(parts.path.strip("/")) or "INBOX",
        "ssl": parts.scheme == "imaps",
    }
