"""A mail as bytes: CRLF line ends, nothing outside ASCII, no line that a server would cut.

The standard library writes the same in four times as long, and thousands may fall due at once; a test reads every
kind of mail back with it.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.utils import formataddr, parseaddr
from functools import lru_cache
from typing import NamedTuple

LONGEST_LINE = 998
WIDTH = 78


class Picture(NamedTuple):
    """A PNG that the HTML shows as `cid:name`."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, rendered: its bytes never change."""

    subject: str
    message_id: str
    content: bytes


def mail(headers: Mapping[str, str], text: str, html: str, pictures: Sequence[Picture] = ()) -> Mail:
    """A mail with a text and an HTML part that say the same. Headers are single lines; addresses come encoded."""
    mark = hashlib.sha256(headers["Message-ID"].encode()).hexdigest()[:24]
    rich = _part("text/html", html)
    if pictures:
        rich = _multipart("related", f"r{mark}", [rich, *(_picture(one) for one in pictures)])
    body = _multipart("alternative", f"a{mark}", [_part("text/plain", text), rich])
    head = "".join(_header(name, value) for name, value in headers.items())
    return Mail(headers["Subject"], headers["Message-ID"], f"{head}MIME-Version: 1.0\r\n{body}".encode("ascii"))


@lru_cache(maxsize=4096)
def address(name: str, email: str) -> str:
    """A name and an address for a header. Raises ValueError where the address is none."""
    return formataddr((name, Address(addr_spec=email).addr_spec))


@lru_cache(maxsize=16)
def sender(written: str) -> str:
    """The same of an address as it stands in the settings."""
    return formataddr(parseaddr(written))


def _header(name: str, value: str) -> str:
    if value.isascii() and "=?" not in value:
        return f"{_folded(f'{name}: {value}')}\r\n"
    if name in {"From", "To", "Date", "Message-ID"}:
        return f"{name}: {value}\r\n"
    return f"{name}: {Header(value, 'utf-8', header_name=name).encode(linesep='\r\n')}\r\n"


def _folded(line: str) -> str:
    """A header over several lines, broken at its spaces."""
    if len(line) <= WIDTH:
        return line
    name, first, *words = line.split(" ")
    lines = [f"{name} {first}"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append(f" {word}")
        else:
            lines[-1] = f"{lines[-1]} {word}"
    return "\r\n".join(lines)


def _part(kind: str, text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    how, body = _encoded(lines)
    return f'Content-Type: {kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {how}\r\n\r\n{body}'


def _encoded(lines: str) -> tuple[str, str]:
    if lines.isascii() and max(map(len, lines.split("\n"))) <= LONGEST_LINE:
        return "7bit", lines.replace("\n", "\r\n")
    raw = lines.encode()
    if (len(raw) - len(lines)) * 6 > len(raw):
        return "base64", _base64(lines.replace("\n", "\r\n").encode())
    head, start, body = lines.rpartition("\n<body>")
    return "quoted-printable", _head(head) + _quoted(start + body)


def _quoted(lines: str) -> str:
    return binascii.b2a_qp(lines.encode(), istext=True).decode().replace("\n", "\r\n")


@lru_cache(maxsize=64)
def _head(lines: str) -> str:
    """Most of a page is its styles: they are the same in all mails about a forecast."""
    return _quoted(lines)


def _base64(raw: bytes) -> str:
    return base64.encodebytes(raw).decode().replace("\n", "\r\n")


def _picture(picture: Picture) -> str:
    return (
        f'Content-Type: image/png; name="{picture.name}.png"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-ID: <{picture.name}>\r\nContent-Disposition: inline; filename="{picture.name}.png"\r\n\r\n'
        f"{_base64(picture.content)}"
    )


def _multipart(kind: str, boundary: str, parts: Sequence[str]) -> str:
    inner = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{inner}--{boundary}--\r\n'
