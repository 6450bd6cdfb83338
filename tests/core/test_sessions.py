"""A log-in ends by itself, no page of it is kept, and what a replaced key signed lives on."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from forecasts.mail import links
from forecasts.models import Prompt, PromptKind
from tests import clocks, make

pytestmark = pytest.mark.django_db
KEY, NEXT_KEY = "k" * 30 + "0123456789" * 3, "n" * 30 + "9876543210" * 3


@pytest.fixture
def at_work(client: Client) -> Client:
    client.force_login(make.user())
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_session_ends_after_idleness(at_work: Client, settings: Settings) -> None:
    settings.SESSION_COOKIE_AGE = 3600
    start = timezone.now()
    for minutes, expected in ((0, True), (50, True), (100, True), (150, True), (211, False)):
        with clocks.standing_at(start + timedelta(minutes=minutes)):
            assert is_in(at_work) is expected, minutes


def test_a_session_ends_after_a_fortnight_however_much_it_is_used(at_work: Client) -> None:
    start = timezone.now()
    for hours in range(0, 24 * 14, 10):
        with clocks.standing_at(start + timedelta(hours=hours)):
            assert is_in(at_work), hours
    with clocks.standing_at(start + timedelta(days=14)):
        assert not is_in(at_work)


def test_using_a_session_writes_it_seldom(at_work: Client) -> None:
    is_in(at_work)
    before = at_work.session["seen_at"]
    is_in(at_work)
    assert at_work.session["seen_at"] == before


@pytest.mark.parametrize("path", ["/", "/account/", "/articles/", "/calibration/", "/admin/", "/preferences/", "/no/"])
def test_no_page_is_stored_by_anybody(at_work: Client, path: str) -> None:
    assert "no-store" in at_work.get(path)["Cache-Control"]
    assert "no-store" in Client().get(path)["Cache-Control"]


def prompt() -> Prompt:
    forecast = make.forecast(closes_at=make.day(365_000))
    analyst = make.member(forecast.scenario, "analyst")
    return Prompt.objects.create(
        recipient=analyst, forecast=forecast, kind=PromptKind.UPDATE, slot=make.day(1), state="sent"
    )


def test_mailed_links_and_log_ins_outlive_the_key_that_signed_them(client: Client, settings: Settings) -> None:
    settings.SECRET_KEY = KEY
    asked = prompt()
    assert asked.forecast is not None
    client.force_login(asked.recipient)
    now = timezone.now()
    addresses = [
        links.answer_url(asked, now),
        links.stop_url(asked.recipient, PromptKind.UPDATE),
        links.snooze_url(asked.recipient, asked.forecast, now),
        links.password_url("reset", asked.recipient, now),
    ]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEXT_KEY, [KEY]
    assert [live(address) for address in addresses] == [True] * 4
    assert is_in(client)
    settings.SECRET_KEY_FALLBACKS = []
    assert [live(address) for address in addresses] == [False] * 4
    assert is_in(client), "It was signed anew when it was used."


def live(address: str) -> bool:
    page = Client().get(address.removeprefix("http://127.0.0.1:8000"), follow=True).content.decode()
    return "damaged" not in page and "does nothing any more" not in page


def test_what_is_signed_after_a_rotation_needs_the_new_key_alone(settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEXT_KEY, [KEY]
    address = links.answer_url(prompt(), timezone.now())
    settings.SECRET_KEY_FALLBACKS = []
    assert live(address)


def test_files_of_evidence_are_their_owners_alone(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    kept = Path(default_storage.path(default_storage.save("evidence/ab/report.txt", ContentFile(b"It did."))))
    assert kept.stat().st_mode & 0o077 == 0
    assert [folder.stat().st_mode & 0o077 for folder in list(kept.parents)[:3]] == [0, 0, 0]
