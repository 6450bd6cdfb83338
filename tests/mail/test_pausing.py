"""A database that was restored or copied sends nothing until an operator says so."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from forecasts.mail import delivery, pausing, prompting, queueing
from forecasts.mail.delivery import Sent
from forecasts.models import Attempt, Installation, Message, Prompt, PromptKind, Sweep
from tests import make
from tests.databases import address, another_database, pointed_to, run
from tests.smtp import Server


def queued(count: int = 1) -> None:
    """So many messages about one forecast, due on day 0."""
    forecast = make.forecast()
    for _ in range(count):
        person = make.member(forecast.scenario)
        Prompt.objects.create(recipient=person, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(0))
    prompting.plan(make.day(0))


@pytest.mark.django_db
def test_the_first_sweep_remembers_which_database_this_is(mail_server: Server) -> None:
    queued()
    assert delivery.send(make.day(0)) == Sent(sent=1)
    server, timeline, database, table = Installation.objects.get().identity.split("/")
    assert server.isdigit()
    assert int(timeline, 16) >= 1
    assert database.isdigit()
    assert table.isdigit()


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(4), ids=["server", "timeline", "database", "table"])
def test_whatever_part_of_the_identity_changes_mail_is_held_back(mail_server: Server, part: int) -> None:
    queued()
    pausing.glance(make.day(0))
    before = Installation.objects.get().identity.split("/")
    before[part] += "0"
    Installation.objects.update(identity="/".join(before))
    assert delivery.send(make.day(0)) == Sent(problem=pausing.RESTORED)
    assert delivery.send(make.day(1)) == Sent(problem=pausing.RESTORED)
    assert not mail_server.arrived
    assert Installation.objects.get().paused_at == make.day(0)
    assert Message.objects.get().state == Message.State.QUEUED


@pytest.mark.django_db
def test_an_operator_resumes_and_everything_goes_out_once(mail_server: Server) -> None:
    queued(2)
    Installation.objects.create(pk=1, identity="another database")
    delivery.send(make.day(0))
    said = StringIO()
    call_command("resume_sending", stdout=said)
    assert "2 messages" in said.getvalue()
    assert delivery.send(make.day(1)) == Sent(sent=2)
    assert delivery.send(make.day(2)) == Sent()
    assert len(mail_server.arrived) == 2


@pytest.mark.django_db
def test_resuming_what_is_not_paused_says_so() -> None:
    pausing.glance(make.day(0))
    said = StringIO()
    call_command("resume_sending", stdout=said)
    assert said.getvalue() == "Sending is not paused.\n"


@pytest.mark.django_db
def test_an_operator_pauses_with_a_reason(mail_server: Server) -> None:
    queued()
    pausing.pause(make.day(0), "The mail server moves tonight.")
    assert delivery.send(make.day(0)) == Sent(problem="The mail server moves tonight.")
    assert not mail_server.arrived
    pausing.resume()
    assert delivery.send(make.day(0)) == Sent(sent=1)


@pytest.mark.django_db
def test_a_sweep_that_is_under_way_stops_when_sending_is_paused(mail_server: Server) -> None:
    queued(3)
    mail_server.sink.behaviour.content = lambda address: "250 OK"
    ticks = iter(range(100))

    def clock_that_pauses() -> object:
        tick = next(ticks)
        if tick == 4:
            pausing.pause(make.day(0), "Enough.")
        return make.day(0) + timedelta(milliseconds=tick)

    sent = delivery.send(make.day(0), clock=clock_that_pauses)  # type: ignore[arg-type]
    assert 0 < sent.sent < 3
    assert len(mail_server.arrived) == sent.sent == Attempt.objects.count()


@pytest.mark.django_db
def test_a_tick_on_a_paused_installation_still_leaves_its_heartbeat() -> None:
    pausing.pause(make.day(0), "Enough.")
    delivery.send(make.day(3))
    assert Sweep.objects.get(name="send").finished_at == make.day(3)
    assert Sweep.objects.get(name="send").problem == ""


@pytest.mark.django_db(transaction=True)
def test_a_dump_restored_into_another_database_starts_paused(mail_server: Server) -> None:
    queued(2)
    assert delivery.send(make.day(-1)) == Sent()
    with another_database() as name:
        here = connection.settings_dict["NAME"]
        dump = run("pg_dump", "--format=custom", "--no-owner", address(here))
        assert delivery.send(make.day(0)) == Sent(sent=2)
        run("pg_restore", "--no-owner", f"--dbname={address(name)}", given=dump)
        with pointed_to(name):
            assert Message.objects.filter(state=Message.State.QUEUED).count() == 2
            assert delivery.send(make.day(0)) == Sent(problem=pausing.RESTORED)
            assert Attempt.objects.count() == 0
            queueing.cancel(
                Message.objects.filter(pk=Message.objects.latest("pk").pk), "It was sent before the restore."
            )
            pausing.resume()
            assert delivery.send(make.day(0)) == Sent(sent=1)
    assert len(mail_server.arrived) == 3


@pytest.mark.django_db(transaction=True)
def test_a_dump_restored_over_its_own_database_starts_paused(mail_server: Server) -> None:
    queued()
    delivery.send(make.day(-1))
    with another_database() as name:
        run("pg_restore", "--no-owner", f"--dbname={address(name)}", given=dumped(connection.settings_dict["NAME"]))
        with pointed_to(name):
            pausing.resume()
            kept = dumped(name)
            assert delivery.send(make.day(0)) == Sent(sent=1)
            connections.close_all()
            run("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={address(name)}", given=kept)
            assert delivery.send(make.day(0)) == Sent(problem=pausing.RESTORED)
    assert len(mail_server.arrived) == 1


def dumped(name: str) -> bytes:
    return run("pg_dump", "--format=custom", "--no-owner", address(name))


@pytest.mark.django_db
@pytest.mark.parametrize(("loses_nothing", "goes_out"), [(True, 2), (False, 0)])
def test_a_promoted_standby_pauses_mail_unless_its_cluster_loses_nothing(
    mail_server: Server, settings: Any, loses_nothing: bool, goes_out: int
) -> None:
    settings.FAILOVERS_LOSE_NOTHING = loses_nothing
    queued(2)
    pausing.glance(make.day(0))
    server, timeline, *database = Installation.objects.get().identity.split("/")
    before = "/".join([server, f"{int(timeline, 16) - 1:08X}", *database])
    Installation.objects.update(identity=before)
    assert delivery.send(make.day(0)).sent == goes_out


@pytest.mark.django_db
def test_another_server_pauses_mail_whatever_its_cluster_says(mail_server: Server, settings: Any) -> None:
    settings.FAILOVERS_LOSE_NOTHING = True
    queued(2)
    pausing.glance(make.day(0))
    Installation.objects.update(identity=f"1{Installation.objects.get().identity}")
    assert delivery.send(make.day(0)).problem == pausing.RESTORED
