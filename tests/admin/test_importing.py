"""Estimates imported at the desk: shown as understood, asked for what is open, kept only on the last button."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forecasts.exchange.importing import uploads
from forecasts.models import Estimate, Forecast, Scenario, User, Verdict
from tests import make
from tests.exchange.files import HEADER, ROW

pytestmark = pytest.mark.django_db


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario("ferry")


def desk(scenario: Scenario, role: str = "editor") -> tuple[Client, User]:
    client, person = Client(), make.member(scenario, role, email=f"{role}@example.org", name=role.title())
    client.force_login(person)
    return client, person


def sent(client: Client, *lines: str, name: str = "estimates.csv", **more: Any) -> Any:
    content = "\r\n".join([HEADER, *lines]).encode()
    given = {"scenario": "ferry", "file": SimpleUploadedFile(name, content), **more}
    return client.post(reverse("admin:import"), given)


def token(page: Any) -> str:
    return str(page.content.decode()).partition('name="upload" value="')[2].partition('"')[0]


def again(client: Client, page: Any, **answers: str) -> Any:
    given = {"upload": token(page), "scenario": "ferry", **answers}
    return client.post(reverse("admin:import"), given, follow=True)


def test_a_file_is_shown_as_understood_and_kept_only_when_told(scenario: Scenario) -> None:
    client, editor = desk(scenario)
    page = sent(client, ROW)
    text = page.content.decode()
    assert "read as the general form: commas, UTF-8; decimals with a point; probabilities as fractions" in text
    assert '<td dir="auto">5 January 2026 10:00</td>' in text
    assert "Import 1 estimate on 1 forecast" in text
    assert not Forecast.objects.exists()
    done = again(client, page, **{"import": "1"})
    assert "Added 1 forecasts, 1 estimates and 1 outcomes." in done.content.decode()
    assert Estimate.objects.get().probability == 2800
    assert Verdict.objects.get().person == editor
    assert not uploads.kept(editor, token(page))


def test_what_a_file_leaves_open_is_asked_and_answered(scenario: Scenario) -> None:
    client, _ = desk(scenario)
    page = sent(client, ROW.replace("2026-01-05T10:00:00Z", "05.01.2026 10:00"))
    text = page.content.decode()
    assert "may be day and month in either order" in text
    assert "Import 1 estimate" not in text
    refused = again(client, page, **{"import": "1"})
    assert (refused.status_code, Forecast.objects.count()) == (422, 0)
    page = again(client, page, dates="day-first", zone="UTC")
    assert "Import 1 estimate" in page.content.decode()
    again(client, page, dates="day-first", zone="UTC", **{"import": "1"})
    assert Estimate.objects.get().made_at.day == 5


def test_an_address_is_asked_of_the_members_alone(scenario: Scenario) -> None:
    client, _ = desk(scenario)
    ada = make.member(scenario, email="ada@example.org", name="Ada")
    make.user("eve@example.org", name="Eve")
    page = sent(client, ROW.replace("Mira", "ada@example.org"))
    text = page.content.decode()
    assert "to be said" in text
    assert "Ada, ada@example.org" in text
    assert "eve@example.org" not in text
    who = {"name_0": "ada@example.org", "who_0": "ada@example.org"}
    again(client, page, **who, **{"import": "1"})
    assert Estimate.objects.get().forecaster.user == ada


def test_an_address_of_somebody_without_an_account_gets_a_name(scenario: Scenario) -> None:
    client, _ = desk(scenario)
    page = sent(client, ROW.replace("Mira", "ben@example.org"))
    who = {"name_0": "ben@example.org", "who_0": "-", "called_0": "Ben"}
    again(client, page, **who, **{"import": "1"})
    assert Estimate.objects.get().forecaster.name == "Ben"


def test_all_bad_rows_are_listed_and_nothing_is_kept(scenario: Scenario) -> None:
    client, _ = desk(scenario)
    text = sent(client, ROW.replace("0.28", "often"), ROW.replace("f1", "")).content.decode()
    assert "estimates.csv, line 2: probability: it is no number" in text
    assert "estimates.csv, line 3: forecast: it is empty." in text
    assert not Forecast.objects.exists()


def test_what_differs_is_shown_and_changed_on_a_tick(scenario: Scenario) -> None:
    client, _ = desk(scenario)
    again(client, sent(client, ROW), **{"import": "1"})
    page = sent(client, ROW.replace("ferry", "train"))
    assert "in the file “Will the train run again?” (kept; --change title changes it)" in page.content.decode()
    again(client, page, change="title", **{"import": "1"})
    assert Forecast.objects.get().title == "Will the train run again?"


@pytest.mark.parametrize("role", ["analyst", "resolver"])
def test_who_edits_nothing_imports_nothing(scenario: Scenario, role: str) -> None:
    client, _ = desk(scenario, role)
    assert client.get(reverse("admin:import")).status_code == 404
    assert sent(client, ROW).status_code == 403
    assert "import estimates" not in client.get(reverse("admin:index")).content.decode()


def test_only_scenarios_that_one_edits_are_offered(scenario: Scenario) -> None:
    client, editor = desk(scenario)
    make.scenario("others")
    assert sent(client, ROW, scenario="others").status_code == 422
    page = sent(client, ROW)
    done = client.post(
        reverse("admin:import"), {"upload": token(page), "scenario": "others", "import": "1"}, follow=True
    )
    assert "please send it again" in done.content.decode()
    assert uploads.kept(editor, token(page))


@pytest.mark.parametrize("upload", ["../../etc", "", "x" * 30])
def test_an_upload_of_nobody_is_not_here(scenario: Scenario, upload: str) -> None:
    client, _ = desk(scenario)
    done = client.post(reverse("admin:import"), {"upload": upload, "scenario": "ferry"}, follow=True)
    assert "please send it again" in done.content.decode()


def test_the_upload_of_one_is_not_found_by_another(scenario: Scenario) -> None:
    page = sent(desk(scenario)[0], ROW)
    other, _ = desk(scenario, "owner")
    assert "please send it again" in again(other, page).content.decode()


def test_what_was_laid_aside_goes_after_a_day(scenario: Scenario) -> None:
    client, editor = desk(scenario)
    page = sent(client, ROW)
    folder = Path(default_storage.path(uploads.FOLDER)) / str(editor.pk) / token(page)
    os.utime(folder, (0, 0))
    sent(client, ROW)
    assert not folder.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no table at all", b"forecast\n\x00"])
def test_what_is_no_table_is_refused_in_words(scenario: Scenario, content: bytes) -> None:
    client, _ = desk(scenario)
    page = client.post(reverse("admin:import"), {"scenario": "ferry", "file": SimpleUploadedFile("x.csv", content)})
    assert page.status_code in (200, 422)
    assert "errornote" in page.content.decode()
