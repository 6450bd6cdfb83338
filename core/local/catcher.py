"""The embedded mail server: aiosmtpd on loopback keeps what it is given in var/mail/ and delivers nothing."""

import contextlib
import socket
import sys
from pathlib import Path

from core.local import places

LOOPBACK = "127.0.0.1"
USUAL_PORT = 1025


def mailbox() -> Path:
    """The folder of the caught messages, a Maildir: each message appears in it all at once."""
    return places.var() / "mail"


def url() -> str:
    """The address for MAIL_URL. Starts nothing."""
    return f"smtp://{LOOPBACK}:{_remembered()}"


def take_port() -> int:
    """A free port for the catcher: if possible that of last time or the usual one. Remembered for `url()`."""
    port = next(port for port in (_remembered(), USUAL_PORT, 0) if port == 0 or is_free(port))
    if port == 0:
        with contextlib.closing(socket.create_server((LOOPBACK, 0))) as server:
            port = server.getsockname()[1]
    _port_file().write_text(str(port))
    return port


def is_free(port: int) -> bool:
    """Whether nothing listens on the loopback port. Granian does not look: it would share."""
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError:
        return False
    return True


def command(port: int) -> list[str]:
    """The command line that runs the catcher in the foreground."""
    module = [sys.executable, "-m", "aiosmtpd", "--nosetuid", "--smtputf8"]
    return [*module, "--listen", f"{LOOPBACK}:{port}", "--class", "aiosmtpd.handlers.Mailbox", str(mailbox())]


def _port_file() -> Path:
    return places.var() / "mail-port"


def _remembered() -> int:
    try:
        return int(_port_file().read_text())
    except (OSError, ValueError):
        return USUAL_PORT
