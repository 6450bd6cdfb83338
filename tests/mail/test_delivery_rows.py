"""Rows that are in the way, servers that change their mind, a database that goes away: nothing is lost."""

import contextlib
import threading
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.conf import settings as configured
from django.db import Error, OperationalError, connection
from psycopg import sql

from forecasts import watching
from forecasts.mail import delivery, leasing, prompting, queueing
from forecasts.mail.delivery import Sent
from forecasts.models import Attempt, Message, Prompt, PromptKind, Receipt, Sweep
from tests import make
from tests.services import wait_until
from tests.smtp import Server

pytestmark = pytest.mark.django_db


def queued(count: int) -> list[Message]:
    """Messages to so many analysts about one forecast, due on day 0."""
    forecast = make.forecast()
    for _ in range(count):
        person = make.member(forecast.scenario)
        Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(0))
    prompting.plan(make.day(0))
    return list(Message.objects.order_by("pk"))


@pytest.mark.parametrize(
    "address", ["two words@example.invalid", "new\r\nline@example.invalid", "a@b>c", "ä@example.invalid"]
)
def test_an_address_that_cannot_be_written_is_set_aside_and_the_others_go(mail_server: Server, address: str) -> None:
    bad = queued(3)[0]
    Message.objects.filter(pk=bad.pk).update(address=address)
    assert delivery.send(make.day(0)) == Sent(sent=2, dead=1)
    bad.refresh_from_db()
    assert bad.state == Message.State.DEAD
    assert bad.reason
    assert bad.prompts.get().state == Prompt.State.SET_ASIDE


def test_a_row_that_cannot_be_looked_at_is_put_off_and_given_up_in_the_end(
    mail_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = queued(2)
    looked_at = watching.pointless

    def pointless(prompts: Any, at: Any) -> dict[int, str]:
        if any(prompt.pk == bad.prompts.get().pk for prompt in prompts):
            raise ZeroDivisionError("what this row holds")
        return looked_at(prompts, at)

    monkeypatch.setattr(watching, "pointless", pointless)
    assert delivery.send(make.day(0)) == Sent(sent=1, deferred=1)
    bad.refresh_from_db()
    assert (bad.state, bad.tries) == (Message.State.QUEUED, 1)
    assert bad.reason == "ZeroDivisionError: what this row holds"
    while bad.state == Message.State.QUEUED:
        delivery.send(bad.due_at)
        bad.refresh_from_db()
    assert (bad.state, bad.tries) == (Message.State.DEAD, leasing.TRIES)
    assert bad.prompts.get().state == Prompt.State.SET_ASIDE
    assert [one.recipient for one in mail_server.arrived] == [good.address]


def test_what_was_leased_ahead_keeps_its_tries_when_the_server_takes_no_more(mail_server: Server) -> None:
    first, second = queued(2)
    mail_server.sink.behaviour.content = lambda address: "530 5.7.0 authentication required"
    stopped = delivery.send(make.day(0))
    assert stopped == Sent(deferred=1, problem="5.7.0 authentication required")
    assert sorted(Message.objects.values_list("pk", "state", "tries")) == [
        (first.pk, "queued", 0),
        (second.pk, "queued", 0),
    ]
    assert not Attempt.objects.filter(receipt=None).exists()
    mail_server.sink.behaviour.content = lambda address: "250 OK"
    assert delivery.send(make.day(1)) == Sent(sent=2)


def test_a_lease_that_would_not_last_is_taken_anew(mail_server: Server, settings: Any) -> None:
    queued(2)
    ticks = iter(range(100))

    def clock() -> Any:
        """Jumps over most of a lease while the first message is handed over."""
        return make.day(0) + timedelta(seconds=0 if next(ticks) < 7 else settings.LEASE_SECONDS - 10)

    settings.MESSAGE_SECONDS = 30
    delivery.send(make.day(0), clock=clock)
    delivery.send(make.day(1))
    assert len(mail_server.arrived) == 2
    assert set(Message.objects.values_list("state", flat=True)) == {Message.State.SENT}
    assert not Attempt.objects.filter(receipt=None).exists()


@pytest.mark.django_db(transaction=True)
def test_what_the_server_said_is_written_down_once_the_database_is_back(mail_server: Server) -> None:
    first, second = queued(2)
    assert connection.connection is not None
    ours = connection.connection.info.backend_pid

    def cut() -> None:
        """As a restart of PostgreSQL does, while the mail server looks at the content."""
        mail_server.sink.behaviour.before_answer = lambda: None
        name = connection.settings_dict["NAME"]
        address = configured.DATABASE_OWNER_URL.rsplit("/", 1)[0] + f"/{name}"
        with psycopg.connect(address, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [ours])

    mail_server.sink.behaviour.before_answer = cut
    # Depending on whether the next had been leased by then, the sweep ends here or goes on.
    with contextlib.suppress(OperationalError):
        delivery.send(make.day(0))
    connection.close()
    first.refresh_from_db()
    assert first.state == Message.State.SENT
    assert Receipt.objects.filter(attempt__message=first, answer=Receipt.Answer.ACCEPTED).count() == 1
    delivery.send(make.day(1))
    assert sorted(one.recipient for one in mail_server.arrived) == sorted([first.address, second.address])


def read_only(name: str, *, on: bool) -> None:
    """As after a failover to a standby that is not promoted yet: each connection ends, and new ones may only read."""
    owner = configured.DATABASE_OWNER_URL.rsplit("/", 1)[0]
    with psycopg.connect(f"{owner}/postgres", autocommit=True) as other:
        database = sql.Identifier(name)
        do = sql.SQL("ALTER DATABASE {} SET default_transaction_read_only TO {}")
        other.execute(do.format(database, sql.Literal("on" if on else "off")))
        other.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name])


