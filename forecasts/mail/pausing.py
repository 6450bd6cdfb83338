"""Whether mail may go out. A database that was restored or copied waits until an operator says so.

What was sent after the backup was made is not known there, and would go out again.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db.models import CharField, Exists, Func, QuerySet

from forecasts.mail import sql
from forecasts.models import Installation, Message
from forecasts.models.sql import row
from forecasts.rules import security_log
from forecasts.rules.security_log import Kind

RESTORED = "This database was restored, copied or moved: what it takes for unsent may have been sent."

log = structlog.get_logger(__name__)


class Here(Func):
    """Which database this is: the server's identifier and timeline, the database in it, and the table of messages.

    Each kind of restore changes one of them: a new server or a promoted standby the first two, `createdb` the third,
    `pg_restore --clean` the last. Every role may read all four.
    """

    function = None
    template = sql.HERE
    output_field = CharField()


@dataclass(frozen=True, slots=True)
class Glance:
    """What a sweep sees at first."""

    is_due: bool
    paused_because: str = ""


def glance(at: datetime, due: "QuerySet[Message] | None" = None) -> Glance:
    """Whether anything is due, and what holds all mail back. One query, unless the database is not the known one."""
    exists = Exists(Message.objects.due(at) if due is None else due)
    known = Installation.objects.annotate(here=Here(), is_due=exists).first()
    if known is None:
        Installation.objects.bulk_create([Installation(pk=1, identity=_here())], ignore_conflicts=True)
        return glance(at, due)
    if known.identity != known.here:
        if _failed_over(known.identity, known.here):
            Installation.objects.update(identity=known.here)
            return glance(at, due)
        _move(known.here, at)
        return Glance(known.is_due, RESTORED)
    return Glance(known.is_due, known.paused_because if known.paused_at else "")


def pause(at: datetime, because: str) -> None:
    """Hold all mail back from now on. A message that is on its way arrives."""
    glance(at)
    Installation.objects.update(paused_at=at, paused_because=because)
    security_log.note(Kind.SETTING, None, at=at, detail=f"sending paused: {because}")


def resume() -> None:
    """Let mail go out from this very database."""
    Installation.objects.update_or_create(pk=1, defaults={"identity": _here(), "paused_at": None, "paused_because": ""})


def paused() -> Installation | None:
    """Since when and why mail is held back, if it is."""
    return Installation.objects.filter(paused_at__isnull=False).first()


def _failed_over(before: str, here: str) -> bool:
    """Whether a standby of the same database was promoted, in a cluster that is set up to lose nothing by it."""
    return settings.FAILOVERS_LOSE_NOTHING and _without_timeline(before) == _without_timeline(here)


def _without_timeline(identity: str) -> list[str]:
    server, *rest = identity.split("/")
    return [server, *rest[1:]]


def _move(here: str, at: datetime) -> None:
    moved = Installation.objects.exclude(identity=here)
    if moved.update(identity=here, paused_at=at, paused_because=RESTORED):
        log.error("Sending is paused", event_name="sending_paused", reason=RESTORED)


def _here() -> str:
    return str(row(sql.WHERE)["here"])
