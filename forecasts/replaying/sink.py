"""A mail server on loopback that takes everything and delivers nothing."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"


class Taker:
    """Says yes to whoever hands over a mail."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's
        return "250 Taken"


class OnFreePort(Controller):
    """Listens on a socket that is bound already: asking for a free port and taking it later would be a race."""

    def __init__(self, listener: socket.socket) -> None:
        host, port = listener.getsockname()
        super().__init__(Taker(), hostname=host, port=port)
        self._listener = listener

    def _create_server(self) -> Any:
        made: asyncio.AbstractEventLoop = self.loop
        return made.create_server(self._factory_invoker, sock=self._listener)


@contextlib.contextmanager
def open_sink() -> Iterator[dict[str, Any]]:
    """Take mail meanwhile; yields the options of Django's SMTP mailer that lead here."""
    controller = OnFreePort(socket.create_server((LOOPBACK, 0)))
    controller.start()
    try:
        yield {"host": LOOPBACK, "port": controller.port, "timeout": 20}
    finally:
        controller.stop()
