"""`manage.py up`: everything that Reckoner needs, in the foreground."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from core.local import broker, catcher, commands, database, places, run

SEEDS = [places.CHECKOUT / "seeds" / name for name in ("aleppo-2024", "ghouta-2018")]


class Command(BaseCommand):
    help = "Start the embedded database, broker and mail catcher, migrate, and run web, worker and beat."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        places.check_writable()
        places.tighten()
        run.check_port(settings.PORT)
        with ExitStack() as parts:
            parts.enter_context(run.alone())
            watched: dict[str, Callable[[], bool]] = {}
            if settings.EMBEDDED_DATABASE:
                cluster = parts.enter_context(database.running())
                watched["database"] = lambda: cluster.postmaster is not None
            new = self.prepare()
            commands.check_not_ended()
            status = run.foreground(
                processes(),
                watched,
                port=settings.PORT,
                ready=lambda: self.announce(logins=new),
                parts=("broker", "mail"),
            )
        sys.exit(status)

    def prepare(self) -> bool:
        """Migrate; fill an empty embedded database with the demonstration. Says whether it did."""
        commands.migrate()
        from forecasts.questions import intake

        try:
            if not settings.EMBEDDED_DATABASE or not intake.is_empty():
                return False
            self.stdout.write("A new installation: loading the demonstration and its history …")
            # What it prints, the log-ins among it, would be lost among the lines of the processes.
            for seed in SEEDS:
                call_command("load_scenario", str(seed), demo=True, stdout=StringIO())
            return True
        finally:
            commands.disconnect()

    def announce(self, *, logins: bool) -> None:
        pages = {"Board": "", "Admin": "admin/", "API": "api/v1/docs/"}
        if settings.EMBEDDED_MAIL:
            pages["Mail that it sent"] = "inbox/"
        lines = [f"  {name:<18} {settings.SITE_URL}/{path}" for name, path in pages.items()]
        self.stdout.write("\n".join(["", "Reckoner runs. Ctrl-C ends it.", *lines, *_logins(show=logins), ""]))
        self.stdout.flush()


def processes() -> dict[str, list[str]]:
    """The command line of each process by its name. Embedded parts come first."""
    python = [sys.executable, "-m"]
    # Pages first: on two cores, the three of them starting at once would keep the reader waiting.
    celery = ["nice", "-n", "10", *python, "celery", "--app", "core", "--quiet"]
    commands: dict[str, list[str]] = {}
    if settings.EMBEDDED_BROKER:
        commands["broker"] = broker.command()
    if settings.EMBEDDED_MAIL:
        commands["mail"] = catcher.command(catcher.take_port())
    commands["web"] = [
        *[*python, "granian", "--interface", "wsgi", "--host", catcher.LOOPBACK, "--port", str(settings.PORT)],
        *["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "core.wsgi:application"],
    ]
    commands["worker"] = [
        *[*celery, "worker", "--queues", "mail,scores", "--concurrency", "2", "--loglevel", "warning"],
        *["--without-gossip", "--without-mingle", "--without-heartbeat"],
    ]
    schedule = places.folder("beat") / "schedule"
    commands["beat"] = [*celery, "beat", "--schedule", str(schedule), "--pidfile=", "--loglevel", "warning"]
    return commands


def _logins(*, show: bool) -> list[str]:
    """The demonstration people, whose passwords are shown once."""
    accounts: Path = places.var() / "demo-accounts"
    if not accounts.exists():
        return []
    if not show:
        return [f"  Log in with an account of {accounts}"]
    return ["", "Log in as (shown once, kept in var/demo-accounts):", *_indented(accounts)]


def _indented(accounts: Path) -> list[str]:
    rows = [line.split() for line in accounts.read_text().splitlines() if line.strip()]
    return [f"  {role:<18} {email:<36} {password}" for role, email, password in rows]
