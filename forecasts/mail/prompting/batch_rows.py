"""Rows by the hundred: read once for all that share them, written in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from forecasts.mail.emails import Mail
from forecasts.models import Forecast, Message, Prompt, User, Watch

MOVE_PROMPTS = """
UPDATE forecasts_prompt p SET state = d.state, reason = d.reason, message_id = d.message
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[]) AS d(id, state, reason, message) WHERE p.id = d.id
"""
MOVE_WATCHES = """
UPDATE forecasts_watch w SET next_at = d.next_at
FROM unnest(%s::bigint[], %s::timestamptz[]) AS d(id, next_at) WHERE w.id = d.id
"""
NEW_MESSAGES = "SELECT nextval(pg_get_serial_sequence('forecasts_message', 'id')) FROM generate_series(1, %s)"
ADD_MESSAGES = """
COPY forecasts_message (id, recipient_id, address, subject, content, message_id, made_at, state, due_at, tries, reason)
FROM STDIN (FORMAT BINARY)
"""
MESSAGE_TYPES = [
    "int8",
    "int8",
    "varchar",
    "varchar",
    "bytea",
    "varchar",
    "timestamptz",
    "varchar",
    "timestamptz",
    "int2",
    "text",
]


class Written(NamedTuple):
    """A new message: what it asks for, where it goes, and its bytes."""

    prompts: Sequence[Prompt]
    address: str
    mail: Mail


def with_their_own(prompts: list[Prompt]) -> list[Prompt]:
    """The prompts with recipient and forecast, one object for all that share it."""
    people = users({prompt.recipient_id for prompt in prompts})
    about = forecasts({prompt.forecast_id for prompt in prompts if prompt.forecast_id is not None})
    for prompt in prompts:
        prompt.recipient = people[prompt.recipient_id]
        prompt.forecast = about.get(prompt.forecast_id or 0)
    return prompts


def users(people: set[int]) -> dict[int, User]:
    return {user.pk: user for user in User.objects.filter(pk__in=people).select_related("preference")}


def forecasts(about: set[int]) -> dict[int, Forecast]:
    found = Forecast.objects.filter(pk__in=about).select_related("scenario").prefetch_related("options")
    return {forecast.pk: forecast for forecast in found} if about else {}


def add_messages(messages: Sequence[Written], at: datetime) -> None:
    """Write new messages, and tell their prompts. As a copy: an insert would hold their bytes in its text."""
    if not messages:
        return
    with connection.cursor() as cursor:
        cursor.execute(NEW_MESSAGES, [len(messages)])
        ids = [pk for (pk,) in cursor.fetchall()]
        with cursor.copy(ADD_MESSAGES) as copy:
            copy.set_types(MESSAGE_TYPES)
            for pk, (prompts, address, mail) in zip(ids, messages, strict=True):
                said = (prompts[0].recipient_id, address, mail.subject, mail.content, mail.message_id)
                copy.write_row((pk, *said, at, str(Message.State.QUEUED), at, 0, ""))
    for pk, message in zip(ids, messages, strict=True):
        for prompt in message.prompts:
            prompt.message_id = pk


def move_prompts(prompts: Sequence[Prompt]) -> None:
    """Write their state, their reason and their message."""
    columns: list[list[Any]] = [
        [prompt.pk for prompt in prompts],
        [str(prompt.state) for prompt in prompts],
        [prompt.reason for prompt in prompts],
        [prompt.message_id for prompt in prompts],
    ]
    _execute(MOVE_PROMPTS, columns)


def move_watches(watches: Sequence[Watch]) -> None:
    """Write when they are due next."""
    _execute(MOVE_WATCHES, [[watch.pk for watch in watches], [watch.next_at for watch in watches]])


def _execute(statement: str, columns: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
