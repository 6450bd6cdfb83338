"""`manage.py load_scenario` says what it did, and what is in the way in one line."""

import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core import demonstration
from core.local.places import CHECKOUT, SetupError
from forecasts.models import Contribution, Estimate, Forecast, Message, Scenario, User, Verdict
from forecasts.presenting.findings import findings
from forecasts.scores import statistics
from tests import folders
from tests.folders import SCENARIO, replaced


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var/ of its own, so that no log-in of a test is kept elsewhere."""
    monkeypatch.setenv("RECKONER_VAR", str(tmp_path / "var"))
    return tmp_path / "var"


def load(folder: Path, **options: Any) -> str:
    output = StringIO()
    call_command("load_scenario", str(folder), stdout=output, **options)
    return output.getvalue()


@pytest.mark.django_db
def test_it_says_what_is_new_and_where_to_look(tmp_path: Path) -> None:
    said = load(folders.write(tmp_path / "talks"))

    assert said.splitlines() == [
        "Northport talks: 3 statements, 4 forecasts.",
        "",
        "See http://127.0.0.1:8000/scenarios/northport-talks/",
    ]


@pytest.mark.django_db
def test_it_says_when_nothing_is_new(tmp_path: Path) -> None:
    load(folders.write(tmp_path / "talks"))

    assert load(tmp_path / "talks").startswith("Northport talks: everything was there already.\n")


@pytest.mark.django_db
def test_with_its_demonstration_it_tells_the_history_and_scores_it(tmp_path: Path) -> None:
    said = load(folders.write(tmp_path / "talks"), demo=True)

    assert said.startswith("Northport talks: 3 statements, 4 forecasts, 4 people, 7 estimates, 4 resolutions.\n")
    assert (Estimate.objects.count(), Verdict.objects.count()) == (7, 4)
    assert set(Contribution.objects.values_list("forecast__key", flat=True)) == {"signed", "place", "displaced", "day"}
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_passwords_are_printed_once_and_kept_where_only_the_owner_reads_them(tmp_path: Path, var: Path) -> None:
    said = load(folders.write(tmp_path / "talks"), demo=True)
    again = load(tmp_path / "talks", demo=True)

    kept = (var / "demo-accounts").read_text()
    assert stat.S_IMODE((var / "demo-accounts").stat().st_mode) == 0o600
    rows = [line.split() for line in kept.splitlines()]
    assert [(role, email) for role, email, _ in rows] == [
        ("analyst", "ann@demo.invalid"),
        ("resolver", "rob@demo.invalid"),
        ("editor", "eve@demo.invalid"),
        ("viewer", "vic@demo.invalid"),
    ]
    for _, email, password in rows:
        assert password in said
        assert password not in again
        assert User.objects.get(email=email).check_password(password)


@pytest.mark.django_db
def test_asked_to_be_quiet_it_says_nothing(tmp_path: Path) -> None:
    assert load(folders.write(tmp_path / "talks"), demo=True, verbosity=0) == ""
    assert len(demonstration.kept()) == 4


@pytest.mark.django_db
def test_production_loads_the_scenario_but_no_demonstration(tmp_path: Path, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production does not load it"):
        load(folders.write(tmp_path / "talks"), demo=True)
    assert not Scenario.objects.exists()

    load(tmp_path / "talks")

    assert (Forecast.objects.count(), User.objects.count()) == (4, 0)


@pytest.mark.django_db
def test_nothing_is_kept_where_the_passwords_cannot_be_kept(tmp_path: Path, var: Path) -> None:
    (var / "demo-accounts" / "in-the-way").mkdir(parents=True)

    with pytest.raises(SetupError, match="Cannot write to"):
        load(folders.write(tmp_path / "talks"), demo=True)

    assert not User.objects.exists()
    assert not Scenario.objects.exists()


@pytest.mark.django_db
def test_nothing_is_kept_of_a_folder_with_a_fault(tmp_path: Path) -> None:
    spoilt = replaced(SCENARIO, "by: rob", "by: who@northport.invalid")

    with pytest.raises(CommandError, match=r"resolution: by: who@northport.invalid has no account"):
        load(folders.write(tmp_path / "talks", spoilt), demo=True)

    assert not Scenario.objects.exists()
    assert demonstration.kept() == []


@pytest.mark.slow
def test_a_fault_is_one_line_and_a_status_and_no_traceback(tmp_path: Path) -> None:
    folder = folders.write(tmp_path / "talks", replaced(SCENARIO, "start: 24,", "start: 25,"))

    ended = subprocess.run(
        [sys.executable, "manage.py", "load_scenario", str(folder)], cwd=CHECKOUT, capture_output=True, text=True
    )

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == (
        "CommandError: scenario.yaml: statements[0] S1: quote: is not the text from 25 to 61; it stands at 24\n"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("seed", ["aleppo-2024", "ghouta-2018"])
def test_the_demonstration_says_that_one_war_is_one_situation(seed: str) -> None:
    load(CHECKOUT / "seeds" / seed, demo=True)

    report = statistics.report(User(is_superuser=True))

    assert report.scores.brier is not None
    assert report.scores.brier.forecasts > 1
    assert (report.scores.brier.situations, report.scores.brier.ci95) == (1, None)
    assert "No interval: all from one situation: this tells nothing about another." in report.notes
    assert "one situation, which tells nothing about another" in findings(report)[0]
