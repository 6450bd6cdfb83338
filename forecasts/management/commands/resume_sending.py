"""`manage.py resume_sending`: let mail go out again after a restore or a pause."""

from typing import Any

from django.core.management.base import BaseCommand

from forecasts.mail import pausing
from forecasts.models import Message
from forecasts.rules import clock, security_log
from forecasts.rules.security_log import Kind


class Command(BaseCommand):
    help = "Lets mail go out again after a restore or a pause. Says how many messages wait."

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        pausing.glance(at)
        if pausing.paused() is None:
            self.stdout.write("Sending is not paused.")
            return
        pausing.resume()
        security_log.note(Kind.SETTING, None, at=at, detail="sending resumed")
        count = Message.objects.due(at).count()
        self.stdout.write(f"Sending is resumed: {count} messages are due and go out now.")
