"""A real identity provider on loopback: npm's `oidc-provider`, which is certified, in a cache folder below var/."""

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.local.places import CHECKOUT
from tests.services import free_port, status, wait_until

PACKAGE = "oidc-provider@9"
SCRIPT = Path(__file__).with_name("identity_provider.mjs")
CACHE = CHECKOUT / "var" / "oidc-provider"
CLIENT, SECRET = "reckoner", "the secret of a test"


@dataclass(frozen=True)
class IdentityProvider:
    issuer: str


def installed() -> Path:
    """The folder with the package in it. Skips where it cannot be had."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("No npm here: the identity provider of these tests comes from its registry.")
    if not (CACHE / "node_modules" / "oidc-provider").is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(CACHE), "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"{PACKAGE} cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
    shutil.copy(SCRIPT, CACHE / SCRIPT.name)
    return CACHE


@contextlib.contextmanager
def running(callback: str, people: Mapping[str, Mapping[str, Any]]) -> Iterator[IdentityProvider]:
    """A provider that knows these people, each by the name they type, and sends them back to `callback`."""
    folder, port = installed(), free_port()
    told = json.dumps({"port": port, "client": CLIENT, "secret": SECRET, "callback": callback, "people": people})
    process = subprocess.Popen(
        ["node", SCRIPT.name, told], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    issuer = f"http://localhost:{port}"
    try:
        wait_until(lambda: status(f"{issuer}/.well-known/openid-configuration") == 200, "the identity provider")
        yield IdentityProvider(issuer)
    finally:
        process.terminate()
        process.wait(10)
