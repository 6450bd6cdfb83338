"""Django's command line with the embedded database around it, for whatever `manage.py` is asked to do."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, execute_from_command_line, get_commands
from environs import EnvError

from core.local.places import SetupError

# They do without the database, or start it themselves.
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "diffsettings",
    "draft",
    "extract",
    "findstatic",
    "help",
    "spectacular",
    "up",
    "version",
}
# They work on the domain's tables, which a fresh clone does not have yet.
NEED_TABLES = {"changepassword", "createsuperuser", "shell"}

ASKED_TO_END: list[int] = []


def run(arguments: Sequence[str]) -> None:
    """Run `manage.py ARGUMENTS`. What is in the way on this machine ends it with one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
    if os.environ.get("RECKONER_ENV") != "production":
        # What this process and its children write is for their owner alone; images are built for another account.
        os.umask(0o077)
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    try:
        with embedded_database(arguments):
            execute_from_command_line(_by_the_owner(arguments))
    except SetupError as error:
        sys.exit(str(error))
    except (ImproperlyConfigured, EnvError) as error:
        sys.exit(f"Settings: {error}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def _end(number: int, frame: object) -> NoReturn:
    ASKED_TO_END.append(number)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def check_not_ended() -> None:
    """Leave if a signal asked for it. Python drops the exception of a signal that comes in a destructor."""
    if ASKED_TO_END:
        sys.exit(128 + ASKED_TO_END[0])


@contextmanager
def embedded_database(arguments: Sequence[str]) -> Iterator[None]:
    """Keep the embedded database running meanwhile, if the command needs one and no other is named."""
    if not _needs_database(arguments):
        yield
        return
    from core.local import database

    with database.running():
        try:
            if _needs_tables(arguments[1]):
                migrate()
            yield
        finally:
            disconnect()


def migrate() -> None:
    """Bring the tables up to date, as the role that owns them. Says nothing where they are."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", database="owner", verbosity=0, interactive=False)


def disconnect() -> None:
    """Close the connections and their pools before the database goes, which would complain."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()


def _needs_database(arguments: Sequence[str]) -> bool:
    asks_for_help = len(arguments) < 2 or arguments[1].startswith("-") or "--help" in arguments or "-h" in arguments
    without = asks_for_help or arguments[1] in WITHOUT_DATABASE or _counts_a_file(arguments)
    return not (without or os.environ.get("DATABASE_URL"))


def _counts_a_file(arguments: Sequence[str]) -> bool:
    """`count` keeps nothing where it is given a file; it looks for kept vintages where it is not."""
    return arguments[1] == "count" and any(argument.startswith("--fi") for argument in arguments)


def _needs_tables(command: str) -> bool:
    import django

    django.setup()
    return command in NEED_TABLES or get_commands().get(command) == "forecasts"


def _by_the_owner(arguments: Sequence[str]) -> list[str]:
    """Migrating is the owner's, without having to say so."""
    is_migrate = list(arguments[1:2]) == ["migrate"]
    named = any(argument.startswith("--database") for argument in arguments)
    return [*arguments, "--database=owner"] if is_migrate and not named else list(arguments)
