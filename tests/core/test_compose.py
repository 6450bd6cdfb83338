"""The compose file keeps what `docs/operating.md` promises, and docker/setup makes what it needs."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.local.places import CHECKOUT

COMPOSE: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
HELD = ("postgres", "redis")
SETTINGS = (CHECKOUT / "core" / "settings.py").read_text()
OPERATING = (CHECKOUT / "docs" / "operating.md").read_text()
SCRIPTS = ("setup", "roll", "upgrade", "rotate", "application-role.sh")


@pytest.mark.parametrize("name", SERVICES)
def test_each_part_is_confined(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert service["deploy"]["resources"]["limits"].keys() == {"memory", "pids"}
    assert service["networks"]
    assert re.fullmatch(r"\$\{[A-Z_]+_IMAGE:-[a-z0-9/.:-]+\}", service["image"])


@pytest.mark.parametrize("name", HELD)
def test_what_holds_data_is_reached_by_ours_alone(name: str) -> None:
    assert SERVICES[name]["networks"] == ["data"]
    assert COMPOSE["networks"]["data"] == {"internal": True}
    assert "ports" not in SERVICES[name]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_what_works_is_probed_and_counted(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][-1] == name
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["init"] is True
    if name != "beat":
        assert SERVICES[name]["deploy"]["replicas"] == f"${{{name.upper()}S:-1}}"


def test_each_secret_is_a_file_that_a_setting_reads() -> None:
    for name in OURS:
        environment, secrets = SERVICES[name]["environment"], set(SERVICES[name]["secrets"])
        files = {variable: path for variable, path in environment.items() if variable.endswith("_FILE")}
        assert {path.removeprefix("/run/secrets/") for path in files.values()} == secrets, name
        for variable in files:
            assert f'"{variable.removesuffix("_FILE")}"' in SETTINGS, variable
    mounted = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert mounted == COMPOSE["secrets"].keys()


def test_each_variable_of_the_file_is_told() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", (CHECKOUT / "docker-compose.yml").read_text()))
    example = (CHECKOUT / "docker" / "env.example").read_text()
    assert {name for name in used if name not in example and f"`{name}`" not in OPERATING} == set()


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_those_of_any_shell(name: str) -> None:
    subprocess.run(["sh", "-n", CHECKOUT / "docker" / name], check=True)


def set_up(folder: Path, env: str | None = None) -> str:
    (folder / "docker").mkdir(exist_ok=True)
    for name in ("setup", "env.example"):
        shutil.copy(CHECKOUT / "docker" / name, folder / "docker")
    if env is not None:
        (folder / ".env").write_text(env)
    return subprocess.run([folder / "docker" / "setup"], check=True, capture_output=True, text=True).stdout


def test_setting_up_makes_every_secret_once(tmp_path: Path) -> None:
    assert "Still to be filled in: SITE_URL in .env" in set_up(tmp_path)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert made.keys() == COMPOSE["secrets"].keys()
    assert len(made["secret_key"]) == 128
    assert len({made[name] for name in ("owner_password", "application_password", "broker_password")}) == 3
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    (tmp_path / "secrets" / "mail_url").write_text("smtp://mail:1025\n")
    filled = "SITE_URL=https://a.example.org\nALLOWED_HOSTS=a.example.org\nMAIL_FROM=a@example.org\nDOOR_NAME=a.example.org\n"
    assert "Ready" in set_up(tmp_path, filled)
    again = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert again == {**made, "mail_url": "smtp://mail:1025\n"}


def test_setting_up_takes_the_secrets_of_an_older_installation_along(tmp_path: Path) -> None:
    old = (
        "SECRET_KEY=abc=/+&\nOWNER_PASSWORD=o\nAPPLICATION_PASSWORD=a\nSITE_URL=https://x.org\nMAIL_URL=smtp://m:p@w\n"
    )
    said = set_up(tmp_path, old)
    secrets = tmp_path / "secrets"
    assert (secrets / "secret_key").read_text() == "abc=/+&"
    assert (secrets / "application_password").read_text() == "a"
    assert (secrets / "mail_url").read_text() == "smtp://m:p@w"
    left = (tmp_path / ".env").read_text()
    assert "abc" not in left
    assert "SITE_URL=https://x.org" in left
    assert "SECRET_KEY has moved" in said
    assert "has moved" not in set_up(tmp_path)
