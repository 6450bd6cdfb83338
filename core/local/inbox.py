"""Reading what the mail catcher caught."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from pathlib import Path

from core.local import catcher


@dataclass(frozen=True)
class Attachment:
    """What is neither the text nor the HTML of a mail. The HTML names it by `cid:` and its `content_id`."""

    filename: str
    content_type: str
    content_id: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    key: str
    subject: str
    sender: str
    recipients: tuple[str, ...]
    received_at: datetime
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    raw: bytes


def messages(limit: int = 500) -> list[Mail]:
    """The newest messages first."""
    return [_mail(path) for path in sorted(_files(), key=_age, reverse=True)[:limit]]


def message(key: str) -> Mail | None:
    """The message with this key, or None where there is none."""
    return next((_mail(path) for path in _files() if path.name == key), None)


def _files() -> Iterator[Path]:
    for part in ("new", "cur"):
        yield from (catcher.mailbox() / part).glob("[!.]*")


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _mail(path: Path) -> Mail:
    raw = path.read_bytes()
    parsed = message_from_bytes(raw, policy=policy.default)
    return Mail(
        key=path.name,
        subject=str(parsed["Subject"] or ""),
        sender=str(parsed["From"] or ""),
        recipients=_recipients(parsed),
        received_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=_body(parsed, "plain"),
        html=_body(parsed, "html"),
        attachments=tuple(_attachments(parsed)),
        raw=raw,
    )


def _recipients(parsed: EmailMessage) -> tuple[str, ...]:
    """Whom the envelope named (the catcher notes it), since a header can leave people out."""
    named = parsed.get_all("X-RcptTo") or parsed.get_all("To") or []
    return tuple(address for _, address in getaddresses([str(value) for value in named]))


def _body(parsed: EmailMessage, subtype: str) -> str:
    part = parsed.get_body((subtype,))
    if part is None:
        return ""
    try:
        return str(part.get_content(errors="replace"))
    except LookupError:  # a character set that Python does not know
        return _bytes(part).decode("utf-8", "replace")


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachments(parsed: EmailMessage) -> Iterator[Attachment]:
    bodies = [parsed.get_body((subtype,)) for subtype in ("plain", "html")]
    for part in parsed.walk():
        if not part.is_multipart() and not any(part is body for body in bodies):
            yield Attachment(
                filename=part.get_filename() or "",
                content_type=part.get_content_type(),
                content_id=str(part["Content-ID"] or "").strip("<> "),
                content=_bytes(part),
            )
