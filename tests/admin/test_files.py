"""Files of feeds on the desk: uploaded, taken by the next round, refused with a reason, warned of."""

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forecasts.answers import counting_round
from forecasts.models import Scenario, Vintage
from tests import clocks, make
from tests.evidence.made import OPENS, months, vintage
from tests.evidence.rows import ged_file

pytestmark = pytest.mark.django_db
FILES = "admin:files"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def scenario() -> Scenario:
    return make.scenario()


def desk(scenario: Scenario, role: str = "editor") -> Client:
    client = Client()
    client.force_login(make.member(scenario, role))
    return client


def sent(content: bytes, name: str = "GEDEvent_v25_1.csv", **changes: str) -> dict[str, Any]:
    return {"feed": "ucdp_ged", "version": "25.1", "file": SimpleUploadedFile(name, content), **changes}


def text(client: Client, **posted: Any) -> str:
    address = reverse(FILES)
    return (client.post(address, posted, follow=True) if posted else client.get(address)).content.decode()


@clocks.standing_at(OPENS)
@pytest.mark.parametrize("packed", [False, True])
def test_an_uploaded_file_waits_and_is_taken_by_the_next_round(scenario: Scenario, packed: bool) -> None:
    content = ged_file(*months([3] * 12)).encode()
    client = desk(scenario)
    name = "ged.csv.gz" if packed else "ged.csv"
    page = text(client, **sent(gzip.compress(content) if packed else content, name))
    assert "The file waits" in page
    assert f"ucdp_ged/25.1{name.removeprefix('ged')}" in page
    assert not Vintage.objects.exists()
    assert counting_round.waits(OPENS)
    counting_round.run(OPENS)
    kept = Vintage.objects.get()
    assert (kept.feed, kept.version, kept.rows) == ("ucdp_ged", "25.1", 12)
    page = text(client)
    assert "Waiting to be taken" not in page
    assert '<td class="number">12</td>' in page
    assert not counting_round.waits(OPENS)


@clocks.standing_at(OPENS)
def test_a_file_that_cannot_be_taken_says_why_on_the_same_page(scenario: Scenario) -> None:
    text(desk(scenario), **sent(ged_file({"best": "many"}).encode()))
    counting_round.run(OPENS)
    assert "line 2, column best: it is no whole number from 0 on; got “many”." in text(desk(scenario))
    assert not Vintage.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": "../../etc"}, "A version has letters"),
        ({"version": "25.1.csv"}, "A version has letters"),
        ({"feed": "weather"}, "valid choice"),
        ({"name": "ged.xlsx"}, "A file of a feed ends in"),
    ],
)
def test_what_is_no_file_of_a_feed_is_refused_at_its_field(
    scenario: Scenario, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    assert said in text(desk(scenario), **sent(b"id\n1\n", **changes))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_who_edits_nothing_sees_what_is_kept_and_brings_nothing(scenario: Scenario, tmp_path: Path) -> None:
    resolver = desk(scenario, "resolver")
    assert "Upload this file" not in text(resolver)
    assert resolver.post(reverse(FILES), sent(b"id\n1\n")).status_code == 403
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_that_lost_half_of_its_events_is_warned_of_on_the_desk_for_a_month(
    scenario: Scenario, tmp_path: Path
) -> None:
    vintage(tmp_path, "18.0.6", OPENS, months([3] * 20))
    vintage(tmp_path, "18.0.7", OPENS + timedelta(days=1), months([3] * 9))
    warning = "It holds 9 events, version 18.0.6 before it 20."
    with clocks.standing_at(OPENS + timedelta(days=2)):
        index = reverse("admin:index")
        assert warning in desk(scenario).get(index).content.decode()
        assert warning in text(desk(scenario))
        assert warning not in desk(scenario, "resolver").get(index).content.decode()
    with clocks.standing_at(OPENS + timedelta(days=40)):
        assert warning not in desk(scenario).get(index).content.decode()
