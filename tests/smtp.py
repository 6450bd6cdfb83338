"""A real SMTP server on loopback that can be told to misbehave. What it stored is the truth about what arrived."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.services import free_port

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Arrived:
    """One message that the server said 250 to, or took and then kept silent about."""

    sender: str
    recipient: str
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def text(self) -> str:
        part = self.mail.get_body(("plain",))
        return str(part.get_content()) if part else ""

    @property
    def html(self) -> str:
        part = self.mail.get_body(("html",))
        return str(part.get_content()) if part else ""


@dataclass
class Behaviour:
    """What the server answers at each stage; a function gets the recipient's address."""

    sender: str = "250 OK"
    recipient: Callable[[str], str] = lambda address: "250 OK"
    content: Callable[[str], str] = lambda address: "250 OK"
    greet: Callable[[], object] = lambda: None
    """Called in a thread of its own before EHLO is answered."""
    before_answer: Callable[[], object] = lambda: None
    """Called in a thread of its own once the content is stored, before it is answered."""
    hangs_up: bool = False
    """Store the content, and close the connection instead of answering."""


@dataclass
class Sink:
    """Handles the server's dialogue and remembers what came."""

    behaviour: Behaviour = field(default_factory=Behaviour)
    arrived: list[Arrived] = field(default_factory=list)
    connections: int = 0
    changed: threading.Event = field(default_factory=threading.Event)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        await server.loop.run_in_executor(None, self.behaviour.greet)
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.behaviour.sender.startswith("250"):
            envelope.mail_from = address
        return self.behaviour.sender

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.behaviour.recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        recipient = envelope.rcpt_tos[0]
        answer = self.behaviour.content(recipient)
        if answer.startswith("250"):
            content = envelope.original_content or b""
            self.arrived.append(Arrived(envelope.mail_from or "", recipient, content))
            self.changed.set()
        await server.loop.run_in_executor(None, self.behaviour.before_answer)
        if self.behaviour.hangs_up:
            cast("asyncio.WriteTransport", server.transport).abort()
        return answer


class Server:
    """The sink behind a port."""

    def __init__(self, *, log_in: tuple[str, str] | None = None) -> None:
        self.sink = Sink()
        more: dict[str, Any] = {"authenticator": _only(log_in), "auth_require_tls": False} if log_in else {}
        self.port = free_port()
        self.controller = Controller(self.sink, hostname=LOOPBACK, port=self.port, **more)

    def start(self) -> None:
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop()

    @property
    def options(self) -> dict[str, object]:
        return {"host": LOOPBACK, "port": self.port, "username": "", "password": "", "timeout": 20}

    @property
    def arrived(self) -> list[Arrived]:
        return self.sink.arrived


def _only(log_in: tuple[str, str]) -> Callable[..., AuthResult]:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        given = (getattr(data, "login", b"").decode(), getattr(data, "password", b"").decode())
        return AuthResult(success=given == log_in, handled=False)

    return check
