"""After `manage.py close_demo_accounts` nobody logs in as somebody of a demonstration."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from core import checks, demonstration
from forecasts.models import Token, User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECKONER_VAR", str(tmp_path / "var"))


def close() -> str:
    output = StringIO()
    call_command("close_demo_accounts", stdout=output)
    return output.getvalue()


def test_the_passwords_and_tokens_of_demonstration_people_end_and_those_of_others_stay() -> None:
    demo, real = make.user(is_demo=True), make.user()
    for person in (demo, real):
        make.token(person)

    assert close() == "Closed 1 demonstration account.\n"

    assert not User.objects.get(pk=demo.pk).has_usable_password()
    assert User.objects.get(pk=real.pk).check_password(make.PASSWORD)
    assert [token.user for token in Token.objects.all()] == [real]
    assert checks.demonstration_accounts() == 0


def test_the_kept_passwords_are_forgotten() -> None:
    demonstration.keep([("analyst", "ann@demo.invalid", "secret")])

    close()

    assert demonstration.kept() == []


def test_a_second_time_there_is_nothing_to_close() -> None:
    make.user(is_demo=True)
    close()

    assert close() == "Closed 0 demonstration accounts.\n"


def test_what_demonstration_people_said_stays() -> None:
    person = make.user(is_demo=True)
    estimate = make.estimate(make.forecast(), person, 0.3, make.day(1))

    close()

    estimate.refresh_from_db()
    assert estimate.forecaster.user == person
