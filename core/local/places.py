"""Where the embedded parts keep their things: below `var/`, or below `RECKONER_VAR` where that is set."""

import fcntl
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# The path of a socket must fit into sun_path: 104 bytes on macOS, 108 on Linux, the closing NUL included.
LONGEST_SOCKET_PATH = 103
LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432")


class SetupError(Exception):
    """Something on this machine is in the way; the message says what it is and what to do, in one line."""


def var() -> Path:
    """The folder of everything that this installation keeps, made on first use.

    Raises SetupError where it cannot be made. Root's can be passed through (not listed) by others, because
    another account runs root's database.
    """
    path = Path(os.environ.get("RECKONER_VAR") or CHECKOUT / "var").absolute()
    if not path.is_dir():
        make_folder(path, 0o711 if os.geteuid() == 0 else 0o700)
    return path.resolve()


def tighten() -> None:
    """Take from others what they may do with our own files of var/, which a looser time may have left."""
    for path in var().iterdir():
        status = path.lstat()
        is_public = path.name.startswith("postgresql-")  # programs of a package, which another account runs
        if status.st_uid == os.geteuid() and not path.is_symlink() and not is_public:
            path.chmod(status.st_mode & 0o700)


def folder(name: str, mode: int = 0o700) -> Path:
    """The folder `name` of var/, made with `mode` on first use."""
    path = var() / name
    if not path.is_dir():
        make_folder(path, mode)
    return path


def make_folder(path: Path, mode: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(mode=mode, exist_ok=True)
        path.chmod(mode)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> SetupError:
    return SetupError(
        f"Cannot write to {path} ({error.strerror}): make it writable, or name another folder: "
        "RECKONER_VAR=/some/folder make run"
    )


def check_writable() -> None:
    """Raise SetupError unless files can be made in var/."""
    try:
        with tempfile.TemporaryFile(dir=var()):
            pass
    except OSError as error:
        raise unwritable(var(), error) from error


def secret(name: str) -> str:
    """The random secret `name` of this installation, drawn on first use, in a file (0600) of its own."""
    path = folder("secrets") / name
    if not path.exists():
        write_once(path, secrets.token_urlsafe(48))
    return path.read_text()


def secret_key() -> str:
    return secret("secret-key")


def write_once(path: Path, text: str) -> None:
    """Write a file (0600) all at once. Of two processes the first wins; the other leaves the file alone."""
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:  # made with mode 0600
            file.write(text)
            file.flush()
            path.hardlink_to(file.name)
    except FileExistsError:
        return
    except OSError as error:
        raise unwritable(path.parent, error) from error


def sockets() -> Path:
    """The folder (0700) of the sockets: in var/, or in the temporary folder where that is too long."""
    path = var() / "sockets"
    if len(os.fsencode(path)) + LONGEST_SOCKET_NAME > LONGEST_SOCKET_PATH:
        return _short_sockets()
    return folder("sockets")


def _short_sockets() -> Path:
    """A short folder, remembered by a link in var/. Its place is everybody's, hence the look at its owner."""
    link = var() / "sockets-elsewhere"
    with locked("sockets"):
        if link.is_symlink():
            path = link.readlink()
            if path.is_dir() and not path.is_symlink() and path.lstat().st_uid in _owners():
                return path
            link.unlink()
        path = Path(tempfile.mkdtemp(prefix="reckoner-"))
        link.symlink_to(path)
    return path


def _owners() -> set[int]:
    data = var() / "database"
    return {os.geteuid()} | ({data.stat().st_uid} if os.geteuid() == 0 and data.exists() else set())


@contextmanager
def locked(name: str, kind: int = fcntl.LOCK_EX) -> Iterator[int]:
    """Hold the lock `name` of this installation, of a `kind` shared or exclusive; yields its descriptor."""
    path = folder("locks") / name
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        fcntl.flock(descriptor, kind)
        yield descriptor
    finally:
        os.close(descriptor)
