"""The dialogue: whatever the server does, a message takes no longer than its limit, and has one outcome."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from forecasts.mail.smtp import Connection, Outcome
from tests.services import free_port
from tests.smtp import Server

MAIL = b"Subject: S\r\n\r\n.A line that begins with a dot\r\n..two\r\n"
LIMIT = 0.4


@contextlib.contextmanager
def speaking(script: Callable[[socket.socket], None]) -> Iterator[dict[str, object]]:
    """A server that does as the script says with each connection; yields the options to reach it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held: list[socket.socket] = []

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    accepted, _ = listening.accept()
                    held.append(accepted)
                    threading.Thread(target=_quietly, args=(script, accepted), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield {"host": "127.0.0.1", "port": listening.getsockname()[1], "timeout": 20}
        listening.shutdown(socket.SHUT_RDWR)
        for one in held:
            one.close()


def _quietly(script: Callable[[socket.socket], None], accepted: socket.socket) -> None:
    with contextlib.suppress(OSError):
        script(accepted)


def drips(text: bytes) -> Callable[[socket.socket], None]:
    """Says the text without ever coming to its end, a byte at a time."""

    def script(accepted: socket.socket) -> None:
        accepted.sendall(text)
        while True:
            accepted.sendall(b"x")
            time.sleep(0.02)

    return script


def offered(options: dict[str, object], **more: object) -> tuple[Outcome, str, float]:
    """The outcome of one message, what was said, and how long it took."""
    began = time.monotonic()
    with Connection({**options, **more}, LIMIT) as server:
        reply = server.hand_over("us@example.invalid", "them@example.invalid", MAIL)
        took = time.monotonic() - began
    return reply.outcome, reply.text, took


@pytest.mark.parametrize("said", [b"", b"220-"], ids=["in silence", "greeting"])
def test_a_server_that_accepts_and_never_greets_is_left_in_time(said: bytes) -> None:
    with speaking(drips(said) if said else lambda accepted: None) as options:
        outcome, text, took = offered(options)
    assert (outcome, text) == (Outcome.UNREACHABLE, f"No answer within {LIMIT:g} s.")
    assert took < LIMIT + 60


def test_a_handshake_that_drips_is_cut_short() -> None:
    # The head of a TLS record that announces 16 KB.
    with speaking(drips(b"\x16\x03\x03\x40\x00")) as options:
        outcome, text, took = offered(options, use_ssl=True)
    assert (outcome, text) == (Outcome.UNREACHABLE, f"No answer within {LIMIT:g} s.")
    assert took < LIMIT + 60


def test_a_silent_server_is_left_with_the_same_words_whichever_limit_comes_first() -> None:
    with speaking(lambda accepted: None) as options, Connection({**options, "timeout": LIMIT}, 60) as server:
        reply = server.hand_over("us@example.invalid", "them@example.invalid", MAIL)
    assert (reply.outcome, reply.text) == (Outcome.UNREACHABLE, f"No answer within {LIMIT:g} s.")


def test_a_server_that_drips_its_answers_is_cut_short() -> None:
    with speaking(drips(b"220 sink\r\n250-")) as options:
        outcome, text, took = offered(options)
    assert (outcome, text) == (Outcome.UNREACHABLE, f"No answer within {LIMIT:g} s.")
    assert took < LIMIT + 60


def test_a_message_after_a_cut_one_gets_its_whole_time(mail_server: Server) -> None:
    release = threading.Event()
    mail_server.sink.behaviour.before_answer = release.wait
    with Connection(mail_server.options, LIMIT) as server:
        assert server.hand_over("us@example.invalid", "a@example.invalid", MAIL).outcome == Outcome.UNKNOWN
        release.set()
        mail_server.sink.behaviour.before_answer = lambda: None
        assert server.hand_over("us@example.invalid", "b@example.invalid", MAIL).outcome == Outcome.ACCEPTED


def test_lines_that_begin_with_a_dot_arrive_as_they_were(mail_server: Server) -> None:
    with Connection(mail_server.options, 60) as server:
        assert server.hand_over("us@example.invalid", "a@example.invalid", MAIL).outcome == Outcome.ACCEPTED
    assert mail_server.arrived[0].content == MAIL


def test_the_time_in_which_the_server_looks_at_the_content_is_used(mail_server: Server) -> None:
    arrived_by_then: list[int] = []
    used = threading.Event()
    mail_server.sink.behaviour.before_answer = lambda: used.wait(120)

    def meanwhile() -> None:
        mail_server.sink.changed.wait(120)
        arrived_by_then.append(len(mail_server.arrived))
        used.set()

    with Connection(mail_server.options, 60) as server:
        reply = server.hand_over("us@example.invalid", "a@example.invalid", MAIL, meanwhile)
    assert reply.outcome == Outcome.ACCEPTED
    assert arrived_by_then == [1]


@pytest.mark.parametrize("answer", ["451 later", "550 no"])
def test_nothing_is_done_meanwhile_for_a_message_whose_content_does_not_go_out(
    mail_server: Server, answer: str
) -> None:
    mail_server.sink.behaviour.recipient = lambda address: answer
    done: list[int] = []
    with Connection(mail_server.options, 60) as server:
        server.hand_over("us@example.invalid", "a@example.invalid", MAIL, lambda: done.append(1))
    assert done == []


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    assert offered({"host": "127.0.0.1", "port": free_port(), "timeout": 5})[0] == Outcome.UNREACHABLE


def test_a_server_that_hangs_up_before_the_content_leaves_no_doubt() -> None:
    def script(accepted: socket.socket) -> None:
        accepted.sendall(b"220 sink\r\n")
        for answer in (b"250 OK\r\n", b"250 OK\r\n", b"250 OK\r\n"):
            accepted.recv(1000)
            accepted.sendall(answer)
        accepted.recv(1000)
        accepted.shutdown(socket.SHUT_RDWR)

    with speaking(script) as options:
        assert offered(options)[0] == Outcome.DEFERRED
