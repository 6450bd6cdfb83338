import contextlib
import smtplib
import socket
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from core.local import catcher, inbox
from tests.services import wait_until


@pytest.fixture
def server(var: Path) -> Iterator[smtplib.SMTP]:
    """A connection to a mail catcher that runs as `manage.py up` runs it."""
    port = catcher.take_port()
    process = subprocess.Popen(catcher.command(port), start_new_session=True)
    try:
        wait_until(lambda: not catcher.is_free(port), "the mail catcher")
        with smtplib.SMTP(catcher.LOOPBACK, port) as connection:
            yield connection
    finally:
        process.terminate()
        process.wait()


def mail(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Reckoner <reckoner@example.org>"
    message["To"] = "Analyst <analyst@example.org>"
    message["Bcc"] = "hidden@example.org"
    message.set_content("Wird Aleppo fallen? – 34 %\n")
    message.add_alternative('<p>34&nbsp;%</p><img src="cid:plot">', subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<plot>", filename="plot.png")  # type: ignore[union-attr,index]
    return message


def test_what_was_sent_can_be_read(server: smtplib.SMTP) -> None:
    server.send_message(mail("Eine Frage – gefällig?"))
    [caught] = inbox.messages()
    assert caught.subject == "Eine Frage – gefällig?"
    assert caught.sender == "Reckoner <reckoner@example.org>"
    assert caught.text == "Wird Aleppo fallen? – 34 %\n"
    assert caught.html == '<p>34&nbsp;%</p><img src="cid:plot">\n'


def test_the_recipients_are_those_of_the_envelope(server: smtplib.SMTP) -> None:
    server.send_message(mail("To two"))
    assert inbox.messages()[0].recipients == ("analyst@example.org", "hidden@example.org")


def test_what_the_html_refers_to_is_found_by_its_content_id(server: smtplib.SMTP) -> None:
    server.send_message(mail("With a picture"))
    [picture] = inbox.messages()[0].attachments
    assert picture == inbox.Attachment("plot.png", "image/png", "plot", b"\x89PNG")


def test_the_newest_comes_first_and_each_is_found_by_its_key(server: smtplib.SMTP) -> None:
    for subject in ("first", "second", "third"):
        server.send_message(mail(subject))
    caught = inbox.messages()
    assert [message.subject for message in caught] == ["third", "second", "first"]
    assert [message.subject for message in inbox.messages(limit=1)] == ["third"]
    assert inbox.message(caught[1].key) == caught[1]


@pytest.mark.parametrize("key", ["", "unknown", "../../secrets/secret-key", ".hidden"])
def test_a_key_of_no_message_finds_nothing(server: smtplib.SMTP, key: str) -> None:
    server.send_message(mail("There"))
    assert inbox.message(key) is None


def test_a_mail_without_a_subject_or_with_an_unknown_character_set_can_be_read(server: smtplib.SMTP) -> None:
    raw = b"Content-Type: text/plain; charset=klingon\r\n\r\nQapla'\r\n"
    server.sendmail("a@example.org", ["b@example.org"], raw)
    [caught] = inbox.messages()
    assert (caught.subject, caught.text.strip()) == ("", "Qapla'")


def test_an_installation_that_has_sent_nothing_has_an_empty_inbox(var: Path) -> None:
    assert inbox.messages() == []


def test_the_port_is_remembered_for_the_address(var: Path) -> None:
    port = catcher.take_port()
    assert catcher.url() == f"smtp://127.0.0.1:{port}"
    assert catcher.take_port() == port


def test_a_port_in_use_is_left_for_another(var: Path) -> None:
    first = catcher.take_port()
    with contextlib.closing(socket.create_server((catcher.LOOPBACK, first))):
        second = catcher.take_port()
    assert second != first
    assert catcher.url() == f"smtp://127.0.0.1:{second}"
