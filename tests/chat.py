"""A server on loopback that speaks OpenAI's chat completions, and can be told to misbehave."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Question = dict[str, Any]
Saying = Callable[[Question], object]


def completion(content: object, **choice: object) -> dict[str, object]:
    """A whole completion around a content, as the protocol has it."""
    message = {"role": "assistant", "content": content, "refusal": None}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_733_011_200,
        "model": "reader-2026-11-01",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", **choice}],
        "usage": {"prompt_tokens": 1_000, "completion_tokens": 200, "total_tokens": 1_200},
    }


def said(quote: str, **fields: object) -> dict[str, object]:
    """One statement as a model gives it."""
    return {
        "quote": quote,
        "cue": "",
        "category": "other",
        "likelihood": "unquantified",
        "conditional": False,
        "attributed_to": "",
        "reason": "It looks ahead.",
        **fields,
    }


def statements(*found: dict[str, object]) -> dict[str, object]:
    """A completion that holds these statements."""
    return completion(json.dumps({"statements": list(found)}))


@dataclass
class Answering:
    """What is sent back: a body for each question, with a status; or bytes written by hand."""

    body: Saying = lambda question: statements()
    statuses: list[int] = field(default_factory=list)
    by_hand: Callable[[BaseHTTPRequestHandler, threading.Event], None] | None = None


class Server:
    """Remembers what it was asked. `released` is set when it stops: who holds an answer back waits for that."""

    def __init__(self) -> None:
        self.answering = Answering()
        self.asked: list[Question] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def article(self, index: int = -1) -> str:
        """What stood between the marks of a question."""
        return str(self.asked[index]["messages"][1]["content"]).split("\n", 1)[1].rsplit("\n", 1)[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append(question)
                server.headers.append(dict(self.headers))
                server.paths.append(self.path)
                if server.answering.by_hand is not None:
                    server.answering.by_hand(self, server.released)
                    return
                statuses = server.answering.statuses
                status = statuses.pop(0) if statuses else 200
                body = server.answering.body(question)
                answer(self, body if isinstance(body, bytes) else json.dumps(body).encode(), status)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        return Handler


def answer(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.send_header("Retry-After", "0")
    handler.end_headers()
    handler.wfile.write(body)
