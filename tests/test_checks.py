"""What `make check` checks, beside the tests, so that the first results come soon and nothing is checked twice."""

import os
import re
import subprocess

import pytest
import yaml

from core.local.places import CHECKOUT

CHECKS = re.findall(r"^CHECKS = (.+)$", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)[0].split()


@pytest.mark.check
@pytest.mark.parametrize("name", CHECKS)
def test_the_check_passes(name: str) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "DATABASE_URL")}
    ended = subprocess.run(["make", name], cwd=CHECKOUT, env=env, capture_output=True, text=True)
    if ended.returncode:
        pytest.fail(f"make {name}:\n{ended.stdout}{ended.stderr}", pytrace=False)


def test_the_hooks_of_pre_commit_are_these_checks() -> None:
    [repository] = yaml.safe_load((CHECKOUT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [hook["entry"] for hook in repository["hooks"]] == [f"make {name}" for name in CHECKS]
