"""`manage.py restore PATH`: put a backup into an empty installation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import backups
from forecasts.rules import clock


class Command(BaseCommand):
    help = "Put a backup into an empty installation, all or nothing. No mail goes out until sending is resumed."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", type=Path, metavar="PATH", help="a backup, or a folder, of which the newest is taken"
        )

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        try:
            found = backups.newest(path)
            done = backups.restore(found, settings.BACKUP_KEY, clock.now())
        except backups.Unusable as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self.stdout.write(
            f"{found}, made {done.made_at:%Y-%m-%d %H:%M:%S} UTC: {done.tables} tables and {done.files} files,"
            f" which read back as they were written, to the byte ({done.bytes:,}).\n"
            "Sending is paused. See what was sent since the backup, then: manage.py resume_sending"
        )
        call_command("verify", stdout=self.stdout, stderr=self.stderr)
