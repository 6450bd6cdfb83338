"""`manage.py count`: what other programs rely on."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from forecasts.evidence.parsing import parse
from tests.evidence.rows import ged_file
from tests.evidence.shared import ACLED, HAPI, INDIA, RAW, SYRIA, needs_data, plain_sql

KEYS = {"figure", "events", "outcome", "coverage", "neighbours", "rows_sha256", "vintage"}
HEAD = "feed: ucdp_ged\nwindow: {from: 2018-09-01, to: 2018-09-30, rule: %s}\n"
EVENTS = ged_file(
    {"date_start": "2018-08-30", "date_end": "2018-09-02", "best": 10},
    {"date_start": "2018-09-05", "best": 20},
    {"date_start": "2018-09-20", "best": 40, "type_of_violence": 3, "side_b": "Civilians", "deaths_civilians": 40},
    {"date_start": "2018-09-29", "date_end": "2018-10-03", "best": 80},
    {"date_start": "2018-10-31", "best": 160, "adm_1": "South Province"},
)


@pytest.fixture
def ged(tmp_path: Path) -> Path:
    path = tmp_path / "ged.csv"
    path.write_text(EVENTS)
    return path


def counted(spec: str, path: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    file = path.parent / "spec.yaml"
    file.write_text(spec)
    call_command("count", str(file), "--file", str(path), "--format", "json", *options, stdout=out)
    (line,) = out.getvalue().splitlines()
    return dict(json.loads(line))


@pytest.mark.parametrize(("rule", "figure"), [("inside", 60), ("starts", 140), ("overlap", 150)])
def test_the_window_rule_decides_what_straddles_it(ged: Path, rule: str, figure: int) -> None:
    found = counted(HEAD % rule + "measure: best", ged)
    assert set(found) >= KEYS
    assert found["figure"] == figure
    assert found["outcome"] is None


def test_without_a_measure_the_figure_is_an_object_of_all(ged: Path) -> None:
    found = counted(HEAD % "inside", ged, "--feed", "ucdp_ged")
    assert found["figure"] == {"events": 2, "best": 60, "low": 2, "high": 2, "civilians": 40}
    assert found["events"] == 2


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [
        ("{at_least: 60}", "yes"),
        ("{at_least: 61}", "no"),
        ("{at_most: 60}", "yes"),
        ("{between: [0, 59]}", "no"),
        ("{options: {few: [0, 59], many: [60, null]}}", "many"),
        ("value", 60),
        ("{first_day: 20}", "2018-09-05"),
        ("{first_day: 21}", "2018-09-20"),
        ("{first_day: 61}", None),
        ("{first_day: 0}", "2018-09-01"),
    ],
)
def test_an_outcome_is_answered_by_its_kind(ged: Path, outcome: str, answer: object) -> None:
    assert counted(HEAD % "inside" + f"measure: best\noutcome: {outcome}", ged)["outcome"] == answer


@pytest.mark.parametrize(
    ("rule", "day"), [("inside", "2018-09-20"), ("starts", "2018-09-20"), ("overlap", "2018-09-05")]
)
def test_the_first_day_is_that_of_the_shortest_window_that_counts_enough(ged: Path, rule: str, day: str) -> None:
    """An event that began before the window counts on its first day where it overlaps."""
    assert counted(HEAD % rule + "measure: best\noutcome: {first_day: 30}", ged)["outcome"] == day


def test_a_window_beyond_the_file_is_not_answered_unless_nothing_can_change_it(ged: Path) -> None:
    window = "feed: ucdp_ged\nmeasure: best\nwindow: {from: 2018-09-01, to: 2018-12-31}\n"
    found = counted(window + "outcome: {at_least: 1000}", ged)
    assert (found["figure"], found["outcome"], found["coverage"]["complete"]) == (300, None, False)
    assert found["reason"] == "The vintage does not reach the window's last day."
    assert counted(window + "outcome: {at_least: 300}", ged)["outcome"] == "yes"
    assert counted(window + "outcome: {at_most: 299}", ged)["outcome"] == "no"
    assert counted(window + "outcome: {at_most: 300}", ged)["outcome"] is None


def test_a_window_without_events_counts_nothing(ged: Path) -> None:
    spec = "feed: ucdp_ged\nmeasure: best\nwindow: {from: 2017-01-01, to: 2017-12-31}\noutcome: {at_least: 1}"
    found = counted(spec, ged)
    assert (found["figure"], found["events"], found["outcome"]) == (0, 0, "no")
    assert found["rows_sha256"] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_neighbours_are_named_and_say_whether_the_answer_holds(ged: Path) -> None:
    found = counted(HEAD % "inside" + "measure: best\noutcome: {at_least: 60}", ged)
    by_rule = {one["rule"]: (one["figure"], one["outcome"]) for one in found["neighbours"]}
    assert by_rule["rule: overlap"] == (150, "yes")
    assert by_rule["type_of_violence: without one_sided"] == (20, "no")
    assert by_rule["window: a day later"] == (60, "yes")
    assert found["agreement"] == {
        "same": sum(one["outcome"] == "yes" for one in found["neighbours"]),
        "of": len(found["neighbours"]),
    }


def test_what_was_counted_and_on_what_is_told_by_their_hashes(ged: Path) -> None:
    before = counted(HEAD % "inside", ged)
    turned = ged.with_name("turned.csv")
    head, *rows = EVENTS.splitlines()
    turned.write_text("\n".join([head, *rows[::-1]]) + "\n")
    after = counted(HEAD % "inside", turned)
    assert after["rows_sha256"] == before["rows_sha256"]
    assert after["vintage"]["sha256"] != before["vintage"]["sha256"]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (HEAD % "inside" + "where: {adm_1: [North]}", "“North” does not occur. Allowed: North Province"),
        (HEAD % "inside" + "where: {country: [syria]}", "“syria” does not occur. Allowed: Syria"),
        (HEAD % "inside" + "where: {country: [Atlantis]}", "“Atlantis” does not occur. Allowed: Syria"),
        (HEAD % "inside" + "where: {country: [Syria], plce: x}", "unknown plce. Allowed: country"),
    ],
)
def test_a_misspelt_value_is_an_error_that_lists_what_is_allowed(ged: Path, spec: str, said: str) -> None:
    with pytest.raises(CommandError, match=said.replace("(", r"\(").replace(".", r"\.")):
        counted(spec, ged)


def test_a_value_that_exists_but_does_not_occur_counts_nothing_with_a_note(ged: Path) -> None:
    found = counted(HEAD % "inside" + "where: {country: [Iraq], adm_1: [Basra]}", ged)
    assert found["events"] == 0
    assert "“Iraq” occurs in no event of this vintage" in " ".join(found["notes"])


def test_a_person_reads_it_in_words(ged: Path, tmp_path: Path) -> None:
    out = StringIO()
    spec = tmp_path / "spec.yaml"
    spec.write_text(HEAD % "inside" + "measure: best\noutcome: {at_least: 60}")
    call_command("count", str(spec), "--file", str(ged), stdout=out)
    assert "at least 60 deaths (best estimate) in events that lie wholly inside September 2018" in out.getvalue()


@pytest.mark.slow
def test_a_file_is_counted_without_a_database(ged: Path, tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(HEAD % "inside")
    root = Path(__file__).parents[2]
    left_out = {"DATABASE_URL", "REDIS_URL", "MAIL_URL", "DATABASE_OWNER_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    command = [
        sys.executable,
        "manage.py",
        "count",
        str(spec),
        "--file",
        str(ged),
        "--feed",
        "ucdp_ged",
        "--format",
        "json",
    ]

    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=True)
    assert json.loads(done.stdout)["events"] == 2


@needs_data
@pytest.mark.parametrize(
    ("path", "spec"),
    [
        (SYRIA, HEAD % "overlap" + "where: {side: [IS], date_prec: 2}\nmeasure: high"),
        (
            RAW,
            """
            feed: ucdp_ged
            window: {from: 2012-06-01, to: '2013-05-31', rule: starts}
            where: {country: [Bangladesh, Myanmar (Burma)], type_of_violence: [one_sided]}
            measure: civilians
            """,
        ),
        (
            INDIA,
            """
            feed: idmc_idu
            window: {from: 2023-05-01, to: 2023-05-31, rule: overlap}
            where: {displacement_type: [Conflict]}
            measure: figure
            """,
        ),
    ],
)  # fmt: skip
def test_the_shared_files_are_counted_like_a_plain_query(tmp_path: Path, path: Path, spec: str) -> None:
    found = on_shared(tmp_path, path, spec)
    assert (found["figure"], found["events"]) == plain_sql(parse(spec), path)
    assert found["events"] > 0


@needs_data
def test_the_columns_of_acled_and_hapi_are_read_and_marked_as_not_tried(tmp_path: Path) -> None:
    acled = on_shared(
        tmp_path, ACLED, "feed: acled\nwindow: {from: 2024-11-01, to: 2024-11-30}\nwhere: {country: Syria}"
    )
    hapi = on_shared(
        tmp_path,
        HAPI,
        "feed: hapi\nwindow: {from: 2024-11-01, to: 2024-11-30}\nwhere: {event_type: political_violence}",
    )
    assert acled["figure"] == {"events": 2, "fatalities": 16}
    assert hapi["figure"] == {"events": 14, "fatalities": 31}
    assert all("was not tried on real data" in found["notes"][-1] for found in (acled, hapi))


def on_shared(folder: Path, path: Path, spec: str) -> dict[str, Any]:
    link = folder / path.name
    link.symlink_to(path)
    return counted(spec, link)
