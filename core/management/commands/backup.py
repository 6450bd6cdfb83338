"""`manage.py backup DIR`: database and files together, as of one moment."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import backups
from forecasts.rules import clock


class Command(BaseCommand):
    help = "Write the database and the files into one file in DIR, encrypted where BACKUP_KEY is given."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            path = backups.make(folder, settings.BACKUP_KEY, clock.now())
        except backups.Unusable as error:
            raise CommandError(str(error)) from error
        how = "encrypted" if settings.BACKUP_KEY else "not encrypted: no BACKUP_KEY is given"
        self.stdout.write(f"{path} ({path.stat().st_size:,} bytes, {how})")
