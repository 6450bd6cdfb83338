"""A file is kept whole or not at all, and what is no longer what was recorded is not given out."""

import contextlib
import hashlib
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from forecasts.answers import resolving
from forecasts.models import Evidence, Membership, Verdict
from forecasts.rules.errors import InvalidValue
from tests import make
from tests.admin.test_verdicts import BARE, act

PDF = b"%PDF-" + b"x" * 700_004


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """Every file that this process writes ends at `size` bytes with an error, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_full_disk_leaves_nothing_and_the_next_upload_is_whole(media: Path) -> None:
    with room_for(446_464), pytest.raises(InvalidValue, match="could not be kept"):
        resolving.kept("update.pdf", PDF).store()
    assert files_in(media) == []
    name = resolving.kept("update.pdf", PDF).store()
    assert (media / name).read_bytes() == PDF


def test_a_stump_that_an_earlier_version_left_is_not_taken_for_the_file(media: Path) -> None:
    file = resolving.kept("update.pdf", PDF)
    stump = media / file.store()
    stump.write_bytes(PDF[:446_464])
    assert (media / file.store()).read_bytes() == PDF
    assert files_in(media) == [stump]


def test_what_is_whole_is_written_once(media: Path) -> None:
    file = resolving.kept("update.pdf", PDF)
    written = (media / file.store()).stat()
    assert (media / file.store()).stat().st_ino == written.st_ino


@pytest.mark.django_db
def test_the_resolver_is_told_that_a_file_could_not_be_kept(client: Client, media: Path) -> None:
    forecast = make.forecast()
    client.force_login(make.member(forecast.scenario, Membership.Role.RESOLVER))
    with room_for(446_464):
        page = act(client, forecast, "resolve", {**BARE, "evidence-0-file": SimpleUploadedFile("update.pdf", PDF)})
    assert "Nothing was recorded; try later." in page
    assert not Verdict.objects.exists()


@pytest.mark.django_db
def test_a_damaged_file_is_not_given_out(client: Client, media: Path) -> None:
    client.force_login(make.administrator())
    name = resolving.kept("update.pdf", PDF).store()
    verdict = make.verdict(make.forecast())
    piece = Evidence.objects.create(verdict=verdict, file=name, sha256=hashlib.sha256(PDF).hexdigest())
    address = reverse("evidence", args=[piece.pk])
    assert client.get(address).status_code == 200
    (media / name).write_bytes(PDF[:-1])
    answer = client.get(address)
    assert answer.status_code == 410
    assert b"damaged" in answer.content
