"""An SMTP server in a process of its own. Its log is the truth about what arrived: `python -m tests.chaos.sink`.

A line is in the log before the server answers for it, and a killed process does not take it away again.
"""

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import random
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

LOOPBACK = "127.0.0.1"
LONGEST = 2**22
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
RECIPIENT = re.compile(rb"^RCPT TO:<([^>]*)>", re.IGNORECASE)
SILENT = "silent"
"""To recipients whose address begins so the server never says that it has the content."""

type Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Copy:
    """One mail that was stored, as a line of the log has it. `at` is in seconds since 1970."""

    at: float
    recipient: str
    message_id: str
    sha256: str
    sender: int = 0
    """The port that the client spoke from: one for each connection."""


def read(log: Path) -> list[Copy]:
    """What arrived, in order. A line that is being written is left out."""
    text = log.read_text() if log.exists() else ""
    return [Copy(**json.loads(line)) for line in text.split("\n")[:-1]]


@dataclass
class Manner:
    """How the server behaves."""

    delay: float = 0.0
    """Seconds between the content and the answer."""
    think: float = 0.0
    """Seconds between the recipient and the answer."""
    temporary: float = 0.0
    """How often a recipient is put off with 451."""
    permanent: float = 0.0
    """The share of recipients that do not exist."""
    seed: int = 0
    dice: random.Random = field(default_factory=random.Random)

    def to_recipient(self, address: str) -> str:
        if unit(f"{self.seed}:{address}") < self.permanent:
            return "550 5.1.1 no such user"
        return "451 4.3.0 later" if self.dice.random() < self.temporary else "250 OK"


def unit(text: str) -> float:
    """A number from 0 to 1 that belongs to the text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48


class Sink:
    def __init__(self, log: Path, manner: Manner) -> None:
        self.log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.held = os.open(log.with_suffix(".held"), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.manner = manner

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._dialogue(reader, writer)
        writer.close()

    async def _dialogue(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""
        await say(writer, "220 sink")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                recipient = recipient_of(line)
                await asyncio.sleep(self.manner.think)
                await say(writer, self.manner.to_recipient(recipient))
            elif verb == b"DATA":
                await say(writer, "354 go on")
                await self._content(recipient, (reader, writer))
            elif verb == b"QUIT":
                await say(writer, "221 bye")
                return
            else:
                await say(writer, "250 OK")

    async def _content(self, recipient: str, streams: Streams) -> None:
        reader, writer = streams
        content = (await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        found = MESSAGE_ID.search(content)
        message_id = found[1].decode() if found else ""
        port = writer.get_extra_info("peername")[1]
        line = Copy(time.time(), recipient, message_id, digest(content), port)
        os.write(self.log, json.dumps(line.__dict__).encode() + b"\n")
        if recipient.startswith(SILENT):
            await self._keep_silent(reader)
            return
        if self.manner.delay:
            await asyncio.sleep(self.manner.delay)
        await say(writer, "250 OK")

    async def _keep_silent(self, reader: asyncio.StreamReader) -> None:
        """Note how long the client waits before it hangs up."""
        since = time.monotonic()
        with contextlib.suppress(ConnectionError):
            await reader.read()
        os.write(self.held, f"{time.monotonic() - since:.3f}\n".encode())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def recipient_of(line: bytes) -> str:
    found = RECIPIENT.match(line)
    return found[1].decode("ascii", "replace") if found else ""


async def say(writer: asyncio.StreamWriter, answer: str) -> None:
    writer.write(f"{answer}\r\n".encode())
    await writer.drain()


async def serve(port: int, sink: Sink) -> None:
    server = await asyncio.start_server(sink.converse, LOOPBACK, port, limit=LONGEST)
    async with server:
        await server.serve_forever()


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("log", type=Path)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--think", type=float, default=0.0)
    parser.add_argument("--temporary", type=float, default=0.0)
    parser.add_argument("--permanent", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    given = vars(parser.parse_args(arguments))
    port, log = given.pop("port"), given.pop("log")
    manner = Manner(**given, dice=random.Random())
    asyncio.run(serve(port, Sink(log, manner)))


if __name__ == "__main__":
    main(sys.argv[1:])
