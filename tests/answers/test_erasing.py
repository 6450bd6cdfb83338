"""A person goes on request, and their numbers stay."""

from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from django.test import Client

from forecasts.answers import erasing, resolving
from forecasts.models import (
    Amendment,
    Attempt,
    Erasure,
    Estimate,
    Forecast,
    Forecaster,
    Message,
    Mute,
    Preference,
    Prompt,
    Receipt,
    SecurityEvent,
    Suppression,
    User,
    Verdict,
)
from forecasts.rules.errors import NotAllowed
from forecasts.scores import scorekeeping
from tests import make

pytestmark = pytest.mark.django_db
EMAIL, NAME = "amina@example.invalid", "Amina Haddad"


@dataclass
class World:
    """Somebody who estimated, resolved, amended and was written to, beside a colleague."""

    amina: User
    colleague: User
    open: Forecast
    resolved: Forecast
    verdict: Verdict
    message: Message


@pytest.fixture
def world() -> World:
    scenario = make.scenario()
    amina = make.member(scenario, "resolver", email=EMAIL, name=NAME, time_zone="Asia/Damascus")
    colleague = make.member(scenario)
    resolved, open_one = make.forecast(scenario, resolver=amina), make.forecast(scenario, closes_at=make.day(99_999))
    for person, probability in ((amina, 0.3), (colleague, 0.8)):
        make.estimate(resolved, person, probability, make.day(1), rationale="Troops gather, I was told.")
    verdict = make.verdict(resolved, person=amina, note=f"The army did; so says {NAME}, {EMAIL}.")
    message = Message.objects.create(
        recipient=amina, address=EMAIL, subject=f"{NAME}, please", content=b"To: amina", message_id="<1@x>",
        made_at=make.day(1), due_at=make.day(1),
    )  # fmt: skip
    resolving.follow(resolved, make.day(60))
    scorekeeping.settle(make.day(60))
    return World(amina, colleague, open_one, resolved, verdict, message)


def erase(world: World, **more: Any) -> Erasure:
    erasure = erasing.erase(EMAIL, "chief", "She asked.", at=make.day(90), using="default", **more)
    world.amina = User.objects.get(pk=world.amina.pk)
    return erasure


def everywhere() -> str:
    """Every text in every table of the database."""
    found = []
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_neither_name_nor_address_is_left_in_any_table(world: World) -> None:
    attempt = Attempt.objects.create(message=world.message, made_at=make.day(1))
    Receipt.objects.create(attempt=attempt, answer="refused", code=550, text=f"<{EMAIL}> unknown", made_at=make.day(1))
    Suppression.objects.create(address=EMAIL, made_at=make.day(2), reason="Refused twice.")
    Amendment.objects.create(
        forecast=world.open, version=2, kind="clarifying", changes={}, reason=f"{NAME} asked.", made_at=make.day(3)
    )
    LogEntry.objects.log_actions(world.colleague.pk, [world.amina], CHANGE, f"Wrote to {EMAIL}.", single_object=True)
    assert EMAIL in everywhere()
    erase(world)
    left = everywhere().lower()
    assert [word for word in ("amina", "haddad", "damascus") if word in left] == []


def test_the_forecaster_and_the_numbers_stay_and_the_tallies_do_not_move(world: World) -> None:
    numbers = list(Estimate.objects.order_by("pk").values_list("pk", "probability", "made_at", "forecaster"))
    before = scores()
    assert before
    erase(world)
    assert list(Estimate.objects.order_by("pk").values_list("pk", "probability", "made_at", "forecaster")) == numbers
    assert Forecaster.objects.get(user=world.amina).name == f"Erased person {world.amina.pk}"
    assert scores() == before
    assert scorekeeping.verify(make.day(60)) == []


def scores() -> list[Any]:
    from forecasts.models import Cell, Total

    cells = Cell.objects.order_by("group", "estimand", "probability").values_list()
    return [*cells, *Total.objects.order_by("group", "estimand").values_list()]


def test_rationales_go_and_those_of_others_stay(world: World) -> None:
    erase(world)
    left = dict(Estimate.objects.values_list("forecaster__user", "rationale"))
    assert left == {world.amina.pk: "", world.colleague.pk: "Troops gather, I was told."}


def test_a_verdict_keeps_its_note_without_the_name_in_it(world: World) -> None:
    erase(world)
    world.verdict.refresh_from_db()
    alias = f"Erased person {world.amina.pk}"
    assert world.verdict.note == f"The army did; so says {alias}, {alias}."
    assert (world.verdict.person, world.verdict.outcome) == (world.amina, "yes")


