"""The doors as a browser finds them: an identity provider, passkeys, and how their pages look."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from core import openid
from forecasts.models import SecurityEvent, User
from tests import identity, make
from tests.browsing import Reader, Reading
from tests.pictures import picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

PEOPLE = {
    "amina": {"email": "Amina@example.org", "email_verified": True, "name": "Amina", "groups": ["forecasters"]},
    "basil": {"email": "basil@example.org", "email_verified": True, "name": "Basil", "groups": ["visitors"]},
    "carla": {"email": "carla@example.org", "email_verified": True, "name": "Carla", "groups": ["chiefs"]},
    "dawud": {"email": "dawud@example.org", "email_verified": False, "name": "Dawud", "groups": ["chiefs"]},
}
ROLES = [("forecasters", "analyst"), ("chiefs", "administrator")]


class TestIdentityProvider:
    @pytest.fixture(autouse=True)
    def provider(self, live_server: LiveServer, settings: Settings) -> Iterator[None]:
        for name in ("analyst", "viewer", "administrator"):
            make.group(name)
        callback = f"{live_server.url}/login/{settings.OIDC_PROVIDER}/callback/"
        with identity.running(callback, PEOPLE) as there:
            settings.SOCIALACCOUNT_PROVIDERS = openid.providers(
                settings.OIDC_PROVIDER,
                there.issuer,
                client=identity.CLIENT,
                secret=identity.SECRET,
                name="the ministry",
                scopes=["openid", "profile", "email"],
            )
            settings.OIDC_ROLES = ROLES
            settings.SECURE_CSP = {**settings.SECURE_CSP, "form-action": ["'self'", openid.origin(there.issuer)]}
            yield

    def come_in(self, read_as: Reader, name: str) -> Page:
        """Press the button, say at the provider who one is, agree, and be sent back."""
        page = read_as(None).open("/login/?next=/articles/")
        picture(page, "log-in-provider")
        page.get_by_role("button", name="Log in with the ministry").click()
        page.locator("[name=login]").fill(name)
        page.locator("[name=password]").fill("any")
        page.get_by_role("button", name="Sign-in").click()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/localhost:*/**")
        page.wait_for_load_state()
        return page

    @pytest.mark.pictures
    def test_who_has_an_account_comes_in_where_they_wanted_with_the_roles_of_their_groups(
        self, read_as: Reader
    ) -> None:
        amina = make.user("amina@example.org", name="Amina")
        amina.groups.add(make.group("administrator"), make.group("viewer"))
        make.grouped("administrator")
        page = self.come_in(read_as, "amina")
        assert page.url.endswith("/articles/")
        assert page.locator(".who summary", has_text="Amina").is_visible()
        assert set(amina.groups.values_list("name", flat=True)) == {"analyst", "viewer"}
        noted = set(SecurityEvent.objects.filter(person=amina).values_list("kind", "detail"))
        assert {
            ("connected", "the ministry"),
            ("role", "analyst everywhere"),
            ("role_gone", "administrator everywhere"),
            ("log_in", "socialaccount"),
        } <= noted
        assert amina.has_usable_password()

    def test_whom_nobody_invited_stays_outside(self, read_as: Reader) -> None:
        page = self.come_in(read_as, "carla")
        assert "Nobody here has this address" in page.inner_text("main")
        assert not User.objects.filter(email="carla@example.org").exists()

    def test_an_address_that_is_not_verified_opens_no_account(self, read_as: Reader, settings: Settings) -> None:
        settings.OIDC_SIGN_UP = True
        make.user("dawud@example.org")
        page = self.come_in(read_as, "dawud")
        assert "does not say that this address is verified" in page.inner_text("main")

    def test_where_that_is_opened_a_group_with_a_role_makes_an_account(
        self, read_as: Reader, settings: Settings
    ) -> None:
        settings.OIDC_SIGN_UP = True
        assert self.come_in(read_as, "carla").url.endswith("/articles/")
        carla = User.objects.get(email="carla@example.org")
        assert (carla.name, carla.is_superuser, carla.has_usable_password()) == ("Carla", True, False)
        assert "Nobody here has this address" in self.come_in(read_as, "basil").inner_text("main")
        assert not User.objects.filter(email="basil@example.org").exists()

    def test_a_closed_account_stays_closed(self, read_as: Reader) -> None:
        make.user("amina@example.org", is_active=False)
        assert "This account is closed" in self.come_in(read_as, "amina").inner_text("main")


AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_password(reading: Reading, person: User) -> Page:
    page = reading.open("/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_load_state()
    return page


class TestPasskeys:
    @pytest.fixture
    def reading(self, read_as: Reader) -> Reading:
        return read_as(None)

    def added(self, reading: Reading, person: User, *, is_alone: bool) -> Page:
        """A passkey is added; one that is to need no password is kept on the device."""
        page = with_password(reading, person)
        session = reading.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        page.goto(f"{reading.server}/account/factors/passkeys/add/")
        page.get_by_label("Name").fill("The blue laptop")
        if is_alone:
            page.locator("[name=passwordless]").check()
        page.get_by_role("button", name="Add").click()
        page.wait_for_url("**/account/factors/codes/")
        page.goto(f"{reading.server}/account/")
        page.locator(".who summary").click()
        page.get_by_role("button", name="Log out", exact=True).click()
        page.wait_for_url("**/login/")
        return page

    @pytest.mark.pictures
    def test_a_passkey_opens_the_door_by_itself(self, reading: Reading) -> None:
        person = make.user("somebody@example.org")
        page = self.added(reading, person, is_alone=True)
        picture(page, "log-in-passkey")
        page.get_by_role("button", name="Log in with a passkey").click()
        page.wait_for_url(f"{reading.server}/")
        assert page.locator(".who summary", has_text="somebody").is_visible()
        kept = Authenticator.objects.get(user=person, type="webauthn")
        assert (str(kept), kept.last_used_at is not None) == ("The blue laptop", True)
        assert SecurityEvent.objects.filter(kind="factor", person=person, detail="The blue laptop").exists()
        assert reading.said == []

    def test_a_passkey_is_the_second_step_after_a_password(self, reading: Reading) -> None:
        person = make.user("somebody@example.org")
        page = self.added(reading, person, is_alone=False)
        page.get_by_label("E-mail address").fill(person.email)
        page.get_by_label("Password", exact=True).fill(make.PASSWORD)
        page.get_by_role("button", name="Log in", exact=True).click()
        page.wait_for_url("**/login/second/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(f"{reading.server}/")
        assert page.locator(".who summary", has_text="somebody").is_visible()


PAGES = (
    "/account/",
    "/account/sessions/",
    "/account/factors/",
    "/account/factors/app/",
    "/account/factors/passkeys/",
    "/account/factors/passkeys/add/",
    "/account/factors/codes/new/",
    "/account/confirm/",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_door_are_accessible_and_break_no_rule_of_content(read_as: Reader, scheme: str) -> None:
    reading: Any = read_as(None, color_scheme=scheme)
    with_password(reading, make.user("somebody@example.org"))
    for path in PAGES:
        page = reading.open(path)
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.close()
    assert reading.said == []
