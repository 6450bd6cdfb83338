"""One connection to the mail server, used for many messages, each within a limit of wall-clock time."""

import contextlib
import math
import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from django.core.mail.utils import DNS_NAME

LONGEST_TEXT = 500
CLOSING = 421
# How often to look whether a message has taken too long, in seconds.
LOOK = 0.25
# Who answers so to any command asks for a log-in (RFC 4954).
LOG_IN_WANTED = {530, 534, 535, 538}
# Servers that take mail only for their own domains say so to each recipient, with codes of the recipient.
RELAYING = re.compile(r"\brelay", re.IGNORECASE)
# The enhanced codes of a bad address (RFC 3463), which some servers give only once they have the content.
BAD_ADDRESS = re.compile(r"5\.1\.[0-9]+\b")


# Python's library would leave these out, and so write to somebody else.
NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>]")
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

type Meanwhile = Callable[[], None]


def do_nothing() -> None:
    """What goes on meanwhile where nothing does."""


class Outcome(StrEnum):
    """What became of one message."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    """For good, whatever the reason but the recipient's address."""
    RETURNED = "returned"
    """For good: the server does not deliver to this recipient."""
    UNREACHABLE = "unreachable"
    """The server could not be reached, so no other message would get through either."""
    OURS = "ours"
    """The server wants neither our log-in nor our sender; no message is to blame."""
    UNKNOWN = "unknown"
    """The content went out, and no answer came."""


@dataclass(frozen=True, slots=True)
class Reply:
    outcome: Outcome
    code: int | None = None
    text: str = ""


