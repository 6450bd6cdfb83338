"""Production refuses to start with settings that would show or lose something."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

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


def load(monkeypatch: pytest.MonkeyPatch, **changes: str) -> dict[str, Any]:
    """Read the settings anew in these surroundings; an empty value unsets a variable."""
    for name in ("DATABASE_OWNER_URL", "DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**SOUND, **changes}.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name, raising=False)
    return runpy.run_path(str(CHECKOUT / "core" / "settings.py"))


def test_sound_settings_start(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch)
    assert settings["PRODUCTION"] is True
    assert settings["MAILERS"]["default"]["OPTIONS"]["port"] == 587


def test_what_is_wrong_keeps_a_process_from_starting() -> None:
    environment = {**os.environ, **SOUND, "SECRET_KEY": "short"}
    ended = subprocess.run(
        [sys.executable, "-c", "import core.settings"], env=environment, cwd=CHECKOUT, capture_output=True, text=True
    )
    assert ended.returncode != 0
    assert "SECRET_KEY is too weak" in ended.stderr


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
        ({"TRUSTED_PROXIES": "proxy.example.org"}, "TRUSTED_PROXIES names addresses or networks"),
        ({"RECKONER_ENV": "staging"}, "RECKONER_ENV is 'local'"),
    ],
)
def test_production_says_what_is_missing_or_unsafe(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], complaint: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(complaint)):
        load(monkeypatch, **changes)


def test_what_is_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    files = {
        "SECRET_KEY": SOUND["SECRET_KEY"],
        "DATABASE_PASSWORD": "p@ss/w:rd?",
        "REDIS_PASSWORD": "another#one",
        "MAIL_URL": "smtps://me:secret@mail.example.org",
        "SECRET_KEY_FALLBACKS": "",
    }
    for name, value in files.items():
        (tmp_path / name).write_text(f"{value}\n")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    settings = load(monkeypatch, SECRET_KEY="", MAIL_URL="", DATABASE_URL="postgres://app@db/reckoner")
    assert settings["SECRET_KEY"] == files["SECRET_KEY"]
    assert settings["SECRET_KEY_FALLBACKS"] == []
    assert settings["DATABASES"]["default"]["PASSWORD"] == "p@ss/w:rd?"
    assert settings["CELERY_BROKER_URL"] == "redis://:another%23one@broker.example.org:6379/0"
    assert settings["CACHES"]["default"]["LOCATION"] == settings["CELERY_BROKER_URL"]
    assert settings["MAILERS"]["default"]["OPTIONS"]["password"] == "secret"


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY_FILE names .*/none, which cannot be read"):
        load(monkeypatch, SECRET_KEY="")


def test_a_pooler_is_sent_no_options_and_no_cursors(monkeypatch: pytest.MonkeyPatch) -> None:
    direct, pooled = load(monkeypatch), load(monkeypatch, DATABASE_POOLER="true")
    assert "statement_timeout=60000ms" in direct["DATABASES"]["default"]["OPTIONS"]["options"]
    assert "options" not in pooled["DATABASES"]["default"]["OPTIONS"]
    assert pooled["DATABASES"]["default"]["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert "options" in pooled["DATABASES"]["owner"]["OPTIONS"]
