"""Accounts: invitations and resets come by mail, from facts that requests write."""

import re

import pytest
from django.test import Client

from forecasts.mail import delivery, prompting
from forecasts.models import Membership, Message, Prompt, PromptKind, Scenario, User, Watch
from tests import make
from tests.smtp import Server

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "a long and unusual pass phrase"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("aleppo", title="Aleppo")


@pytest.fixture
def owner(scenario: Scenario) -> User:
    return make.member(scenario, "owner")


def invite(client: Client, email: str = "New@Example.org", role: str = "analyst") -> int:
    data = {"people": f"A new analyst <{email}>", "role": role}
    return client.post("/scenarios/aleppo/invite/", data).status_code


def mailed(server: Server) -> str:
    """The path of the link in the one mail that goes out now."""
    from django.utils import timezone

    prompting.plan(timezone.now())
    delivery.send(timezone.now())
    (arrived,) = server.arrived
    found = re.search(r"http://[^/]+(/(?:invite|reset)/\S+)", arrived.text)
    assert found is not None
    assert found.group(1) in arrived.html
    return found.group(1)


def test_an_invited_person_becomes_a_member_by_mail_with_a_password_of_their_own(
    client: Client, owner: User, scenario: Scenario, mail_server: Server
) -> None:
    client.force_login(owner)
    assert invite(client) == 302
    assert not mail_server.arrived
    person = User.objects.get(email="new@example.org")
    assert not person.has_usable_password()
    assert Membership.objects.get(user=person).role == "analyst"
    stranger = Client()
    page = stranger.get(mailed(mail_server), follow=True)
    form = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    done = stranger.post(page.redirect_chain[-1][0], form)
    assert (done.status_code, done["Location"]) == (302, "/")
    assert Client().login(username="new@example.org", password=NEW_PASSWORD)


def test_the_link_of_an_invitation_works_once(client: Client, owner: User, mail_server: Server) -> None:
    client.force_login(owner)
    invite(client)
    path = mailed(mail_server)
    page = Client().get(path, follow=True)
    assert "Set your password" in page.content.decode()
    User.objects.get(email="new@example.org").set_password(NEW_PASSWORD)
    person = User.objects.get(email="new@example.org")
    person.set_password(NEW_PASSWORD)
    person.save()
    assert "does nothing any more" in Client().get(path, follow=True).content.decode()


def test_an_invitation_brings_the_watches_of_what_is_open(client: Client, owner: User, scenario: Scenario) -> None:
    from django.utils import timezone

    from tests.pages.views.test_answering import open_at

    forecast = make.forecast(scenario, **open_at(timezone.now()))
    client.force_login(owner)
    invite(client)
    watch = Watch.objects.get(user__email="new@example.org", kind=PromptKind.UPDATE)
    assert (watch.forecast, watch.kind) == (forecast, PromptKind.UPDATE)


def test_only_an_owner_invites(client: Client, scenario: Scenario) -> None:
    for role, status in (("analyst", 403), ("editor", 403), ("owner", 302)):
        client.force_login(make.member(scenario, role))
        assert invite(client, f"{role}@example.org") == status
    client.force_login(make.user())
    assert invite(client, "stranger@example.org") == 404
    assert User.objects.filter(email__endswith="@example.org").count() == 1


@pytest.mark.parametrize("email", ["not an address", "", "a@b", "a@example.org\r\nBcc: b@example.org"])
def test_a_bad_address_is_refused_at_its_field(client: Client, owner: User, email: str) -> None:
    client.force_login(owner)
    assert invite(client, email) == 200
    assert User.objects.count() == 1
    assert not Prompt.objects.exists()


def test_a_forgotten_password_is_replaced_by_mail(client: Client, mail_server: Server) -> None:
    person = make.user("somebody@example.org")
    client.post("/password-reset/", {"email": "Somebody@Example.org"})
    page = client.get(mailed(mail_server), follow=True)
    form = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    client.post(page.redirect_chain[-1][0], form)
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


def test_asking_for_a_reset_says_nothing_about_who_has_an_account(client: Client) -> None:
    make.user("somebody@example.org")
    make.user("closed@example.org", is_active=False)
    pages = {
        re.sub(r'value="[^"]+"', "", client.post("/password-reset/", {"email": f"{name}@example.org"}).content.decode())
        for name in ("somebody", "nobody", "closed")
    }
    assert len(pages) == 1
    assert Prompt.objects.count() == 1


def test_a_request_sends_no_mail_itself(client: Client, mail_server: Server) -> None:
    make.user("somebody@example.org")
    client.post("/password-reset/", {"email": "somebody@example.org"})
    assert not Message.objects.exists()
    assert not mail_server.arrived


def test_asking_again_at_once_brings_no_second_mail(client: Client) -> None:
    make.user("somebody@example.org")
    for _ in range(5):
        client.post("/password-reset/", {"email": "somebody@example.org"})
    assert Prompt.objects.count() == 1


def test_a_damaged_link_sets_no_password(client: Client) -> None:
    for path in ("/reset/MQ/abc-def/", "/invite/%00/x-y/", "/invite/MQ/set-password/"):
        page = client.get(path, follow=True)
        assert "does nothing any more" in page.content.decode()


def test_one_changes_ones_own_name_and_time_zone(client: Client) -> None:
    person = make.user()
    client.force_login(person)
    client.post("/account/", {"name": "Another name", "time_zone": "Asia/Beirut"})
    person.refresh_from_db()
    assert (person.name, person.time_zone) == ("Another name", "Asia/Beirut")


@pytest.mark.parametrize("entered", [{"name": "", "time_zone": "UTC"}, {"name": "A", "time_zone": "Mars/Olympus"}])
def test_a_bad_name_or_zone_is_refused(client: Client, entered: dict[str, str]) -> None:
    person = make.user()
    client.force_login(person)
    assert client.post("/account/", entered).status_code == 200
    before = person.name
    person.refresh_from_db()
    assert (person.name, person.time_zone) == (before, "UTC")


@pytest.mark.parametrize("path", ["/account/", "/scenarios/aleppo/invite/"])
def test_a_stranger_is_led_to_the_log_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={path}")


def test_one_logs_in_with_the_address_in_any_case(client: Client) -> None:
    make.user("somebody@example.org")
    answer = client.post("/login/", {"username": "Somebody@Example.ORG", "password": make.PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"]