class Connection:
    """Connects on first use, and again where the server hung up. Options are those of Django's SMTP mailer."""

    def __init__(self, options: Mapping[str, Any], seconds: float) -> None:
        self.options = options
        self.seconds = seconds
        self.patience = min(seconds, options.get("timeout") or seconds)
        self.smtp: smtplib.SMTP | None = None
        self.line: socket.socket | None = None
        self.cut = False
        self.limit = Limit(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self.limit:
            self._leave()
        self.limit.over.set()

    def hand_over(self, sender: str, recipient: str, content: bytes, meanwhile: Meanwhile = do_nothing) -> Reply:
        """Offer one message. Content has CRLF line ends. Whatever goes wrong on the way is a reply.

        `meanwhile` is called once the content is out, before the server's answer is waited for. It raises nothing.
        """
        if NO_ADDRESS.search(recipient):
            return Reply(Outcome.REFUSED, None, "This is not an address.")
        with self.limit:
            reused = self.smtp is not None
            reply = self._offer(sender, recipient, content, meanwhile)
            if reused and self.smtp is None and reply.outcome == Outcome.DEFERRED and not self.cut:
                reply = self._offer(sender, recipient, content, meanwhile)
        return reply

    def _offer(self, sender: str, recipient: str, content: bytes, meanwhile: Meanwhile) -> Reply:
        try:
            smtp = self._connected()
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLCertVerificationError) as error:
            return self._failed(Outcome.OURS, error)
        except OSError as error:
            return self._failed(Outcome.UNREACHABLE, error)
        try:
            refused = self._envelope(smtp, sender, recipient)
        except OSError as error:
            return self._failed(Outcome.DEFERRED, error)
        except ValueError as error:
            # An address that cannot be written on an SMTP line.
            self._drop()
            return Reply(Outcome.REFUSED, None, _readable(str(error)))
        return refused or self._content(smtp, content, meanwhile)

    def _connected(self) -> smtplib.SMTP:
        if self.smtp is not None:
            return self.smtp
        secure = bool(self.options.get("use_ssl"))
        context = ssl.create_default_context() if secure or self.options.get("use_tls") else None
        mine: dict[str, Any] = {"local_hostname": DNS_NAME.get_fqdn(), "timeout": self.patience}
        smtp = SecureDialogue(context=context, **mine) if secure else Dialogue(**mine)
        self.smtp = smtp
        smtp.open(self, self.options["host"], self.options["port"])
        if self.options.get("use_tls"):
            smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()
        if self.options.get("username") and self.options.get("password"):
            smtp.login(self.options["username"], self.options["password"])
        if self.cut:
            raise TimeoutError
        return smtp

    def _envelope(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> Reply | None:
        code, text = smtp.mail(sender)
        if code != 250:
            return self._declined(Outcome.OURS, code, text)
        code, text = smtp.rcpt(recipient)
        if code not in (250, 251):
            return self._declined(Outcome.RETURNED, code, text)
        code, text = smtp.docmd("DATA")
        return None if code == 354 else self._declined(Outcome.REFUSED, code, text)

    def _content(self, smtp: smtplib.SMTP, content: bytes, meanwhile: Meanwhile) -> Reply:
        """From here on the server may have the message although it does not say so."""
        end = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            smtp.send(LEADING_DOT.sub(b"..", content) + end)
            meanwhile()
            code, text = smtp.getreply()
        except OSError as error:
            return self._failed(Outcome.UNKNOWN, error)
        if code != 250:
            return self._declined(Outcome.REFUSED, code, text)
        return Reply(Outcome.ACCEPTED, code, _readable(text))

    def _declined(self, permanently: Outcome, code: int, text: bytes | str) -> Reply:
        """The server said no: for good with a code of the five hundreds, else for now."""
        if code == CLOSING or code < 0:
            self._drop()
        elif self.smtp is not None:
            try:
                self.smtp.rset()
            except OSError:
                self._drop()
        said = _readable(text)
        outcome = _blamed(permanently, code, said) if code >= 500 else Outcome.DEFERRED
        return Reply(outcome, code if code > 0 else None, said)

    def _failed(self, outcome: Outcome, error: OSError) -> Reply:
        self._drop()
        if self.cut:
            return Reply(outcome, None, f"No answer within {self.seconds:g} s.")
        # Whether the socket's own limit or the whole message's comes first is chance where both are the same.
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return Reply(outcome, None, f"No answer within {self.patience:g} s.")
        if isinstance(error, smtplib.SMTPResponseException):
            return Reply(outcome, error.smtp_code, _readable(error.smtp_error))
        return Reply(outcome, None, _readable(str(error) or type(error).__name__))

    def gave_up(self, error: Exception) -> Reply:
        """The reply where something went wrong that no server is to blame for. Nobody knows how far it went."""
        self._drop()
        return Reply(Outcome.UNKNOWN, None, _readable(f"{type(error).__name__}: {error}"))

    def _leave(self) -> None:
        if self.smtp is not None:
            with contextlib.suppress(OSError):
                self.smtp.quit()
            self._drop()

    def _drop(self) -> None:
        if self.smtp is not None:
            self.smtp.close()
        if self.line is not None:
            self.line.close()
        self.smtp = self.line = None

    def hold(self, sock: socket.socket) -> None:
        """Keep a second handle of the connection: a handshake takes the first one away while it lasts."""
        self.line = sock.dup()
        if self.cut:
            raise TimeoutError

    def hang_up(self) -> None:
        """Wake whoever waits for the server, from another thread."""
        self.cut = True
        if (line := self.line) is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


class Dialogue(smtplib.SMTP):
    """Shows its socket before the server has said a word, so that a greeting that drips can be cut short too."""

    connection: Connection

    def open(self, connection: Connection, host: str, port: int) -> None:
        """Connect and read the greeting. The host's addresses, if it has several, share the time."""
        self.connection, self._host = connection, host
        code, text = self.connect(host, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        sock: socket.socket = super()._get_socket(host, port, timeout / len(addresses))  # type: ignore[misc]
        sock.settimeout(timeout)
        self.connection.hold(sock)
        return sock


class SecureDialogue(smtplib.SMTP_SSL, Dialogue):
    """The same, encrypted from the first byte."""


class Limit:
    """Hangs up when a block takes longer than the connection's limit, however the server drips.

    One thread looks now and then: starting a timer for each message would take a tenth of its time.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.deadline = math.inf
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.thread: threading.Thread | None = None

    def __enter__(self) -> None:
        if self.thread is None:
            self.thread = threading.Thread(target=self._watch, daemon=True)
            self.thread.start()
        with self.lock:
            self.connection.cut = False
            self.deadline = time.monotonic() + self.connection.seconds

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.deadline = math.inf

    def _watch(self) -> None:
        while not self.over.wait(min(LOOK, self.connection.seconds / 4)):
            with self.lock:
                if time.monotonic() > self.deadline:
                    self.connection.hang_up()


def _readable(text: bytes | str) -> str:
    """What the server said, in one line that the database takes."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return re.sub(r"[\x00-\x1f\x7f]+", " ", words).strip()[:LONGEST_TEXT]


def _blamed(permanently: Outcome, code: int, said: str) -> Outcome:
    """Whose fault a refusal for good is. Without a right to relay no recipient would do, so that is ours."""
    if code in LOG_IN_WANTED or (permanently == Outcome.RETURNED and RELAYING.search(said)):
        return Outcome.OURS
    if permanently == Outcome.REFUSED and BAD_ADDRESS.match(said):
        return Outcome.RETURNED
    return permanently
