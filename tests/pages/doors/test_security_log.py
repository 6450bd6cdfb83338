"""What matters for security is noted, shown to administrators, and told to whom it is about."""

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from forecasts.mail import delivery, links, prompting
from forecasts.models import Membership, Prompt, SecurityEvent, User
from forecasts.models.security import TOLD
from forecasts.rules.security_log import Kind, note
from tests import make
from tests.smtp import Server

pytestmark = pytest.mark.django_db
NEW = "another battery entirely"


@pytest.fixture
def person() -> User:
    return make.user("somebody@example.org", name="Some Body")


@pytest.fixture
def chief() -> Client:
    administrator = make.user(name="Chief")
    administrator.groups.add(make.group("administrator"))
    administrator.refresh_from_db()
    client = Client(REMOTE_ADDR="192.0.2.9")
    client.force_login(administrator)
    return client


def kinds(person: User) -> list[str]:
    return list(SecurityEvent.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def with_password(person: User) -> Client:
    client = Client()
    client.post("/login/", {"username": person.email, "password": make.PASSWORD})
    return client


def test_roles_are_noted_with_who_gave_them(chief: Client, person: User) -> None:
    scenario = make.scenario(title="Aleppo")
    member = Membership.objects.create(scenario=scenario, user=person, role="editor")
    person.groups.add(make.group("viewer"))
    person.groups.clear()
    member.delete()
    noted = SecurityEvent.objects.filter(person=person).order_by("pk").values_list("kind", "detail")
    assert list(noted) == [
        ("role", "editor of Aleppo"),
        ("role", "viewer everywhere"),
        ("role_gone", "viewer everywhere"),
        ("role_gone", "editor of Aleppo"),
    ]


def test_a_role_given_at_the_desk_names_the_administrator_and_the_address(chief: Client, person: User) -> None:
    form = {"email": person.email, "name": person.name, "time_zone": "UTC", "is_active": "on", "scenario_quota": "10"}
    chief.post(f"/admin/forecasts/user/{person.pk}/change/", {**form, "groups": [make.group("analyst").pk]})
    event = SecurityEvent.objects.get(person=person, kind="role")
    assert (event.by and event.by.name, event.address) == ("Chief", "192.0.2.9")


def test_a_new_account_is_no_new_password_and_every_later_one_is(person: User) -> None:
    assert kinds(person) == []
    person.set_password(NEW)
    person.save()
    assert kinds(person) == ["password"]


def test_an_export_is_noted_with_what_was_asked_for(person: User) -> None:
    client = Client()
    client.force_login(person)
    client.get("/api/v1/calibration.csv?estimand=first")
    event = SecurityEvent.objects.get(kind="export")
    assert (event.person, event.detail) == (person, "/api/v1/calibration.csv?estimand=first")


def test_asking_for_a_link_is_noted_for_an_account_that_there_is(person: User) -> None:
    for email in (person.email, "nobody@example.org"):
        Client(REMOTE_ADDR="192.0.2.9").post("/password-reset/", {"email": email})
    event = SecurityEvent.objects.get(kind="reset")
    assert (event.person, event.address) == (person, "192.0.2.9")


def test_after_twenty_links_an_hour_an_address_waits_and_others_do_not(person: User) -> None:
    def ask(address: str) -> int:
        return Client(REMOTE_ADDR=address).post("/password-reset/", {"email": "a@example.org"}).status_code

    assert [ask("192.0.2.9") for _ in range(21)] == [200] * 20 + [429]
    assert ask("192.0.2.10") == 200


def test_administrators_read_it_on_the_desk_and_nobody_else_does(chief: Client, person: User) -> None:
    note(Kind.LOG_IN, person, at=timezone.now(), detail="<b>bold</b>")
    page = chief.get("/admin/forecasts/securityevent/")
    assert "&lt;b&gt;bold&lt;/b&gt;" in page.content.decode()
    owner = Client()
    owner.force_login(make.member(make.scenario(), "owner"))
    assert owner.get("/admin/forecasts/securityevent/").status_code == 404


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_what_somebody_could_have_done_in_ones_name_is_told_by_mail(
    person: User, mail_server: Server, kind: str
) -> None:
    at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    note(SecurityEvent.Kind(kind), person, at=at, by=make.user(name="Chief"), detail="The blue\nlaptop")
    prompting.plan(timezone.now())
    delivery.send(timezone.now())
    (mail,) = mail_server.arrived
    label = SecurityEvent.Kind(kind).label
    for text in (mail.text, mail.html):
        assert f"{label}: The blue laptop, by Chief" in text
        assert "30 November 2026, 12:00" in text
        assert "/password-reset/" in text
        assert "/reset/" not in text.replace("/password-reset/", "")


@pytest.mark.parametrize("kind", sorted(set(SecurityEvent.Kind.values) - TOLD))
def test_of_the_rest_nobody_gets_mail(person: User, kind: str) -> None:
    note(SecurityEvent.Kind(kind), person, at=timezone.now())
    assert not Prompt.objects.exists()


def test_a_closed_account_gets_no_mail() -> None:
    note(Kind.PASSWORD, make.user(is_active=False), at=timezone.now())
    assert not Prompt.objects.exists()


def set_by_link(person: User) -> Client:
    client = Client()
    page = client.get(links.password_url("reset", person, timezone.now()).partition("8000")[2], follow=True)
    client.post(page.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    return client


def test_the_link_of_a_mail_opens_no_account_that_has_a_second_factor(person: User) -> None:
    assert set_by_link(person).get("/account/").status_code == 200
    person.refresh_from_db()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client = set_by_link(person)
    assert client.get("/account/").status_code == 302
    assert client.get("/login/second/").status_code == 200


class TestPassword:
    def change(self, client: Client, old: str = make.PASSWORD, new: str = NEW) -> Any:
        return client.post("/account/password/", {"old_password": old, "new_password1": new, "new_password2": new})

    def test_who_knows_the_old_one_sets_a_new_one_which_ends_the_other_log_ins(self, person: User) -> None:
        client, elsewhere = with_password(person), with_password(person)
        assert self.change(client).status_code == 302
        assert client.get("/account/").status_code == 200
        assert elsewhere.get("/account/").status_code == 302

    def test_the_old_one_is_not_guessed_for_long(self, person: User) -> None:
        client = with_password(person)
        assert [self.change(client, f"guess {n}").status_code for n in range(11)] == [200] * 10 + [429]

    @pytest.mark.parametrize("new", ["Reckoner2026", "reckoner-reckoner", "short", "password1234", "somebody@example"])
    def test_a_password_that_others_would_think_of_is_refused(self, person: User, new: str) -> None:
        client = with_password(person)
        assert self.change(client, new=new).status_code == 200
        person.refresh_from_db()
        assert person.check_password(make.PASSWORD)

    def test_a_new_one_that_is_refused_is_no_guess_at_the_old_one(self, person: User) -> None:
        client = with_password(person)
        assert {self.change(client, new="short").status_code for _ in range(12)} == {200}


class TestSessions:
    def test_one_sees_where_one_is_logged_in_and_ends_the_others(self, person: User) -> None:
        here, there = with_password(person), Client(REMOTE_ADDR="192.0.2.9", headers={"user-agent": "Elsewhere/1.0"})
        there.post("/login/", {"username": person.email, "password": make.PASSWORD})
        page = here.get("/account/sessions/").content.decode()
        assert "192.0.2.9" in page
        assert "Elsewhere/1.0" in page
        here.post("/account/sessions/")
        assert (here.get("/account/").status_code, there.get("/account/").status_code) == (200, 302)

    def test_one_logs_out_everywhere_here_as_well(self, person: User) -> None:
        here, there = with_password(person), with_password(person)
        here.post("/account/sessions/end/")
        assert (here.get("/account/").status_code, there.get("/account/").status_code) == (302, 302)
        assert SecurityEvent.objects.get(kind="sessions").detail == "2 ended"

    def test_nobody_ends_or_sees_those_of_another(self, person: User) -> None:
        with_password(person)
        stranger = with_password(make.user())
        assert stranger.get("/account/sessions/").content.decode().count("this one") == 1
        stranger.post("/account/sessions/end/")
        assert UserSession.objects.filter(user=person).count() == 1

    def test_a_log_in_by_whatever_door_is_in_the_list(self, person: User) -> None:
        client = set_by_link(person)
        client.get("/account/")
        assert client.get("/account/sessions/").content.decode().count("this one") == 1

    def test_confirming_gives_the_session_a_new_key(self, person: User) -> None:
        client = with_password(person)
        before = client.cookies["sessionid"].value
        client.post("/account/confirm/", {"password": make.PASSWORD})
        assert client.cookies["sessionid"].value != before
        assert client.get("/account/sessions/").content.decode().count("this one") == 1

    def test_administrators_log_somebody_out_everywhere(self, chief: Client, person: User) -> None:
        client, token = with_password(person), make.token(person)
        chief.post("/admin/forecasts/user/", {"action": "log_out", "_selected_action": [person.pk]})
        assert client.get("/account/").status_code == 302
        assert Client().get("/api/v1/forecasts/", headers={"authorization": f"Token {token}"}).status_code == 401


class TestSettings:
    def test_what_is_changed_about_an_account_or_a_scenario_is_noted_with_the_fields(
        self, chief: Client, person: User
    ) -> None:
        form = {"email": person.email, "name": "Another Name", "time_zone": "UTC", "scenario_quota": "10"}
        chief.post(f"/admin/forecasts/user/{person.pk}/change/", form)
        event = SecurityEvent.objects.get(kind="setting")
        assert (event.person, event.by and event.by.name) == (person, "Chief")
        assert event.detail == f"user {person.pk}: Name, Active"

    def test_holding_mail_back_and_letting_it_go_is_noted(self, chief: Client) -> None:
        chief.post("/admin/forecasts/message/sending/", {"because": "The server moves."})
        chief.post("/admin/forecasts/message/sending/")
        noted = SecurityEvent.objects.filter(kind="setting").order_by("pk").values_list("detail", flat=True)
        assert list(noted) == ["sending paused: The server moves.", "sending resumed"]
