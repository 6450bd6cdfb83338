"""A mail as bytes: CRLF line ends, nothing outside ASCII, no line that a server would cut.

The standard library writes the same in four times as long, and thousands may fall due at once; a test reads every
kind of mail back with it.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr, quote
from functools import lru_cache
from typing import NamedTuple

LONGEST_LINE = 998
# Headers whose values are encoded where they are put together.
ADDRESSES = {"From", "To", "Reply-To", "Date", "Message-ID"}
WIDTH = 78
# RFC 2047: no encoded word is longer than 75, no line with one longer than 76; the longest name of a header is left.
LONGEST_WORD = 76 - len("Reply-To: ")
MOST_BYTES = (LONGEST_WORD - len("=?utf-8?b??=")) // 4 * 3


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
    spec = Address(addr_spec=email).addr_spec
    if not name:
        return spec
    phrase = f'"{quote(name)}"' if name.isascii() and name.isprintable() and "=?" not in name else words(name)
    whole = f"{phrase} <{spec}>"
    last = whole.rpartition("\r\n")[2]
    return whole if "\r\n" not in whole or len(last) <= LONGEST_WORD else f"{phrase}\r\n <{spec}>"


def words(text: str) -> str:
    """A text of any script as RFC 2047 wants it in a header: encoded words of whole characters, each on its line.

    They are broken before spaces where they can be: some programs put one between them that is not there.
    """
    pieces = [b""]
    for token in re.findall(r"\s*\S+|\s+$", text):
        whole = token.encode("utf-8", "replace")
        for letter in [whole] if len(whole) <= MOST_BYTES else [one.encode("utf-8", "replace") for one in token]:
            if len(pieces[-1] + letter) > MOST_BYTES:
                pieces.append(b"")
            pieces[-1] += letter
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(piece).decode()}?=" for piece in pieces if piece)


@lru_cache(maxsize=16)
def sender(written: str) -> str:
    """The same of an address as it stands in the settings."""
    return address(*parseaddr(written))


def _header(name: str, value: str) -> str:
    if "\r\n" not in value and value.isascii() and "=?" not in value:
        return f"{_folded(f'{name}: {value}')}\r\n"
    return f"{name}: {value if name in ADDRESSES else words(value)}\r\n"


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
