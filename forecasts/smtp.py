"""One connection to the mail server, used for many messages, each within a limit of wall-clock time."""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Any, Self

from django.core.mail.utils import DNS_NAME

LONGEST_TEXT = 500
CLOSING = 421


class Outcome(StrEnum):
    """What became of one message."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
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
        self.smtp: smtplib.SMTP | None = None
        self.cut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with Limited(self):
            self._leave()

    def hand_over(self, sender: str, recipient: str, content: bytes) -> Reply:
        """Offer one message. Content has CRLF line ends. Whatever goes wrong on the way is a reply."""
        with Limited(self):
            reused = self.smtp is not None
            reply = self._offer(sender, recipient, content)
            if reused and self.smtp is None and reply.outcome == Outcome.DEFERRED and not self.cut:
                reply = self._offer(sender, recipient, content)
        return reply

    def _offer(self, sender: str, recipient: str, content: bytes) -> Reply:
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
        return refused or self._content(smtp, content)

    def _connected(self) -> smtplib.SMTP:
        if self.smtp is not None:
            return self.smtp
        secure = bool(self.options.get("use_ssl"))
        context = ssl.create_default_context() if secure or self.options.get("use_tls") else None
        timeout = min(self.seconds, self.options.get("timeout") or self.seconds)
        where = (self.options["host"], self.options["port"], DNS_NAME.get_fqdn())
        self.smtp = (
            smtplib.SMTP_SSL(*where, timeout=timeout, context=context)
            if secure
            else smtplib.SMTP(*where, timeout=timeout)
        )
        if self.options.get("use_tls"):
            self.smtp.starttls(context=context)
        self.smtp.ehlo_or_helo_if_needed()
        if self.options.get("username") and self.options.get("password"):
            self.smtp.login(self.options["username"], self.options["password"])
        if self.cut:
            raise TimeoutError
        return self.smtp

    def _envelope(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> Reply | None:
        code, text = smtp.mail(sender)
        if code != 250:
            return self._declined(Outcome.OURS, code, text)
        code, text = smtp.rcpt(recipient)
        if code not in (250, 251):
            return self._declined(Outcome.REFUSED, code, text)
        return None

    def _content(self, smtp: smtplib.SMTP, content: bytes) -> Reply:
        try:
            code, text = smtp.data(content)
        except smtplib.SMTPDataError as error:
            return self._declined(Outcome.REFUSED, error.smtp_code, error.smtp_error)
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
        return Reply(permanently if code >= 500 else Outcome.DEFERRED, code if code > 0 else None, _readable(text))

    def _failed(self, outcome: Outcome, error: OSError) -> Reply:
        self._drop()
        if self.cut:
            return Reply(outcome, None, f"No answer within {self.seconds:g} s.")
        if isinstance(error, smtplib.SMTPResponseException):
            return Reply(outcome, error.smtp_code, _readable(error.smtp_error))
        return Reply(outcome, None, _readable(str(error) or type(error).__name__))

    def _leave(self) -> None:
        if self.smtp is None:
            return
        try:
            self.smtp.quit()
        except OSError:
            self._drop()
        self.smtp = None

    def _drop(self) -> None:
        if self.smtp is not None:
            self.smtp.close()
        self.smtp = None

    def hang_up(self) -> None:
        """Wake whoever waits for the server, from another thread."""
        self.cut = True
        sock = self.smtp.sock if self.smtp is not None else None
        if sock is not None:
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                return


class Limited:
    """Hangs up when the block takes longer than the connection's limit, however the server drips."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.timer = threading.Timer(connection.seconds, connection.hang_up)
        self.timer.daemon = True

    def __enter__(self) -> None:
        self.connection.cut = False
        self.timer.start()

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()


def _readable(text: bytes | str) -> str:
    """What the server said, in one line that the database takes."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return re.sub(r"[\x00-\x1f\x7f]+", " ", words).strip()[:LONGEST_TEXT]