def backends(name: str) -> int:
    owner = configured.DATABASE_OWNER_URL.rsplit("/", 1)[0]
    with psycopg.connect(f"{owner}/postgres", autocommit=True) as other:
        found = other.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name]).fetchone()
    return int(found[0]) if found else 0


@pytest.mark.django_db(transaction=True)
def test_what_the_server_said_is_written_down_once_the_database_takes_writes_again(mail_server: Server) -> None:
    first = queued(1)[0]
    name = str(connection.settings_dict["NAME"])

    def end() -> None:
        wait_until(lambda: backends(name), "the sender to come back to a database that takes no writes")
        read_only(name, on=False)

    ending = threading.Thread(target=end)

    def begin() -> None:
        read_only(name, on=True)
        ending.start()

    mail_server.sink.behaviour.before_answer = begin
    try:
        with contextlib.suppress(Error):
            delivery.send(make.day(0))
    finally:
        ending.join(60)
        connection.close()
    first.refresh_from_db()
    assert first.state == Message.State.SENT
    assert Receipt.objects.filter(attempt__message=first, answer=Receipt.Answer.ACCEPTED).count() == 1
    assert len(mail_server.arrived) == 1


def test_bytes_are_forgotten_thirty_days_after_sending(mail_server: Server) -> None:
    queued(1)
    delivery.send(make.day(0))
    assert queueing.blank(make.day(30)) == 0
    assert queueing.blank(make.day(30.1)) == 1
    kept = Message.objects.get()
    assert kept.content is None
    assert kept.subject
    assert kept.message_id
    assert Sweep.objects.get(name="blank").finished_at == make.day(30.1)


@pytest.mark.parametrize("state", [Message.State.DEAD, Message.State.CANCELLED])
def test_bytes_of_what_was_given_up_are_forgotten_as_well(state: str) -> None:
    queued(1)
    Message.objects.update(state=state)
    assert queueing.blank(make.day(29)) == 0
    assert queueing.blank(make.day(31)) == 1


def test_bytes_of_what_still_waits_are_kept_however_old() -> None:
    queued(1)
    assert queueing.blank(make.day(300)) == 0


def test_a_sweep_that_is_told_to_end_stops_after_its_message(mail_server: Server) -> None:
    queued(3)
    told = iter([False])
    assert delivery.send(make.day(0), ended=lambda: next(told, True)) == Sent(sent=1)
    assert len(mail_server.arrived) == 1
    assert Attempt.objects.filter(receipt=None).count() == 0
