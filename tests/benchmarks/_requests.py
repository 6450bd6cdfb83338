"""Asks for one address over many connections at once, and counts the answers: little more than sockets."""

import selectors
import socket
import sys
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Connection:
    """One request is under way at any time."""

    socket: socket.socket
    held: bytearray = field(default_factory=bytearray)

    def received(self) -> bytes | None:
        """The head of an answer once all of it is there."""
        self.held += self.socket.recv(1 << 20)
        head, gap, body = self.held.partition(b"\r\n\r\n")
        if not gap or len(body) < _length(head):
            return None
        self.held.clear()
        return bytes(head)


def _length(head: bytearray) -> int:
    if head[9:12] == b"304":
        return 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise ValueError("The answer does not say how long it is.")


def rate(port: int, request: bytes, status: bytes, seconds: float, connections: int) -> float:
    """Answers a second. Raises ValueError for one of another status."""
    chosen = selectors.DefaultSelector()
    for _ in range(connections):
        one = Connection(socket.create_connection(("127.0.0.1", port), timeout=30))
        chosen.register(one.socket, selectors.EVENT_READ, one)
        one.socket.sendall(request)
    answers, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for key, _ in chosen.select(timeout=1):
            head = key.data.received()
            if head is None:
                continue
            if head[9:12] != status:
                raise ValueError(head.decode())
            answers += 1
            key.data.socket.sendall(request)
    return answers / (time.perf_counter() - begun)


def main() -> None:
    """Port, status, seconds and connections as arguments, the request on standard input; prints the rate."""
    port, status, seconds, connections = sys.argv[1:]
    found = rate(int(port), sys.stdin.buffer.read(), status.encode(), float(seconds), int(connections))
    sys.stdout.write(f"{found}\n")


if __name__ == "__main__":
    main()
