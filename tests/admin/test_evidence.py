"""Evidence is kept as it was, and what an outcome would score is shown before it is recorded."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from forecasts.models import Forecast, Forecaster, Membership, Scenario, User, Verdict
from forecasts.pages import preview
from tests import make
from tests.admin.test_verdicts import BARE, FINDING, act

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 A flash update."


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_several_pieces_of_evidence_are_kept_in_their_order(client: Client, resolver: User, forecast: Forecast) -> None:
    more = {
        "evidence-0-as_of": "2024-12-04T00:00",
        "evidence-2-url": "https://sana.sy/",
        "evidence-2-quote": "We left.",
        "evidence-2-retrieved_at": "2024-12-06T09:30",
    }
    act(client, forecast, "resolve", {**FINDING, **more})
    first, second = Verdict.objects.get().evidence.order_by("pk")
    assert (first.url, first.as_of) == ("https://www.unocha.org/", datetime(2024, 12, 3, 21, tzinfo=UTC))
    assert (second.quote, second.retrieved_at) == ("We left.", datetime(2024, 12, 6, 6, 30, tzinfo=UTC))


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_kept_with_its_sha256_and_given_back_as_it_was(
    client: Client, resolver: User, forecast: Forecast, media: Path
) -> None:
    act(client, forecast, "resolve", {**BARE, "evidence-0-file": upload("flash update 3.PDF", PDF)})
    piece = Verdict.objects.get().evidence.get()
    assert piece.sha256 == hashlib.sha256(PDF).hexdigest()
    answer = client.get(reverse("evidence", args=[piece.pk]))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="flash-update-3.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_text_is_kept_as_a_file(client: Client, resolver: User, forecast: Forecast, media: Path) -> None:
    act(client, forecast, "resolve", {**BARE, "evidence-0-text": "Nous sommes partis à l’aube."})
    with Verdict.objects.get().evidence.get().file.open("rb") as kept:
        assert kept.read().decode() == "Nous sommes partis à l’aube."


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("page.svg", b"<svg onload='alert(1)'/>", "Keep a PDF, a picture or a text"),
        ("update.pdf", b"MZ\x90", "does not hold what"),
        ("note.txt", b"\xff\xfe\x00", "does not hold what"),
        ("empty.txt", b"", "empty"),
        ("large.txt", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_a_file_that_is_not_what_it_says_or_too_large_is_refused(
    client: Client, resolver: User, forecast: Forecast, media: Path, name: str, content: bytes, complaint: str
) -> None:
    given = {**FINDING, "evidence-0-file": upload(name, content)}
    assert complaint in act(client, forecast, "resolve", given)
    assert Verdict.objects.count() == 0
    assert not any(media.rglob("*.*"))


def test_kept_files_do_not_exist_for_whoever_may_not_see_the_forecast(
    client: Client, resolver: User, forecast: Forecast, media: Path
) -> None:
    act(client, forecast, "resolve", {**FINDING, "evidence-0-file": upload("a.pdf", PDF)})
    address = reverse("evidence", args=[Verdict.objects.get().evidence.get().pk])
    client.force_login(make.member(forecast.scenario, Membership.Role.VIEWER))
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405
    client.force_login(make.member(make.scenario(), Membership.Role.OWNER))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_the_name_of_a_file_leads_nowhere_else(client: Client, resolver: User, forecast: Forecast, media: Path) -> None:
    act(client, forecast, "resolve", {**FINDING, "evidence-0-file": upload("..\\..\\evil name;.pdf", PDF)})
    [kept] = [path for path in media.rglob("*") if path.is_file()]
    assert kept.name == "evil-name.pdf"
    assert kept.is_relative_to(media / "evidence")


def test_the_preview_shows_what_each_outcome_would_score_and_records_nothing(
    client: Client, resolver: User, forecast: Forecast
) -> None:
    make.estimate(forecast, make.member(forecast.scenario, name="Ada"), 0.3, make.day(1))
    make.estimate(forecast, make.member(forecast.scenario, name="Bea"), 0.9, make.day(20))
    address = reverse("admin:forecasts_forecast_resolve", args=[forecast.pk])
    shown = client.get(address).context["preview"]
    assert {line.name: line.scores for line in shown.lines} == {
        "Ada": ["0.49", "0.09"],
        "Bea": ["0.01", "0.81"],
        "The consensus": shown.lines[-1].scores if shown.lines[-1].name == "The consensus" else shown.lines[0].scores,
    }
    answer = client.post(address, {"known_at": "2024-12-10T00:00", "preview": "1"})
    shown = answer.context["preview"]
    assert [line.name for line in shown.lines] == ["Ada"]
    assert (shown.estimates, shown.too_late) == (2, 1)
    assert Verdict.objects.count() == 0
    assert "Choose one of these." not in answer.content.decode()


def test_the_preview_keeps_a_blind_scenario_blind(client: Client, forecast: Forecast) -> None:
    Scenario.objects.update(blind_until_answered=True)
    make.estimate(forecast, make.member(forecast.scenario, name="Ada"), 0.3, make.day(1))
    client.force_login(make.member(forecast.scenario, Membership.Role.RESOLVER))
    shown = client.get(reverse("admin:forecasts_forecast_resolve", args=[forecast.pk]))
    assert shown.context["preview"].lines == []
    assert "Ada" not in shown.content.decode()


@pytest.mark.parametrize("forecasters", [2, 60])
def test_the_preview_costs_as_many_queries_for_many_forecasters_as_for_few(
    forecast: Forecast, resolver: User, forecasters: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(forecasters):
        who = Forecaster.objects.imported(f"Model {number}")
        make.estimate(forecast, who, (number % 9 + 1) / 10, make.day(1))
    with django_assert_max_num_queries(14):
        shown = preview.preview(forecast, resolver, None, make.day(31))
    assert len(shown.lines) + shown.others == forecasters + 1
