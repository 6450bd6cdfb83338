"""Second factors: codes of an app, recovery codes, who has to have one, and what a password alone still opens."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from forecasts.mail import prompting
from forecasts.models import Message, SecurityEvent, User
from forecasts.rules import clock
from tests import clocks, make

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def the_clock_stands() -> Iterator[None]:
    """No code runs out while a slow machine is on its way."""
    with clocks.standing_at(timezone.now().replace(second=5, microsecond=0)):
        yield


def code(secret: str = SECRET) -> str:
    """What the app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.fixture
def person() -> User:
    return make.user("somebody@example.org")


@pytest.fixture
def protected(person: User) -> User:
    TOTP.activate(person, SECRET)
    return person


def password_given(person: User, address: str = "127.0.0.1") -> Client:
    """A browser half-way in."""
    client = Client(REMOTE_ADDR=address)
    client.post("/login/", {"username": person.email, "password": make.PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/preferences/").status_code == 200


def test_a_password_alone_opens_nothing_where_there_is_a_factor(protected: User) -> None:
    client = Client()
    answer = client.post("/login/", {"username": protected.email, "password": make.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/login/second/")
    assert not is_in(client)
    assert Client().get("/login/second/")["Location"] == "/login/"


def test_password_and_code_open_it(protected: User) -> None:
    client = password_given(protected)
    client.post("/login/second/", {"code": code()})
    assert is_in(client)
    assert SecurityEvent.objects.get(kind="log_in").detail == "password, totp"


def test_a_code_is_good_once(protected: User) -> None:
    used = code()
    password_given(protected).post("/login/second/", {"code": used})
    second = password_given(protected)
    second.post("/login/second/", {"code": used})
    assert not is_in(second)


def test_after_ten_wrong_codes_a_minute_even_the_right_one_waits(protected: User) -> None:
    guessing = [password_given(protected, f"203.0.113.{n}") for n in range(10)]
    wrong = [client.post("/login/second/", {"code": f"{n:06}"}) for n, client in enumerate(guessing)]
    client = password_given(protected)
    late = client.post("/login/second/", {"code": code()})
    assert {answer.status_code for answer in wrong} == {200}
    assert (late.status_code, 0 < int(late["Retry-After"]) <= 60) == (429, True)
    assert not is_in(client)


def test_who_does_not_know_the_password_stops_nobody_at_the_second_step(protected: User) -> None:
    client = password_given(protected)
    for n in range(10):
        Client().post("/login/", {"username": protected.email, "password": f"guess {n}"}, REMOTE_ADDR=f"203.0.113.{n}")
    client.post("/login/second/", {"code": code()})
    assert is_in(client)


def added(client: Client) -> Any:
    """Add an app, as its person does: the page shows the secret, the app a code."""
    page = client.get("/account/factors/app/").content.decode()
    found = re.search(r'value="([A-Z2-7]{16,})"', page)
    assert found is not None
    return client.post("/account/factors/app/", {"code": code(found.group(1))}, follow=True)


def test_an_app_is_added_with_recovery_codes_that_are_shown_once(person: User) -> None:
    client = password_given(person)
    shown = added(client).content.decode()
    codes = re.findall(r"\b\d{8}\b", shown)
    assert len(codes) == 10
    assert not re.findall(r"\b\d{8}\b", client.get("/account/factors/codes/").content.decode())
    assert list(SecurityEvent.objects.filter(person=person, kind__in=["factor", "codes"]).values_list("kind")) == [
        ("factor",),
        ("codes",),
    ]
    stolen = password_given(person)
    stolen.post("/login/second/", {"code": codes[0]})
    assert is_in(stolen)
    again = password_given(person)
    again.post("/login/second/", {"code": codes[0]})
    assert not is_in(again)


def test_an_old_log_in_is_asked_for_its_password_before_it_changes_a_factor(person: User) -> None:
    client = password_given(person)
    with clocks.standing_at(timezone.now() + timedelta(minutes=6)):
        answer = client.get("/account/factors/app/")
        assert answer["Location"].startswith("/account/confirm/")
        assert client.post(answer["Location"], {"password": "wrong"}).status_code == 200
        client.post(answer["Location"], {"password": make.PASSWORD})
        assert client.get("/account/factors/app/").status_code == 200


def test_after_ten_wrong_passwords_the_confirmation_waits_too(person: User) -> None:
    client = password_given(person)
    wrong = [client.post("/account/confirm/", {"password": f"guess {n}"}).status_code for n in range(11)]
    assert wrong == [200] * 10 + [429]


def test_a_token_is_made_by_an_old_log_in_after_its_password_only(person: User) -> None:
    client = password_given(person)
    form = {"name": "Report", "scopes": ["read"], "days": "7"}
    with clocks.standing_at(timezone.now() + timedelta(minutes=6)):
        asked = client.post("/account/tokens/", form)
        assert asked["Location"].startswith("/account/confirm/")
        assert not person.tokens.exists()
        made = client.post(asked["Location"], {"password": make.PASSWORD})
    assert "Your new token" in made.content.decode()
    assert person.tokens.get().name == "Report"
    assert not SecurityEvent.objects.filter(kind="log_in_failed").exists()


def basic(person: User) -> Any:
    said = b64encode(f"{person.email}:{make.PASSWORD}".encode()).decode()
    return Client().post("/api/v1/tokens/", headers={"authorization": f"Basic {said}"})


def test_a_password_alone_makes_no_token_where_there_is_a_factor(protected: User) -> None:
    assert (basic(protected).status_code, basic(protected).json()["code"]) == (403, "not_allowed")
    assert not protected.tokens.exists()


class TestRequired:
    @pytest.mark.parametrize(
        ("required", "role", "is_asked"),
        [
            ("", "owner", False),
            ("all", "viewer", True),
            ("resolvers", "viewer", False),
            ("resolvers", "analyst", False),
            ("resolvers", "resolver", True),
            ("resolvers", "editor", True),
            ("resolvers", "owner", True),
        ],
    )
    def test_of_those_it_is_required_of(self, settings: Settings, required: str, role: str, *, is_asked: bool) -> None:
        settings.REQUIRE_FACTOR = required
        person = make.member(make.scenario(), role)
        client = password_given(person)
        answer = client.get("/")
        assert answer.status_code == (302 if is_asked else 200)
        assert not is_asked or answer["Location"] == "/account/factors/"
        assert client.get("/api/v1/forecasts/").status_code == (403 if is_asked else 200)
        assert basic(person).status_code == (403 if is_asked else 201)

    @pytest.fixture
    def owner(self, settings: Settings) -> User:
        settings.REQUIRE_FACTOR = "all"
        return make.user()

    def test_everything_opens_once_there_is_one(self, owner: User) -> None:
        client = password_given(owner)
        assert not is_in(client)
        added(client)
        assert is_in(client)

    def test_a_token_from_before_waits_for_it_too(self, owner: User) -> None:
        said = {"authorization": f"Token {make.token(owner)}"}
        answer = Client().get("/api/v1/forecasts/", headers=said)
        assert (answer.status_code, answer.json()["code"]) == (403, "factor_required")
        TOTP.activate(owner, SECRET)
        assert Client().get("/api/v1/forecasts/", headers=said).status_code == 200

    def test_the_last_one_is_not_removed(self, owner: User) -> None:
        TOTP.activate(owner, SECRET)
        client = password_given(owner)
        client.post("/login/second/", {"code": code()})
        page = client.post("/account/factors/app/remove/").content.decode()
        assert "this is your only one" in page
        assert Authenticator.objects.filter(user=owner).exists()

    @pytest.mark.parametrize("path", ["/logout/", "/account/factors/app/"])
    def test_one_can_still_leave_and_add_one(self, owner: User, path: str) -> None:
        client = password_given(owner)
        answer = client.post(path)
        assert answer.status_code != 302 or answer["Location"] != "/account/factors/"


def test_where_nothing_is_required_one_can_be_removed(protected: User) -> None:
    client = password_given(protected)
    client.post("/login/second/", {"code": code()})
    client.post("/account/factors/app/remove/")
    assert not Authenticator.objects.filter(user=protected).exists()
    assert SecurityEvent.objects.filter(kind="factor_gone", person=protected).exists()


@pytest.mark.parametrize(
    ("host", "says"),
    [
        ("127.0.0.1:8000", "http://localhost:8000/"),
        ("[::1]:8000", "a number"),
        ("reckoner.example.org", "https://reckoner.example.org/"),
    ],
)
def test_where_passkeys_cannot_work_the_page_says_why(person: User, settings: Settings, host: str, says: str) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client = password_given(person)
    for path in ("/account/factors/", "/account/factors/passkeys/add/"):
        assert says in client.get(path, headers={"host": host}).content.decode()
    assert "passkey" not in Client().get("/login/", headers={"host": host}).content.decode()
    assert client.get("/account/factors/passkeys/add/", headers={"host": host}).status_code == 409


def test_where_they_work_the_log_in_offers_them(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert "passkey_login" in Client().get("/login/", headers={"host": "localhost:8000"}).content.decode()
    named = Client().get("/login/", headers={"host": "reckoner.example.org"}, secure=True)
    assert "passkey_login" in named.content.decode()


class TestWhoHasLostThem:
    @pytest.fixture
    def chief(self, client: Client) -> User:
        person = make.grouped("administrator", email="chief@example.org")
        client.force_login(person)
        return person

    def removed(self, client: Client, person: User) -> str:
        form = {"action": "remove_factors", "_selected_action": str(person.pk)}
        return client.post("/admin/forecasts/user/", form, follow=True).content.decode()

    def test_an_administrator_removes_them(self, client: Client, chief: User, protected: User) -> None:
        lost = password_given(protected)
        assert "Factors removed of 1, who get a mail about it." in self.removed(client, protected)
        assert not Authenticator.objects.filter(user=protected).exists()
        event = SecurityEvent.objects.get(kind="factor_gone", person=protected)
        assert (event.by, event.address) == (chief, "127.0.0.1")
        assert not is_in(lost)
        assert is_in(password_given(protected))

    def test_the_person_is_told_by_mail_who_did_it(self, client: Client, chief: User, protected: User) -> None:
        self.removed(client, protected)
        prompting.plan(clock.now())
        told = bytes(Message.objects.get(recipient=protected).content or b"").decode()
        assert ("factor removed" in told, "chief" in told) == (True, True)

    def test_of_who_has_none_nothing_is_noted(self, client: Client, chief: User, person: User) -> None:
        assert "Factors removed of 0, who get a mail about it. 1 had none." in self.removed(client, person)
        assert not SecurityEvent.objects.filter(person=person).exists()

    def test_nobody_else_does(self, client: Client, protected: User) -> None:
        client.force_login(make.member(make.scenario(), "owner"))
        self.removed(client, protected)
        assert Authenticator.objects.filter(user=protected).exists()


def test_passkeys_are_called_so_on_every_page() -> None:
    """allauth calls them security keys in some places: whatever page of its could show is one of ours."""
    from pathlib import Path

    import allauth
    from django.template.loader import get_template

    theirs = Path(allauth.__file__).parent / "templates"
    names = [path.relative_to(theirs).as_posix() for path in sorted((theirs / "mfa").rglob("*.html"))]
    sources = {name: Path(get_template(name).template.origin.name).read_text() for name in names}  # type: ignore[attr-defined]
    assert len(sources) > 15
    assert [name for name, source in sources.items() if "security key" in source.lower()] == []
