"""The harness itself: its sink stores before it answers, and its count sees what is lost, doubled and changed."""

import json
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.local.places import CHECKOUT
from forecasts.models import Attempt, Message, User
from tests import make
from tests.chaos import aimed, sink, truth
from tests.chaos.aimed import Event
from tests.chaos.installation import listens, wait_for
from tests.chaos.truth import Count
from tests.services import free_port

MAIL = b"Message-ID: <1@example.invalid>\r\nSubject: S\r\n\r\n.leading dot\r\n"


def copy(recipient: str, message_id: str = "<1@x>", sha256: str = "a") -> sink.Copy:
    return sink.Copy(0.0, recipient, message_id, sha256)


def logged(folder: Path, *copies: sink.Copy) -> Path:
    log = folder / "sink.log"
    log.write_text("".join(json.dumps(one.__dict__) + "\n" for one in copies))
    return log


@pytest.fixture
def two(db: None) -> list[User]:
    return [make.user("a@example.invalid"), make.user("b@example.invalid")]


def test_what_did_not_arrive_is_lost(two: list[User], tmp_path: Path) -> None:
    assert truth.count(logged(tmp_path, copy("a@example.invalid")), two) == Count(1, 0, 1, 0, 0)
    assert truth.count(tmp_path / "no.log", two) == Count(2, 0, 0, 0, 0)


def test_mail_to_others_does_not_count(two: list[User], tmp_path: Path) -> None:
    log = logged(tmp_path, copy("a@example.invalid"), copy("b@example.invalid"), copy("c@example.invalid"))
    assert truth.count(log, two) == Count(0, 0, 1, 0, 0)


def test_a_copy_too_many_is_explained_by_an_attempt_of_unknown_outcome_only(two: list[User], tmp_path: Path) -> None:
    log = logged(tmp_path, *[copy("a@example.invalid")] * 3, copy("b@example.invalid"))
    assert truth.count(log, two) == Count(0, 2, 3, 2, 0)
    message = Message.objects.create(
        recipient=two[0], address="a@example.invalid", message_id="<1@x>", made_at=make.day(0), due_at=make.day(0)
    )
    Attempt.objects.create(message=message, made_at=make.day(0))
    assert truth.count(log, two) == Count(0, 2, 3, 1, 0)


@pytest.mark.parametrize("changed", [{"sha256": "b"}, {"message_id": "<2@x>"}])
def test_a_copy_that_differs_is_seen(two: list[User], tmp_path: Path, changed: dict[str, str]) -> None:
    log = logged(tmp_path, copy("a@example.invalid"), copy("a@example.invalid", **changed), copy("b@example.invalid"))
    assert truth.count(log, two).unequal == 1


def test_a_line_that_is_being_written_is_left_out(tmp_path: Path) -> None:
    log = logged(tmp_path, copy("a@example.invalid"))
    with log.open("a") as file:
        file.write('{"at": 0.0, "recip')
    assert [one.recipient for one in sink.read(log)] == ["a@example.invalid"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A sink that knows nobody, or everybody, by the share that it is given."""
    port, log = free_port(), tmp_path / "sink.log"
    command = [sys.executable, "-m", "tests.chaos.sink", str(port), str(log), "--permanent", "0.5"]
    process = subprocess.Popen(command, cwd=CHECKOUT)
    try:
        wait_for(lambda: listens(port), "the sink")
        yield port, log
    finally:
        process.kill()
        process.wait(30)


def test_the_sink_stores_what_was_sent_and_refuses_the_same_people_each_time(served: tuple[int, Path]) -> None:
    port, log = served
    people = [f"person-{n}@example.invalid" for n in range(20)]
    known = {one for one in people if sink.unit(f"0:{one}") >= 0.5}
    with smtplib.SMTP("127.0.0.1", port) as server:
        for one in people:
            server.mail("reckoner@example.invalid")
            if server.rcpt(one)[0] == 250:
                server.data(MAIL)
    stored = sink.read(log)
    assert {one.recipient for one in stored} == known
    assert 0 < len(known) < 20
    assert {(one.message_id, one.sha256) for one in stored} == {("<1@example.invalid>", sink.digest(MAIL))}


def test_the_harmless_points_leave_out_those_between_content_and_receipt() -> None:
    events = [
        Event("CursorWrapper.execute", ""),
        Event("SMTP.send", ""),
        Event("SMTP.send", "Connection._content"),
        Event("SMTP.getreply", "Connection._content"),
        Event("CursorWrapper.execute", aimed.RECEIPT),
        Event("SMTP.quit", ""),
    ]
    found = aimed.points(events)
    assert found.content_out == 2
    assert aimed.harmless(found) == [0, 1, 4, 5]
