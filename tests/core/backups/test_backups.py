"""A backup is database and files of one moment; what is restored reads back to the byte, or nothing is kept."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from core import backups, throwaway
from forecasts.mail import pausing
from forecasts.models import Estimate, Evidence, Forecast, Installation, Scenario, User, Verdict
from forecasts.scores import scorekeeping
from tests import make

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
KEY = "correct horse battery staple"
PROOF = b"It did happen."


def settled() -> None:
    """Three people who estimated, and what came of it, in the statistics."""
    make.administrator(email="operator@example.org")
    scenario = make.scenario(slug="aleppo")
    people = [make.member(scenario) for _ in range(3)]
    for number in range(6):
        forecast = make.forecast(scenario, title=f"Will “event {number}” happen?\t\\N")
        for place, person in enumerate(people):
            make.estimate(forecast, person, 0.1 + 0.12 * number + 0.03 * place, make.day(1 + place))
        make.verdict(forecast, "yes" if number % 2 else "no")
    scorekeeping.rebuild(make.day(40))


def report() -> bytes:
    """The statistics, as the API gives them."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="operator@example.org"))
    answer = client.get("/api/v1/calibration/")
    assert answer.status_code == 200
    return answer.content


@pytest.fixture(scope="module")
def kept(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker, django_db_setup: None
) -> dict[str, Any]:
    """Backups of an installation, sealed and not, and what it said of itself."""
    folder = tmp_path_factory.mktemp("kept")
    here = override_settings(MEDIA_ROOT=folder / "files")
    with django_db_blocker.unblock(), here, throwaway.database("backed_up"):
        settled()
        proof = default_storage.save("evidence/proof.txt", ContentFile(PROOF))
        digest = hashlib.sha256(PROOF).hexdigest()
        Evidence.objects.create(verdict=Verdict.objects.earliest("pk"), quote="It did.", file=proof, sha256=digest)
        said = {"tallies": tallies(), "report": report(), "estimates": Estimate.objects.count(), "proof": proof}
        return {
            "zip": backups.make(folder / "plain", "", AT),
            "sealed": backups.make(folder / "locked", KEY, AT),
            "said": said,
        }


@contextmanager
def another_installation(files: Path) -> Iterator[Path]:
    """Without anything in it; its folder of files."""
    files.mkdir()
    with override_settings(MEDIA_ROOT=files), throwaway.database("restored"):
        yield files


@pytest.fixture(scope="module")
def empty(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker, django_db_setup: None
) -> Iterator[Path]:
    """One that stays empty, whatever is tried."""
    with django_db_blocker.unblock(), another_installation(tmp_path_factory.mktemp("other") / "files") as files:
        yield files


def tallies() -> list[Any]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text FROM forecasts_total t ORDER BY 1")
        return list(cursor.fetchall())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["zip", "sealed"])
def test_what_is_restored_says_the_same_and_writes_to_nobody(
    kind: str, kept: dict[str, Any], tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    said = io.StringIO()
    with django_db_blocker.unblock(), another_installation(tmp_path / "files") as files:
        with override_settings(BACKUP_KEY=KEY):
            call_command("restore", str(kept[kind].parent), stdout=said)
        assert "1 files, which read back as they were written, to the byte" in said.getvalue()
        assert said.getvalue().count("as recorded") == 3
        assert tallies() == kept["said"]["tallies"]
        assert report() == kept["said"]["report"]
        assert Estimate.objects.count() == kept["said"]["estimates"]
        assert (files / kept["said"]["proof"]).read_bytes() == PROOF
        paused = pausing.paused()
        assert paused is not None
        assert paused.paused_because == pausing.RESTORED
        # What comes next gets a number that nobody has.
        newest = Scenario.objects.latest("pk").pk
        assert Scenario.objects.create(slug="next", title="Next").pk > newest


@pytest.fixture
def archive(kept: dict[str, Any]) -> dict[str, bytes]:
    with zipfile.ZipFile(kept["zip"]) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as whole:
        for name, content in members.items():
            whole.writestr(name, content)
    return path


def with_manifest(archive: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    return {**archive, "manifest.json": json.dumps({**json.loads(archive["manifest.json"]), **changes}).encode()}


def refused(path: Path, because: str, files: Path, key: str = "") -> None:
    with pytest.raises(backups.Unusable, match=because):
        backups.restore(path, key, AT)
    assert not User.objects.exists()
    assert not Forecast.objects.exists()
    assert not Installation.objects.exists()
    assert list(files.iterdir()) == []


@pytest.mark.slow
def test_what_cannot_be_relied_on_is_refused_and_nothing_of_it_is_kept(
    kept: dict[str, Any], archive: dict[str, bytes], empty: Path, tmp_path: Path
) -> None:
    whole = kept["zip"].read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path / "half.zip", "incomplete or damaged", empty)
    at = whole.index(b"tables/forecasts_estimate.copy") + 200
    (tmp_path / "bad.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
    refused(tmp_path / "bad.zip", "incomplete or damaged", empty)
    swapped = {
        **archive,
        "tables/forecasts_forecast.copy": archive["tables/forecasts_forecast.copy"].replace(b"e", b"a"),
    }
    refused(
        packed(tmp_path / "swapped.zip", swapped), "forecasts_forecast is not as it was written|does not take it", empty
    )
    proof = f"files/{kept['said']['proof']}"
    refused(packed(tmp_path / "file.zip", {**archive, proof: b"It did not."}), "is not as it was written", empty)
    missing = {name: content for name, content in archive.items() if name != "tables/forecasts_estimate.copy"}
    refused(packed(tmp_path / "missing.zip", missing), "incomplete or damaged", empty)
    applied = json.loads(archive["manifest.json"])["migrations"]
    newer = with_manifest(archive, migrations=[*applied, "forecasts.9999_to_come"])
    refused(packed(tmp_path / "newer.zip", newer), "newer version, which has forecasts.9999_to_come", empty)
    older = with_manifest(archive, migrations=applied[:-1])
    refused(packed(tmp_path / "older.zip", older), "older version, without", empty)
    out = with_manifest(archive, files={"../../out": {"sha256": "", "bytes": 0}})
    refused(packed(tmp_path / "out.zip", out), "a file outside its folder", empty)
    refused(kept["sealed"], "give the key", empty)
    refused(kept["sealed"], "The key is not the one", empty, "another key altogether")


@pytest.mark.slow
def test_an_installation_that_somebody_uses_is_left_alone(kept: dict[str, Any], empty: Path) -> None:
    User.objects.create_user("me@example.org", "x" * 20)
    with pytest.raises(backups.Unusable, match="not empty: it has 1 user"):
        backups.restore(kept["zip"], "", AT)
    assert User.objects.get().email == "me@example.org"
    User.objects.all().delete()
    (empty / "mine.txt").write_text("mine")
    with pytest.raises(backups.Unusable, match=r"is not empty: it has mine\.txt"):
        backups.restore(kept["zip"], "", AT)
    assert [path.name for path in empty.iterdir()] == ["mine.txt"]
    (empty / "mine.txt").unlink()


@pytest.mark.slow
def test_a_backup_is_there_whole_or_not_at_all_and_for_its_owner_alone(
    kept: dict[str, Any], empty: Path, tmp_path: Path
) -> None:
    assert [path.name for path in kept["zip"].parent.iterdir()] == ["reckoner-20261201T120000Z.zip"]
    assert kept["zip"].stat().st_mode & 0o777 == 0o600
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", str(tmp_path / "taken"))
    with pytest.raises(CommandError, match=r"Nothing was restored\. There is no backup"):
        call_command("restore", str(tmp_path / "none"))
