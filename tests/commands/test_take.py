"""`manage.py take`, and counting on what it kept."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from forecasts.models import Vintage
from tests.evidence.rows import HEAD, ged, ged_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
SPEC = "feed: ucdp_ged\nmeasure: best\nwindow: {from: 2018-09-01, to: 2018-09-30}\noutcome: {at_least: 5}\n"


def take(path: Path, version: str = "18.1", **options: str) -> str:
    out = StringIO()
    named = [f"--{name}={value}" for name, value in options.items()]
    call_command("take", str(path), "--feed", "ucdp_ged", "--version", version, *named, stdout=out, stderr=out)
    return out.getvalue()


def written(folder: Path, text: str, name: str = "ged.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_file_is_kept_as_it_came_with_what_is_known_of_it(tmp_path: Path) -> None:
    packed = tmp_path / "ged.csv.gz"
    packed.write_bytes(gzip.compress(ged_file({"best": 4}, {"date_start": "2018-11-02"}).encode()))
    said = take(packed, retrieved="2018-12-20T08:00:00+01:00")
    vintage = Vintage.objects.get()
    assert (vintage.feed, vintage.version, vintage.rows, vintage.warnings) == ("ucdp_ged", "18.1", 2, [])
    assert vintage.retrieved_at == datetime(2018, 12, 20, 7, tzinfo=UTC)
    assert Path(default_storage.path(vintage.file)).read_bytes() == packed.read_bytes()
    assert vintage.sha256[:12] in said


@pytest.mark.parametrize(
    ("version", "first", "last"),
    [
        ("25.1", date(2018, 9, 1), date(2024, 12, 31)),
        ("18.0.9", date(2018, 9, 1), date(2018, 11, 2)),
        ("18.01.18.09", date(2018, 9, 1), date(2018, 11, 2)),
        ("as of today", date(2018, 9, 1), date(2018, 11, 2)),
    ],
)
def test_a_version_says_how_far_it_reaches_and_its_events_where_it_begins(
    tmp_path: Path, version: str, first: date, last: date
) -> None:
    take(written(tmp_path, ged_file({}, {"date_start": "2018-11-02"})), version)
    vintage = Vintage.objects.get()
    assert (vintage.covers_from, vintage.covers_to) == (first, last)


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, ged_file({}))
    take(path)
    assert "kept already" in take(path, "19.1")
    assert Vintage.objects.get().version == "18.1"


def test_of_a_bad_file_nothing_is_kept(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="line 3, column best: it is no whole number"):
        take(written(tmp_path, HEAD + ged(id=1) + ged(id=2, best="many")))
    assert not Vintage.objects.exists()
    assert not default_storage.exists("vintages")


def test_a_vintage_that_lost_half_its_rows_is_taken_with_a_warning(tmp_path: Path) -> None:
    take(written(tmp_path, ged_file(*[{}] * 10)), "17.1", retrieved="2018-06-01T00:00:00Z")
    take(written(tmp_path, ged_file({}), "month.csv"), "18.0.9", retrieved="2018-10-20T00:00:00Z")
    said = take(written(tmp_path, ged_file(*[{}] * 4), "less.csv"), "18.1", retrieved="2019-06-01T00:00:00Z")
    assert "It holds 4 events, version 17.1 before it 10." in said
    assert [len(one.warnings) for one in Vintage.objects.order_by("retrieved_at")] == [0, 0, 1]


@pytest.mark.parametrize(
    ("version", "retrieved", "said"),
    [
        ("", "2018-12-01T00:00:00Z", "version"),
        ("18.1", "2999-01-01T00:00:00Z", "in the future"),
        ("18.1", "soon", "no time"),
    ],
)
def test_a_version_and_a_time_that_cannot_be_are_refused(
    tmp_path: Path, version: str, retrieved: str, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        take(written(tmp_path, ged_file({})), version, retrieved=retrieved)


def counted(folder: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("count", str(written(folder, SPEC, "spec.yaml")), "--format", "json", *options, stdout=out)
    return dict(json.loads(out.getvalue()))


def test_a_spec_is_counted_on_the_newest_vintage_or_on_a_named_one(tmp_path: Path) -> None:
    take(written(tmp_path, ged_file({"best": 4})), "19.1", retrieved="2019-06-01T00:00:00Z")
    take(written(tmp_path, ged_file({"best": 6}), "later.csv"), "20.1", retrieved="2020-06-01T00:00:00Z")
    older = Vintage.objects.get(version="19.1")
    assert (counted(tmp_path)["figure"], counted(tmp_path)["outcome"]) == (6, "yes")
    found = counted(tmp_path, "--vintage", older.sha256[:10])
    assert (found["figure"], found["outcome"], found["vintage"]["version"]) == (4, "no", "19.1")
    with pytest.raises(CommandError, match="No vintage of ucdp_ged is kept whose sha256 begins with 0000"):
        counted(tmp_path, "--vintage", "0000")


def test_a_parquet_that_is_gone_is_made_again(tmp_path: Path) -> None:
    take(written(tmp_path, ged_file({"best": 4})))
    before = counted(tmp_path)
    parquet = Path(default_storage.path(Vintage.objects.get().file)).with_name("events.parquet")
    parquet.unlink()
    assert counted(tmp_path) == before
    assert parquet.is_file()


def test_kept_and_given_files_count_alike(tmp_path: Path) -> None:
    path = written(tmp_path, ged_file({"best": 4}, {"best": 2, "date_start": "2018-09-30", "date_end": "2018-10-02"}))
    take(path)
    kept, given = counted(tmp_path), counted(tmp_path, "--file", str(path), "--feed", "ucdp_ged")
    assert [kept[key] for key in ("figure", "events", "neighbours", "rows_sha256")] == [
        given[key] for key in ("figure", "events", "neighbours", "rows_sha256")
    ]


@pytest.mark.slow
def test_a_big_file_is_read_within_little_memory(tmp_path: Path) -> None:
    """A tenth of what the benchmark takes: 35,000 events with texts as long as UCDP's."""
    text = "x" * 1500
    path = written(tmp_path, HEAD + ged(source_headline=text) * 35_000)
    spec = written(tmp_path, SPEC, "spec.yaml")
    count = [sys.executable, "manage.py", "count", str(spec), "--file", str(path), "--format", "json"]
    # A child's peak begins with its parent's: one that is small starts it.
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    root = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", code, *count], cwd=root, stdout=subprocess.PIPE, text=True, check=True)
    counted, kilobytes = said.stdout.splitlines()
    assert json.loads(counted)["events"] == 35_000
    assert int(kilobytes) < 600 * 1024
