"""The log-ins of demonstration people, kept where only the operator reads them: var/demo-accounts (0600)."""

import contextlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from core.local import places
from core.local.places import SetupError

type Account = tuple[str, str, str]


def path() -> Path:
    return places.var() / "demo-accounts"


def kept() -> list[list[str]]:
    """Role, e-mail and password of each."""
    try:
        return [line.split() for line in path().read_text().splitlines() if line.strip()]
    except FileNotFoundError:
        return []


def keep(accounts: Sequence[Account]) -> None:
    """Add log-ins, replacing those of the same addresses, all at once. Raises SetupError where it cannot."""
    if not accounts:
        return
    new = {email for _, email, _ in accounts}
    try:
        lines = [row for row in kept() if row[1:2] and row[1] not in new] + [list(account) for account in accounts]
        with tempfile.NamedTemporaryFile("w", dir=places.var(), delete=False) as file:  # made with mode 0600
            file.write("".join(" ".join(line) + "\n" for line in lines))
        os.replace(file.name, path())  # noqa: PTH105
    except OSError as error:
        raise places.unwritable(places.var(), error) from error


def forget() -> None:
    """Where there is no var/, as in production, nothing was kept."""
    with contextlib.suppress(SetupError):
        path().unlink(missing_ok=True)
