"""A real IMAP server on loopback, with one empty mailbox."""

import imaplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.services import free_port


@contextmanager
def mailbox() -> Iterator[dict[str, Any]]:
    """The settings of the mailbox, while its server runs."""
    port = free_port()
    start = "from pymap.main import main; main()"
    command = [sys.executable, "-c", start, "--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict"]
    server = subprocess.Popen([*command, "--demo-data"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    box = {
        "host": "127.0.0.1",
        "port": port,
        "username": "demouser",
        "password": "demopass",
        "folder": "Returns",
        "ssl": False,
    }
    try:
        _answers(server, port)
        with _connected(box) as client:
            client.create("Returns")
        yield box
    finally:
        server.kill()
        server.wait()


def put(box: dict[str, Any], content: bytes) -> None:
    """Deliver a mail into the mailbox."""
    with _connected(box) as client:
        status, said = client.append(box["folder"], "", imaplib.Time2Internaldate(time.time()), content)
        assert status == "OK", said


def unseen(box: dict[str, Any]) -> int:
    with _connected(box) as client:
        client.select(box["folder"])
        return len(client.search(None, "UNSEEN")[1][0].split())


@contextmanager
def _connected(box: dict[str, Any]) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4(box["host"], box["port"], timeout=60) as client:
        client.login(box["username"], box["password"])
        yield client


def _answers(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            imaplib.IMAP4("127.0.0.1", port, timeout=5).logout()
        except OSError:
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server does not answer"
        else:
            return
