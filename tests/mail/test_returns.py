"""Mail that comes back later is read from a real mailbox and counted; what is no return is not."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.mailers import mailbox as of_url
from forecasts.mail import delivery, prompting, returns
from forecasts.models import Bounce, Forecast, Message, Prompt, PromptKind, Scenario, Suppression, Sweep, User
from tests import imap, make
from tests.smtp import Server

pytestmark = pytest.mark.django_db

REPORT = """From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: reckoner@localhost
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user here

--b
Content-Type: {kept}

From: reckoner@localhost
To: {address}
Message-ID: {id}
Subject: Your estimate

--b--
"""
WORDS = """From: postmaster@old.example.net
To: reckoner@localhost
Subject: failure notice

Hi. This is the program at old.example.net.
<{address}>: 550 sorry, no mailbox here by that name (#5.1.1)

--- Below this line is a copy of the message.
Message-ID: {id}
"""
AWAY = """From: {address}
To: reckoner@localhost
Subject: Automatic reply: Your estimate
Auto-Submitted: auto-replied
In-Reply-To: {id}

I am away. If your mail is about user 550, write to my colleague (5.1.1 Example Street).
"""


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, Any]]:
    with imap.mailbox() as box:
        yield box


@pytest.fixture
def analyst(scenario: Scenario) -> User:
    return make.member(scenario, email="moved@example.org")


def sent(person: User, forecast: Forecast, day: float) -> Message:
    """A message that a server took on this day."""
    prompt = Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(day))
    prompting.plan(make.day(day))
    delivery.send(make.day(day))
    prompt.refresh_from_db()
    assert prompt.message is not None
    assert prompt.message.state == Message.State.SENT
    return prompt.message


def report(message: Message, **other: str) -> bytes:
    said = {"action": "failed", "status": "5.1.1", "kept": "text/rfc822-headers", **other}
    return REPORT.format(id=message.message_id, address=message.address, **said).replace("\n", "\r\n").encode()


def test_two_mails_that_come_back_suppress_the_address_and_its_owners_hear_of_it(
    mail_server: Server, server: dict[str, Any], scenario: Scenario, analyst: User
) -> None:
    owner = make.member(scenario, "owner")
    forecast = make.forecast(scenario)
    for day in (1, 2):
        imap.put(server, report(sent(analyst, forecast, day)))
        assert returns.read(make.day(day + 0.1), server) == 1
        assert imap.unseen(server) == 0
    assert Suppression.objects.get().address == "moved@example.org"
    assert Suppression.objects.get().reason == "550 5.1.1 No such user here"
    assert Prompt.objects.filter(recipient=owner, kind=PromptKind.RETURNED).count() == 1
    assert Sweep.objects.get(name="returns").problem == ""


def test_mail_that_the_address_took_in_between_clears_it(
    mail_server: Server, scenario: Scenario, analyst: User
) -> None:
    first, _, third = (sent(analyst, make.forecast(scenario), day) for day in (1, 2, 3))
    assert returns.note(report(first), make.day(3.1))
    assert returns.note(report(third), make.day(3.2))
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("other", [{"kept": "message/rfc822"}, {"status": "5.0.0"}, {"status": "5.2.1"}])
def test_a_report_of_a_mail_that_failed_is_a_return(
    mail_server: Server, scenario: Scenario, analyst: User, other: dict[str, str]
) -> None:
    message = sent(analyst, make.forecast(scenario), 1)
    assert returns.note(report(message, **other), make.day(2))
    assert Bounce.objects.get().message == message


def test_a_server_that_writes_no_report_says_it_in_words(
    mail_server: Server, scenario: Scenario, analyst: User
) -> None:
    message = sent(analyst, make.forecast(scenario), 1)
    content = WORDS.format(id=message.message_id, address=message.address).encode()
    assert returns.note(content, make.day(2))
    assert "no mailbox here by that name" in Bounce.objects.get().text


@pytest.mark.parametrize("other", [
    {"action": "delayed", "status": "4.4.1"}, {"action": "delivered", "status": "2.0.0"},
    {"status": "5.7.1"}, {"status": "5.2.2"}, {"status": "4.2.2"}, {"action": "relayed"},
])  # fmt: skip
def test_what_only_takes_longer_or_is_about_something_else_is_no_return(
    mail_server: Server, scenario: Scenario, analyst: User, other: dict[str, str]
) -> None:
    assert not returns.note(report(sent(analyst, make.forecast(scenario), 1), **other), make.day(2))
    assert not Bounce.objects.exists()


@pytest.mark.parametrize("sender", ["{address}", "postmaster@example.org"])
def test_the_note_of_somebody_who_is_away_is_no_return(
    mail_server: Server, scenario: Scenario, analyst: User, sender: str
) -> None:
    message = sent(analyst, make.forecast(scenario), 1)
    text = AWAY.replace("{address}", sender, 1).format(id=message.message_id, address=message.address)
    assert not returns.note(text.encode(), make.day(2))


def test_a_report_that_names_no_message_of_ours_or_comes_twice_changes_nothing(
    mail_server: Server, scenario: Scenario, analyst: User
) -> None:
    message = sent(analyst, make.forecast(scenario), 1)
    foreign = report(message).replace(message.message_id.encode(), b"<" + b"0" * 32 + b"@localhost>")
    assert not returns.note(foreign, make.day(2))
    assert [returns.note(report(message), make.day(2 + again)) for again in range(2)] == [True, False]
    assert Bounce.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"Content-Type: message/delivery-status\r\n\r\n", b"a" * 9])
def test_what_cannot_be_read_is_no_return(content: bytes) -> None:
    assert not returns.note(content, make.day(2))


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"folder": "Nowhere"}, {"port": 1}])
def test_a_mailbox_that_cannot_be_read_is_a_problem_of_the_sweep(server: dict[str, Any], wrong: dict[str, Any]) -> None:
    assert returns.read(make.day(1), {**server, **wrong}) == 0
    assert "cannot be read" in Sweep.objects.get(name="returns").problem


def test_the_address_of_a_mailbox_is_one_setting() -> None:
    assert of_url("") is None
    read = of_url("imaps://me%40example.org:s%2Fecret@mail.example.org/Returned%20mail")
    assert read is not None
    assert (read["username"], read["password"], read["folder"], read["port"], read["ssl"]) == (
        "me@example.org", "s/ecret", "Returned mail", 993, True,
    )  # fmt: skip
