"""Production refuses to start with settings that would show or lose something."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SOUND = {
    "RECKONER_ENV": "production",
    "SECRET_KEY": "u4Zl0dVxY2r7Kq9sWc3Tn8Hb5Jm1Pf6Ga0Ye2Xi4Uo7Rk9Lv3Qt8Sz",
    "SITE_URL": "https://reckoner.example.org",
    "ALLOWED_HOSTS": "reckoner.example.org",
    "DATABASE_URL": "postgres://app:secret@db.example.org/reckoner",
    "REDIS_URL": "redis://broker.example.org:6379/0",
    "MAIL_URL": "smtp+tls://me:secret@mail.example.org",
}


def load(**changes: str) -> "subprocess.CompletedProcess[str]":
    """Read the settings in a process of their own; an empty value unsets a variable."""
    names = {**SOUND, **changes}
    unset = (*SOUND, "DATABASE_OWNER_URL", "DEBUG")
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        [sys.executable, "-c", "from core import settings; print(settings.MAILERS['default']['OPTIONS']['port'])"],
        env={**inherited, **{name: value for name, value in names.items() if value}},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_sound_settings_start() -> None:
    result = load()
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "587"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 50}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is too weak"),
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "reckoner.example.org,*"}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"REDIS_URL": ""}, "REDIS_URL is not set"),
        ({"MAIL_URL": ""}, "MAIL_URL is not set"),
        ({"MAIL_URL": "mail.example.org"}, "MAIL_URL is smtp://"),
        ({"SITE_URL": ""}, "SITE_URL is not set"),
        ({"RECKONER_ENV": "staging"}, "RECKONER_ENV is 'local'"),
    ],
)
def test_production_says_what_is_missing_or_unsafe(changes: dict[str, str], complaint: str) -> None:
    result = load(**changes)
    assert result.returncode != 0
    assert complaint in result.stderr