def test_a_name_that_is_part_of_another_word_stays(world: World) -> None:
    assert erasing._without(("a@b.invalid", "Al"), "X", "Al said that Aleppo falls; al-Bab and AL too.") == (
        "X said that Aleppo falls; X-Bab and X too."
    )


def test_nobody_gets_in_as_the_person_any_more(world: World, client: Client) -> None:
    client.force_login(world.amina)
    token = make.token(world.amina)
    assert client.get("/").status_code == 200
    erase(world)
    assert client.get("/").status_code == 302
    assert Client().get("/api/v1/forecasts/", HTTP_AUTHORIZATION=f"Token {token}").status_code == 401
    assert not Client().login(username=EMAIL, password=make.PASSWORD)
    assert (world.amina.is_active, world.amina.has_usable_password(), world.amina.erased_at) == (
        False,
        False,
        make.day(90),
    )


def test_preferences_memberships_and_what_they_were_named_for_go(world: World) -> None:
    Preference.objects.create(user=world.amina)
    Mute.objects.create(user=world.amina, forecast=world.open, made_at=make.day(1))
    world.open.assignees.add(world.amina)
    erase(world)
    assert not Preference.objects.exists()
    assert not Mute.objects.exists()
    assert not world.amina.memberships.exists()
    assert not Forecast.objects.naming(world.amina).exists()


def test_mail_to_the_person_is_blanked_and_what_waited_does_not_go(world: World) -> None:
    Prompt.objects.create(recipient=world.amina, forecast=world.open, kind="update", slot=make.day(80))
    erase(world)
    world.message.refresh_from_db()
    assert (world.message.content, world.message.state) == (None, Message.State.CANCELLED)
    assert world.message.address == f"erased-{world.amina.pk}@erased.invalid"
    assert set(Prompt.objects.filter(recipient=world.amina).values_list("state", flat=True)) == {"cancelled"}


def test_it_is_logged_who_erased_whom_and_why(world: World) -> None:
    erasure = erase(world)
    assert (erasure.user, erasure.operator, erasure.reason, erasure.made_at) == (
        world.amina,
        "chief",
        "She asked.",
        make.day(90),
    )


def test_afterwards_the_triggers_refuse_again(world: World) -> None:
    erase(world)
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        Estimate.objects.update(rationale="Changed.")


def test_the_only_administrator_is_not_erased(world: World) -> None:
    make.grouped("administrator", email="chief@example.invalid")
    with pytest.raises(NotAllowed, match="only administrator"):
        erasing.erase("chief@example.invalid", "chief", "Gone.", at=make.day(90), using="default")


def test_two_people_erased_one_after_the_other_do_not_collide(world: World) -> None:
    erase(world)
    erasing.erase(world.colleague.email, "chief", "He asked too.", at=make.day(91), using="default")
    assert Erasure.objects.count() == 2


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_command_erases_as_the_owner_and_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    person = make.user(email=EMAIL, name=NAME)
    forecast = make.forecast(resolver=person)
    make.estimate(forecast, person, 0.3, make.day(1), rationale="Because.")
    with pytest.raises(CommandError, match="repeat it with --yes"):
        call_command("erase_person", EMAIL, reason="She asked.")
    assert User.objects.filter(email=EMAIL).exists()
    call_command("erase_person", EMAIL.upper(), reason="She asked.", operator="chief", yes=True)
    told = capsys.readouterr().out
    assert f"Erased person {person.pk}" in told
    assert "name somebody else" in told
    assert Estimate.objects.get().rationale == ""
    with pytest.raises(CommandError, match="No account has the address"):
        call_command("erase_person", EMAIL, reason="She asked.", yes=True)


def test_factors_sessions_and_the_addresses_of_log_ins_go(world: World) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.post("/login/", {"username": world.amina.email, "password": make.PASSWORD})
    Authenticator.objects.create(user=world.amina, type="totp", data={"secret": "x"})
    assert SecurityEvent.objects.filter(person=world.amina, address="192.0.2.7").exists()
    erase(world)
    assert not Authenticator.objects.filter(user=world.amina).exists()
    assert not UserSession.objects.filter(user=world.amina).exists()
    assert not SecurityEvent.objects.filter(person=world.amina).exclude(address=None).exists()
    assert SecurityEvent.objects.filter(person=world.amina, kind="erasure").count() == 1
